"""The key under which a hand-in is sent, so that sending it twice is one effect."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.people.models import User

if TYPE_CHECKING:
    from projects.models.round import Round


class HandInKey(models.Model):
    """What one person sent under one key: sent again it has no second effect, changed it is refused."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    round = models.ForeignKey("projects.Round", models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("person", "key", name="hand_in_key_once")]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def take(cls, person: User, key: str, digest: str) -> "HandInKey":
        """The key's row, locked until the transaction ends; it has a round if the work was handed in before.

        Refused when the same key came with other work. Without a key every call counts.
        """
        if not key:
            return cls()
        # A second sender waits here for the first one's commit: the insert meets the unique constraint.
        row, _new = cls.objects.get_or_create(person=person, key=key, defaults={"digest": digest})
        if row.digest != digest:
            message = "This form was sent before with other content, and that stands. Nothing was changed."
            raise Refused(message, code="key_reused")
        return row

    def keep(self, round: "Round") -> None:
        if self.pk:
            self.round = round
            self.save(update_fields=["round"])
