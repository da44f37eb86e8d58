"""The slots of one's plan in the feed of one's calendar, at the times that one's own clock will show."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from mentorship.cohorts.calendar_sources import own_source
from mentorship.cohorts.ical import Entry
from mentorship.common import clock
from mentorship.people.models import User
from mentorship.study import days
from mentorship.study.models import PlanSlot
from mentorship.study.plan.doing import occurrences

BEHIND, AHEAD = timedelta(days=7), timedelta(weeks=6)


@own_source
def plan_of(person: User, since: datetime) -> Iterable[Entry]:
    """Each slot of the last week and of the six to come; one query. A new plan takes the place of the old one."""
    today = days.today_of(person, clock.now())
    first = max(days.today_of(person, since), today - BEHIND)
    slots = PlanSlot.objects.visible_to(person).within(first, today + AHEAD).select_related("item")
    return [
        Entry(
            key=f"study-{slot.pk}-{day}", title=f"Study: {slot.title}", starts_at=starts_at, zone=person.zone,
            minutes=slot.minutes, sequence=slot.sequence, changed_at=slot.changed_at, url="/study/plan/",
        )
        for slot, day, starts_at in occurrences(slots, first, today + AHEAD, person.zone)
        if starts_at >= since
    ]  # fmt: skip
