"""The briefs: what there is to do, and the questions that it is looked at with."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from mentorship.cohorts.models import Cohort, Membership
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.searching import Words
from mentorship.people.models import User

if TYPE_CHECKING:
    from projects.models.submission import Submission
    from projects.work import Work


class Briefs(models.QuerySet["Project"]):
    def published(self) -> "Briefs":
        """What stands in the curriculum today; the retired rest is kept for those who worked on it."""
        return self.filter(retired_at=None, item__retired_at=None)

    def visible_to(self, person: Any) -> "Briefs":
        """What is published, and, of what has left the curriculum, what `person` has handed in."""
        from projects.models.submission import Submission

        published = Q(retired_at=None, item__retired_at=None)
        if not person.is_authenticated:
            return self.filter(published)
        return self.filter(published | Q(pk__in=Submission.objects.by(person).values("project")))


class Project(models.Model):
    """The brief behind a project item. Loaded from the curriculum, retired but never deleted."""

    item = models.OneToOneField("streams.Item", models.PROTECT, related_name="project")
    key = models.SlugField(max_length=120, unique=True)
    label = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    focus = models.TextField(blank=True)
    requirements = models.JSONField(default=list)
    hours_min = models.PositiveSmallIntegerField(default=0)
    hours_max = models.PositiveSmallIntegerField(default=0)
    hours_note = models.TextField(blank=True)
    team_min = models.PositiveSmallIntegerField(default=1)
    team_max = models.PositiveSmallIntegerField(default=1)
    replicates = models.BooleanField(default=False, help_text="A paper: its figures are handed in with each round.")
    builds_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="extensions",
        help_text="The project that is accepted first, and whose work this one goes on with.",
    )  # fmt: skip
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = Briefs.as_manager()

    class Meta:
        indexes = [GinIndex(Words("title", "focus"), name="project_words")]
        constraints = [
            models.CheckConstraint(condition=Q(hours_max__gte=F("hours_min")), name="project_hours_in_order"),
            models.CheckConstraint(
                condition=Q(team_min__gte=1, team_max__gte=F("team_min")), name="project_team_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.key])

    def open_to(self, person: Any) -> models.QuerySet[Membership]:
        """Where `person` can hand this project in: their seats in running cohorts of its stream."""
        if not person.is_authenticated or self.retired_at:
            return Membership.objects.none()
        return Membership.objects.filter(
            person=person,
            role=Membership.Role.MENTEE,
            left_at=None,
            cohort__state=Cohort.State.RUNNING,
            cohort__stream=self.item.stream_id,
        ).select_related("cohort")

    def hand_in(
        self,
        *,
        by: User,
        membership: Membership,
        work: "Work",
        key: str = "",
        version: int | None = None,
        at: datetime | None = None,
    ) -> "Submission":
        """Open a submission with its first round. The same `key` with the same work is one effect.

        Refused when `by` has no such seat in a running cohort of the stream, or has handed it in already. What a team
        does is handed in by any member of a capstone team; `version` is that of its shared draft which was read.
        """
        from projects.models.entering import Team, group_of
        from projects.models.hand_in_key import HandInKey
        from projects.models.round import Round
        from projects.models.submission import Submission

        now = at or clock.now()
        with work.stored(), transaction.atomic():
            done = HandInKey.take(by, key, work.digest(self.pk, membership.pk))
            if done.round:
                return done.round.submission
            submission = Submission(
                project=self, membership=membership, cohort_id=membership.cohort_id, author=by, title=work.title
            )
            group = group_of(membership) if self.team_max > 1 else None
            team = Team.enter(self, by=by, group=group, version=version)
            submission.group = team.group if team else None
            submission.starts_from = submission.base() if self.builds_on_id else None
            submission.awaiting_mentor_since = submission.created_at = now
            submission.rounds_count = 1
            round = Round.make(submission, by=by, work=work, at=now)
            if round is None:
                if self.open_to(by).filter(pk=membership.pk).exists():
                    who = "Your team has" if team else "You have"
                    raise Refused(f"{who} handed this project in already.", code="already_handed_in")
                raise Refused("This project can be handed in by mentees of a running cohort.", code="not_open")
            if team:
                team.handed_in(submission, round, by=by, at=now)
            done.keep(round)
        return submission


class Criterion(models.Model):
    """One of the program's 'Test:' questions: answered at hand-in, looked at in review."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="criteria")
    key = models.CharField(max_length=120)
    question = models.TextField()
    guidance = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint("project", "key", name="criterion_key_unique")]

    def __str__(self) -> str:
        return self.question
