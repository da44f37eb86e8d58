"""People of a cohort who work together, each by their own consent or put together by an admin."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from mentorship.cohorts import telling, telling_together
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

OVER = (Cohort.State.FINISHED, Cohort.State.ARCHIVED)
IN_ANOTHER = "{} of this kind already. Somebody is in one group of each kind at a time."


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, reader: Any) -> "GroupQuerySet":
        """The groups of one's own cohorts, as names on a roster are; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        return self if reader.is_admin else self.filter(cohort__in=Cohort.objects.of(reader))

    def live(self) -> "GroupQuerySet":
        """Those that somebody is in."""
        return self.filter(pk__in=GroupMember.objects.filter(left_at=None, joined_at__isnull=False).values("group"))


class Group(models.Model):
    """A team, a pair or a support group, by its kind. Its name is what its members call it."""

    class Kind(models.TextChoices):
        CAPSTONE = "capstone", "Capstone team"
        INTERVIEW = "interview", "Mock-interview pair"
        ACCOUNTABILITY = "accountability", "Accountability pair"
        SUPPORT = "support", "Support group"

    # How many people of each kind work together: from, to. `group_member_fits` holds the second one.
    SIZES = {
        Kind.CAPSTONE: (3, 4),
        Kind.INTERVIEW: (2, 2),
        Kind.ACCOUNTABILITY: (2, 2),
        Kind.SUPPORT: (4, 8),
    }

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.CAPSTONE)
    name = models.CharField(max_length=60)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    meets_at = models.DateTimeField(null=True, blank=True, help_text="Its own next date.")
    meets_where = models.CharField(max_length=200, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["capstone", "interview", "accountability", "support"]), name="group_kind_known"
            ),
            # What members refer to, so that theirs are the group's cohort and kind: see migration 0006.
            models.UniqueConstraint(fields=["id", "cohort", "kind"], name="group_place_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cohorts:group", args=[self.cohort.slug, self.pk])

    @property
    def sizes(self) -> tuple[int, int]:
        return self.SIZES[self.Kind(self.kind)]

    def joined(self) -> models.QuerySet["GroupMember"]:
        """Who is in it now, in the order in which they joined."""
        rows = self.members.filter(left_at=None, joined_at__isnull=False)
        return rows.select_related("membership__person").order_by("joined_at", "pk")

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def propose(
        cls, *, by: User, cohort: Cohort, name: str, kind: str, others: Iterable[Membership], at: datetime | None = None
    ) -> "Group":
        """A group of `by`, who is in it at once, and of `others`, who are asked."""
        own = cohort.memberships.mentees().filter(person=by).first()
        if own is None:
            raise Refused("Only mentees of the cohort form groups.", code="not_a_mentee")
        people = {own: True} | {member: False for member in others if member.pk != own.pk}
        return cls._make(by, cohort, name, kind, people, at or now())

    @classmethod
    def put_together(
        cls, *, by: User, cohort: Cohort, name: str, kind: str, people: Iterable[Membership], at: datetime | None = None
    ) -> "Group":
        """A group whose members are in it at once, made by an admin."""
        return cls._make(by, cohort, name, kind, dict.fromkeys(people, True), at or now())

    @classmethod
    def _make(
        cls, by: User, cohort: Cohort, name: str, kind: str, people: dict[Membership, bool], at: datetime
    ) -> "Group":
        least, most = cls.SIZES[cls.Kind(kind)]
        if not least <= len(people) <= most:
            size = f"{least} people" if least == most else f"{least} to {most} people"
            raise Refused(f"Such a group has {size}; this one would have {len(people)}.", code="size")
        with transaction.atomic():
            _refuse_unless_runs(cohort)
            group = cls.objects.create(cohort=cohort, kind=kind, name=name, made_by=by, made_at=at)
            events.record(actor=by, verb="made", subject=group, at=at)
            for person, joins in people.items():
                group._add(person, by=by, joins=joins, at=at)
        return group

    def invite(self, member: Membership, *, by: User, at: datetime | None = None) -> None:
        """Ask somebody to join, as one of its members; an admin's word puts them in at once."""
        with transaction.atomic():
            Group.objects.select_for_update(no_key=True).get(pk=self.pk)
            _refuse_unless_runs(self.cohort)
            if not by.is_admin and not self.joined().filter(membership__person=by).exists():
                raise Refused("Only its members ask others to join.", code="not_a_member")
            self._add(member, by=by, joins=by.is_admin, at=at or now())

    def _add(self, member: Membership, *, by: User, joins: bool, at: datetime) -> None:
        if member.cohort_id != self.cohort_id or member.is_mentor or member.left_at:
            raise Refused(f"{member.person} is no mentee of this cohort.", code="not_a_mentee")
        taken = set(self.members.filter(left_at=None).values_list("place", flat=True))
        place = next(number for number in range(1, len(taken) + 2) if number not in taken)
        if place > self.sizes[1]:
            raise Refused(f"This group is full: it has {self.sizes[1]} people, the asked ones too.", code="full")
        row = GroupMember(
            group=self, cohort_id=self.cohort_id, kind=self.kind, membership=member, place=place,
            asked_by=by, asked_at=at, joined_at=at if joins else None,
        )  # fmt: skip
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            if "group_member_once" in str(error):
                raise Refused(f"{member.person} is in this group or asked already.", code="already_there") from error
            raise Refused(IN_ANOTHER.format(f"{member.person} is in a group"), code="in_another") from error
        if member.person_id != by.pk:
            telling.asked_into_group(row, joins=joins, at=at)

    def join(self, *, by: User, at: datetime | None = None) -> None:
        """Say yes to being asked. The others are told."""
        with transaction.atomic():
            row = self._asked(by)
            _refuse_unless_runs(self.cohort)
            row.joined_at = at or now()
            try:
                with transaction.atomic():
                    row.save(update_fields=["joined_at"])
            except IntegrityError as error:
                raise Refused(IN_ANOTHER.format("You are in a group"), code="in_another") from error
            events.record(actor=by, verb="joined", subject=self, at=at)
            telling.answered_group(row, "joins", at=at)

    def decline(self, *, by: User, at: datetime | None = None) -> None:
        """Say no to being asked. Who asked is told, and the place is free."""
        with transaction.atomic():
            row = self._asked(by)
            row.left_at = at or now()
            row.save(update_fields=["left_at"])
            events.record(actor=by, verb="declined", subject=self, at=at)
            telling.answered_group(row, "does not join", at=at)

    def meet(self, *, by: User, meets_at: datetime | None, where: str = "", at: datetime | None = None) -> None:
        """Say when the group meets next, or that no date is set. The others are told of a new one."""
        moment = at or now()
        with transaction.atomic():
            row = Group.objects.select_for_update(no_key=True).get(pk=self.pk)
            _refuse_unless_runs(self.cohort)
            if not by.is_admin and not self.joined().filter(membership__person=by).exists():
                raise Refused("Only its members set its date.", code="not_a_member")
            if meets_at is not None and meets_at < moment and meets_at != row.meets_at:
                raise Refused("This time is over. Choose one that lies ahead.", code="meets_at")
            moved = meets_at is not None and meets_at != row.meets_at
            self.meets_at, self.meets_where = meets_at, " ".join(where.split())[:200]
            self.save(update_fields=["meets_at", "meets_where"])
            events.record(actor=by, verb="meets", subject=self, detail={"at": meets_at}, at=at)
            if moved:
                telling_together.group_meets(self, by=by, at=at)

    def _asked(self, by: User) -> "GroupMember":
        """The open question to `by`, locked."""
        rows = self.members.select_for_update(no_key=True, of=("self",)).select_related("membership__person")
        row = rows.filter(membership__person=by, left_at=None).first()
        if row is None or row.joined_at:
            raise Refused("Nobody waits for your answer here.", code="not_asked")
        return row


