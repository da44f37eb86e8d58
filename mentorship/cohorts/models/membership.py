"""One person in one cohort, as mentee or as mentor."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, F, Func, Max, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Greatest

from mentorship.cohorts import telling
from mentorship.cohorts.models.cohort import LONGEST_PROMISE, PROMISE_DAYS, Cohort
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from mentorship.study.models import StudyEntry
from streams.progress import last_progress_at


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> "MembershipQuerySet":
        return self.filter(left_at=None)

    def mentees(self) -> "MembershipQuerySet":
        return self.active().filter(role=Membership.Role.MENTEE)

    def mentors(self) -> "MembershipQuerySet":
        return self.active().filter(role=Membership.Role.MENTOR)

    def going_on(self, person: Any, *, test: bool) -> "MembershipQuerySet":
        """The seats of `person` in cohorts that are not over: in test cohorts, or in real ones."""
        rows = self.active().filter(person=person, cohort__clock_ahead__isnull=not test)
        return rows.exclude(cohort__state__in=[Cohort.State.FINISHED, Cohort.State.ARCHIVED])

    def join(self, *, cohort: Cohort, person: User, **fields: Any) -> "Membership":
        """A seat for `person`; refused to who is in a cohort of the other kind, test or real."""
        if self.going_on(person, test=not cohort.is_test).exists():
            kinds = ("test cohort", "real one") if cohort.is_test else ("real cohort", "test cohort")
            raise Refused(
                f"This is a {kinds[0]}, and {person} is in a {kinds[1]}. Use another account.", code="test_or_real"
            )
        return self.create(cohort=cohort, person=person, **fields)

    def reviewers(self) -> "MembershipQuerySet":
        """Mentors whom an admin has asked to read the applications of their cohort."""
        return self.mentors().filter(reviews_applications=True)

    def of(self, person: Any) -> "MembershipQuerySet":
        """The active ones of `person`."""
        return self.active().filter(person=person) if person.is_authenticated else self.none()

    def visible_to(self, reader: Any) -> "MembershipQuerySet":
        """The rosters of one's own cohorts; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        if reader.is_admin:
            return self
        mine = Membership.objects.filter(cohort=OuterRef("cohort"), person=reader, left_at=None)
        return self.filter(Exists(mine)).exclude(cohort__state=Cohort.State.DRAFT)

    def with_names(self) -> "MembershipQuerySet":
        """With of each person only what a list shows: rows of hundreds stay light."""
        names = ("person__name", "person__handle", "person__visibility", "person__is_active")
        return self.select_related("person").only("cohort", "person", "role", "capacity", "load", "joined_at", *names)

    def without_mentor(self) -> "MembershipQuerySet":
        """Mentees who have nobody yet."""
        from mentorship.cohorts.models.assignment import Assignment

        return self.mentees().exclude(Exists(Assignment.objects.active().filter(mentee=OuterRef("pk"))))

    def with_last_activity(self) -> "MembershipQuerySet":
        """Annotated with `last_activity`: the latest step, study entry, joining, or start of the cohort.

        A hand-in moves its item's progress, so that it counts without this app knowing of projects.
        """
        study = StudyEntry.objects.filter(person=OuterRef("person")).order_by()
        return self.annotate(
            last_activity=Greatest(  # PostgreSQL's GREATEST passes over nulls
                "joined_at",
                "cohort__started_at",
                last_progress_at("person"),
                Subquery(study.values("person").annotate(last=Max("created_at")).values("last")),
            )
        )

    def with_quiet_since(self, at: datetime) -> "MembershipQuerySet":
        """Annotated with `quiet_since` too: the last activity, the return from a pause, or the cohort's first day.

        The latest of them: one that was set running early asks nothing of anybody before its first day.
        """
        first_day = Cast("cohort__starts_on", models.DateTimeField())
        rows = self.with_last_activity()
        return rows.annotate(quiet_since=Greatest("last_activity", last_return(at), first_day))  # type: ignore[no-redef]

    def pausable_by(self, person: Any) -> "MembershipQuerySet":
        """Mentees' places that `person` may pause: their own; any for admins. Drafts left out."""
        rows = self.mentees().exclude(cohort__state=Cohort.State.DRAFT)
        return rows if person.is_admin else rows.filter(person=person)

    def leavable_by(self, person: Any) -> "MembershipQuerySet":
        """One's own places, in cohorts that are neither drafts nor in the archive."""
        return self.of(person).exclude(cohort__state__in=[Cohort.State.DRAFT, Cohort.State.ARCHIVED])

    def followed_by(self, person: Any) -> "MembershipQuerySet":
        """The mentees whose progress `person` may read: their own mentees; all for admins."""
        from mentorship.cohorts.models.assignment import Assignment

        if person.is_admin:
            return self.mentees()
        theirs = Assignment.objects.active().filter(mentee=OuterRef("pk"), mentor__person=person)
        return self.mentees().filter(Exists(theirs))


