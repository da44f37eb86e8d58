"""What admins and mentors tell a whole cohort, now or at a time to come."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse

from mentorship.cohorts import telling_together as telling
from mentorship.cohorts.models.cohort import Cohort, on_clock
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.models.written import Written, rendered, titled
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

AHEAD = timedelta(days=366)


def may_announce(person: Any, cohort: Cohort) -> bool:
    """Admins, and who mentors in the cohort, until it is archived."""
    if not person.is_authenticated or cohort.state == Cohort.State.ARCHIVED:
        return False
    return person.is_admin or Membership.objects.mentors().filter(cohort=cohort, person=person).exists()


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def visible_to(self, reader: Any) -> "AnnouncementQuerySet":
        """Published ones of one's own cohorts, and what one has written there; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        if reader.is_admin:
            return self
        here = self.filter(cohort__in=Cohort.objects.of(reader))
        return here.filter(Q(published_at__isnull=False, deleted_at=None) | Q(author=reader))

    def due(self, at: datetime) -> "AnnouncementQuerySet":
        """Those whose time has come and that nobody has published yet."""
        return self.filter(on_clock("cohort"), published_at=None, deleted_at=None, publish_at__lte=at)

    def with_readers(self) -> "AnnouncementQuerySet":
        """With `readers`: how many have read each."""
        return self.annotate(readers=Count("reads"))


class Announcement(Written):
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="announcements")
    title = models.CharField(max_length=140)
    pinned = models.BooleanField(default=False)
    publish_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["cohort", "-pinned", "-publish_at"], name="announcement_list"),
            models.Index(fields=["publish_at"], condition=Q(published_at=None), name="announcement_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(text="") | Q(deleted_at__isnull=False, text=""),
                name="announcement_deleted_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cohorts:announcement", args=[self.cohort.slug, self.pk])

    @classmethod
    def announce(
        cls, cohort: Cohort, *, by: User, title: str, text: str, pinned: bool = False,
        publish_at: datetime | None = None, at: datetime | None = None,
    ) -> "Announcement":  # fmt: skip
        """Tell the cohort, at once or at `publish_at`."""
        moment = at or now()
        if not may_announce(by, cohort):
            raise Refused("Admins and mentors of the cohort announce, until it is archived.", code="not_yours")
        check_time(publish_at, moment)
        html = rendered(text)
        with transaction.atomic():
            row = cls.objects.create(
                cohort=cohort, author=by, title=titled(title), text=text, html=html, pinned=pinned,
                publish_at=publish_at or moment, created_at=moment,
            )  # fmt: skip
            events.record(actor=by, verb="announced", subject=row, at=at)
            if publish_at is None:
                row.publish(at=moment)
        return row

    def publish(self, *, at: datetime | None = None) -> bool:
        """Everybody in the cohort is told. Whether this call did it: of two beats only one does."""
        moment = at or now()
        with transaction.atomic():
            waiting = Announcement.objects.filter(
                pk=self.pk, published_at=None, deleted_at=None, publish_at__lte=moment
            )
            if not waiting.update(published_at=moment):
                return False
            self.published_at = moment
            events.record(actor=None, verb="published", subject=self, at=moment)
            telling.announced(self, at=moment)
        return True

    def edit(self, *, by: User, text: str, at: datetime | None = None, **fields: Any) -> None:
        """As every text, with `title`, `pinned` and, until it is published, `publish_at`. Nobody is told again."""
        time = fields.get("publish_at")
        if time is not None and time != self.publish_at:
            check_time(time, at or now())
        super().edit(by=by, text=text, at=at, **fields)

    def read(self, *, by: User, at: datetime | None = None) -> None:
        """`by` has seen it. Counted once; one's own is not."""
        if self.published_at and self.author_id != by.pk:
            row = AnnouncementRead(announcement=self, person=by, read_at=at or now())
            AnnouncementRead.objects.bulk_create([row], ignore_conflicts=True)


def check_time(publish_at: datetime | None, at: datetime) -> None:
    if publish_at is not None and not at < publish_at <= at + AHEAD:
        raise Refused("Choose a time that lies ahead, within a year.", code="publish_at")


class AnnouncementRead(models.Model):
    """Who has read which announcement. Shown as a number only."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="reads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint("announcement", "person", name="announcement_read_once")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.announcement_id}"
