"""What one reviewer thinks of one application; nobody reads the others' before they have given their own."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from mentorship.cohorts.models.application import Application
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

LOWEST, HIGHEST = 1, 5


class ApplicationScoreQuerySet(models.QuerySet["ApplicationScore"]):
    def visible_to(self, reader: Any) -> "ApplicationScoreQuerySet":
        """One's own, and the others' of applications that one may read and has scored."""
        if not reader.is_authenticated:
            return self.none()
        own = ApplicationScore.objects.filter(application=OuterRef("application"), reviewer=reader)
        readable = Application.objects.reviewed_by(reader).filter(pk=OuterRef("application"))
        return self.filter(Exists(own), Exists(readable))


class ApplicationScore(models.Model):
    """From 1 (not now) to 5 (by all means), with a word why."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="scores")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)])
    comment = models.TextField(max_length=2000, blank=True)
    scored_at = models.DateTimeField(default=now)

    objects = ApplicationScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="application_score_once"),
            models.CheckConstraint(
                condition=Q(score__gte=LOWEST, score__lte=HIGHEST), name="application_score_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} of {HIGHEST}"

    @classmethod
    def give(
        cls, application: Application, *, by: User, score: int, comment: str = "", at: datetime | None = None
    ) -> "ApplicationScore":
        """Score `application`, or score it anew, while nobody has decided."""
        with transaction.atomic():
            row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
            if row.person_id == by.pk:
                raise Refused("Somebody else reads your own application.", code="own")
            if not Application.objects.reviewed_by(by).filter(pk=row.pk).exists():
                raise Refused("You do not read the applications of this cohort.", code="not_a_reviewer")
            if not row.is_undecided:
                raise Refused("This application has been decided: its scores stay as they are.", code="decided")
            fields = {"score": score, "comment": comment, "scored_at": at or now()}
            given, _new = cls.objects.update_or_create(application=row, reviewer=by, defaults=fields)
            events.record(actor=by, verb="score", subject=row, at=at)  # how high is for those who scored too
        return given
