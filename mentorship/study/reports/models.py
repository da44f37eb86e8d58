"""Reports on items: open until an admin settles them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study import days

MOST_OPEN = 20  # reports of one person


class ItemReportQuerySet(models.QuerySet["ItemReport"]):
    def visible_to(self, reader: Any) -> "ItemReportQuerySet":
        """One's own; all for admins, who keep the curriculum."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(person=reader)

    def open(self) -> "ItemReportQuerySet":
        return self.filter(state=ItemReport.State.OPEN)


class ItemReport(models.Model):
    """One person's word on one item. Several may say the same: it is settled for all of them at once."""

    class Kind(models.TextChoices):
        BROKEN = "broken", "This link is broken"
        UNCLEAR = "unclear", "This is unclear"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        SETTLED = "settled", "Settled"

    item = models.ForeignKey("streams.Item", models.PROTECT, related_name="reports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="item_reports")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="settled_reports"
    )
    answer = models.CharField(max_length=500, blank=True)

    objects = ItemReportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "-created_at", "-id"], name="item_report_by_state")]
        constraints = [
            models.UniqueConstraint(
                "item", "person", "kind", condition=Q(state="open"), name="item_report_once_while_open"
            ),
            models.CheckConstraint(condition=Q(kind__in=["broken", "unclear"]), name="item_report_kind_known"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | Q(state="settled", settled_at__isnull=False),
                name="item_report_settled_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item}"

    @classmethod
    @transaction.atomic
    def make(cls, *, by: User, item: Any, kind: str, text: str = "", at: datetime | None = None) -> "ItemReport":
        """Say it to the admins, who are told of the first one on the same thing. Refused while one's own is open."""
        now, mine = at or clock.now(), cls.objects.filter(person=by).open()
        days.lock(by.pk)
        if mine.filter(item=item, kind=kind).exists():
            raise Refused("You have reported this already; it is being looked at.", code="reported_already")
        if mine.count() >= MOST_OPEN:
            raise Refused(f"{MOST_OPEN} reports of yours are open. Wait until some are settled.", code="too_many_open")
        text = " ".join(text.split())[:500]
        if kind == cls.Kind.UNCLEAR and not text:
            raise Refused("Say what is unclear.", code="text_missing")
        first = not cls.objects.open().filter(item=item, kind=kind).exists()
        row = cls.objects.create(item=item, person=by, kind=kind, text=text, created_at=now)
        record(actor=by, verb="report_item", subject=row, detail={"item": item.key, "kind": kind}, at=now)
        if first:
            tell_all(
                User.objects.admins(), "item_reported", subject=row, at=now, by_email=False, body=text,
                title=f"{row.get_kind_display()}: {item.title}", url=reverse("study:reports"),
            )  # fmt: skip
        return row

    @transaction.atomic
    def settle(self, *, by: User, answer: str = "", at: datetime | None = None) -> int:
        """It is mended, or it is right as it is; for all who said the same, each of whom is told once. How many."""
        now, answer = at or clock.now(), " ".join(answer.split())[:500]
        if not by.is_admin:
            raise Refused("Admins keep the curriculum.", code="not_yours")
        same = ItemReport.objects.open().filter(item=self.item_id, kind=self.kind).select_for_update(of=("self",))
        rows = list(same.order_by("pk").select_related("item__stream", "person"))
        if self.pk not in {row.pk for row in rows}:
            raise Refused("It is settled already.", code="settled")
        for row in rows:
            row.state, row.settled_at, row.settled_by, row.answer = self.State.SETTLED, now, by, answer
            row.save(update_fields=["state", "settled_at", "settled_by", "answer"])
            record(actor=by, verb="settle_report", subject=row, at=now)
            if row.person_id != by.pk:
                tell(
                    row.person, "item_report_settled", subject=row, at=now, by_email=False, body=answer,
                    title=f"What you reported is settled: {row.item.title}", url=row.item.get_absolute_url(),
                )  # fmt: skip
        self.refresh_from_db()
        return len(rows)
