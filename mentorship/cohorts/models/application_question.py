"""What a cohort asks beside the standard questions, and what applicants answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.html import escape

from mentorship.cohorts import asking
from mentorship.cohorts.models.cohort import Cohort
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

MOST = 20  # questions that a cohort asks at once


class ApplicationQuestionQuerySet(models.QuerySet["ApplicationQuestion"]):
    def asked(self) -> "ApplicationQuestionQuerySet":
        """Those that stand in the form now, in their order."""
        return self.filter(retired_at=None).order_by("position", "pk")


class ApplicationQuestion(models.Model):
    """One question of one cohort's form. Once it has an answer it is retired rather than deleted."""

    class Kind(models.TextChoices):
        TEXT = "text", "A line of text"
        LONG = "long", "Several paragraphs"
        CHOICE = "choice", "One of several choices"
        HOURS = "hours", "Hours a week"
        TIMEZONE = "timezone", "A timezone"
        LINK = "link", "A link"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="application_questions")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    label = models.CharField("question", max_length=200)
    help = models.CharField("a hint below it", max_length=300, blank=True)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField("must be answered", default=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = ApplicationQuestionQuerySet.as_manager()

    EDITABLE = ["kind", "label", "help", "choices", "required"]

    class Meta:
        indexes = [models.Index(fields=["cohort", "position"], name="application_question_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["text", "long", "choice", "hours", "timezone", "link"]),
                name="application_question_kind",
            ),
            models.CheckConstraint(condition=~Q(label=""), name="application_question_asks"),
            models.CheckConstraint(
                condition=Q(kind="choice") & ~Q(choices=[]) | ~Q(kind="choice") & Q(choices=[]),
                name="application_question_choices",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """Of its field in the form."""
        return f"question_{self.pk}"

    def help_html(self) -> str:
        """Templates print a field's help as it is."""
        return escape(self.help)

    def is_answered(self) -> bool:
        return self.answers.exists()

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def ask(cls, *, cohort: Cohort, by: User, at: datetime | None = None, **fields: Any) -> "ApplicationQuestion":
        """Put one more question at the end of the form."""
        with transaction.atomic():
            _lock(cohort)
            asked = cls.objects.asked().filter(cohort=cohort)
            if asked.count() >= MOST:
                raise Refused(f"{MOST} questions are enough: remove one first.", code="too_many")
            last = cls.objects.filter(cohort=cohort).aggregate(last=Max("position"))["last"] or 0
            row = cls.objects.create(cohort=cohort, position=last + 1, **fields)
            events.record(actor=by, verb="ask", subject=row, detail={"label": row.label}, at=at)
        return row

    def change(self, *, by: User, at: datetime | None = None, **fields: Any) -> None:
        """Word it anew. What kind of answer it wants is fixed once somebody has given one."""
        with transaction.atomic():
            row = self._locked()
            if fields.get("kind", row.kind) != row.kind and row.is_answered():
                raise Refused(
                    "Somebody has answered this: remove it and ask anew for another kind of answer.", code="answered"
                )
            changed = [name for name, value in fields.items() if getattr(row, name) != value]
            for name, value in fields.items():
                setattr(self, name, value)
            if changed:
                self.save(update_fields=changed)
                detail = {name: [str(getattr(row, name)), str(fields[name])] for name in changed}
                events.record(actor=by, verb="change", subject=self, detail=detail, at=at)

    def move(self, step: int, *, by: User, at: datetime | None = None) -> bool:
        """One place up (-1) or down (1); whether there was such a place."""
        with transaction.atomic():
            row = self._locked()
            rows = list(ApplicationQuestion.objects.asked().filter(cohort=row.cohort_id))
            here = next(index for index, other in enumerate(rows) if other.pk == self.pk)
            there = here + (1 if step > 0 else -1)
            if not 0 <= there < len(rows):
                return False
            rows[here], rows[there] = rows[there], rows[here]
            for position, other in enumerate(rows, 1):
                other.position = position
            ApplicationQuestion.objects.bulk_update(rows, ["position"])
            events.record(actor=by, verb="move", subject=self, detail={"to": there + 1}, at=at)
        return True

    def remove(self, *, by: User, at: datetime | None = None) -> bool:
        """Ask it no more: deleted while nobody has answered it, else retired. Whether it was deleted."""
        with transaction.atomic():
            row = self._locked()
            events.record(actor=by, verb="remove", subject=row, detail={"label": row.label}, at=at)
            if not row.is_answered():
                row.delete()
                return True
            row.retired_at = self.retired_at = at or now()
            row.save(update_fields=["retired_at"])
        return False

    def _locked(self) -> "ApplicationQuestion":
        """This row as it stands, after its cohort: an answer that is being given meanwhile is waited for."""
        _lock(self.cohort)
        row = ApplicationQuestion.objects.select_for_update().filter(pk=self.pk, retired_at=None).first()
        if row is None:
            raise Refused("This question is not asked any more.", code="retired")
        return row


class ApplicationAnswer(models.Model):
    """What one application says to one question of its cohort."""

    application = models.ForeignKey("cohorts.Application", models.CASCADE, related_name="own_answers")
    question = models.ForeignKey(ApplicationQuestion, models.PROTECT, related_name="answers")
    text = models.TextField(max_length=asking.LONG)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="application_answer_once"),
            models.CheckConstraint(condition=~Q(text=""), name="application_answer_says"),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def keep(cls, application: Any, given: Mapping[int, Any]) -> None:
        """Make `given` (by question) the answers of `application`, in the caller's transaction.

        What is answered to a question that was retired meanwhile is left out; what had been answered to it stays.
        """
        questions = ApplicationQuestion.objects.asked().filter(cohort=application.cohort_id)
        texts = {
            question.pk: _checked(question, given.get(question.pk, ""))
            for question in questions.select_for_update(no_key=True)
        }
        said = [
            ApplicationAnswer(application=application, question_id=pk, text=text) for pk, text in texts.items() if text
        ]
        if said:
            fields: dict[str, Any] = {"unique_fields": ["application", "question"], "update_fields": ["text"]}
            ApplicationAnswer.objects.bulk_create(said, update_conflicts=True, **fields)
        silent = [pk for pk, text in texts.items() if not text]
        if silent:
            cls.objects.filter(application=application, question__in=silent).delete()


def _checked(question: ApplicationQuestion, value: Any) -> str:
    try:
        return asking.clean(question, value)
    except ValidationError as error:
        raise Refused(f"{question.label}: {' '.join(error.messages)}", code="answer") from error


def _lock(cohort: Cohort) -> None:
    row = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    if row.state in (Cohort.State.FINISHED, Cohort.State.ARCHIVED):
        raise Refused("This cohort is over: its form stays as it was.", code="cohort_over")
