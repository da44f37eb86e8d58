"""The time that the program goes by: the real one, or that of a test cohort whose life is tried out ahead of time.

Whatever is part of the program's own life asks here: what is due, how long somebody has waited, when a row was written.
What guards the program itself (tokens, sessions, leases of workers, deliveries, throttles) goes by the real time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class AsOf:
    """The clock of a test cohort: it runs as every other, `ahead` of the real time."""

    slug: str
    ahead: timedelta


_as_of: ContextVar[AsOf | None] = ContextVar("as_of", default=None)


def now() -> datetime:
    """The time by which this request or job goes, in UTC."""
    shown = _as_of.get()
    return timezone.now() + shown.ahead if shown else timezone.now()


def test_cohort() -> str:
    """The slug of the test cohort by whose clock this request or job goes; '' where the real one holds."""
    shown = _as_of.get()
    return shown.slug if shown else ""


@contextmanager
def as_of(slug: str, ahead: timedelta) -> Iterator[None]:
    """Go by the clock of the test cohort `slug` for the length of a block."""
    token = _as_of.set(AsOf(slug, ahead))
    try:
        yield
    finally:
        _as_of.reset(token)
