"""Calibration: before the first real review, two examples, and how one's review compares with the reference."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q

from mentorship.cohorts.models import Apprenticeship
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell_all
from mentorship.people.events import record
from mentorship.people.models import User
from projects.examples import Example, examples
from projects.models.reply import may_save
from projects.models.rubric import Level

LONGEST = 4_000
ALIKE = 2 / 3  # of the questions of an example, from which on one agrees with the reference


@dataclass(frozen=True)
class Judged:
    """What a reviewer says of one question of an example."""

    level: str
    comment: str = ""
    blocking: bool = False


class Calibrations(models.QuerySet["Calibration"]):
    def visible_to(self, person: Any) -> "Calibrations":
        """One's own; all for admins."""
        if not person.is_authenticated:
            return self.none()
        return self if person.is_admin else self.filter(person=person)

    def calibrated(self) -> models.QuerySet[Any]:
        """The keys of the people who have reviewed every example: `filter(pk__in=….calibrated())`."""
        known = [example.key for example in examples()]
        rows = self.filter(example__in=known).order_by().values("person").annotate(done=Count("pk"))
        return rows.filter(done=len(known)).values("person")


class Calibration(models.Model):
    """One reviewer's review of one example. It stands: who has seen the reference cannot compare again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calibrations")
    example = models.SlugField(max_length=60, help_text="Its file in projects/calibration/.")
    verdict = models.CharField(max_length=17)
    summary = models.TextField(max_length=LONGEST)
    said = models.JSONField(help_text="By question: level, comment, blocking.")
    submitted_at = models.DateTimeField(default=clock.now)

    objects = Calibrations.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "example", name="calibration_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=["accepted", "changes_requested"]), name="calibration_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.example} by {self.person_id}"

    @classmethod
    def submit(
        cls,
        example: Example,
        *,
        by: User,
        verdict: str,
        summary: str,
        said: Mapping[str, Judged],
        at: datetime | None = None,
    ) -> "Calibration":
        """Let the review of `example` stand. The rules are those of a real review; it is refused a second time."""
        now = at or clock.now()
        if not may_save(by):
            raise Refused("Only mentors calibrate their reviews.", code="not_a_mentor")
        _refuse_unless_complete(example, verdict, summary, said)
        made = cls(
            person=by,
            example=example.key,
            verdict=verdict,
            summary=summary.strip(),
            said={question.key: asdict(said[question.key]) for question in example.questions},
            submitted_at=now,
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
                record(actor=by, verb="calibrated", subject=made, detail={"example": example.key}, at=now)
                made._see_to_apprenticeships(now)
        except IntegrityError:
            raise Refused("You have reviewed this example already, and that stands.", code="already_done") from None
        return made

    @classmethod
    def agrees(cls, person: User) -> bool:
        """Whether `person` has reviewed every example as the reference does: its verdict, two of three scores alike."""
        return all(cls._agreements(person).get(one.key) for one in examples())

    @classmethod
    def _agreements(cls, person: User) -> dict[str, bool]:
        known = {one.key: one for one in examples()}
        rows = cls.objects.filter(person=person, example__in=known)
        return {
            row.example: row.verdict == known[row.example].verdict
            and row.alike(known[row.example]) >= ALIKE * len(known[row.example].questions)
            for row in rows
        }

    def _see_to_apprenticeships(self, now: datetime) -> None:
        """Who agrees with the reference needs nobody to countersign; of who does not, those who can end it hear."""
        agreements = self._agreements(self.person)
        if len(agreements) < len(examples()):
            return
        if all(agreements.values()):
            Apprenticeship.calibrated(self.person, at=now)
            return
        for row in Apprenticeship.objects.active().filter(membership__person=self.person).with_people():
            people = [*User.objects.admins(), *([row.countersigner.person] if row.countersigner else [])]
            tell_all(
                people, "apprentice_calibrated", subject=row, at=now,
                title=f"{self.person} has calibrated, and differs from the reference",
                body=f"Their reviews in {row.cohort} are countersigned as before. Once they are as you would write "
                "them, an admin ends that by hand.",
                url=row.cohort.get_absolute_url(),
            )  # fmt: skip

    def judged(self, key: str) -> Judged | None:
        """What was said of one question; None for one that the example has got since."""
        said = self.said.get(key)
        return Judged(**said) if said else None

    def alike(self, example: Example) -> int:
        """On how many questions it says what the reference says."""
        judged = [(self.judged(question.key), question) for question in example.questions]
        return sum(one is not None and one.level == question.level for one, question in judged)


def _refuse_unless_complete(example: Example, verdict: str, summary: str, said: Mapping[str, Judged]) -> None:
    if verdict not in ("accepted", "changes_requested"):
        raise Refused("Choose a verdict first.", code="verdict")
    if not summary.strip():
        raise Refused("Write a summary first: a sentence or two on the whole.", code="summary")
    texts = [summary, *(judged.comment for judged in said.values())]
    if any(len(text) > LONGEST for text in texts):
        raise Refused(f"A text has {LONGEST:,} characters at most.", code="too_long")
    for question in example.questions:
        judged = said.get(question.key)
        if judged is None or judged.level not in Level.values:
            raise Refused("Score every question.", code=f"score_{question.key}")
        if judged.blocking and not judged.comment.strip():
            raise Refused("Say what is to change.", code=f"comment_{question.key}")
    blocking = any(judged.blocking for judged in said.values())
    if verdict == "accepted" and blocking:
        raise Refused("A comment still asks for a change: let it not, or request changes.", code="verdict")
    if verdict == "changes_requested" and not blocking:
        raise Refused("Say what must change: let at least one comment ask for a change.", code="verdict")
