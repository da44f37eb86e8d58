"""What the people of the running cohort write to each other, who pauses, and who shows themselves."""

from datetime import datetime, timedelta
from typing import Any

from mentorship.cohorts.models import (
    Announcement,
    Cohort,
    CohortQuestion,
    Group,
    GroupLink,
    GroupPost,
    Listing,
    Nudge,
    Pause,
    WeekGoal,
)
from mentorship.cohorts.models.away import today_of
from mentorship.people.models import User

SPLIT = """\
I drew 20 % of the rows at random, and the score on the test set is *better* than in training.

```python
train, test = train_test_split(stations, test_size=0.2)
```

Rows of the same day stand in both. Is that the reason?
"""
FORWARD = """\
Yes: the model reads today's weather of one station and is asked for that of its neighbour.

Split **by time**: train on everything before a day, test on what comes after it, then move the day forward.
"""
LISTED: list[tuple[str, dict[str, Any]]] = [
    ("amara", {"listed": True, "on_web": True, "says": "Ask me about messy health data.", "shows_zone": True}),
    ("chiara", {"listed": True, "on_web": True, "says": "I explain statistics for a living.", "shows_links": True}),
    ("esi", {"listed": True, "says": "Looking for somebody who has met time series.", "shows_email": True}),
    ("nadia", {"listed": True, "says": "Office hours on Tuesdays; bring half a question.", "shows_zone": True}),
]


def make_together(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    make_announcements(people, cohort, now)
    make_questions(people, cohort, now)
    make_pair(people, cohort, now)
    seats = {seat.person_id: seat for seat in cohort.memberships.active().select_related("person", "cohort")}
    for name, shown in LISTED:
        Listing.show(seats[people[name].pk], by=people[name], at=now - timedelta(days=9), **shown)
    today = today_of(people["dmitri"], now)
    Pause.take(
        seats[people["dmitri"].pk], by=people["dmitri"], reason="work", note="The furnace is taken over until month's end.",
        first_day=today - timedelta(days=2), returns_on=today + timedelta(days=12), at=now - timedelta(days=2),
    )  # fmt: skip


def make_announcements(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    first = Announcement.announce(
        cohort, by=people["ada"], title="Where everything is", pinned=True, at=now - timedelta(weeks=5),
        text="Steps and readings stand in **the stream**, dates in **the calendar**, and whatever you wonder about "
        "belongs into *Questions*: somebody after you wonders too.",
    )  # fmt: skip
    guest = Announcement.announce(
        cohort, by=people["mateo"], title="A guest at the next session", at=now - timedelta(days=3),
        text="Someone who puts models into hospitals comes along. Bring one question each.",
    )  # fmt: skip
    Announcement.announce(
        cohort, by=people["nadia"], title="Half-time: one thing to keep, one to change", at=now - timedelta(days=1),
        publish_at=now + timedelta(days=4), text="Two lines from each of you, please.",
    )  # fmt: skip
    for row, readers in ((first, ["amara", "bela", "chiara", "esi"]), (guest, ["amara", "chiara"])):
        for name in readers:
            row.read(by=people[name], at=now - timedelta(days=2))


def make_questions(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    split = CohortQuestion.ask(
        cohort, by=people["esi"], title="Why is my test score better than my training score?", text=SPLIT,
        at=now - timedelta(days=8),
    )  # fmt: skip
    answer = split.answer(by=people["chiara"], text=FORWARD, at=now - timedelta(days=7))
    split.accept(answer, by=people["esi"], at=now - timedelta(days=7))
    CohortQuestion.ask(
        cohort, by=people["bela"], title="How do you note what you tried and threw away?", at=now - timedelta(days=1),
        text="My notebooks only tell of what worked. Do you keep a log?",
    )  # fmt: skip


def make_pair(people: dict[str, User], cohort: Cohort, now: datetime) -> None:
    """Amara and Chiara, who keep each other at it."""
    pair = Group.objects.get(cohort=cohort, name="Monday mornings")
    chiara, amara = people["chiara"], people["amara"]
    pair.meet(by=chiara, meets_at=now + timedelta(days=3), where="https://meet.example/mondays", at=now)
    GroupLink.share(pair, by=amara, title="Our list of papers", url="https://example.org/papers", at=now)
    post = GroupPost.write(
        pair, by=chiara, at=now - timedelta(days=2),
        text=f"Chapter four took me **three** evenings. @{amara.handle}, how did you do the last exercise?",
    )  # fmt: skip
    GroupPost.write(
        pair, by=amara, text="On paper first. I send you a picture.", parent=post, at=now - timedelta(days=1)
    )
    for member in pair.members.filter(left_at=None).select_related("membership__person"):
        person = member.membership.person
        member.share_week(True, by=person, at=now - timedelta(weeks=2))
        goal = "Read chapter five, aloud where it is hard" if person == chiara else "Baseline in one notebook"
        WeekGoal.aim(member, by=person, text=goal, at=now)
    Nudge.give(pair, by=chiara, words=Nudge.Words.PROUD, at=now - timedelta(days=1))
