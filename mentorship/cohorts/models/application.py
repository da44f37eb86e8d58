"""One person asking to join one cohort, and the answer they get."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from mentorship.cohorts import telling
from mentorship.cohorts.models.application_draft import ApplicationDraft
from mentorship.cohorts.models.application_question import ApplicationAnswer
from mentorship.cohorts.models.charter import Charter
from mentorship.cohorts.models.cohort import Cohort
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, reader: Any) -> "ApplicationQuerySet":
        """One's own and those that one reviews; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        if reader.is_admin:
            return self
        return self.filter(Q(person=reader) | Q(cohort__in=Cohort.objects.triaged_by(reader)))

    def reviewed_by(self, reader: Any) -> "ApplicationQuerySet":
        """Those that `reader` may score: of the cohorts that named them for it; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(cohort__in=Cohort.objects.triaged_by(reader))

    def decidable_by(self, person: Any) -> "ApplicationQuerySet":
        return self if person.is_authenticated and person.is_admin else self.none()

    def live(self) -> "ApplicationQuerySet":
        """Neither declined nor withdrawn; a person has one at most in a cohort."""
        return self.filter(state__in=Application.LIVE)

    def undecided(self) -> "ApplicationQuerySet":
        return self.filter(state__in=Application.UNDECIDED)

    def waiting(self) -> "ApplicationQuerySet":
        """Those that nobody has answered yet, the oldest first."""
        return self.filter(state=Application.State.SUBMITTED).order_by("submitted_at", "pk")

    def waitlist(self) -> "ApplicationQuerySet":
        """The waiting list in its order: who asked first is first, unless an admin has moved somebody."""
        return self.filter(state=Application.State.WAITLISTED).order_by(Coalesce("line_at", "submitted_at"), "pk")


class Application(models.Model):
    """One person asking to join one cohort."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "Waiting for a decision"
        WAITLISTED = "waitlisted", "On the waiting list"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    UNDECIDED = [State.SUBMITTED, State.WAITLISTED]
    LIVE = [State.SUBMITTED, State.WAITLISTED, State.ACCEPTED]
    ANSWERS = ["motivation", "background", "goal", "hours_a_week", "link"]
    # What may follow what; the same table stands in the trigger of migration 0002.
    FROM = {
        State.WAITLISTED: [State.SUBMITTED, State.DECLINED],
        State.ACCEPTED: [State.SUBMITTED, State.WAITLISTED, State.DECLINED],
        State.DECLINED: [State.SUBMITTED, State.WAITLISTED],
        State.WITHDRAWN: [State.SUBMITTED, State.WAITLISTED, State.ACCEPTED],
    }

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="applications")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications")
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    motivation = models.TextField(max_length=4000)
    background = models.TextField(max_length=4000)
    goal = models.TextField(max_length=2000)
    hours_a_week = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(80)])
    link = models.URLField(blank=True)
    submitted_at = models.DateTimeField(default=now)
    line_at = models.DateTimeField(
        null=True, editable=False, help_text="Where in line an admin has put this: as if it had been sent then."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decision_note = models.TextField(max_length=2000, blank=True, help_text="The applicant reads this.")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["cohort", "state", "submitted_at"], name="application_triage"),
            models.Index(fields=["submitted_at"], condition=Q(state="submitted"), name="application_waiting"),
            models.Index(fields=["cohort", "state", "-decided_at", "-id"], name="application_decided"),
            models.Index(
                "cohort",
                Coalesce("line_at", "submitted_at"),
                "id",
                condition=Q(state="waitlisted"),
                name="application_line",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "person",
                "cohort",
                condition=Q(state__in=["submitted", "waitlisted", "accepted"]),
                name="application_one_live",
                violation_error_message="You have already applied to this cohort.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "waitlisted", "accepted", "declined", "withdrawn"]),
                name="application_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(decided_at__isnull=False),
                name="application_decided_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.cohort_id}"

    def get_absolute_url(self) -> str:
        """The page for whoever decides; the applicant's own is at the cohort's `application/`."""
        return reverse("cohorts:decide", args=[self.cohort.slug, self.pk])

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def is_undecided(self) -> bool:
        return self.state in self.UNDECIDED

    def place(self) -> int:
        """Where on the waiting list this stands, from 1; 0 when it is not there."""
        if self.state != self.State.WAITLISTED:
            return 0
        since = self.in_line_since
        line = Application.objects.filter(cohort_id=self.cohort_id).waitlist()
        line = line.alias(since=Coalesce("line_at", "submitted_at"))
        return line.filter(Q(since__lt=since) | Q(since=since, pk__lt=self.pk)).count() + 1

    @property
    def in_line_since(self) -> datetime:
        return self.line_at or self.submitted_at

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def apply(
        cls, *, cohort: Cohort, person: User, answers: dict[str, Any], own: Mapping[int, Any] | None = None,
        charter: int | None = None, at: datetime | None = None,
    ) -> "Application":  # fmt: skip
        """Ask to join `cohort` with `answers` (the keys of `ANSWERS`) and `own`, those to the cohort's own questions.

        `charter` is the version of the cohort's charter that they accept along. Tells the admins, in the app only.
        """
        if not cohort.takes_applications(at):
            raise Refused("This cohort takes no applications now.", code="not_open")
        if cohort.memberships.active().filter(person=person).exists():
            raise Refused("You already belong to this cohort.", code="is_member")
        if cls.objects.filter(cohort=cohort, person=person, state=cls.State.DECLINED).exists():
            raise Refused("This cohort has given you its answer. Look at the next one.", code="declined_before")
        row = cls(cohort=cohort, person=person, submitted_at=at or now(), **answers)
        try:
            with transaction.atomic():
                Charter.agree(cohort=cohort, by=person, version=charter, at=at)
                row.save(force_insert=True)
                ApplicationAnswer.keep(row, own or {})
                ApplicationDraft.empty(person=person.pk, cohort=cohort.pk)
                events.record(actor=person, verb="apply", subject=row, at=at)
                telling.application_submitted(row, at=at)
        except IntegrityError as error:
            raise Refused("You have already applied to this cohort.", code="already_applied") from error
        return row

    def edit(
        self, *, by: User, answers: dict[str, Any], own: Mapping[int, Any] | None = None, at: datetime | None = None
    ) -> None:
        """Change the answers while nobody has decided; `own` (None: as they were) as in `apply`."""
        with transaction.atomic():
            changed = Application.objects.filter(pk=self.pk).undecided().update(state=F("state"), **answers)
            if not changed:
                raise Refused("This application has been decided: it stays as it was.", code="decided")
            if own is not None:
                ApplicationAnswer.keep(self, own)
                ApplicationDraft.empty(person=self.person_id, cohort=self.cohort_id)
            events.record(actor=by, verb="edit", subject=self, at=at)
        for name, value in answers.items():
            setattr(self, name, value)

    def withdraw(self, *, by: User, at: datetime | None = None) -> None:
        """Take the application back while nobody has decided. Who has a seat leaves the cohort instead."""
        with transaction.atomic():
            moved = Application.objects.filter(pk=self.pk).undecided().update(state=self.State.WITHDRAWN)
            if not moved:
                raise Refused("This application has been decided: it cannot be withdrawn.", code="decided")
            ApplicationDraft.empty(person=self.person_id, cohort=self.cohort_id)
            events.record(actor=by, verb="withdraw", subject=self, at=at)
        self.state = self.State.WITHDRAWN

    def accept(self, *, by: User | None, note: str = "", at: datetime | None = None) -> None:
        """Give the applicant a seat: the decision, the seat and the membership together, or none of them.

        `by` nobody: a seat came free and they were first in line.
        """
        from mentorship.cohorts.models.membership import Membership

        moment = at or now()
        try:
            with transaction.atomic():
                # The order of locks everywhere: cohort, application.
                cohort = Cohort.objects.select_for_update(no_key=True).get(pk=self.cohort_id)
                self._decide(self.State.ACCEPTED, by, note, moment)
                free = Cohort.objects.filter(pk=self.cohort_id, seats_taken__lt=F("seats"))
                if not free.update(seats_taken=F("seats_taken") + 1):
                    raise Refused("Every seat is taken. Free one, add one, or use the waiting list.", code="full")
                member = Membership.objects.join(cohort=cohort, person=self.person, role="mentee", joined_at=moment)
                events.record(actor=by, verb="join", subject=member, at=at)
        except IntegrityError as error:
            raise Refused("This person already belongs to the cohort.", code="is_member") from error
        self._decided(self.State.ACCEPTED, by, note, moment)

    def waitlist(self, *, by: User, note: str = "", at: datetime | None = None) -> None:
        """Put the applicant on the waiting list."""
        self._answer(self.State.WAITLISTED, by, note, at)

    def decline(self, *, by: User, note: str = "", at: datetime | None = None) -> None:
        """Say no."""
        self._answer(self.State.DECLINED, by, note, at)

    def _answer(self, state: str, by: User, note: str, at: datetime | None) -> None:
        moment = at or now()
        try:
            with transaction.atomic():
                self._decide(state, by, note, moment)
        except IntegrityError as error:
            raise Refused("This person has a newer application here. Decide that one.", code="newer") from error
        self._decided(state, by, note, moment)

    def _decide(self, state: str, by: User | None, note: str, at: datetime) -> None:
        """The conditional update, its event and its notification, in the caller's transaction."""
        fields = {"state": state, "decided_at": at, "decided_by": by, "decision_note": note, "line_at": None}
        # No join in here: PostgreSQL looks at a row's state again after waiting for it, but not at a subquery's.
        rows = Application.objects.filter(pk=self.pk, state__in=self.FROM[self.State(state)])
        goes_on = Cohort.objects.filter(pk=OuterRef("cohort_id")).exclude(state__in=OVER)
        if not rows.filter(Exists(goes_on)).update(**fields):
            row = Application.objects.select_related("cohort").get(pk=self.pk)
            if row.cohort.state in OVER:
                raise Refused("This cohort is over: its applications stay as they are.", code="cohort_over")
            raise Refused(f"This application is {row.state} already.", code="illegal_state")
        if state != self.State.WAITLISTED:
            ApplicationDraft.empty(person=self.person_id, cohort=self.cohort_id)
        events.record(actor=by, verb=VERBS[state], subject=self, detail={"note": note}, at=at)
        telling.application_decided(self, state, note, moved_up=by is None, at=at)

    def _decided(self, state: str, by: User | None, note: str, at: datetime) -> None:
        self.state, self.decided_by, self.decision_note, self.decided_at = state, by, note, at
        self.line_at = None


OVER = [Cohort.State.FINISHED, Cohort.State.ARCHIVED]
VERBS = {"accepted": "accept", "waitlisted": "waitlist", "declined": "decline"}
