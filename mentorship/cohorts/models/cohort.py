"""One run of one stream, from draft to archive."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone

from mentorship.cohorts import telling, telling_meetings
from mentorship.cohorts.closing import left_to_do
from mentorship.cohorts.readiness import check_ready
from mentorship.cohorts.seen import check_seen
from mentorship.common import clock
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.searching import Words
from mentorship.people import events
from mentorship.people.models import User, validate_timezone

if TYPE_CHECKING:
    from mentorship.cohorts.models.meeting import Meeting
    from mentorship.cohorts.models.membership import Membership

TAKEN_SLUGS = frozenset(["availability", "calendar", "invitation", "new", "transfers"])
PROMISE_DAYS, LONGEST_PROMISE = 4, 21
EARLIEST, LATEST, LONGEST = date(2000, 1, 1), date(2200, 1, 1), timedelta(days=3660)
TEST_PREFIX = "test-"  # of the address: so a request is known to be about a test cohort before anything is asked
LONG_TEXTS = frozenset(["about", "for_whom"])
PLAIN = {
    "draft": "a draft", "open": "open", "running": "running", "finished": "finished", "archived": "archived",
}  # fmt: skip


def validate_slug(value: str) -> None:
    if value in TAKEN_SLUGS:
        raise ValidationError("This address is taken by a page of ours. Choose another one.")


def on_clock(path: str = "") -> Q:
    """Rows of the cohorts that the clock which holds here counts for: all real ones, or the one that is tried out.

    path: the way to the cohort, as 'membership__cohort'.
    """
    way, tried = f"{path}__" if path else "", clock.test_cohort()
    return Q(**{f"{way}slug": tried}) if tried else Q(**{f"{way}clock_ahead": None})


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, reader: Any) -> "CohortQuerySet":
        """Open ones for everyone; those one belongs to or has applied to, once they have left draft; all for admins."""
        from mentorship.cohorts.models import Application, Membership

        public = Q(state=Cohort.State.OPEN)
        if not reader.is_authenticated:
            return self.filter(public, clock_ahead=None)
        if reader.is_admin:
            return self
        mine = Membership.objects.filter(cohort=OuterRef("pk"), person=reader, left_at=None)
        asked = Application.objects.filter(cohort=OuterRef("pk"), person=reader).live()
        return self.filter(public | (~Q(state=Cohort.State.DRAFT) & (Exists(mine) | Exists(asked))))

    def of(self, person: User) -> "CohortQuerySet":
        """Those that `person` is an active member of, drafts left out."""
        from mentorship.cohorts.models import Membership

        mine = Membership.objects.filter(cohort=OuterRef("pk"), person=person, left_at=None)
        return self.filter(Exists(mine)).exclude(state=Cohort.State.DRAFT)

    def followed_by(self, person: Any) -> "CohortQuerySet":
        """Those where `person` may read mentees' progress: the ones they mentor in; all for admins."""
        if not person.is_authenticated:
            return self.none()
        if person.is_admin:
            return self
        from mentorship.cohorts.models import Membership

        mentors = Membership.objects.mentors().filter(cohort=OuterRef("pk"), person=person)
        return self.filter(Exists(mentors)).exclude(state=Cohort.State.DRAFT)

    def administered_by(self, person: Any) -> "CohortQuerySet":
        """All for admins, none for anyone else."""
        return self if person.is_authenticated and person.is_admin else self.none()

    def triaged_by(self, person: Any) -> "CohortQuerySet":
        """Those whose applications `person` reads: where they mentor and are named for it; all for admins."""
        if not person.is_authenticated:
            return self.none()
        if person.is_admin:
            return self
        from mentorship.cohorts.models import Membership

        named = Membership.objects.reviewers().filter(cohort=OuterRef("pk"), person=person)
        return self.filter(Exists(named)).exclude(state=Cohort.State.DRAFT)

    def taking_applications(self, at: datetime | None = None) -> "CohortQuerySet":
        """Open ones whose last day to apply is not over where the cohort is, of those that the clock counts for."""
        local = Func(
            F("timezone"), Value(at or now(), output_field=models.DateTimeField()), function="timezone",
            template="(%(function)s(%(expressions)s))::date", output_field=models.DateField(),
        )  # fmt: skip
        return (
            self.filter(on_clock(), state=Cohort.State.OPEN)
            .alias(local_day=local)
            .filter(applications_close_on__gte=F("local_day"))
        )


