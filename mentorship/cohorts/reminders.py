"""What time causes in cohorts: applications that nobody decides, mentees who have gone silent.

Each rule is 'due and not yet told at this threshold', never a window: a day without beat loses nothing and repeats
nothing. Only the highest threshold reached is told.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, TruncDate

from mentorship.cohorts.models import (
    Application,
    Assignment,
    Cohort,
    Departure,
    Membership,
    Pause,
    Thresholds,
    on_clock,
)
from mentorship.cohorts.standstill import on_pause
from mentorship.cohorts.telling_together import ask_back
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.models import User
from streams.progress import progress_of_many

UNDECIDED_AFTER = [3, 7]
SILENT_TIMES = [1, 2, 3]  # the days after which the cohort calls somebody silent, once, twice and three times


def remind(*, at: datetime) -> int:
    """Tell whoever is due; how many applications and silences that were."""
    done = remind_of_undecided(at=at) + greet_who_returns(at=at) + ask_back_who_left(at=at)
    return done + remind_of_silence(at=at)


def ask_back_who_left(*, at: datetime) -> int:
    """Tell who left a stream with the door open of its next cohort that takes applications; how many were told."""
    told = 0
    for cohort in Cohort.objects.taking_applications(at):
        known = Notification.objects.filter(kind="come_back", person=OuterRef("membership__person"))
        known = known.filter(subject=Concat(Value(f"come_back:{cohort.pk}:"), Cast("person_id", TextField())))
        rows = Departure.objects.to_be_asked_back(cohort).filter(on_clock("membership__cohort"), ~Exists(known))
        told += sum(
            ask_back(row, cohort, at=at) for row in rows.select_related("membership__person", "membership__cohort")
        )
    return told


def greet_who_returns(*, at: datetime) -> int:
    """End the pauses whose day of return has come; how many this call ended."""
    rows = Pause.objects.due_back(at).select_related("membership__person", "membership__cohort__stream")
    return sum(pause.greet(at=at) for pause in rows)


def spans(thresholds: list[int], at: datetime) -> Iterator[tuple[int, datetime, datetime | None]]:
    """Each threshold in days with the moments it reaches: from the next one's (None: no next) to its own."""
    for days, following in zip(thresholds, [*thresholds[1:], None], strict=True):
        yield days, at - timedelta(days), at - timedelta(following) if following else None


def remind_of_undecided(*, at: datetime) -> int:
    """Tell the admins of applications without an answer for 3 and for 7 days."""
    admins = list(User.objects.admins())
    done = 0
    for days, since, after in spans(UNDECIDED_AFTER, at):
        rows = Application.objects.waiting().filter(
            on_clock("cohort"), cohort__state__in=[Cohort.State.OPEN, Cohort.State.RUNNING]
        )
        rows = rows.filter(submitted_at__lte=since, **({"submitted_at__gt": after} if after else {}))
        tellings = Notification.objects.filter(
            kind="application_undecided", threshold=days, subject=OuterRef("key"), person__in=admins
        )
        told = tellings.order_by().values("subject").annotate(people=Count("pk")).values("people")
        rows = rows.annotate(key=Concat(Value("application:"), Cast("pk", TextField()), output_field=TextField()))
        rows = rows.alias(told=Coalesce(Subquery(told), 0)).filter(told__lt=len(admins))
        for row in rows.select_related("person", "cohort"):
            waited = (at - row.submitted_at).days
            done += 1
            tell_all(
                admins, "application_undecided", subject=row, threshold=days, at=at, url=row.get_absolute_url(),
                title=f"{row.person} has waited {waited} days for an answer from {row.cohort}",
                body="Accept, put on the waiting list, or decline: each is kinder than silence.",
            )  # fmt: skip
    return done


