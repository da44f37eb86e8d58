"""Logging study from home: a few usual amounts, one tap each."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from mentorship.common import clock
from mentorship.study.forms import EntryForm
from mentorship.study.heatmap import as_hours
from mentorship.study.streak import Streak, streak_of
from mentorship.study.timer.showing import Running, running_of

AMOUNTS = (15, 30, 60, 120)
# The same for everyone and every time, so it is written once.
BUTTONS = format_html_join(
    "", '<button class="button small" name="minutes" value="{}">{} min</button>', ((each, each) for each in AMOUNTS)
)


@dataclass(frozen=True)
class QuickLog:
    """What `study/_quick_log.html` shows as `quick`."""

    streak: Streak
    timer: Running | None = None
    form: EntryForm | None = None  # one that was refused, with its reasons
    key: uuid.UUID = field(default_factory=uuid.uuid4)  # makes a form that is sent twice one entry
    buttons: SafeString = BUTTONS

    @property
    def today(self) -> str:
        return as_hours(self.streak.minutes_today)

    @property
    def aim(self) -> str:
        return as_hours(self.streak.goal)

    @property
    def this_week(self) -> str:
        return as_hours(self.streak.minutes_this_week)


def quick_log_of(person: Any, at: datetime | None = None, form: EntryForm | None = None) -> QuickLog:
    """The quick log of `person`: two queries."""
    now = at or clock.now()
    return QuickLog(streak_of(person, now), running_of(person, now), form)
