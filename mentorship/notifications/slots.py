"""One slot for each periodic job and time, so that two beats are one."""

from datetime import UTC, datetime, timedelta

from mentorship.notifications.models import Slot


def claim(job: str, at: datetime, every: timedelta = timedelta(minutes=5)) -> bool:
    """Whether the caller is the first to run `job` in the slot of length `every` that `at` falls into."""
    seconds = int(every.total_seconds())
    start = datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)
    _, created = Slot.objects.get_or_create(job=job, slot=start)
    return created


def forget_before(moment: datetime) -> int:
    """Remove slots older than `moment`; how many."""
    return Slot.objects.filter(slot__lt=moment).delete()[0]
