"""Until when a cohort's projects are handed in, and who has longer."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Count, IntegerField, Max, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Now
from django.urls import reverse

from mentorship.cohorts import telling_dates as telling
from mentorship.cohorts.laying import end_of
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.own_time import Moved, Why
from mentorship.cohorts.seen import check_seen
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from streams.models import Item

ABOUT = timedelta(days=366)  # how far from the cohort's days something may be due


class DueDateQuerySet(models.QuerySet["DueDate"]):
    def published(self) -> "DueDateQuerySet":
        """Those of projects that stand in the curriculum."""
        return self.filter(item__retired_at=None)

    def visible_to(self, reader: Any) -> "DueDateQuerySet":
        """Those of one's own cohorts; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(cohort__in=Cohort.objects.of(reader))

    def for_person(self, person: Any) -> "DueDateQuerySet":
        """Annotated with `own_at`, until when `person` has time, and how often and when that was changed for them.

        What makes it differ from `due_at` stands in `own_time`; `why` puts it in words.
        """
        from mentorship.cohorts.models.extension import Extension
        from mentorship.cohorts.models.pause import Pause

        theirs = Extension.objects.filter(due=OuterRef("pk"), membership__person=person.pk).order_by()
        granted = theirs.filter(state=Extension.State.GRANTED, membership__left_at=None)
        seats = Membership.objects.mentees().filter(cohort=OuterRef("cohort"), person=person.pk)
        # As with extensions, one change when it was taken, another one when it ended; whether this is moved or not, so
        # that the number never goes down.
        pauses = Pause.objects.filter(membership__cohort=OuterRef("cohort"), membership__person=person.pk).order_by()
        paused = pauses.values("membership__person").annotate(n=Count("pk") + Count("ended_at")).values("n")
        pause_changed = pauses.values("membership__person").annotate(at=Greatest(Max("created_at"), Max("ended_at")))
        # One change when it was granted, another one when it ended.
        counted = Case(When(state="granted", then=1), When(state="ended", then=2), output_field=IntegerField())
        changes = theirs.values("due").annotate(n=Sum(counted)).values("n")
        latest = theirs.values("due").annotate(at=Max("decided_at")).values("at")
        return self.annotate(
            own_at=Greatest(Moved("due_at", Subquery(seats.values("pk")[:1])), granted_until(granted)),
            own_until=Subquery(granted.values("until")[:1]),
            own_until_at=granted_until(granted),
            own_changes=Coalesce(Subquery(changes), Value(0)) + Coalesce(Subquery(paused), Value(0)),
            own_changed_at=Greatest("changed_at", Subquery(latest), Subquery(pause_changed.values("at"))),
        )


def granted_until(granted: models.QuerySet[Any]) -> Subquery:
    """Until when the extension of `granted` gives time, with the pauses that were taken since."""
    return Subquery(granted.values(at=Moved("until", "membership", "decided_at"))[:1])


class DueDate(models.Model):
    """Until when a project is handed in for the first time, for a whole cohort.

    It follows the schedule until an admin sets it. `sequence` and `changed_at` are kept by the database.
    """

    own_at: datetime  # where a queryset has asked for it, by `for_person`
    own_until: datetime | None  # that of the extension that holds
    own_until_at: datetime | None  # the same, later by pauses
    own_changes: int
    own_changed_at: datetime

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="due_dates")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    by_hand = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    changed_at = models.DateTimeField(default=now, db_default=Now(), editable=False)

    objects = DueDateQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "item__position", "pk"]
        constraints = [models.UniqueConstraint("cohort", "item", name="due_date_once")]

    def __str__(self) -> str:
        return self.item.title

    def get_absolute_url(self) -> str:
        return reverse("cohorts:due", args=[self.cohort.slug, self.pk])

    @property
    def why(self) -> Why:
        """Why `own_at` is not `due_at`, of a row that was asked for by `for_person`."""
        return Why.of(self.due_at, self.own_at, self.own_until, self.own_until_at)

    def moved_for(self, seat: Membership) -> datetime:
        """Until when the mentee of `seat` has time without any extension."""
        found = DueDate.objects.filter(pk=self.pk).values_list(Moved("due_at", Value(seat.pk)), flat=True)
        return found.get()

    # --- verbs ------------------------------------------------------------------------------------------------
    def set(self, due_at: datetime, *, by: User, seen: str = "", at: datetime | None = None) -> None:
        """Another time for everyone; mentees are told. It follows the schedule no more. `seen` as in `Cohort.edit`."""
        with transaction.atomic():
            row = self._held()
            check_seen(row, ["due_at"], seen)
            first, last = row.cohort.starts_on - ABOUT, row.cohort.ends_on + ABOUT
            if not first < due_at.date() < last:
                raise Refused("Choose a day within the cohort's time, or close to it.", code="day")
            if (row.due_at, row.by_hand) == (due_at, True):
                return
            moved = row.due_at != due_at
            self.due_at, self.by_hand = due_at, True
            self.save(update_fields=["due_at", "by_hand"])
            events.record(actor=by, verb="set_due", subject=self, detail={"to": due_at}, at=at)
            if moved:
                telling.due_date_set(self, at=at)

    def release(self, *, by: User, at: datetime | None = None) -> None:
        """Let it follow the schedule again."""
        from mentorship.cohorts.models.schedule import Schedule

        with transaction.atomic():
            row = self._held()
            if not row.by_hand:
                raise Refused("It follows the schedule already.", code="not_by_hand")
            before = row.due_at
            DueDate.objects.filter(pk=self.pk).update(by_hand=False)
            Schedule.follow(row.cohort, at)
            self.refresh_from_db()
            events.record(actor=by, verb="release_due", subject=self, at=at)
            if self.due_at != before:
                telling.due_date_set(self, at=at)

    def _held(self) -> "DueDate":
        cohort = Cohort.objects.select_for_update(no_key=True).get(pk=self.cohort_id)
        if cohort.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
            raise Refused("This cohort is over.", code="cohort_over")
        return DueDate.objects.select_for_update(no_key=True, of=("self",)).select_related("cohort").get(pk=self.pk)

    @classmethod
    def lead(cls, cohort: Cohort, days: Mapping[int, date], at: datetime) -> None:
        """The projects of each unit are due at the end of its day, where nobody set another time. Part of a verb."""
        items = Item.objects.published().counted().filter(unit__in=days, kind=Item.Kind.PROJECT)
        wanted = {item.pk: end_of(days[item.unit_id], cohort.zone) for item in items}
        standing = {row.item_id: row for row in cls.objects.filter(cohort=cohort)}
        cls.objects.bulk_create(
            cls(cohort=cohort, item_id=pk, due_at=due, changed_at=at)
            for pk, due in wanted.items() if pk not in standing
        )  # fmt: skip
        for pk, row in standing.items():
            if not row.by_hand and pk not in wanted:
                if not row.extensions.exists():
                    row.delete()
            elif not row.by_hand and row.due_at != wanted[pk]:
                row.due_at = wanted[pk]
                row.save(update_fields=["due_at"])
