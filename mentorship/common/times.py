"""Times as people read them."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.safestring import SafeString

from mentorship.common import clock

MINUTE, HOUR, DAY, MONTH, YEAR = 60, 3600, 86400, 2629800, 31557600
SCALE = (
    (MINUTE, 1, ""),
    (HOUR, MINUTE, "minute"),
    (DAY, HOUR, "hour"),
    (60 * DAY, DAY, "day"),
    (700 * DAY, MONTH, "month"),
    (float("inf"), YEAR, "year"),
)

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def relative(moment: datetime, now: datetime | None = None) -> str:
    """'in 3 days', '2 hours ago': the coarsest unit that says enough."""
    return _relative((moment - (now or clock.now())).total_seconds())


def _relative(seconds: float) -> str:
    size = abs(seconds)
    for limit, unit, name in SCALE:  # noqa: B007 - the first that is large enough stays
        if size < limit:
            break
    if not name:
        return "just now"
    count = int(size // unit)
    text = f"{count} {name}{'' if count == 1 else 's'}"
    return f"in {text}" if seconds > 0 else f"{text} ago"


def exact(moment: datetime, zone: tzinfo | None = None) -> str:
    """'Fri 20 Nov 2026, 14:05 EST' in `zone`, or in the zone that is active for this request."""
    local = timezone.localtime(moment, zone)
    # Names from tables, which strftime takes from the same C locale: lists show a time a row.
    day, month = DAYS[local.weekday()], MONTHS[local.month - 1]
    return f"{day} {local.day} {month} {local.year}, {local.hour:02}:{local.minute:02} {local.tzname()}"


def time_html(moment: datetime | None, now: datetime | None = None) -> SafeString:
    """`<time>` with the relative form shown, the exact one on hover, the machine's in `datetime`."""
    if moment is None:
        return SafeString("")
    return SafeString(stamp_html(moment.timestamp(), (now or clock.now()).timestamp()))


def stamp_html(seconds: float, now: float, zone: tzinfo | None = None) -> str:
    """As `time_html`, for moments that are known as seconds since 1970; lists look for the `zone` once."""
    return f"{_opened(int(seconds // 1), zone or timezone.get_current_timezone())}{_relative(seconds - now)}</time>"


@lru_cache(maxsize=8192)
def _opened(second: int, zone: tzinfo) -> str:
    """The part of `<time>` that does not change: lists show the same moments again and again."""
    moment = datetime.fromtimestamp(second, UTC)
    # Nothing of this is anybody's text; the name of the zone comes from the tz database.
    return f'<time datetime="{moment.isoformat()[:19]}Z" title="{exact(moment, zone)}">'


def day_html(moment: datetime) -> SafeString:
    """`<time>` with the day alone, '9 Nov', in the zone that is active; the exact moment on hover."""
    local, zone = timezone.localtime(moment), timezone.get_current_timezone()
    opened = _opened(int(moment.timestamp()), zone)
    return SafeString(f"{opened}{local.day} {MONTHS[local.month - 1]}</time>")


class NonexistentTime(ValueError):
    """Clocks skip this local time."""


class AmbiguousTime(ValueError):
    """Clocks show this local time twice."""


def from_local(local: datetime, zone: ZoneInfo, which: str = "") -> datetime:
    """The moment at which the clocks of `zone` show `local` (naive); `which` is '' or, of two, 'first' or 'second'.

    Raises NonexistentTime or AmbiguousTime with a sentence that asks, for such a time is never guessed.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    clock = f"{local:%H:%M} on {local.day} {local:%B %Y}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise NonexistentTime(f"{clock} does not exist in {zone}: the clocks go forward over it. Choose another time.")
    if which not in ("first", "second"):
        names = f"{first:%Z} or {second:%Z}"
        raise AmbiguousTime(f"{clock} exists twice in {zone}: the clocks go back. Say which one, {names}.")
    return (second if which == "second" else first).astimezone(UTC)
