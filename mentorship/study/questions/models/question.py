"""What one may be asked: the bank's questions, the same for everyone, and a person's own."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import ChangedThere, worded
from mentorship.people.events import record
from mentorship.people.models import User

LONGEST, LONGEST_POINT, MOST_POINTS = 2000, 500, 12
HEADINGS = 4
GONE = "This question is not asked any more."


class Round(models.TextChoices):
    """The kinds of interview that companies hold."""

    BREADTH = "breadth", "Machine-learning breadth"
    DEPTH = "depth", "Machine-learning depth"
    DESIGN = "system_design", "System design"
    CODING = "coding", "Coding"
    BEHAVIOURAL = "behavioural", "Behavioural"
    PROJECT = "project", "Project deep dive"


class Level(models.IntegerChoices):
    FIRST_STEPS = 1, "First steps"
    FIRST_JOB = 2, "First job"
    SENIOR = 3, "Senior"


class QuestionTopic(models.Model):
    """A group of the bank's questions, in the order of its file."""

    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    sources = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    position = models.PositiveIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, person: Any) -> "QuestionQuerySet":
        """The bank's, and one's own; and of what is retired what one has practised."""
        practised = Exists(apps.get_model("study", "Card").objects.filter(question=OuterRef("pk"), person_id=person.pk))
        return self.filter(Q(person=None) | Q(person_id=person.pk)).filter(Q(retired_at=None) | practised)

    def asked_of(self, person: Any) -> "QuestionQuerySet":
        """What can be practised now: the bank's, and one's own, as they stand."""
        return self.filter(Q(person=None) | Q(person_id=person.pk), retired_at=None)

    def in_bank(self) -> "QuestionQuerySet":
        return self.filter(person=None, retired_at=None)

    def in_order(self) -> "QuestionQuerySet":
        return self.order_by(F("topic__position").asc(nulls_last=True), "position", "pk")


class Question(models.Model):
    """One question with the points that a good answer covers. The bank's have a key, one's own a person.

    Criteria are the keys of a rubric's questions, without the project's: a question of a rubric keeps its key from
    project to project. `roles` empty means every role.
    """

    key = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="own_questions"
    )
    note = models.ForeignKey("study.Note", models.SET_NULL, null=True, blank=True, related_name="questions")
    topic = models.ForeignKey(QuestionTopic, models.PROTECT, null=True, blank=True, related_name="questions")
    round = models.CharField(max_length=13, choices=Round)
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.FIRST_JOB)
    text = models.TextField(max_length=LONGEST)
    html = models.TextField(blank=True, editable=False)
    covers = ArrayField(models.TextField(), default=list, blank=True, help_text="What a good answer covers.")
    covers_html = ArrayField(models.TextField(), default=list, blank=True, editable=False)
    answer = models.TextField(blank=True)
    answer_html = models.TextField(blank=True, editable=False)
    source = models.CharField(max_length=40, blank=True)
    roles = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    criteria = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    items = models.ManyToManyField("streams.Item", blank=True, related_name="questions")
    position = models.PositiveIntegerField(default=0)
    sent = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one question.")
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")
    made_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["criteria"], name="question_criteria")]
        constraints = [
            models.CheckConstraint(condition=Q(person=None) ^ Q(key=""), name="question_banked_or_own"),
            models.CheckConstraint(condition=Q(round__in=Round.values), name="question_round_known"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="question_level_known"),
            models.CheckConstraint(condition=~Q(text=""), name="question_asks_something"),
            models.UniqueConstraint("key", condition=~Q(key=""), name="question_key_once"),
            models.UniqueConstraint(
                "person", "sent", condition=Q(person__isnull=False), name="question_written_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("study:question", args=[self.pk])

    # --- one's own --------------------------------------------------------------------------------------------
    @classmethod
    def write(
        cls, *, by: User, text: str, covers: Sequence[str], round: str = Round.BREADTH, level: int = Level.FIRST_JOB,
        answer: str = "", note: Any = None, key: uuid.UUID | None = None, at: datetime | None = None,
    ) -> "Question":  # fmt: skip
        """A question of one's own. The same `key` again gives the first one."""
        moment = at or clock.now()
        row = cls(person=by, note=note, round=round, level=level, sent=key or uuid.uuid4(), made_at=moment)
        row._say(text, covers, answer)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                record(actor=by, verb="wrote_question", subject=row, at=moment)
        except IntegrityError as error:
            if "question_written_once" not in str(error):
                raise
            return cls.objects.get(person=by, sent=row.sent)
        return row

    @transaction.atomic
    def change(
        self, *, text: str, covers: Sequence[str], round: str, level: int, answer: str, version: int,
        at: datetime | None = None,
    ) -> None:  # fmt: skip
        """Ask it otherwise, if it is still the `version` that its writer began with. The cards keep their state."""
        self._lock()
        if self.version != version:
            raise ChangedThere(self.text)
        self._say(text, covers, answer)
        self.round, self.level, self.version = round, level, version + 1
        self.save(update_fields=[*SAID, "round", "level", "version"])
        record(actor=self.person, verb="changed_question", subject=self, at=at)

    @transaction.atomic
    def retire(self, *, at: datetime | None = None) -> None:
        """Ask it no more. What was practised of it stays."""
        self._lock()
        self.retired_at = at or clock.now()
        self.save(update_fields=["retired_at"])
        record(actor=self.person, verb="retired_question", subject=self, at=at)

    def _lock(self) -> None:
        row = Question.objects.select_for_update(no_key=True).get(pk=self.pk)
        if row.person_id is None:
            raise Refused("The bank's questions are changed in their files.", code="in_bank")
        if row.retired_at:
            raise Refused(GONE, code="question_gone")
        self.version, self.text = row.version, row.text

    def _say(self, text: str, covers: Sequence[str], answer: str) -> None:
        points = [said for point in covers if (said := cleaned(point))]
        if not points:
            raise Refused("Say at least one thing that a good answer covers.", code="no_points")
        if len(points) > MOST_POINTS:
            raise Refused(f"{MOST_POINTS} points are the most.", code="too_many_points")
        text, answer = cleaned(text), cleaned(answer)
        self.__dict__.update(shown(text, points, answer))


SAID = ("text", "html", "covers", "covers_html", "answer", "answer_html")


def cleaned(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def shown(text: str, covers: Sequence[str], answer: str, longest: int = LONGEST) -> dict[str, Any]:
    """The texts of a question with their HTML, by field. Refused for what cannot be shown."""
    return {
        "text": text, "html": worded(text, longest=longest, heading_level=HEADINGS),
        "covers": list(covers),
        "covers_html": [worded(point, longest=max(LONGEST_POINT, longest), heading_level=HEADINGS) for point in covers],
        "answer": answer, "answer_html": worded(answer, longest=10_000, heading_level=HEADINGS) if answer else "",
    }  # fmt: skip
