"""What a partner sees of somebody's week: minutes by day, steps done, the goal; on that person's own calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum

from mentorship.cohorts.models import GroupMember, Nudge, Pause, WeekGoal
from mentorship.cohorts.models.away import today_of
from mentorship.cohorts.models.partner import monday_of
from mentorship.common.clock import now
from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.models import StudyEntry
from streams.models import Progress

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MOST_STEPS = 20


@dataclass(frozen=True)
class Week:
    """Monday to Sunday. `days` has name, minutes and whether it lies ahead; `steps` the titles of items done."""

    days: list[dict[str, Any]]
    minutes: int
    steps: list[str]
    goal: str

    @property
    def text(self) -> str:
        """'3 h 20 min'."""
        hours, minutes = divmod(self.minutes, 60)
        return f"{hours} h {minutes} min" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"


@dataclass(frozen=True)
class Partners:
    """A pair as one of them, `me`, sees it: `theirs` is None as long as the other does not share it."""

    me: GroupMember
    mine: Week
    partner: User
    theirs: Week | None
    partner_pauses: bool
    nudged: bool

    @property
    def shares(self) -> bool:
        return self.me.shares_week_since is not None


def partners_of(members: Iterable[GroupMember], reader: User, at: datetime | None = None) -> Partners | None:
    """The two of an accountability pair who have joined, for one of them; None where there are no two."""
    moment = at or now()
    joined = {row.membership.person_id: row for row in members if row.joined_at}
    me = joined.get(reader.pk)
    other = next((row for key, row in joined.items() if key != reader.pk), None)
    if me is None or other is None:
        return None
    partner = other.membership.person
    return Partners(
        me, week_of(me, moment), partner, week_of(other, moment) if other.shares_week_since else None,
        Pause.objects.active_at(moment).filter(membership=other.membership_id).exists(),
        Nudge.objects.filter(giver=reader, receiver=partner, day=today_of(reader, moment)).exists(),
    )  # fmt: skip


def week_of(member: GroupMember, at: datetime | None = None) -> Week:
    """This week of `member`; three queries."""
    moment, person = at or now(), member.membership.person
    today = today_of(person, moment)
    monday = monday_of(today)
    rows = StudyEntry.objects.filter(person=person, day__gte=monday, day__lt=monday + timedelta(days=7))
    minutes: dict[date, int] = dict(rows.order_by().values_list("day").annotate(Sum("minutes")))
    begins, _ = days.bounds(monday, person.zone)
    done = Progress.objects.filter(person=person, state=Progress.State.DONE, since__gte=begins, since__lte=moment)
    steps = done.filter(item__counts=True).order_by("since", "pk").values_list("item__title", flat=True)
    goal = WeekGoal.objects.filter(member=member, monday=monday).values_list("text", flat=True).first() or ""
    studied = [minutes.get(monday + timedelta(days=number), 0) for number in range(7)]
    most, shown = max(60, *studied), []
    for number, name in enumerate(NAMES):
        height = round(48 * studied[number] / most)
        ahead = monday + timedelta(days=number) > today
        row = {"name": name, "minutes": studied[number], "ahead": ahead, "x": 34 * number}
        shown.append(row | {"height": height, "y": 50 - height})
    return Week(shown, sum(studied), list(steps[:MOST_STEPS]), goal)
