"""An invitation into a cohort: a link sent to one address, for one role, good once and for seven days."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from mentorship.cohorts import telling_invitations as telling
from mentorship.cohorts.models.application import OVER, Application
from mentorship.cohorts.models.charter import Charter
from mentorship.cohorts.models.cohort import Cohort
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from mentorship.people.tokens import digest

GOOD_FOR = timedelta(days=7)
NOT_AGAIN_WITHIN = timedelta(minutes=1)  # a button pressed twice sends one letter
CAPACITY = 4


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def administered_by(self, person: Any) -> "InvitationQuerySet":
        """All for admins, none for anyone else."""
        return self if person.is_authenticated and person.is_admin else self.none()

    def open(self, at: datetime | None = None) -> "InvitationQuerySet":
        """Those whose link can be used."""
        return self.filter(state=Invitation.State.OPEN, expires_at__gt=at or now())

    def expired(self, at: datetime | None = None) -> "InvitationQuerySet":
        return self.filter(state=Invitation.State.OPEN, expires_at__lte=at or now())

    def shown_as(self, state: str, at: datetime | None = None) -> "InvitationQuerySet":
        """Those in `state` as people see it: one that was not used in time is 'expired'."""
        if state == "expired":
            return self.expired(at)
        return self.open(at) if state == Invitation.State.OPEN else self.filter(state=state)


class Invitation(models.Model):
    """One link to one address. Only the hash of its token is kept; sending it again makes a new token."""

    class State(models.TextChoices):
        OPEN = "open", "Sent"
        ACCEPTED = "accepted"
        REVOKED = "revoked"

    SHOWN = ["open", "accepted", "expired", "revoked"]

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="invitations")
    address = models.EmailField(max_length=254)
    role = models.CharField(max_length=6, choices=Membership.Role)
    name = models.CharField(max_length=100, blank=True)
    message = models.TextField(max_length=1000, blank=True)
    capacity = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(50)])
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    times_sent = models.PositiveSmallIntegerField(default=1)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["cohort", "state", "-sent_at"], name="invitation_list")]
        constraints = [
            models.UniqueConstraint("cohort", "address", condition=Q(state="open"), name="invitation_one_open"),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="invitation_address_lower"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "accepted", "revoked"]), name="invitation_state_known"
            ),
            models.CheckConstraint(condition=Q(role__in=["mentee", "mentor"]), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, accepted_by=None)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="invitation_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at"), expires_at__lte=F("sent_at") + GOOD_FOR),
                name="invitation_seven_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def is_mentor(self) -> bool:
        return self.role == Membership.Role.MENTOR

    def shown_state(self, at: datetime | None = None) -> str:
        is_late = self.state == self.State.OPEN and self.expires_at <= (at or now())
        return "expired" if is_late else str(self.state)

    @classmethod
    def of_token(cls, token: str, at: datetime | None = None) -> "Invitation | None":
        """The invitation that `token` opens now; used, revoked, late and unknown ones are all the same None."""
        rows = cls.objects.open(at).filter(digest=digest(token)).exclude(cohort__state__in=OVER)
        return rows.select_related("cohort__stream", "invited_by").first()

    def is_for(self, person: Any) -> bool:
        """Whether the address of this invitation is a confirmed one of `person`."""
        rows = EmailAddress.objects.filter(verified=True, email__iexact=self.address)
        return bool(person.is_authenticated) and rows.filter(user_id=person.pk).exists()

    def renew(self, at: datetime) -> str:
        """A new token from `at` on, not saved yet; the one place where it is known."""
        token = secrets.token_urlsafe(32)
        self.digest, self.sent_at, self.expires_at = digest(token), at, at + GOOD_FOR
        return token

    # --- verbs ------------------------------------------------------------------------------------------------
    def resend(self, *, by: User, at: datetime | None = None) -> None:
        """Send a new link, good for seven days more; the old one is dead."""
        moment = at or now()
        with transaction.atomic():
            row = self._still_open()
            if row.cohort.state in OVER:
                raise Refused("This cohort is over.", code="cohort_over")
            if moment - row.sent_at < NOT_AGAIN_WITHIN:
                raise Refused("It was sent just now. Give the letter a minute.", code="just_sent")
            telling.invitation_taken_back(row, at=at)
            token = row.renew(moment)
            row.times_sent, row.invited_by = row.times_sent + 1, by
            row.save(update_fields=["digest", "sent_at", "expires_at", "times_sent", "invited_by"])
            events.record(actor=by, verb="resend", subject=row, detail={"times": row.times_sent}, at=at)
            telling.invited([(row, token)], at=at)
        self.refresh_from_db()

    def revoke(self, *, by: User, at: datetime | None = None) -> None:
        """Take the invitation back: its link opens nothing any more."""
        with transaction.atomic():
            row = self._still_open()
            row.state, row.closed_at = self.State.REVOKED, at or now()
            row.save(update_fields=["state", "closed_at"])
            events.record(actor=by, verb="revoke", subject=row, at=at)
            telling.invitation_taken_back(row, at=at)
        self.refresh_from_db()

    def accept(self, *, by: User, charter: int | None = None, at: datetime | None = None) -> Membership:
        """`by`, whose confirmed address this went to, joins in its role and accepts the charter's version `charter`."""
        moment = at or now()
        try:
            with transaction.atomic():
                cohort = Cohort.objects.select_for_update(no_key=True).get(pk=self.cohort_id)
                row = Invitation.objects.select_for_update(no_key=True).get(pk=self.pk)
                if row.digest != self.digest or row.shown_state(moment) != self.State.OPEN or cohort.state in OVER:
                    raise Refused("This invitation is no longer good.", code="no_longer_good")
                if not row.is_for(by):
                    raise Refused("This invitation went to another address than yours.", code="address")
                Charter.agree(cohort=cohort, by=by, version=charter, at=at)
                member = row._join(cohort, by, moment)
                row.state, row.closed_at, row.accepted_by = self.State.ACCEPTED, moment, by
                row.save(update_fields=["state", "closed_at", "accepted_by"])
                events.record(actor=by, verb="accept", subject=row, detail={"role": row.role}, at=at)
                telling.invitation_accepted(row, member, at=at)
        except IntegrityError as error:
            raise Refused("You already belong to this cohort.", code="is_member") from error
        self.state = self.State.ACCEPTED
        return member

    def _join(self, cohort: Cohort, person: User, at: datetime) -> Membership:
        if cohort.memberships.active().filter(person=person).exists():
            raise Refused("You already belong to this cohort.", code="is_member")
        fields: dict[str, Any] = {"role": self.role, "joined_at": at}
        if self.is_mentor:
            fields |= {"capacity": self.capacity, "promise_days": cohort.promise_days}
        else:
            free = Cohort.objects.filter(pk=cohort.pk, seats_taken__lt=F("seats"))
            if not free.update(seats_taken=F("seats_taken") + 1):
                raise Refused("Every seat is taken by now. Your link stays good: ask who invited you.", code="full")
            self._settle_application(person, at)
        member = Membership.objects.join(cohort=cohort, person=person, **fields)
        events.record(actor=person, verb="join", subject=member, detail={"invitation": self.pk}, at=at)
        return member

    def _settle_application(self, person: User, at: datetime) -> None:
        """Who had also applied has their answer now."""
        rows = Application.objects.filter(cohort_id=self.cohort_id, person=person).undecided()
        for row in rows.select_for_update(no_key=True):
            row.state, row.decided_at, row.decided_by_id = Application.State.ACCEPTED, at, self.invited_by_id
            row.save(update_fields=["state", "decided_at", "decided_by"])
            events.record(actor=person, verb="accept", subject=row, detail={"invitation": self.pk}, at=at)

    def _still_open(self) -> "Invitation":
        row = Invitation.objects.select_for_update(no_key=True, of=("self",)).select_related("cohort").get(pk=self.pk)
        if row.state != self.State.OPEN:
            raise Refused(f"This invitation is {row.state} already.", code="closed")
        return row
