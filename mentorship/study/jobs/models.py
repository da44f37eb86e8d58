"""Applications for jobs and the resumes sent with them: their owner's alone, from admins and the history too.

What happens here is kept in `JobMove` and nowhere else: the program's own history is read by admins.
"""

import uuid
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from mentorship.common import clock
from mentorship.common.errors import RefusedPrivately
from mentorship.people.models import User
from mentorship.study.jobs.checklist import KEYS

LONGEST = 10_000
MOST_JOBS, MOST_RESUMES = 1000, 50
OPEN = ("interested", "applied", "screen", "interviews", "offer")
CLOSED = ("accepted", "declined", "refused", "withdrawn")


class OwnQuerySet(models.QuerySet[Any]):
    def visible_to(self, person: Any) -> Self:
        """What is private is its owner's, whoever else asks."""
        return self.filter(person_id=person.pk)


class JobQuerySet(OwnQuerySet):
    def search(self, words: str) -> "JobQuerySet":
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(company__icontains=word) | Q(role__icontains=word) | Q(notes__icontains=word))
        return found

    def still_open(self) -> "JobQuerySet":
        return self.filter(stage__in=OPEN)

    def coming(self) -> "JobQuerySet":
        """Those with a next date, the nearest first."""
        return self.still_open().filter(next_on__isnull=False).order_by("next_on", "pk")


