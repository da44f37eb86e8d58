"""What time causes around meetings: whose turn it is, what was taken on, minutes that nobody closes, the lead's month.

Each rule is 'due and not yet told', never a window; only the highest threshold reached is told.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from mentorship.cohorts import rotation
from mentorship.cohorts.models import ActionItem, Attendance, Cohort, Meeting, Membership, on_clock
from mentorship.cohorts.telling_meetings import calendar_of, when
from mentorship.common.errors import Refused
from mentorship.common.times import relative
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.models import User

TURN_DAYS = (1, 7)  # before the meeting
OPEN_DAYS = (7, 2)  # after it, while nobody closed the minutes
OVERDUE_DAYS = (7, 1)
SOON = timedelta(days=2)
DEAL = timedelta(days=14)
MONTHS = 3  # digests that an outage may have left out


def remind_of_meetings(*, at: datetime) -> int:
    """Tell whoever is due; how many were told."""
    return deal_turns(at) + remind_of_turns(at) + remind_of_minutes(at) + remind_of_actions(at) + tell_months(at)


def untold(kind: str, keys: Iterable[str]) -> set[tuple[str, int, int]]:
    """What of `kind` has been told about `keys`: key, threshold and person."""
    rows = Notification.objects.filter(kind=kind, subject__in=list(keys))
    return set(rows.values_list("subject", "threshold", "person"))


def deal_turns(at: datetime) -> int:
    """Two weeks before a meeting of a running cohort somebody leads it: who is next, unless it was settled before."""
    near = Meeting.objects.upcoming(at).filter(starts_at__lte=at + DEAL, coordinator=None, cohort=OuterRef("pk"))
    there = Membership.objects.mentees().filter(cohort=OuterRef("pk"), person__is_active=True)
    rows = Cohort.objects.filter(on_clock(), Exists(near), Exists(there), state=Cohort.State.RUNNING)
    count = 0
    for cohort in rows.order_by("pk"):
        try:
            count += len(rotation.fill(cohort=cohort, by=None, at=at, within=DEAL))
        except Refused:  # everyone is away, or somebody else has just settled it
            continue
    return count


def remind_of_turns(at: datetime) -> int:
    """A week and a day before, who leads is told. Another time, or another coordinator, is told anew."""
    rows = Meeting.objects.upcoming(at).filter(starts_at__lte=at + timedelta(days=TURN_DAYS[-1]))
    rows = rows.filter(on_clock("cohort"), cohort__state=Cohort.State.RUNNING)
    rows = rows.filter(coordinator__isnull=False, coordinator__left_at=None)
    found = list(rows.filter(coordinator__person__is_active=True).select_related("cohort", "coordinator__person"))
    keys = {row.pk: f"meeting:{row.pk}:{row.starts_at:%Y-%m-%dT%H:%M}" for row in found}
    known, count = untold("turn_soon", keys.values()), 0
    for row in found:
        assert row.coordinator is not None
        person, key = row.coordinator.person, keys[row.pk]
        days = next(days for days in TURN_DAYS if row.starts_at <= at + timedelta(days=days))
        if any((key, told, person.pk) in known for told in TURN_DAYS if told <= days):
            continue
        count += tell(
            person, "turn_soon", subject=key, threshold=days, at=at, url=row.get_absolute_url(),
            title=f"You lead {row.title}, {relative(row.starts_at, at)}",
            body=f"{row.title} of {row.cohort}: {when(row)}. Look at the agenda, and put on it what the group brings "
            "up.\n\nCannot you lead it? Ask somebody on its page to change with you.",
        )  # fmt: skip
    return count


def remind_of_minutes(at: datetime) -> int:
    """Two days and a week after a meeting whose minutes nobody has closed, who led it is asked to."""
    rows = Meeting.objects.held(at).filter(
        on_clock("cohort"),
        starts_at__lte=at - timedelta(days=OPEN_DAYS[-1]), closed_at=None, cohort__state=Cohort.State.RUNNING,
        coordinator__isnull=False, coordinator__left_at=None, coordinator__person__is_active=True,
    )  # fmt: skip
    found = list(rows.select_related("cohort", "coordinator__person")[:500])
    known, count = untold("minutes_open", [f"meeting:{row.pk}" for row in found]), 0
    for row in found:
        assert row.coordinator is not None
        person, key = row.coordinator.person, f"meeting:{row.pk}"
        days = next(days for days in OPEN_DAYS if row.starts_at <= at - timedelta(days=days))
        if any((key, told, person.pk) in known for told in OPEN_DAYS if told >= days):
            continue
        count += tell(
            person, "minutes_open", subject=key, threshold=days, at=at, url=row.get_absolute_url(),
            title=f"The minutes of {row.title} are still open",
            body="A few lines are enough: what was decided, who does what until when, who was there. Then close "
            "them, and everybody has them.",
        )  # fmt: skip
    return count


def remind_of_actions(at: datetime) -> int:
    """Two days before, on the day, and when it is over: the day is that of the cohort's calendar."""
    rows = ActionItem.objects.open().filter(
        on_clock("cohort"),
        due_on__lte=(at + SOON + timedelta(days=1)).date(), owner__left_at=None, owner__person__is_active=True,
        cohort__state=Cohort.State.RUNNING,
    )  # fmt: skip
    found = []
    for row in rows.select_related("owner__person", "meeting__cohort", "cohort")[:2000]:
        left = (row.due_on - timezone.localdate(at, row.cohort.zone)).days
        if left <= SOON.days:
            found.append((row, left, f"action:{row.pk}:{row.due_on}"))
    known = {kind: untold(kind, [key for _, _, key in found]) for kind in ("action_soon", "action_due", "action_late")}
    count = 0
    for row, left, key in found:
        kind = "action_soon" if left > 0 else "action_due" if left == 0 else "action_late"
        days = next((days for days in OVERDUE_DAYS if -left >= days), 0)
        if any((key, told, row.owner.person_id) in known[kind] for told in (0, *OVERDUE_DAYS) if told >= days):
            continue
        said = {"action_soon": f"is due on {row.due_on:%-d %B}", "action_due": "is due today"}
        count += tell(
            row.owner.person, kind, subject=key, threshold=days, at=at, url=row.get_absolute_url(),
            title=f"“{row.text[:120]}” {said.get(kind, f'was due on {row.due_on:%-d %B}')}",
            body=f"You took it on at {row.meeting.title} of {row.cohort}. Tick it on the meeting's page once it is "
            "done; choose another day there if you need one.",
        )  # fmt: skip
    return count


