"""A verdict that was an accident: taken back within ten minutes, as if it had not been published."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from projects.models import Review
from streams.models import Progress, ProgressChange
from tests import factory
from tests.projects.test_at_once import at_once, refusals


def refused(review, by, code, **times):
    with pytest.raises(Refused) as refusal:
        review.take_back(by=by, **times)
    assert refusal.value.code == code


def state_of(submission):
    """Everything that a verdict changes."""
    submission.refresh_from_db()
    requests = submission.change_requests.values_list("pk", "state", "settled_in", "addressed_in")
    progress = Progress.objects.filter(person=submission.author, item=submission.project.item)
    return {
        "submission": (submission.state, submission.awaiting_mentor_since, submission.awaiting_mentee_since),
        "accepted": submission.accepted_at,
        "rounds": list(submission.rounds.values_list("number", "state")),
        "requests": sorted(requests),
        "progress": list(progress.values_list("state", flat=True)),
    }


def test_changes_requested_by_accident_leave_nothing(submission, mateo):
    before = state_of(submission)
    review = factory.make_review(submission, mateo)
    assert state_of(submission) != before
    review.take_back(by=mateo)
    assert state_of(submission) == before
    assert (review.state, review.published_at) == ("draft", None)
    assert review.as_draft() == factory.make_draft()
    assert submission.rounds.get().held_for(mateo)
    assert Event.objects.get(verb="took_back").detail == {"verdict": "changes_requested"}


def test_accepted_by_accident_is_not_done(submission, mateo, project):
    before = state_of(submission)
    review = factory.make_review(submission, mateo, factory.accepting(submission))
    review.take_back(by=mateo)
    assert state_of(submission) == before
    last = ProgressChange.objects.filter(item=project.item).order_by("-pk").first()
    assert (last.before, last.after, last.cause) == ("done", "in_progress", "taken_back")


@pytest.fixture
def third(submission, mateo):
    """A round before which one change was addressed and another left open."""
    said = factory.Said("a", "Why this?", blocking=True), factory.Said("b", "Why that?", blocking=True)
    factory.make_review(submission, mateo, factory.make_draft(comments=said))
    first = submission.change_requests.order_by("pk").first()
    work = factory.make_work(submission.project, addressed={first.pk: "So."})
    return submission.hand_in(by=submission.author, work=work)


@pytest.mark.parametrize("decision", ["accepted", "waived", ""])
def test_requests_are_as_they_were_handed_in(third, submission, mateo, decision):
    before = state_of(submission)
    decisions = dict.fromkeys(submission.change_requests.values_list("pk", flat=True), decision) if decision else {}
    verdict = "accepted" if decision else "changes_requested"
    review = factory.make_review(
        submission, mateo, factory.make_draft(verdict=verdict, comments=(), decisions=decisions)
    )
    review.take_back(by=mateo)
    assert state_of(submission) == before
    assert review.as_draft().decisions == decisions


def test_it_is_published_again_and_told_again(submission, mateo, amara):
    review = factory.make_review(submission, mateo)
    Notification.objects.filter(kind="reviewed").update(read_at=timezone.now())
    review.take_back(by=mateo)
    assert Notification.objects.get(kind="taken_back").person == amara
    review.publish(by=mateo)
    assert Notification.objects.filter(kind="reviewed", person=amara).count() == 2
    review.take_back(by=mateo)
    assert Notification.objects.filter(kind="taken_back").count() == 1  # of the second verdict she had not heard
    assert submission.change_requests.count() == 0


def test_who_has_not_heard_never_does(submission, mateo):
    factory.make_review(submission, mateo).take_back(by=mateo)
    assert not Notification.objects.filter(kind__in=["reviewed", "taken_back"]).exists()


@pytest.mark.parametrize(
    "mail", [{"email": "sent", "sent_at": timezone.now()}, {"claimed_until": timezone.now() + timedelta(hours=1)}]
)
def test_a_mail_that_went_out_is_put_right(submission, mateo, mail):
    review = factory.make_review(submission, mateo)
    Notification.objects.filter(kind="reviewed").update(**mail)
    review.take_back(by=mateo)
    assert "does not count" in Notification.objects.get(kind="taken_back").body


def test_ten_minutes_and_no_longer(submission, mateo):
    now = timezone.now()
    review = factory.make_review(submission, mateo, at=now)
    assert review.can_be_taken_back(mateo, now + timedelta(minutes=10))
    assert not review.can_be_taken_back(mateo, now + timedelta(minutes=10, seconds=1))
    refused(review, mateo, "too_late", at=now + timedelta(minutes=10, seconds=1))
    review.take_back(by=mateo, at=now + timedelta(minutes=10))


def test_only_its_writer(submission, mateo, ines, amara, ada):
    review = factory.make_review(submission, mateo)
    for person in (ines, amara, ada):
        assert not review.can_be_taken_back(person)
        refused(review, person, "not_yours")


def test_once(submission, mateo):
    review = factory.make_review(submission, mateo)
    review.take_back(by=mateo)
    refused(review, mateo, "not_published")


def test_not_once_the_mentee_went_on(submission, mateo, amara):
    review = factory.make_review(submission, mateo)
    submission.hand_in(by=amara, work=factory.make_work(submission.project))
    refused(review, mateo, "went_on")
    submission.withdraw(by=amara)
    refused(review, mateo, "went_on")


def test_a_mentor_who_holds_four_others_does_not_hold_this_one(submission, cohort, mateo):
    review = factory.make_review(submission, mateo)
    for _ in range(4):
        factory.make_submission(factory.make_membership(cohort, factory.make_person())).rounds.get().claim(by=mateo)
    review.take_back(by=mateo)
    waiting = submission.rounds.get()
    assert (waiting.state, waiting.claimed_by) == ("waiting", None)
    review.publish(by=mateo)


@pytest.mark.django_db(transaction=True)
def test_twice_at_once_is_once(submission, mateo):
    review = factory.make_review(submission, mateo)
    take_back = lambda: Review.objects.get(pk=review.pk).take_back(by=mateo)  # noqa: E731
    assert refusals(at_once(take_back, take_back)) == ["not_published"]


@pytest.mark.django_db(transaction=True)
def test_a_next_round_and_taking_back_do_not_both_happen(submission, mateo, amara):
    review = factory.make_review(submission, mateo)
    answers = at_once(
        lambda: Review.objects.get(pk=review.pk).take_back(by=mateo),
        lambda: type(submission).objects.get().hand_in(by=amara, work=factory.make_work(submission.project)),
    )
    assert len(refusals(answers)) == 1
    assert submission.rounds.filter(state="waiting").count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE projects_review SET state = 'draft', published_at = NULL",
        "UPDATE projects_submission SET state = 'awaiting_mentor', awaiting_mentor_since = now(), accepted_at = NULL",
        "UPDATE projects_round SET state = 'waiting'",
        "UPDATE projects_changerequest SET state = 'open', settled_in_id = NULL",
        "DELETE FROM projects_changerequest",
    ],
)
def test_raw_sql_takes_nothing_back(third, submission, mateo, statement):
    factory.make_review(submission, mateo, factory.accepting(submission))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_that_it_was_taken_back_is_kept(submission, mateo):
    factory.make_review(submission, mateo).take_back(by=mateo)
    for statement in ("DELETE FROM projects_takenback", "UPDATE projects_takenback SET verdict = 'accepted'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