class Resume(models.Model):
    """One version of somebody's resume, and what of the check list it meets."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="resumes")
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500, blank=True)
    ticked = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint("person", "name", name="resume_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="resume_has_a_name"),
            # What applications refer to, so that theirs is of the same person: see the migration.
            models.UniqueConstraint(fields=["id", "person"], name="resume_of_person"),
        ]

    def __str__(self) -> str:
        return f"Resume {self.pk}"

    @classmethod
    def make(cls, *, by: User, name: str, url: str = "", at: datetime | None = None) -> "Resume":
        """A new version. Refused when one has this name already."""
        moment = at or clock.now()
        with transaction.atomic():
            lock(by)
            if cls.objects.filter(person=by).count() >= MOST_RESUMES:
                raise RefusedPrivately(f"{MOST_RESUMES} versions are kept at most. Delete one first.", code="too_many")
            try:
                with transaction.atomic():
                    return cls.objects.create(person=by, name=name, url=url, made_at=moment, changed_at=moment)
            except IntegrityError as error:
                if "resume_name_once" not in str(error):
                    raise
                raise RefusedPrivately("A version has this name already.", code="name_taken") from None

    def go_through(self, ticked: list[str], *, at: datetime | None = None) -> None:
        """Keep which points of the check list it meets."""
        self.ticked, self.changed_at = [key for key in KEYS if key in ticked], at or clock.now()
        if not Resume.objects.filter(pk=self.pk).update(ticked=self.ticked, changed_at=self.changed_at):
            raise RefusedPrivately("This version was deleted meanwhile.", code="gone")

    @transaction.atomic
    def remove(self) -> None:
        """Delete it. Applications it was sent with stay, without it."""
        lock(self.person)
        Job.objects.filter(resume=self).update(resume=None, fit=None, fit_note="")
        Resume.objects.filter(pk=self.pk).delete()


class Step(NamedTuple):
    """A verb of an application: from which stages it leads, to which, and what its button says."""

    source: tuple[str, ...]
    target: str
    label: str


STEPS = {
    "apply": Step(("interested",), "applied", "I applied"),
    "screen": Step(("applied",), "screen", "A first call"),
    "interview": Step(("applied", "screen"), "interviews", "Interviews"),
    "offer": Step(("applied", "screen", "interviews"), "offer", "An offer"),
    "accept": Step(("offer",), "accepted", "I take it"),
    "decline": Step(("offer",), "declined", "I decline it"),
    "refuse": Step(("applied", "screen", "interviews", "offer"), "refused", "They said no"),
    "withdraw": Step(("interested", "applied", "screen", "interviews"), "withdrawn", "I withdraw"),
    "reopen": Step(CLOSED, "", "Open it again"),
}


class Job(models.Model):
    """One application, from the first interest to its end."""

    class Stage(models.TextChoices):
        INTERESTED = "interested", "Interested"
        APPLIED = "applied", "Applied"
        SCREEN = "screen", "Screen"
        INTERVIEWS = "interviews", "Interviews"
        OFFER = "offer", "Offer"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Fit(models.IntegerChoices):
        """How well a resume answers what the position asks for."""

        LITTLE = 1, "A little"
        PARTLY = 2, "In parts"
        MOSTLY = 3, "Mostly"
        FULLY = 4, "Point by point"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one.")
    company = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    url = models.URLField(max_length=500, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.INTERESTED)
    was = models.CharField(max_length=10, blank=True, choices=Stage, help_text="The stage before it was closed.")
    stage_since = models.DateTimeField(default=clock.now)
    next_on = models.DateField(null=True, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True, max_length=LONGEST)
    resume = models.ForeignKey(Resume, models.RESTRICT, null=True, blank=True, related_name="jobs")
    fit = models.PositiveSmallIntegerField(null=True, blank=True, choices=Fit)
    fit_note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")
    made_at = models.DateTimeField(default=clock.now)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "stage", "-stage_since"], name="job_of_person"),
            models.Index(fields=["person", "next_on"], condition=Q(next_on__isnull=False), name="job_next"),
        ]
        constraints = [
            models.UniqueConstraint("person", "key", name="job_once"),
            models.CheckConstraint(condition=~Q(company="") & ~Q(role=""), name="job_says_where_and_what"),
            models.CheckConstraint(condition=Q(stage__in=OPEN + CLOSED), name="job_stage_known"),
            models.CheckConstraint(
                condition=Q(stage__in=OPEN, was="") | Q(stage__in=CLOSED, was__in=OPEN),
                name="job_closed_knows_its_stage",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=OPEN) | Q(next_on=None, next_step=""), name="job_closed_has_no_next_step"
            ),
            models.CheckConstraint(
                condition=Q(resume__isnull=False) | Q(fit=None, fit_note=""), name="job_fit_is_of_a_resume"
            ),
            models.CheckConstraint(condition=Q(fit=None) | Q(fit__gte=1, fit__lte=4), name="job_fit_known"),
        ]

    def __str__(self) -> str:
        return f"Application {self.pk}"  # what Django's admin puts above a row

    def get_absolute_url(self) -> str:
        return reverse("study:job", args=[self.pk])

    @property
    def name(self) -> str:
        return f"{self.role} at {self.company}"

    def steps(self) -> list[tuple[str, Step]]:
        """The verbs that may happen now."""
        return [(verb, step) for verb, step in STEPS.items() if self.stage in step.source]

    @classmethod
    def add(cls, *, by: User, key: uuid.UUID | None = None, at: datetime | None = None, **said: Any) -> "Job":
        """A new application, at first an interest. The same `key` again gives the first one."""
        moment = at or clock.now()
        with transaction.atomic():
            lock(by)
            if key and (before := cls.objects.filter(person=by, key=key).first()):
                return before
            if cls.objects.filter(person=by).count() >= MOST_JOBS:
                raise RefusedPrivately(f"{MOST_JOBS} are kept at most. Delete an old one first.", code="too_many")
            cls._check_resume(by.pk, said)
            row = cls.objects.create(person=by, key=key or uuid.uuid4(), stage_since=moment, made_at=moment, **said)
            JobMove.objects.create(job=row, stage=row.stage, at=moment)
        return row

    def step(self, verb: str, *, at: datetime | None = None) -> None:
        """One of STEPS. Refused from a stage that it does not lead from; what is closed has no next step."""
        moment, step = at or clock.now(), STEPS[verb]
        with transaction.atomic():
            found = Job.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
            if found is None:
                raise RefusedPrivately("This was deleted meanwhile.", code="gone")
            if found.stage not in step.source:
                raise RefusedPrivately(
                    f"This stands at “{found.get_stage_display()}”, so this cannot be done.", code="not_now"
                )
            found.stage, found.was = step.target or found.was, found.stage if step.target in CLOSED else ""
            if found.stage in CLOSED:
                found.next_on, found.next_step = None, ""
            found.stage_since = moment
            found.version += 1
            names = ["stage", "was", "next_on", "next_step", "stage_since", "version"]
            found.save(update_fields=names)
            JobMove.objects.create(job=found, stage=found.stage, at=moment)
        for name in names:
            setattr(self, name, getattr(found, name))

    def change(self, *, version: int, **said: Any) -> None:
        """Say it otherwise, if it is still the `version` that its writer began with. Refused if it is not."""
        with transaction.atomic():
            lock(self.person)
            self._check_resume(self.person_id, said)
            if self.stage in CLOSED and (said.get("next_on") or said.get("next_step")):
                raise RefusedPrivately("What is closed has no next step. Open it again first.", code="closed")
            rows = Job.objects.filter(pk=self.pk, version=version)
            if not rows.update(version=F("version") + 1, **said):
                raise RefusedPrivately(
                    "This was changed in another window meanwhile. Saving again replaces it.", code="changed_meanwhile"
                )
        self.refresh_from_db()

    @staticmethod
    def _check_resume(person: int, said: dict[str, Any]) -> None:
        resume = said.get("resume")
        if resume is not None and not Resume.objects.filter(pk=resume.pk, person=person).exists():
            raise RefusedPrivately("This version of your resume was deleted meanwhile.", code="no_resume")

    def remove(self) -> None:
        """Delete it with its history."""
        if not Job.objects.filter(pk=self.pk).delete()[0]:
            raise RefusedPrivately("This was deleted meanwhile.", code="gone")

    def days_left(self, today: date) -> int | None:
        return (self.next_on - today).days if self.next_on else None


class JobMove(models.Model):
    """That an application came to a stage. Only added to."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="moves")
    stage = models.CharField(max_length=10, choices=Job.Stage)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(stage__in=OPEN + CLOSED), name="job_move_stage_known")]

    def __str__(self) -> str:
        return f"Move {self.pk}"


def lock(person: User) -> None:
    """The person, locked until the transaction ends: their applications and resumes change one after the other."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
