"""What graduating from a stream asks for: a share of its required items, accepted projects, published posts."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q

from mentorship.cohorts.seen import check_seen
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from streams.models import Stream

MOST = 20


class GraduationRule(models.Model):
    """One row a stream whose rule an admin has changed; the others have the defaults."""

    stream = models.OneToOneField(Stream, models.PROTECT, related_name="graduation_rule")
    share = models.PositiveSmallIntegerField(
        "required items, in percent", default=100, validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="How much of the required items has to be done. Projects among them are done by acceptance.",
    )  # fmt: skip
    projects = models.PositiveSmallIntegerField(
        "accepted projects", null=True, blank=True, validators=[MaxValueValidator(MOST)],
        help_text="Left empty: as many as the stream requires.",
    )  # fmt: skip
    posts = models.PositiveSmallIntegerField(
        "published posts", default=1, validators=[MaxValueValidator(MOST)],
        help_text="Published since they joined; a post counts for each whose name stands on it.",
    )  # fmt: skip

    EDITABLE = ["share", "projects", "posts"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(share__range=(1, 100)), name="graduationrule_share_in_percent"),
            models.CheckConstraint(
                condition=(Q(projects=None) | Q(projects__lte=MOST)) & Q(posts__lte=MOST),
                name="graduationrule_counts_sensible",
            ),
        ]

    def __str__(self) -> str:
        return f"Rule of {self.stream_id}"

    @classmethod
    def of(cls, stream: Stream) -> "GraduationRule":
        """The stream's own, or the defaults; one query."""
        return cls.objects.filter(stream=stream).first() or cls(stream=stream)

    @classmethod
    def change(
        cls, stream: Stream, *, by: User, seen: str = "", at: datetime | None = None, **values: int | None
    ) -> "GraduationRule":
        """Set that of `stream`; who was graduated already stays so. `seen`: the fingerprint that it began from."""
        with transaction.atomic():
            Stream.objects.select_for_update(no_key=True).get(pk=stream.pk)
            row = cls.of(stream)
            check_seen(row, cls.EDITABLE, seen)
            before = {name: getattr(row, name) for name in values}
            changed = [name for name, value in values.items() if before[name] != value]
            for name in changed:
                setattr(row, name, values[name])
            if changed:
                try:
                    row.clean_fields(exclude=["stream"])
                except ValidationError as error:
                    raise Refused(" ".join(error.messages), code="not_sensible") from error
                row.save()
                detail = {name: [before[name], values[name]] for name in changed}
                events.record(actor=by, verb="set_graduation_rule", subject=stream, detail=detail, at=at)
        return row
