"""Counting how often something is opened, cheaply and without looking at who does.

A page only adds one to a number in the cache, since reading a page writes nothing to the database; a task of the
worker takes the numbers over. What the cache forgets is not counted: it is a figure to see a trend by.
"""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F

KEPT = 3 * 24 * 3600  # seconds that the cache keeps a day's number
BATCH = 1000


def key_of(name: str, pk: int, day: date) -> str:
    return f"{name}:{pk}:{day:%Y%m%d}"


def count(name: str, pk: int, at: datetime) -> None:
    """One more of `name` for the row `pk` on this day of UTC."""
    key = key_of(name, pk, at.astimezone(UTC).date())
    try:
        cache.incr(key)
    except ValueError:  # the first of the day; of two at once, the second adds to the first's
        if not cache.add(key, 1, KEPT):
            with contextlib.suppress(ValueError):
                cache.incr(key)


def keep(name: str, pks: Iterable[int], at: datetime, model: type[models.Model], column: str) -> int:
    """Take today's and yesterday's numbers of these rows over into `model` (`column`, day, count); their sum."""
    today = at.astimezone(UTC).date()
    total = 0
    for some in _batches(pks):
        keys = {key_of(name, pk, day): (pk, day) for pk in some for day in (today, today - timedelta(days=1))}
        for key, number in cache.get_many(keys).items():
            if number > 0:
                _keep(model, {column: keys[key][0], "day": keys[key][1]}, number)
                cache.incr(key, -number)
                total += number
    return total


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    found = iter(pks)
    while some := list(islice(found, BATCH)):
        yield some


@transaction.atomic
def _keep(model: type[models.Model], place: dict[str, Any], number: int) -> None:
    rows: Any = model._default_manager
    rows.bulk_create([model(**place)], ignore_conflicts=True)
    rows.filter(**place).update(count=F("count") + number)