class Cohort(models.Model):
    """One run of one stream. `seats_taken` counts the active mentees and is only changed by a conditional UPDATE."""

    class State(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open", "Taking applications"
        RUNNING = "running"
        FINISHED = "finished"
        ARCHIVED = "archived"

    stream = models.ForeignKey("streams.Stream", models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    slug = models.SlugField(
        "address", max_length=60, unique=True, validators=[validate_slug],
        error_messages={"unique": "Another cohort has this address."},
    )  # fmt: skip
    about = models.TextField(blank=True, max_length=4000)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    applications_close_on = models.DateField("last day to apply")
    timezone = models.CharField(max_length=64, default="UTC", validators=[validate_timezone])
    seats = models.PositiveIntegerField(default=20, validators=[MinValueValidator(1), MaxValueValidator(1000)])
    seats_taken = models.PositiveIntegerField(default=0, editable=False)
    waitlist_moves_up = models.BooleanField(
        "a free seat goes to who is first on the waiting list", default=False, db_default=False
    )
    hours_a_week = models.PositiveSmallIntegerField(
        "hours a week", default=10, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    for_whom = models.TextField("who it is for", blank=True, max_length=2000, db_default="")
    promise_days = models.PositiveSmallIntegerField(
        "days until a review", default=PROMISE_DAYS, db_default=PROMISE_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_PROMISE)],
        help_text="What mentors promise when they join; each may change their own.",
    )  # fmt: skip
    created_at = models.DateTimeField(default=now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False, help_text="When an admin set it running.")
    clock_ahead = models.DurationField(
        null=True, editable=False, help_text="Of a test cohort: how far its clock is ahead of the real time."
    )

    objects = CohortQuerySet.as_manager()

    # What may follow what; the same table stands in the trigger of migration 0002.
    FROM = {
        State.OPEN: [State.DRAFT, State.RUNNING],
        State.RUNNING: [State.OPEN],
        State.FINISHED: [State.RUNNING],
        State.ARCHIVED: [State.FINISHED],
    }

    EDITABLE = [
        *("name", "slug", "stream", "about", "starts_on", "ends_on", "applications_close_on", "timezone", "seats"),
        *("hours_a_week", "for_whom", "promise_days", "waitlist_moves_up"),
    ]

    class Meta:
        indexes = [
            models.Index(fields=["state", "-starts_on"], name="cohort_state"),
            models.Index(fields=["id"], condition=Q(clock_ahead__isnull=False), name="cohort_tried"),
            GinIndex(Words("name", "about"), name="cohort_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open", "running", "finished", "archived"]),
                name="cohort_state_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="cohort_ends_after_start",
                violation_error_message="The last day must be after the first.",
            ),
            models.CheckConstraint(
                condition=Q(applications_close_on__lte=F("ends_on")),
                name="cohort_closes_before_end",
                violation_error_message="Applications must close before the cohort ends.",
            ),
            models.CheckConstraint(
                condition=Q(
                    starts_on__gte=EARLIEST,
                    starts_on__lt=LATEST,
                    applications_close_on__gte=EARLIEST,
                    ends_on__lte=F("starts_on") + LONGEST,
                ),
                name="cohort_days_sensible",
                violation_error_message="A cohort lasts ten years at most, in this century or the next.",
            ),
            models.CheckConstraint(
                condition=Q(promise_days__gte=1, promise_days__lte=LONGEST_PROMISE), name="cohort_promise_sensible"
            ),
            models.CheckConstraint(
                condition=Q(seats_taken__lte=F("seats")),
                name="cohort_seats_hold",
                violation_error_message="More seats are taken than that.",
            ),
            models.CheckConstraint(
                condition=(Q(clock_ahead=None) & ~Q(slug__startswith=TEST_PREFIX))
                | (Q(clock_ahead__isnull=False) & Q(slug__startswith=TEST_PREFIX)),
                name="cohort_test_by_address",
                violation_error_message="Addresses that begin with 'test-' are those of test cohorts, and only those.",
            ),
            models.CheckConstraint(
                condition=Q(clock_ahead=None) | Q(clock_ahead__gte=timedelta(0)), name="cohort_clock_never_behind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohorts:cohort", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def is_test(self) -> bool:
        """One that staff lives through ahead of time, by a clock of its own."""
        return self.clock_ahead is not None

    @property
    def seats_left(self) -> int:
        return self.seats - self.seats_taken

    def takes_applications(self, at: datetime | None = None) -> bool:
        """Open, and its last day for applications is not over where the cohort is."""
        today = timezone.localdate(at or now(), self.zone)
        return self.state == self.State.OPEN and today <= self.applications_close_on

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def draft(cls, *, by: User, at: datetime | None = None, test: bool = False, **fields: Any) -> "Cohort":
        """A new cohort that only admins see; `fields` as the form gives them. A test cohort's clock begins as it is."""
        row = cls(**fields, clock_ahead=timedelta(0) if test else None)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                events.record(actor=by, verb="draft", subject=row, at=at)
        except IntegrityError as error:
            raise refusal_of(error) from error
        return row

    def open(self, *, by: User, at: datetime | None = None) -> None:
        """Take applications. A running cohort goes back to open only while it has no assignment yet.

        A draft without a charter of its own opens with the program's.
        """
        from mentorship.cohorts.models import Charter

        with self._moving_to(self.State.OPEN, "open", by, at):
            if self.state == self.State.DRAFT:
                self.refresh_from_db(fields=["about"])
                Charter.begin(cohort=self, by=by, at=at)
            check_ready(self, at)
            if self.state == self.State.RUNNING and self.assignments.exists():
                raise Refused("Mentors have been assigned: this cohort goes on running.", code="has_assignments")

    def start(self, *, by: User, at: datetime | None = None) -> None:
        """Begin to run: no new applications; those that wait can still be decided."""
        with self._moving_to(self.State.RUNNING, "start", by, at, started_at=at or now()):
            pass

    def finish(self, *, by: User, at: datetime | None = None) -> None:
        """End the run. Nobody may be left without an answer; assignments last until the archive, for late reviews."""
        with self._moving_to(self.State.FINISHED, "finish", by, at):
            waiting = self.applications.undecided().count()
            if waiting:
                people = "1 person still waits" if waiting == 1 else f"{waiting} people still wait"
                raise Refused(f"{people} for an answer. Decide their applications first.", code="undecided")

    def archive(self, *, by: User, at: datetime | None = None) -> None:
        """Close the books: every assignment that still lasts ends. Refused while work waits for its mentors."""
        with self._moving_to(self.State.ARCHIVED, "archive", by, at):
            if said := left_to_do(self):
                raise Refused(said, code="work_waits")
            list(self.memberships.select_for_update(no_key=True).order_by("role", "pk"))
            for assignment in self.assignments.active():
                assignment.close(reason="The cohort was archived.", at=at)

    @contextmanager
    def _moving_to(self, state: str, verb: str, by: User, at: datetime | None, **fields: Any) -> Iterator[None]:
        """The row locked and its state checked, then the body's own conditions, then the move and its event."""
        with transaction.atomic():
            row = Cohort.objects.select_for_update(no_key=True).get(pk=self.pk)
            before, self.state, self.applications_close_on = row.state, row.state, row.applications_close_on
            if before not in self.FROM[self.State(state)]:
                raise Refused(f"A cohort that is {PLAIN[before]} cannot {verb}.", code="illegal_state")
            yield
            for name, value in (fields | {"state": state}).items():
                setattr(self, name, value)
            self.save(update_fields=["state", *fields])
            events.record(actor=by, verb=verb, subject=self, detail={"from": before, "to": state}, at=at)

    def edit(self, *, by: User, at: datetime | None = None, seen: str = "", **changes: Any) -> None:
        """Change what the form offers. Seats never fall below those taken; the stream is fixed once it has opened.

        What is due by the schedule moves with the cohort's days.

        `seen` is the fingerprint of what the change began from: raises ChangedMeanwhile when that stands no more.
        """
        from mentorship.cohorts.models import Schedule

        with transaction.atomic():
            row = Cohort.objects.select_for_update(no_key=True).get(pk=self.pk)
            check_seen(row, [name for name in self.EDITABLE if name in changes], seen)
            if changes.get("seats", row.seats) < row.seats_taken:
                raise Refused(f"{row.seats_taken} seats are taken: there cannot be fewer.", code="seats_taken")
            if row.state != self.State.DRAFT and changes.get("stream", row.stream) != row.stream:
                raise Refused("The stream of a cohort is fixed once it has opened.", code="stream_fixed")
            before = {name: getattr(row, name) for name in changes}
            changed = [name for name, value in changes.items() if before[name] != value]
            for name, value in changes.items():
                setattr(self, name, value)
            if not changed:
                return
            try:
                with transaction.atomic():
                    self.save(update_fields=changed)
            except IntegrityError as error:
                raise refusal_of(error) from error
            if {"starts_on", "ends_on", "timezone"} & set(changed):
                Schedule.follow(self, at)
            detail = {name: [str(before[name]), str(changes[name])] for name in changed if name not in LONG_TEXTS}
            events.record(actor=by, verb="edit", subject=self, detail=detail, at=at)
            if {"seats", "waitlist_moves_up"} & set(changed):
                from mentorship.cohorts import waitlist

                waitlist.move_up(self.pk, at=at)
                self.refresh_from_db(fields=["seats_taken"])

    def add_mentor(self, *, person: User, capacity: int, by: User, at: datetime | None = None) -> "Membership":
        """Make `person` a mentor of up to `capacity` mentees here, and tell them."""
        from mentorship.cohorts.models import Membership

        if self.state in (self.State.FINISHED, self.State.ARCHIVED):
            raise Refused("This cohort is over.", code="cohort_over")
        if not person.is_active:
            raise Refused("This account is closed.", code="inactive")
        if Membership.objects.active().filter(cohort=self, person=person, role=Membership.Role.MENTEE).exists():
            raise Refused(f"{person} is a mentee of this cohort.", code="is_mentee")
        try:
            with transaction.atomic():
                mentor = Membership.objects.join(
                    cohort=self, person=person, role=Membership.Role.MENTOR, capacity=capacity, joined_at=at or now(),
                    promise_days=self.promise_days,
                )  # fmt: skip
                events.record(actor=by, verb="add_mentor", subject=mentor, detail={"capacity": capacity}, at=at)
                telling.mentor_added(mentor, at=at)
        except IntegrityError as error:
            raise Refused(f"{person} already mentors this cohort.", code="already_mentor") from error
        return mentor

    def schedule(self, *, by: User, at: datetime | None = None, **fields: Any) -> "Meeting":
        """Put a meeting into the calendar and tell every member. `fields` as `Meeting` has them."""
        from mentorship.cohorts.models import Meeting

        if self.state == self.State.ARCHIVED:
            raise Refused("This cohort is archived.", code="cohort_over")
        with transaction.atomic():
            meeting = Meeting(cohort=self, **fields)
            meeting.check_coordinator()
            meeting.check_day()
            meeting.save(force_insert=True)
            events.record(actor=by, verb="schedule", subject=meeting, at=at)
            telling_meetings.scheduled(meeting, at=at)
        return meeting


def refusal_of(error: IntegrityError) -> Refused:
    """What a violated constraint of a cohort means, as a sentence."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    for constraint in Cohort._meta.constraints:
        if constraint.name == name and isinstance(constraint, models.CheckConstraint):
            return Refused(str(constraint.violation_error_message), code=name)
    if "slug" in name:
        return Refused("Another cohort has this address.", code="slug_taken")
    return Refused("This does not fit with what stands there. Look again and retry.", code=name or "conflict")
