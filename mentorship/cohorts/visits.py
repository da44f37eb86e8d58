"""Counting how often a cohort's public page is opened, cheaply and without looking at who does.

A page only adds one to a number in the cache, since reading a page writes nothing to the database; a task of the
worker takes the numbers over. What the cache forgets is not counted: it is a figure to see a trend by.
"""

from datetime import UTC, date, datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from mentorship.cohorts.models import Cohort, Visits

KEPT = 3 * 24 * 3600  # seconds that the cache keeps a day's number


def key_of(cohort: int, day: date) -> str:
    return f"visits:{cohort}:{day:%Y%m%d}"


def count_visit(cohort: Cohort, at: datetime) -> None:
    """Someone from outside opened the page of `cohort`."""
    key = key_of(cohort.pk, at.astimezone(UTC).date())
    cache.add(key, 0, KEPT)
    try:
        cache.incr(key)
    except ValueError:
        return  # it went between the two


def keep_visits(at: datetime) -> int:
    """Take what was counted today and yesterday over into the database; how many visits that were."""
    today = at.astimezone(UTC).date()
    days = [today, today - timedelta(days=1)]
    cohorts = Cohort.objects.filter(state=Cohort.State.OPEN).values_list("pk", flat=True)
    keys = {key_of(pk, day): (pk, day) for pk in cohorts for day in days}
    found = {key: number for key, number in cache.get_many(keys).items() if number > 0}
    for key, number in found.items():
        pk, day = keys[key]
        with transaction.atomic():
            Visits.objects.bulk_create([Visits(cohort_id=pk, day=day)], ignore_conflicts=True)
            Visits.objects.filter(cohort=pk, day=day).update(count=F("count") + number)
        cache.incr(key, -number)
    return sum(found.values())