def remind_of_silence(*, at: datetime) -> int:
    """Tell mentees of running cohorts who did nothing for 7, 14 and 21 days, and their mentors.

    The days are those of the cohort's thresholds (`Thresholds.silent_days`), as in the cockpit's list. A silence is
    named by the day it began: who comes back and goes silent again is told again. On a pause nobody is silent;
    afterwards silence counts from the return.
    """
    done = 0
    for times in SILENT_TIMES:
        rows = list(silences(times, at))
        upcoming = next_items(rows)
        for row in rows:
            done += 1
            tell_of_silence(row, row.days, upcoming[row.pk], at)
    return done


def silences(times: int, at: datetime) -> QuerySet[Any]:
    """Mentees silent for so many times the days of their cohort, of whom they or their mentor have not been told then.

    With `days`, `key`, the name of the silence, and `mentor_person`, the key of their mentor or None.
    """
    rows = Membership.objects.mentees().filter(on_clock("cohort"), cohort__state=Cohort.State.RUNNING)
    rows = rows.filter(person__is_active=True)
    own = Greatest("cohort__thresholds__progress_days", "cohort__thresholds__study_days")
    rows = rows.annotate(once=Coalesce(own, Thresholds().silent_days), days=F("once") * times)
    rows = rows.filter(~on_pause("pk", at)).with_quiet_since(at)
    rows = rows.filter(quiet_since__lte=ago(at, F("days")))  # type: ignore[misc]
    if times < SILENT_TIMES[-1]:
        rows = rows.filter(quiet_since__gt=ago(at, F("days") + F("once")))  # type: ignore[misc]
    mentor = Assignment.objects.active().filter(mentee=OuterRef("pk")).values("mentor__person")[:1]
    begun = Cast(TruncDate("quiet_since", tzinfo=UTC), TextField())
    rows = rows.annotate(
        key=Concat(Value("membership:"), Cast("pk", TextField()), Value(":"), begun, output_field=TextField()),
        mentor_person=Subquery(mentor),
    )
    told = Notification.objects.filter(threshold=OuterRef("days"), subject=OuterRef("key"))
    mentee_told = Exists(told.filter(kind="mentee_silent", person=OuterRef("person")))
    mentor_told = Exists(told.filter(kind="mentee_silent_mentor", person=OuterRef("mentor_person")))
    rows = rows.filter(~mentee_told | (Q(mentor_person__isnull=False) & ~mentor_told))
    return rows.select_related("person", "cohort__stream")


def ago(at: datetime, days: Any) -> ExpressionWrapper:
    """The moment `days`, an expression, before `at`."""
    return ExpressionWrapper(Value(at) - days * Value(timedelta(days=1)), output_field=DateTimeField())


def next_items(rows: list[Any]) -> dict[int, str]:
    """The title of each mentee's next item ('' when all is done), in two queries a stream."""
    found = {}
    for stream in {row.cohort.stream for row in rows}:
        here = [row for row in rows if row.cohort.stream_id == stream.pk]
        progress = progress_of_many([row.person_id for row in here], stream)
        for row in here:
            item = progress[row.person_id].next_item
            found[row.pk] = item.title if item else ""
    return found


def tell_of_silence(row: Any, days: int, item: str, at: datetime) -> None:
    silent = (at - row.quiet_since).days
    step = f"Your next step is '{item}'. Half an hour on it is a start." if item else "Your next project waits."
    tell(
        row.person, "mentee_silent", subject=row.key, threshold=days, at=at, url=row.cohort.stream.get_absolute_url(),
        title="Shall we pick it up again?",
        body=f"{row.cohort} has not heard from you for {silent} days. That happens. {step}\n\n"
        "If something is in your way, write to your mentor: that is what they are there for.",
    )  # fmt: skip
    mentor = User.objects.active().filter(pk=row.mentor_person).first() if row.mentor_person else None
    if mentor:
        tell(
            mentor, "mentee_silent_mentor", subject=row.key, threshold=days, at=at, url=row.cohort.get_absolute_url(),
            title=f"{row.person} has been silent for {silent} days",
            body=f"No step, study entry or hand-in in {row.cohort} since {row.last_activity:%-d %B}. "
            "A short question from you often helps most.",
        )  # fmt: skip