class GroupMemberQuerySet(models.QuerySet["GroupMember"]):
    def places_of(self, person: User) -> "GroupMemberQuerySet":
        """Where `person` is in a group now; an admin who is in none has none."""
        rows = self.filter(left_at=None, joined_at__isnull=False, membership__person=person)
        return rows.filter(group__in=Group.objects.visible_to(person))


class GroupMember(models.Model):
    """One person asked into a group, or in it. `place` counts from 1, so that a group never grows too large."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="members")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="groups")
    place = models.PositiveSmallIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    shares_week_since = models.DateTimeField(
        null=True, blank=True, help_text="Since when the partner may see this member's week; empty: they may not."
    )

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("group", "membership", condition=Q(left_at=None), name="group_member_once"),
            models.UniqueConstraint("group", "place", condition=Q(left_at=None), name="group_member_place"),
            models.UniqueConstraint(
                "membership",
                "kind",
                condition=Q(left_at=None, joined_at__isnull=False),
                name="group_one_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1)
                & (Q(kind="capstone", place__lte=4) | Q(kind="support", place__lte=8) | Q(place__lte=2)),
                name="group_member_fits",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("asked_at")), name="group_member_leaves_after_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.group_id}"

    def share_week(self, shares: bool, *, by: User, at: datetime | None = None) -> None:
        """Let the partner see one's week, or not any more: each for themselves, at once."""
        if self.membership.person_id != by.pk:
            raise Refused("Everybody decides for themselves.", code="not_yours")
        with transaction.atomic():
            rows = GroupMember.objects.filter(pk=self.pk, left_at=None, joined_at__isnull=False, kind="accountability")
            if not rows.update(shares_week_since=(at or now()) if shares else None):
                raise Refused("Only partners of an accountability pair share their week.", code="no_partner")
            self.refresh_from_db(fields=["shares_week_since"])
            events.record(actor=by, verb="shares_week" if shares else "hides_week", subject=self, at=at)

    def leave(self, *, by: User, at: datetime | None = None) -> None:
        """End it, oneself or by an admin; the others are told. What the group has handed in stays as it is."""
        moment = at or now()
        with transaction.atomic():
            if not GroupMember.objects.filter(pk=self.pk, left_at=None).update(left_at=moment):
                raise Refused("This has ended already.", code="left_already")
            self.left_at = moment
            events.record(actor=by, verb="left", subject=self.group, detail={"member": self.membership_id}, at=at)
            telling.left_group(self, by=by, at=at)


def _refuse_unless_runs(cohort: Cohort) -> None:
    if cohort.state in OVER:
        raise Refused("This cohort is over: its groups stay as they are.", code="cohort_over")