# --- the lead's month -----------------------------------------------------------------------------------------
def tell_months(at: datetime) -> int:
    """Once a month has ended where a cohort is, the admins are told how its meetings went."""
    admins = list(User.objects.admins())
    cohorts = Cohort.objects.filter(state=Cohort.State.RUNNING) | Cohort.objects.filter(
        state=Cohort.State.FINISHED, ends_on__gte=(at - timedelta(days=31 * MONTHS)).date()
    )
    due = [
        (cohort, first, f"cohort:{cohort.pk}:{first:%Y-%m}")
        for cohort in cohorts.filter(on_clock()).order_by("starts_on", "pk")
        for first in months_of(cohort, at)
    ]
    known, count = untold("meetings_month", [key for _, _, key in due]), 0
    for cohort, first, key in due:
        missing = [admin for admin in admins if (key, 0, admin.pk) not in known]
        if missing:
            title = f"{cohort} in {first:%B %Y}: {month_said(cohort, first)}"
            count += tell_all(
                missing, "meetings_month", subject=key, title=title, body=month_text(cohort, first, at),
                url=calendar_of(cohort), at=at,
            )  # fmt: skip
    return count


def months_of(cohort: Cohort, at: datetime) -> list[date]:
    """The first days of its last whole months, none before it began and none after it ended."""
    today, found = timezone.localdate(at, cohort.zone), []
    first = today.replace(day=1)
    begun = max(cohort.starts_on, timezone.localdate(cohort.started_at, cohort.zone)) if cohort.started_at else None
    for _ in range(MONTHS):
        last = first - timedelta(days=1)
        first = last.replace(day=1)
        if last >= (begun or cohort.starts_on) and first <= cohort.ends_on:
            found.append(first)
    return found[::-1]


def month_rows(cohort: Cohort, first: date) -> list[Meeting]:
    """The meetings of the month as the cohort's calendar has them, called off ones too."""
    after = (first + timedelta(days=32)).replace(day=1)
    bounds = [datetime.combine(day, time(), tzinfo=cohort.zone) for day in (first, after)]
    rows = cohort.meetings.filter(starts_at__gte=bounds[0], starts_at__lt=bounds[1])
    return list(rows.select_related("coordinator__person").order_by("starts_at", "pk"))


def month_said(cohort: Cohort, first: date) -> str:
    held = sum(meeting.cancelled_at is None for meeting in month_rows(cohort, first))
    return "no meeting" if not held else "1 meeting" if held == 1 else f"{held} meetings"


def month_text(cohort: Cohort, first: date, at: datetime) -> str:
    """Meetings held, who led, who came, and what is still to be done."""
    meetings = month_rows(cohort, first)
    held = [meeting for meeting in meetings if meeting.cancelled_at is None]
    there: dict[int, Counter[str]] = {}
    for pk, state in Attendance.objects.filter(meeting__in=held).values_list("meeting", "state"):
        there.setdefault(pk, Counter())[state] += 1
    lines = [_meeting_line(meeting, there.get(meeting.pk, Counter())) for meeting in meetings]
    if not lines:
        lines = ["Nothing was in the calendar."]
    open_items = ActionItem.objects.open().filter(cohort=cohort)
    late = open_items.filter(due_on__lt=timezone.localdate(at, cohort.zone)).count()
    lines.append("")
    lines.append(f"Action items open: {open_items.count()}, {late} of them overdue.")
    return "\n".join(lines)


def _meeting_line(meeting: Meeting, there: Counter[str]) -> str:
    if meeting.cancelled_at:
        return f"{meeting.title}: called off{f' ({meeting.cancel_reason})' if meeting.cancel_reason else ''}."
    led = f"led by {meeting.coordinator.person}" if meeting.coordinator else "led by nobody"
    came = (
        f"{there['present']} came, {there['excused']} excused, {there['absent']} absent"
        if there else "attendance not noted"
    )  # fmt: skip
    return f"{meeting.title}: {led}; {came}; minutes {'closed' if meeting.closed_at else 'open'}."
