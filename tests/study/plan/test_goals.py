"""Goals: from their day on, with days of rest, on page and in the API."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from mentorship.common.errors import Refused
from mentorship.study.plan.models import Goal
from mentorship.study.streak import streak_of

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def test_what_the_program_asks_for_until_one_is_set(amara):
    streak = streak_of(amara, NOON)
    assert (streak.goal, streak.week_goal, streak.rest_today) == (120, 840, False)


def test_another_one_counts_from_its_day_on(amara, bela):
    Goal.change(by=amara, minutes_a_day=60, minutes_a_week=300, rest_days=[2, 6], at=NOON)
    Goal.change(by=amara, minutes_a_day=45, minutes_a_week=300, rest_days=[2], at=NOON)
    found = [Goal.objects.on(amara, date(2026, 3, day)) for day in (10, 11)]
    assert [(goal.minutes_a_day, goal.rest_days) for goal in found] == [(120, []), (45, [2])]
    streak = streak_of(amara, NOON)
    assert (streak.goal, streak.week_goal, streak.rest_today) == (45, 300, True)
    assert (Goal.objects.count(), streak_of(bela, NOON).goal) == (1, 120)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"minutes_a_day": 0}, "day_out_of_range"),
        ({"minutes_a_week": 10081}, "week_out_of_range"),
        ({"rest_days": range(7)}, "no_day_left"),
    ],
)
def test_what_no_week_has_is_refused(amara, said, code):
    with pytest.raises(Refused) as refusal:
        Goal.change(by=amara, **({"minutes_a_day": 60, "minutes_a_week": 300} | said))
    assert refusal.value.code == code


@pytest.mark.parametrize("wrong", [{"rest": 127}, {"minutes_a_day": 1441}, {"minutes_a_week": 0}])
def test_the_database_refuses_it_too(amara, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(person=amara, since=date(2026, 3, 11), **wrong)


def test_on_its_page_and_in_the_api(sign_in, amara):
    client = sign_in(amara)
    said = {"minutes_a_day": 90, "minutes_a_week": 500, "rest_days": [5, 6]}
    assert client.post("/study/goals/", said).url == "/study/goals/"
    assert "Saturday, Sunday" in client.get("/study/goals/").text
    assert "1 h 30 min a day" in client.get("/study/").text
    wrong = client.post("/study/goals/", said | {"minutes_a_day": 2000})
    assert (wrong.status_code, "A day has 1440 minutes" in wrong.text, "2000" in wrong.text) == (422, True, True)
    assert client.get("/api/v1/study-goal/").json()["rest_days"] == [5, 6]
    put = client.put("/api/v1/study-goal/", {"minutes_a_day": 30, "minutes_a_week": 100}, "application/json")
    assert (put.status_code, put.json()["rest_days"], Goal.objects.get().minutes_a_day) == (200, [], 30)
