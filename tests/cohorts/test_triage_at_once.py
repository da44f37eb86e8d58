"""Triage by many at once, on real connections: seats, the line and single scores hold."""

import pytest

from mentorship.cohorts import deciding, waitlist
from mentorship.cohorts.deciding import RESULT
from mentorship.cohorts.models import (
    Application,
    ApplicationDraft,
    ApplicationQuestion,
    ApplicationScore,
    Cohort,
    Membership,
)
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERS = {"motivation": "a", "background": "b", "goal": "c", "hours_a_week": 9}


@pytest.fixture
def admin(transactional_db):
    return factory.make_person(groups=["admins"])


def waiting(cohort, number):
    return [factory.make_application(cohort, factory.make_person()) for _ in range(number)]


def decisions_about(application):
    """What was decided about it, in order, as the history has it."""
    about = Event.objects.filter(subject_type="cohorts.application", subject_id=application.pk, verb__in=RESULT)
    return list(about.order_by("pk").values_list("verb", flat=True))


def test_two_admins_decide_overlapping_lists_and_single_ones_at_once(admin):
    cohort = factory.make_cohort(state="open", seats=4)
    rows = waiting(cohort, 6)
    pks = [row.pk for row in rows]

    def bulk(chosen, verb):
        return lambda: deciding.decide_all(cohort=cohort, applications=chosen, verb=verb, by=admin)

    results = at_once([
        bulk(pks[:4], "accept"), bulk(pks[2:], "accept"), bulk(pks, "decline"), lambda: rows[0].accept(by=admin),
        lambda: rows[5].accept(by=admin), lambda: rows[3].withdraw(by=rows[3].person),
    ])  # fmt: skip
    assert set(codes(results)) <= {"done", "not_all", "full", "illegal_state", "decided"}
    accepted = Application.objects.filter(state="accepted").count()
    assert accepted == Membership.objects.count() == Cohort.objects.get().seats_taken <= 4
    for row in Application.objects.exclude(state__in=["submitted", "withdrawn"]):
        decided = [RESULT[verb] for verb in decisions_about(row)]
        assert decided[-1] == row.state
        # Who is accepted after having been declined is told of both, each once.
        assert len(set(decided)) == len(decided)
        kinds = Notification.objects.filter(person=row.person).values_list("kind", flat=True)
        assert sorted(kinds) == sorted(f"application_{state}" for state in decided)


def test_the_last_seat_goes_once_when_some_leave_and_some_are_accepted(admin):
    cohort = factory.make_cohort(state="open", seats=2, waitlist_moves_up=True)
    members = [factory.make_membership(cohort, factory.make_person()) for _ in range(2)]
    line, others = waiting(cohort, 3), waiting(cohort, 3)
    for row in line:
        row.waitlist(by=admin)
    Notification.objects.all().delete()
    results = at_once([
        *[lambda seat=seat: seat.leave(by=seat.person) for seat in members],
        *[lambda row=row: row.accept(by=admin) for row in others],
        lambda: line[0].withdraw(by=line[0].person),
        lambda: waitlist.move(line[2], to=1, by=admin),
    ])  # fmt: skip
    assert set(codes(results)) <= {"done", "full", "decided", "not_waiting"}
    assert Membership.objects.mentees().count() == Cohort.objects.get().seats_taken == 2
    assert Application.objects.filter(state="accepted").count() == 2
    assert Notification.objects.filter(kind="application_accepted").count() == 2


def test_one_reviewer_who_scores_eight_times_at_once_has_one_score(admin):
    row = waiting(factory.make_cohort(state="open"), 1)[0]
    results = at_once([lambda n=n: ApplicationScore.give(row, by=admin, score=1 + n % 5) for n in range(8)])
    assert codes(results) == ["done"] * 8
    assert ApplicationScore.objects.count() == 1


def test_a_question_removed_while_it_is_answered(admin):
    cohort = factory.make_cohort(state="open")
    question = ApplicationQuestion.ask(cohort=cohort, by=admin, label="Which machine?")
    people = [factory.make_person() for _ in range(4)]
    own = {question.pk: "A fast one"}
    calls = [lambda p=p: Application.apply(cohort=cohort, person=p, answers=ANSWERS, own=own) for p in people]
    results = at_once([*calls, lambda: question.remove(by=admin)])
    assert codes(results) == ["done"] * 5
    assert not ApplicationQuestion.objects.asked().exists()
    assert ApplicationQuestion.objects.count() == bool(cohort.applications.filter(own_answers__isnull=False).count())


def test_two_windows_that_save_a_draft_at_once(admin):
    cohort, person = factory.make_cohort(state="open"), factory.make_person()
    drafts = [ApplicationDraft.of(person, cohort) for _ in range(4)]
    results = at_once([
        lambda n=n, draft=draft: draft.save_typed({"goal": f"Window {n}"}, version=0) for n, draft in enumerate(drafts)
    ])  # fmt: skip
    assert codes(results) == ["done"] + ["elsewhere"] * 3
    assert ApplicationDraft.objects.get().version == 1
