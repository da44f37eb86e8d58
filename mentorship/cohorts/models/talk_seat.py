"""Who comes to a guest talk, and who waits for a seat."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorship.common.clock import now


class TalkSeatQuerySet(models.QuerySet["TalkSeat"]):
    def standing(self) -> "TalkSeatQuerySet":
        """Who has a seat or waits."""
        return self.filter(left_at=None)

    def seated(self) -> "TalkSeatQuerySet":
        return self.standing().filter(seated_at__isnull=False)

    def waiting(self) -> "TalkSeatQuerySet":
        """The waiting list in its order: who signed up first is first."""
        rows = self.standing().filter(seated_at=None, person__is_active=True)
        return rows.select_related("person").order_by("signed_up_at", "pk")


class TalkSeat(models.Model):
    """That a person comes to a talk, or waits for a seat (`seated_at` is empty)."""

    talk = models.ForeignKey("cohorts.Talk", models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="talk_seats")
    signed_up_at = models.DateTimeField(default=now)
    seated_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = TalkSeatQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person"], condition=Q(left_at=None), name="talk_seat_of_person")]
        constraints = [
            models.UniqueConstraint("talk", "person", condition=Q(left_at=None), name="talk_seat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.talk_id}"

    def place(self) -> int:
        """Where on the waiting list, from 1; 0 for who has a seat."""
        if self.seated_at or self.left_at:
            return 0
        earlier = Q(signed_up_at__lt=self.signed_up_at) | Q(signed_up_at=self.signed_up_at, pk__lt=self.pk)
        return self.talk.seats.waiting().filter(earlier).count() + 1
