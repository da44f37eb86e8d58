"""Home names one next thing and why, then two others."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from mentorship.common.times import exact
from mentorship.home.facts import facts_of
from mentorship.home.sections.mentee import mentee_section
from mentorship.study.models import Card, PlanSlot, Timer
from projects.models import Submission
from tests import factory
from tests.study.questions.make import make_card

NOW = timezone.now()
RATED = {"state": 2, "step": None, "stability": 3, "difficulty": 5, "reps": 1, "first_at": NOW - timedelta(days=3)}


def steps(person, at=NOW):
    return [(step.title, step.why) for step in mentee_section(facts_of(person, at), at).steps]


def test_the_stream_goes_on_where_nothing_else_waits(amara, cohort, stream):
    (first, why), *_ = steps(amara)
    assert (first, why) == ("Item intro", f"Next in Stream {stream.number}: {stream.title}")


def test_who_is_waited_for_answers_first_then_what_is_due(amara, mateo, cohort, stream):
    unit = stream.units.get()
    second = factory.make_project(factory.make_item(unit, "second", kind="project"))
    due = factory.make_due(cohort, second.item, due_at=NOW + timedelta(days=2))
    factory.make_due(cohort, factory.make_project(factory.make_item(unit, "third", kind="project")).item)
    assert steps(amara)[0] == ("Hand in Item second", f"Due {exact(due.due_at)}")
    work = factory.make_submission(
        cohort.memberships.get(person=amara), stream.items.get(key__endswith="project").project
    )
    factory.make_review(work, mateo)
    assert [title for title, _why in steps(amara)] == [
        f"Answer the review of “{Submission.objects.get().title}”", "Hand in Item second", "Item intro",
    ]  # fmt: skip


def test_what_was_due_is_said_calmly(amara, cohort):
    factory.make_due(cohort, due_at=NOW - timedelta(days=1))
    assert steps(amara)[0][1] == "Its date has passed; handing it in still counts."


@pytest.mark.parametrize(("hour", "minute", "now"), [(18, 40, False), (18, 45, True), (19, 59, True), (20, 0, False)])
def test_the_slot_of_now_is_next(amara, cohort, hour, minute, now):
    at = datetime(2026, 3, 11, hour, minute, tzinfo=ZoneInfo("Africa/Lagos"))  # a Wednesday
    PlanSlot.objects.create(person=amara, weekday=2, begins=19 * 60, minutes=60, what="papers", since=at.date())
    assert (steps(amara, at)[0] == ("Papers", "In your plan until 20:00")) is now
    Timer.start(by=amara, at=at - timedelta(minutes=5))
    assert steps(amara, at)[0][0] == "Item intro"


def test_questions_that_were_called_come_before_those_that_are_due(amara, bela, cohort):
    for person in (amara, bela):
        make_card(person)
    assert [why for _title, why in steps(amara) if "come back" in why] == []  # a new one is not due
    Card.objects.update(last_review=NOW - timedelta(days=3), due=NOW, **RATED)
    assert steps(amara)[0][0] == "Practise one question"
    make_card(amara)
    Card.objects.filter(pk=Card.objects.filter(person=amara).latest("pk").pk).update(called_at=NOW)
    assert steps(amara)[0][0] == "Practise a weak question"


def test_on_home_and_in_the_api(sign_in, amara, olga, cohort):
    client = sign_in(amara)
    page = client.get("/home/").text
    assert "Item intro" in page
    assert "Write your first post" in page
    found = client.get("/api/v1/next/").json()
    assert (len(found), found[0]["title"]) == (2, "Item intro")
    assert sign_in(olga).get("/api/v1/next/").json() == []