def last_return(at: datetime) -> Subquery:
    """When a member came back from their last pause before `at`: an expression over memberships."""
    from mentorship.cohorts.models.pause import Pause

    back = Pause.objects.filter(membership=OuterRef("pk")).order_by()
    midnight = Func(
        F("returns_on"), F("membership__person__timezone"), output_field=models.DateTimeField(),
        template="((%(expressions)s))", arg_joiner="::timestamp AT TIME ZONE ",
    )  # fmt: skip
    returned = back.annotate(midnight=midnight).filter(midnight__lte=at).values("membership")
    return Subquery(returned.annotate(last=Max("midnight")).values("last"))


class Membership(models.Model):
    """One person in one cohort. A mentor's `load` counts their active assignments and never passes `capacity`."""

    last_activity: datetime  # where a queryset has asked for it, by `with_last_activity`
    quiet_since: datetime  # the same, by `with_quiet_since`

    class Role(models.TextChoices):
        MENTEE = "mentee"
        MENTOR = "mentor"

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role)
    joined_at = models.DateTimeField(default=now)
    left_at = models.DateTimeField(null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(50)], help_text="Mentors: how many mentees at once."
    )
    load = models.PositiveSmallIntegerField(default=0, editable=False)
    promise_days = models.PositiveSmallIntegerField(
        default=PROMISE_DAYS, db_default=PROMISE_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_PROMISE)],
        help_text="Mentors: the days within which they review.",
    )  # fmt: skip

    shown = models.BooleanField(
        default=False, db_default=False, help_text="Mentors: agreed to be named on the cohort's public page."
    )
    topics = models.ManyToManyField(
        "streams.Unit", related_name="+", blank=True, help_text="Mentees: what they would like help with."
    )
    reviews_applications = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="Mentors: they read and score applications."
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["cohort", "role"], name="membership_roster"),
            models.Index(fields=["person"], condition=Q(left_at=None), name="membership_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                "person", "cohort", "role", condition=Q(left_at=None), name="membership_one_active"
            ),
            models.CheckConstraint(condition=Q(role__in=["mentee", "mentor"]), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(reviews_applications=False) | Q(role="mentor"), name="membership_reviewer_is_mentor"
            ),
            models.CheckConstraint(condition=Q(load__lte=F("capacity")), name="membership_capacity_holds"),
            models.CheckConstraint(
                condition=Q(promise_days__gte=1, promise_days__lte=LONGEST_PROMISE), name="membership_promise_sensible"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")),
                name="membership_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.role} in {self.cohort_id}"

    @property
    def is_mentor(self) -> bool:
        return self.role == self.Role.MENTOR

    # --- verbs ------------------------------------------------------------------------------------------------
    def set_capacity(self, capacity: int, *, by: User, at: datetime | None = None) -> None:
        """How many mentees this mentor takes at once; not fewer than they have."""
        with transaction.atomic():
            rows = Membership.objects.mentors().filter(pk=self.pk, load__lte=capacity)
            if not rows.update(capacity=capacity):
                row = Membership.objects.get(pk=self.pk)
                if row.left_at or not row.is_mentor:
                    raise Refused("This is no mentor of the cohort.", code="not_a_mentor")
                raise Refused(f"{row.load} mentees are theirs: reassign some first.", code="load")
            detail = {"from": self.capacity, "to": capacity}
            events.record(actor=by, verb="set_capacity", subject=self, detail=detail, at=at)
        self.capacity = capacity

    def promise(self, days: int, *, by: User, at: datetime | None = None) -> None:
        """Within how many days this mentor reviews; it holds at once, for rounds that wait already too."""
        if not 1 <= days <= LONGEST_PROMISE:
            raise Refused(f"Promise between 1 and {LONGEST_PROMISE} days.", code="days")
        with transaction.atomic():
            before = Membership.objects.select_for_update(no_key=True).get(pk=self.pk)
            if before.left_at or not before.is_mentor:
                raise Refused("Only who mentors here promises reviews.", code="not_a_mentor")
            if before.promise_days != days:
                Membership.objects.filter(pk=self.pk).update(promise_days=days)
                detail = {"from": before.promise_days, "to": days}
                events.record(actor=by, verb="promise", subject=self, detail=detail, at=at)
        self.promise_days = days

    def show(self, shown: bool, *, by: User, at: datetime | None = None) -> None:
        """Whether this mentor is named on the cohort's public page; each says so for themselves."""
        with transaction.atomic():
            row = Membership.objects.select_for_update(no_key=True).get(pk=self.pk)
            if row.left_at or not row.is_mentor or row.person_id != by.pk:
                raise Refused("Only who mentors here is named on the public page.", code="not_a_mentor")
            if row.shown != shown:
                Membership.objects.filter(pk=self.pk).update(shown=shown)
                events.record(actor=by, verb="show", subject=self, detail={"shown": shown}, at=at)
        self.shown = shown

    def name_reviewer(self, named: bool = True, *, by: User, at: datetime | None = None) -> None:
        """Ask this mentor to read and score the applications of the cohort, or ask them no more."""
        with transaction.atomic():
            row = Membership.objects.select_for_update(no_key=True).get(pk=self.pk)
            if row.left_at or not row.is_mentor:
                raise Refused("Only who mentors here can read its applications.", code="not_a_mentor")
            if row.reviews_applications != named:
                Membership.objects.filter(pk=self.pk).update(reviews_applications=named)
                verb = "name_reviewer" if named else "release_reviewer"
                events.record(actor=by, verb=verb, subject=self, at=at)
                if named:
                    telling.named_reviewer(self, at=at)
        self.reviews_applications = named

    def leave(self, *, by: User, reason: str = "", at: datetime | None = None) -> None:
        """End the membership. A mentee's seat is free again and their assignment ends; a mentor must have none."""
        from mentorship.cohorts.models.apprenticeship import Apprenticeship
        from mentorship.cohorts.models.slot import release
        from mentorship.cohorts.rotation import hand_on

        moment = at or now()
        with transaction.atomic():
            # The order of locks everywhere: cohort, application, mentee, mentors, assignment.
            Cohort.objects.select_for_update(no_key=True).get(pk=self.cohort_id)
            row = Membership.objects.select_for_update(no_key=True).get(pk=self.pk)
            if row.left_at:
                raise Refused("This membership has ended already.", code="left_already")
            if row.load:
                raise Refused("Mentees are still assigned: reassign them first.", code="has_mentees")
            if row.is_mentor:
                Apprenticeship.see_off(self, by=by, at=moment)
            else:
                self._free_seat(reason, moment)
            self.left_at = moment
            self.save(update_fields=["left_at"])
            self.groups.filter(left_at=None).update(left_at=moment)
            release(self, by=by, at=moment)
            hand_on(self, by=by, at=moment)
            events.record(actor=by, verb="leave", subject=self, detail={"reason": reason}, at=at)
            telling.left(self, by=by, heir=None if row.is_mentor else self._next_in_line(at), at=at)

    def _next_in_line(self, at: datetime | None) -> User | None:
        """Who has the seat now, if the cohort's waiting list moves up by itself."""
        from mentorship.cohorts import waitlist

        moved = waitlist.move_up(self.cohort_id, at=at)
        return moved[0].person if moved else None

    def _free_seat(self, reason: str, at: datetime) -> None:
        from mentorship.cohorts.models.application import Application

        for assignment in self.assignments_as_mentee.active().select_related("mentee", "mentor"):
            assignment.close(reason=reason or "The mentee left the cohort.", at=at)
        accepted = Application.objects.filter(
            cohort_id=self.cohort_id, person_id=self.person_id, state=Application.State.ACCEPTED
        )
        accepted.update(state=Application.State.WITHDRAWN)
        Cohort.objects.filter(pk=self.cohort_id).update(seats_taken=F("seats_taken") - 1)
