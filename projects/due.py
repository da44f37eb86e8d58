"""What has not been handed in yet, until when, and the reminders of it.

A reminder is 'due and not yet told', never a window. What it is about is named by the due date's number of changes,
the extension that holds and where a pause has moved it: who gets more time, or another day, is reminded anew.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Extract, Greatest

from mentorship.cohorts.models import Assignment, Cohort, DueDate, Extension, Membership, on_clock
from mentorship.cohorts.models.due import granted_until
from mentorship.cohorts.own_time import Moved
from mentorship.cohorts.standstill import on_pause
from mentorship.common.times import exact
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell
from mentorship.people.models import User
from projects.models import Submission, TeamMember
from streams.models import Progress

SOON, PASSED = "due_soon", "due_passed"
AHEAD = (1, 3)  # days


def handed_in(person: str, item: str, cohort: str) -> Q:
    """Whether the person of the outer column has done the item, or has handed it in, alone or in a team."""
    done = Progress.objects.filter(item=OuterRef(item), person=OuterRef(person), state=Progress.State.DONE)
    live = Submission.objects.exclude(state=Submission.State.WITHDRAWN)
    live = live.filter(project__item=OuterRef(item), cohort=OuterRef(cohort))
    inside = TeamMember.objects.present().filter(submission=OuterRef("pk"), person=OuterRef(OuterRef(person)))
    return Q(Exists(done)) | Q(Exists(live.filter(Q(author=OuterRef(person)) | Q(Exists(inside)))))


def handed_in_by(person: User, cohort: Cohort) -> set[int]:
    """The items that `person` has handed in in `cohort`, for its calendar."""
    live = Submission.objects.by(person).filter(cohort=cohort).exclude(state=Submission.State.WITHDRAWN)
    return set(live.values_list("project__item", flat=True))


def due_of(person: User) -> QuerySet[Any]:
    """What `person` has to hand in as a mentee of running cohorts and has not, the first one first.

    Each with `own_at`, until when they have time. Home asks the same in SQL (`mentorship/home/facts.py`).
    """
    seats = Membership.objects.mentees().filter(person=person, cohort__state=Cohort.State.RUNNING)
    rows = DueDate.objects.published().filter(cohort__in=seats.values("cohort")).for_person(person)
    rows = rows.annotate(reader=Value(person.pk)).exclude(handed_in("reader", "item", "cohort"))
    return rows.select_related("cohort", "item").order_by("own_at", "pk")  # type: ignore[misc]


def remind_of_due(*, at: datetime) -> int:
    """Tell mentees of what is due in 3 days and in 1, and of what was; of the latter their mentors, in the app."""
    count = 0
    for row in waiting(at):
        count += 1
        tell_mentee(row, at)
        if row.stage == 0 and row.mentor is not None:
            mentor = User.objects.active().filter(pk=row.mentor).first()
            if mentor:
                tell(
                    mentor, "due_passed_mentor", subject=row.key, url=row.url, by_email=False, at=at,
                    title=f"{row.person} has not handed in {row.title}",
                )  # fmt: skip
    return count


def tell_mentee(row: Any, at: datetime) -> None:
    there = exact(row.own_at, row.person.zone)
    if row.stage == 0:
        tell(
            row.person, PASSED, subject=row.key, url=row.url, at=at, title=f"{row.title} was due {there}",
            body="Hand in what you have: a review of half a project helps more than none. If you need longer, ask for "
            "more time on this page.",
        )  # fmt: skip
        return
    days = "within a day" if row.stage == 1 else f"within {row.stage} days"
    tell(
        row.person, SOON, subject=row.key, threshold=row.stage, url=row.url, at=at,
        title=f"{row.title} is due {days}", body=f"Until {there}. If that is too soon, ask for more time on this page.",
    )  # fmt: skip


def waiting(at: datetime) -> list[Any]:
    """Each mentee and thing that is near or over and not handed in, of which they have not been told at this stage.

    What was over before it was set, or before they joined, is no news and is left out.
    """
    rows = Membership.objects.mentees().filter(
        on_clock("cohort"),
        cohort__state=Cohort.State.RUNNING,
        person__is_active=True,
        cohort__due_dates__item__retired_at=None,
    )
    extension = Extension.objects.filter(membership=OuterRef("pk"), due=OuterRef("due"), state="granted")
    mentor = Assignment.objects.active().filter(mentee=OuterRef("pk")).values("mentor__person")[:1]
    ahead = [When(own_at__lte=at + timedelta(days=days), then=Value(days)) for days in AHEAD]
    rows = rows.annotate(
        due=F("cohort__due_dates"), item=F("cohort__due_dates__item"), title=F("cohort__due_dates__item__title"),
        set_at=F("cohort__due_dates__changed_at"), mentor=Subquery(mentor), slug=F("cohort__slug"),
        plain_at=Greatest("cohort__due_dates__due_at", Subquery(extension.values("until")[:1])),
        own_at=Greatest(Moved("cohort__due_dates__due_at", "pk"), granted_until(extension)),
    ).annotate(
        stage=Case(When(own_at__lte=at, then=Value(0)), *ahead, output_field=IntegerField()),
        key=named(
            F("due"), F("cohort__due_dates__sequence"), Coalesce(Subquery(extension.values("pk")[:1]), 0), F("pk"),
            when=Case(
                When(own_at__gt=F("plain_at"), then=seconds_of("own_at")), default=Value(""), output_field=TextField()
            ),
        ),
    )  # fmt: skip
    rows = rows.filter(stage__isnull=False).exclude(stage=0, own_at__lt=Greatest("set_at", "joined_at"))
    told = Notification.objects.filter(person=OuterRef("person"), subject=OuterRef("key"))
    known = Q(Exists(told.filter(kind=PASSED))) | Q(Exists(told.filter(kind=SOON, threshold=OuterRef("stage"))))
    rows = rows.exclude(known).exclude(handed_in("person", "item", "cohort")).exclude(on_pause("pk", at))
    found: list[Any] = list(rows.select_related("person").order_by("pk", "due"))
    for row in found:
        row.url = f"/cohorts/{row.slug}/due/{row.due}/"
    return found


def seconds_of(moment: str) -> Concat:
    """':1795290000', the column `moment` in seconds since 1970."""
    seconds = Cast(Cast(Extract(moment, "epoch"), BigIntegerField()), TextField())
    return Concat(Value(":"), seconds, output_field=TextField())


def named(*parts: Any, when: Any) -> Concat:
    """'due:12:0:0:7': the due date, its changes, the extension, the seat; and until when, if a pause has moved it."""
    texts: list[Any] = []
    for part in parts:
        texts += [Value(":"), Cast(part, TextField())]
    return Concat(Value("due"), *texts, when, output_field=TextField())
