"""Plan and forecast at size: the pages of somebody with five years of entries, a full plan and a goal a month."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from mentorship.home.bench.seed import put
from mentorship.people.models import User
from mentorship.study.models import Goal, PlanSlot, StudyEntry
from mentorship.study.plan.weeks import adopt
from streams.models import Item

YEARS = 5
PAGES = {
    "plan of five years": "/study/plan/",
    "forecast of five years": "/study/forecast/",
    "home of five years": "/home/",
}


def grow(person: User) -> None:
    """Five years of `person`: two entries on most days, some of them on items."""
    today = timezone.localdate()
    have = StudyEntry.objects.filter(person=person, day__lt=today - timedelta(days=40)).count()
    if have < 1000:
        items = list(Item.objects.published().filter(counts=True).order_by("pk")[:200])
        put(
            StudyEntry(person=person, day=day(today, n // 2), minutes=45, item=items[n % len(items)] if n % 2 else None)
            for n in range(2 * 365 * YEARS)
            if n % 22
        )
        put(
            Goal(person=person, since=day(today, 30 * n + 10), minutes_a_day=60 + n, rest=1 << n % 7)
            for n in range(12 * YEARS)
        )
        if not PlanSlot.objects.filter(person=person).exists():
            adopt(by=person, key="interviews")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE study_studyentry, study_goal, study_planslot")


def day(today: date, ago: int) -> date:
    return today - timedelta(days=ago)
