"""What somebody takes on at a meeting, until when."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from mentorship.cohorts import telling_meetings
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.meeting import Meeting
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

AHEAD = timedelta(days=366)


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def visible_to(self, reader: Any) -> "ActionItemQuerySet":
        """Those of one's own cohorts; all for admins."""
        return self.filter(meeting__in=Meeting.objects.visible_to(reader))

    def open(self) -> "ActionItemQuerySet":
        return self.filter(done_at=None, dropped_at=None)

    def of(self, person: Any) -> "ActionItemQuerySet":
        """What `person` has taken on, where they still are."""
        return self.filter(owner__person=person, owner__left_at=None)


class ActionItem(models.Model):
    """One task with an owner and a day, of the cohort's calendar. It stands in every agenda until it is done."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="actions")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="actions")
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="actions")
    text = models.CharField("what", max_length=200)
    due_on = models.DateField("until")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one item.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_at=None, dropped_at=None), name="action_open"),
        ]
        constraints = [
            models.UniqueConstraint("made_by", "key", name="action_once"),
            models.CheckConstraint(condition=~Q(text=""), name="action_says_something"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(dropped_at=None), name="action_done_or_dropped"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#action-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    def kept_by(self, person: Any) -> bool:
        """Whether `person` may change or drop it: its owner, who wrote it down, who leads the meeting, an admin."""
        return self.made_by_id == person.pk or self.owner.person_id == person.pk or self.meeting.kept_by(person)

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def add(
        cls, meeting: Meeting, *, by: User, owner: Membership, text: str, due_on: date,
        key: uuid.UUID | None = None, at: datetime | None = None,
    ) -> "ActionItem":  # fmt: skip
        """Note what `owner` takes on; they are told. The same `key` again gives the first one."""
        row = cls(
            meeting=meeting, cohort_id=meeting.cohort_id, owner=owner, text=" ".join(text.split()), due_on=due_on,
            key=key or uuid.uuid4(), made_by=by, made_at=at or now(),
        )  # fmt: skip
        try:
            with transaction.atomic():
                row._check_owner()
                meeting.lock_standing()
                row._check(by, at)
                row.save(force_insert=True)
                events.record(actor=by, verb="added", subject=row, detail={"owner": owner.pk}, at=at)
                telling_meetings.action_given(row, by=by, at=at)
        except IntegrityError:
            first = cls.objects.filter(made_by=by, key=row.key, meeting=meeting).first()
            if first is None:
                raise Refused("This key belongs to another item.", code="key_used") from None
            return first
        return row

    def change(
        self, *, by: User, owner: Membership, text: str, due_on: date, at: datetime | None = None
    ) -> None:  # fmt: skip
        """Say it otherwise, later, or let somebody else do it, who is told."""
        with transaction.atomic():
            row = self._locked(by)
            if not row.is_open:
                raise Refused("It is done, or dropped: open it again first.", code="not_open")
            before, self.owner = row.owner_id, owner
            self.text, self.due_on = " ".join(text.split()), due_on
            self._check_owner()
            self._check(by, at, moved=due_on != row.due_on)
            self.save(update_fields=["owner", "text", "due_on"])
            detail = {"owner": owner.pk, "due_on": due_on}
            events.record(actor=by, verb="changed", subject=self, detail=detail, at=at)
            if before != owner.pk:
                telling_meetings.action_given(self, by=by, at=at)

    def tick(self, *, by: User, done: bool = True, at: datetime | None = None) -> None:
        """Its owner has done it, or, with `done` False, not yet after all. Twice is harmless."""
        with transaction.atomic():
            row = ActionItem.objects.select_for_update(no_key=True).select_related(None).get(pk=self.pk)
            if self.owner.person_id != by.pk and not by.is_admin:
                raise Refused("Who took it on ticks it.", code="not_yours")
            if row.dropped_at:
                raise Refused("It was dropped.", code="dropped")
            self.done_at = row.done_at
            if bool(row.done_at) == done:
                return
            self.done_at = (at or now()) if done else None
            self.save(update_fields=["done_at"])
            events.record(actor=by, verb="done" if done else "opened", subject=self, at=at)

    def drop(self, *, by: User, at: datetime | None = None) -> None:
        """It is not needed any more. It stays in the history."""
        with transaction.atomic():
            row = self._locked(by)
            if not row.is_open:
                raise Refused("It is done, or dropped already.", code="not_open")
            self.dropped_at = at or now()
            self.save(update_fields=["dropped_at"])
            events.record(actor=by, verb="dropped", subject=self, at=at)

    def _locked(self, by: User) -> "ActionItem":
        row = ActionItem.objects.select_for_update(no_key=True).get(pk=self.pk)
        if not self.kept_by(by):
            raise Refused("Its owner, who wrote it down and who leads the meeting change it.", code="not_yours")
        return row

    def _check_owner(self) -> None:
        seat = Membership.objects.select_for_update(no_key=True).get(pk=self.owner.pk)
        if seat.cohort_id != self.cohort_id or seat.left_at:
            raise Refused("Its owner must belong to this cohort.", code="owner")

    def _check(self, by: User, at: datetime | None, moved: bool = True) -> None:
        if not by.is_admin and not Membership.objects.of(by).filter(cohort=self.cohort_id).exists():
            raise Refused("Only members of the cohort write here.", code="not_a_member")
        if not self.text or len(self.text) > 200:
            raise Refused("Say in up to 200 characters what is to be done.", code="text")
        today = timezone.localdate(at or now(), self.meeting.cohort.zone)
        if moved and not today <= self.due_on <= today + AHEAD:
            raise Refused("Choose a day from today on, within a year.", code="due_on")
