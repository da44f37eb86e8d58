"""Home's one statement says what the apps' own functions say."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from blog.goal import goal_of
from mentorship.cohorts.models import Meeting, Membership, Pause
from mentorship.cohorts.roles import roles_of
from mentorship.home.facts import facts_of
from mentorship.home.sections.mentee import mentee_section
from mentorship.notifications.outbox import tell
from mentorship.study.log import log
from mentorship.study.streak import streak_of
from projects.due import due_of
from projects.models import Submission
from projects.weak import weak_of
from streams.progress import progress_of
from tests import factory

NOW = timezone.now()


@pytest.fixture
def lived(amara, bela, mateo, cohort, stream, other_cohort):
    """Amara has ticked, logged, written, handed in and been told; Béla has too, which must not show in hers."""
    project = stream.items.get(kind="project").project
    for person in (amara, bela):
        stream.items.get(key__endswith="intro").mark(by=person, state="done")
        for days in (1, 0):
            log(person=person, minutes=30, day=timezone.localdate(NOW - timedelta(days=days), person.zone))
        factory.make_post(person)
        factory.make_submission(Membership.objects.get(person=person), project)
        tell(person, "x", subject=cohort, title="Something", url="/home/")
    factory.make_post(amara, state="in_editing")
    factory.make_meeting(cohort, starts_at=NOW + timedelta(days=3))
    factory.make_meeting(cohort, starts_at=NOW + timedelta(days=1), cancelled_at=NOW)
    factory.make_meeting(other_cohort, starts_at=NOW + timedelta(hours=1))
    return amara


def test_progress_is_that_of_streams(lived, stream):
    (seat,) = facts_of(lived, NOW).seats
    progress = progress_of(lived, stream)
    assert (seat["progress"]["done"], seat["progress"]["required"]) == (progress.done, progress.required)
    assert Decimal(str(seat["progress"]["hours_left"])) == progress.hours_left
    assert seat["progress"]["next"][1] == progress.next_item.key


def test_the_goal_is_that_of_the_blog(lived):
    goal = goal_of(Membership.objects.select_related("cohort").get(person=lived), NOW)
    said = mentee_section(facts_of(lived, NOW), NOW).places[0]["goal"]
    assert (said.state, said.due_on, said.weeks_left, said.post.pk) == (
        goal.state, goal.due_on, goal.weeks_left, goal.post.pk,
    )  # fmt: skip


def test_streak_and_roles_are_the_apps_own(lived, mateo):
    assert facts_of(lived, NOW).streak == streak_of(lived, NOW)
    assert [row["slug"] for row in facts_of(mateo, NOW).mentoring] == [m.cohort.slug for m in roles_of(mateo).mentor]


def test_the_question_to_practise_is_the_weakest_of_the_rubric(lived, mateo):
    submission = Submission.objects.get(author=lived)
    first, second = submission.project.criteria.all()
    assert facts_of(lived, NOW).weak is None
    factory.make_review(submission, mateo, factory.make_draft(scores={first.pk: "partly", second.pk: "not_yet"}))
    weakest = weak_of(lived, reader=lived)[0]
    assert facts_of(lived, NOW).weak == {"question": weakest.text, "key": weakest.key, "level": "not_yet"}
    submission.hand_in(by=lived, work=factory.make_work(submission.project))
    factory.make_review(submission, mateo, factory.accepting(submission, scores={first.pk: "yes", second.pk: "beyond"}))
    assert facts_of(lived, NOW).weak is None


def test_work_and_meeting_are_ones_own(lived, cohort):
    facts = facts_of(lived, NOW)
    assert [row["pk"] for row in facts.work] == list(
        Submission.objects.filter(author=lived).values_list("pk", flat=True)
    )
    expected = Meeting.objects.upcoming(NOW).filter(cohort=cohort).first()
    assert facts.meeting["url"] == expected.get_absolute_url()


def test_what_is_due_is_what_was_not_handed_in(lived, bela, cohort, stream, other_cohort):
    projects = [factory.make_project(factory.make_item(stream.units.get(), f"p-{n}", kind="project")) for n in range(6)]
    seat = Membership.objects.get(person=lived)
    dues = [factory.make_due(cohort, made.item, due_at=NOW + timedelta(days=n)) for n, made in enumerate(projects)]
    factory.make_due(cohort)  # handed in
    factory.make_due(other_cohort, projects[0].item)
    factory.make_submission(seat, projects[1])
    projects[2].item.mark(by=lived, state="done", cause="accepted")
    factory.make_extension(dues[0], seat, days=20).grant(by=seat.assignments_as_mentee.get().mentor.person)
    found = facts_of(lived, NOW).due
    assert [row["url"] for row in found] == [due.get_absolute_url() for due in (dues[3], dues[4], dues[5])]
    assert [row["url"] for row in found] == [due.get_absolute_url() for due in due_of(lived)[:3]]
    assert [due.pk for due in due_of(lived)] == [dues[3].pk, dues[4].pk, dues[5].pk, dues[0].pk]
    assert [row["until"] for row in found] == [None, None, None]
    assert facts_of(bela, NOW).due[0]["url"] == dues[0].get_absolute_url()


def test_who_has_nothing_has_nothing(olga):
    facts = facts_of(olga, NOW)
    assert (facts.seats, facts.mentoring, facts.work, facts.meeting) == ([], [], [], None)
    assert facts.streak.days == 0


def test_a_seat_that_was_left_does_not_count(lived, ada):
    Membership.objects.get(person=lived).assignments_as_mentee.active().get().end(by=ada, reason="Moved on")
    Membership.objects.get(person=lived).leave(by=lived)
    assert facts_of(lived, NOW).seats == []


def test_what_is_due_is_later_by_a_pause(sign_in, amara, cohort):
    mentee = Membership.objects.get(person=amara)
    factory.make_due(cohort, due_at=NOW + timedelta(days=4))
    today = timezone.localdate(NOW, amara.zone)
    Pause.take(mentee, by=amara, reason="rest", first_day=today, returns_on=today + timedelta(days=5))
    (row,) = mentee_section(facts_of(amara, NOW), NOW).due
    assert (datetime.fromisoformat(row["due_at"]), row["why"]) == (
        due_of(amara)[0].own_at,
        "5 days later for your pause",
    )
    assert "5 days later for your pause" in sign_in(amara).get("/home/").text
