"""From when on a mentee of a cohort counts as stalled: days, weights, and the sum that puts them on the list."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q

from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.seen import check_seen
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

HEAVIEST = 5
LONGEST = 60


def days(label: str, usual: int) -> Any:
    return models.PositiveSmallIntegerField(
        label, default=usual, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )


def weight(usual: int) -> Any:
    return models.PositiveSmallIntegerField("weight", default=usual, validators=[MaxValueValidator(HEAVIEST)])


class Thresholds(models.Model):
    """One row a cohort that has its own; the others have the defaults. A weight of 0 leaves the signal out."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="thresholds")
    progress_days = days("days without a step", 7)
    progress_weight = weight(1)
    study_days = days("days without a study entry", 7)
    study_weight = weight(1)
    round_days = days("days that a review waits for an answer", 7)
    round_weight = weight(2)
    meetings_missed = models.PositiveSmallIntegerField(
        "meetings missed in a row", default=2, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    meetings_weight = weight(1)
    mood_days = days("days since the mood fell twice in a row, at most", 14)
    mood_weight = weight(1)
    listed_from = models.PositiveSmallIntegerField(
        "sum from which they are listed", default=2, validators=[MinValueValidator(1), MaxValueValidator(25)]
    )

    DAYS = ["progress_days", "study_days", "round_days", "mood_days"]
    WEIGHTS = ["progress_weight", "study_weight", "round_weight", "meetings_weight", "mood_weight"]
    EDITABLE = [
        *("progress_days", "progress_weight", "study_days", "study_weight", "round_days", "round_weight"),
        *("meetings_missed", "meetings_weight", "mood_days", "mood_weight", "listed_from"),
    ]

    class Meta:
        verbose_name_plural = "thresholds"
        constraints = [
            models.CheckConstraint(
                condition=Q(progress_days__range=(1, LONGEST)) & Q(study_days__range=(1, LONGEST))
                & Q(round_days__range=(1, LONGEST)) & Q(mood_days__range=(1, LONGEST)),
                name="thresholds_days_sensible",
            ),
            models.CheckConstraint(
                condition=Q(progress_weight__lte=HEAVIEST) & Q(study_weight__lte=HEAVIEST)
                & Q(round_weight__lte=HEAVIEST) & Q(meetings_weight__lte=HEAVIEST) & Q(mood_weight__lte=HEAVIEST),
                name="thresholds_weights_sensible",
            ),
            models.CheckConstraint(
                condition=Q(meetings_missed__range=(1, 10)) & Q(listed_from__range=(1, 25)),
                name="thresholds_counts_sensible",
            ),
            # Who is reminded of their silence always stands on the list too.
            models.CheckConstraint(
                condition=Q(listed_from__lte=F("progress_weight") + F("study_weight")),
                name="thresholds_silence_is_listed",
                violation_error_message="No step and no study together must be enough for the list: "
                "raise their weights, or lower the sum.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Thresholds of {self.cohort_id}"

    @property
    def silent_days(self) -> int:
        """Without a step and without a study entry for so long somebody is silent, and reminded."""
        return max(self.progress_days, self.study_days)

    @classmethod
    def of(cls, cohort: Cohort) -> "Thresholds":
        """The cohort's own, or the defaults; one query."""
        return cls.objects.filter(cohort=cohort).first() or cls(cohort=cohort)

    @classmethod
    def change(
        cls, cohort: Cohort, *, by: User, seen: str = "", at: datetime | None = None, **values: int
    ) -> "Thresholds":
        """Set those of `cohort`. `seen` is the fingerprint of what the change began from."""
        with transaction.atomic():
            state = Cohort.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=cohort.pk)
            if state == Cohort.State.ARCHIVED:
                raise Refused("This cohort is archived.", code="cohort_over")
            row = cls.of(cohort)
            check_seen(row, cls.EDITABLE, seen)
            before = {name: getattr(row, name) for name in values}
            changed = [name for name, value in values.items() if before[name] != value]
            for name, value in values.items():
                setattr(row, name, value)
            if changed:
                try:
                    row.clean_fields(exclude=["cohort"])
                    row.validate_constraints()
                except ValidationError as error:
                    raise Refused(" ".join(error.messages), code="not_sensible") from error
                row.save()
                detail = {name: [before[name], values[name]] for name in changed}
                events.record(actor=by, verb="set_thresholds", subject=cohort, detail=detail, at=at)
        return row
