"""Work of a team: who is in it, what each contributed, and what the others and the mentor say of that."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from mentorship.cohorts.models import Membership
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.submission import Submission

HEADINGS = 4


class TeamMembers(models.QuerySet["TeamMember"]):
    def present(self) -> "TeamMembers":
        """Those who are in the team now."""
        return self.filter(left_at=None)

    def approved(self) -> "TeamMembers":
        """Those for whom the team's acceptance counts."""
        return self.filter(approved_at__isnull=False)


class TeamMember(models.Model):
    """One person's part in their team's submission. Acceptance counts for them once their part is approved.

    The others confirm it, or say what they see differently; the mentor approves it. Who states it anew is confirmed
    and approved anew.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="team")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="teams")
    contribution = models.TextField(blank=True, max_length=4000)
    contribution_html = models.TextField(blank=True, editable=False)
    stated_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_why = models.CharField(
        max_length=300, blank=True, help_text="Why it was approved although not everybody confirms it."
    )
    credited_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = TeamMembers.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("submission", "person", name="team_member_once"),
            # What confirmations refer to, so that one team's members confirm each other: see migration 0006.
            models.UniqueConstraint(fields=["id", "submission"], name="team_member_place_unique"),
            models.CheckConstraint(
                condition=Q(stated_at=None, contribution="") | (Q(stated_at__isnull=False) & ~Q(contribution="")),
                name="team_member_stated_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False, stated_at__isnull=False),
                name="team_member_approved_after_stated",
            ),
            models.CheckConstraint(
                condition=Q(credited_at=None) | Q(approved_at__isnull=False), name="team_member_credited_after_approved"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def state_contribution(self, text: str, *, by: User, at: datetime | None = None) -> None:
        """Say what one's own part was. Whoever confirmed another text is asked again; what counted stands."""
        now, text = at or clock.now(), text.strip()
        if not text:
            raise Refused("Say in a sentence or two what your part was.", code="nothing_stated")
        try:
            html = render_markdown(text, heading_level=HEADINGS)
        except RenderError as error:
            raise Refused(error.message, code="unreadable") from error
        with transaction.atomic():
            row = self._locked()
            if row.person_id != by.pk:
                raise Refused("Everybody states their own part.", code="not_yours")
            if row.credited_at:
                raise Refused("Your part is approved and counted: it stands.", code="credited")
            if row.contribution != text:
                row.confirmations.all().delete()
                row.contribution, row.contribution_html, row.stated_at = text, html, now
                row.approved_by, row.approved_at, row.approved_why = None, None, ""
                row.save()
                record(actor=by, verb="stated", subject=row, detail={"contribution": text}, at=now)
                row._tell_others(by, f"{by} states their part in {row.submission.title}", now)
        self.refresh_from_db()

    def confirm(
        self, *, by: User, agrees: bool = True, note: str = "", seen: str | None = None, at: datetime | None = None
    ) -> None:
        """Say of another's part that it is so, or what one sees differently. Said again it replaces what was said.

        `seen` is the text that was read: what is stated anew meanwhile is not confirmed by mistake.
        """
        now, note = at or clock.now(), note.strip()
        with transaction.atomic():
            row = self._locked()
            own = row.submission.team.present().filter(person=by).first()
            if own is None:
                raise Refused("Only members of the team confirm each other's part.", code="not_a_member")
            if own.pk == row.pk:
                raise Refused("The others confirm your part, not you.", code="own_part")
            if row.stated_at is None:
                raise Refused(f"{row.person} has not stated their part yet.", code="not_stated")
            if seen is not None and seen.strip() != row.contribution:
                raise Refused("This part was stated anew meanwhile. Read it once more.", code="changed_meanwhile")
            if not agrees and not note:
                raise Refused("Say what you see differently.", code="no_note")
            fields = {"agrees": agrees, "note": "" if agrees else note, "at": now}
            Confirmation.objects.update_or_create(
                member=row, by=own, defaults=fields, create_defaults=fields | {"submission_id": row.submission_id}
            )
            record(actor=by, verb="confirmed" if agrees else "objected", subject=row, detail={"note": note}, at=now)
            if agrees:
                row._tell_mentors_when_ready(now)
            else:
                title = f"{by} sees your part in {row.submission.title} differently"
                url = f"{row.submission.get_absolute_url()}team/"
                tell(row.person, "part_objected", subject=row, title=title, body=note, url=url, at=now)

    def approve(self, *, by: User, why: str = "", at: datetime | None = None) -> None:
        """The mentor's word that this part is what it says; the submission's acceptance counts for it from then on.

        While somebody of the team has not confirmed it, a sentence is asked for that says why it is approved all
        the same, so that one silent person does not hold up the others.
        """
        now, why = at or clock.now(), why.strip()
        with transaction.atomic():
            row = self._locked()
            if not row.submission.approvable_by(by):
                raise Refused("A mentor of this work approves who contributed what.", code="not_a_mentor")
            if row.stated_at is None:
                raise Refused(f"{row.person} has not stated their part yet.", code="not_stated")
            if row.approved_at:
                raise Refused("This part is approved already.", code="approved_already")
            if (missing := row.missing()) and not why:
                names = ", ".join(str(member.person) for member in missing)
                raise Refused(f"Not confirmed by {names}: say why you approve it all the same.", code="not_confirmed")
            row.approved_by, row.approved_at, row.approved_why = by, now, why if missing else ""
            row.save(update_fields=["approved_by", "approved_at", "approved_why"])
            record(actor=by, verb="approved", subject=row, detail={"why": row.approved_why}, at=now)
            if row.submission.state == Submission.State.ACCEPTED:
                row.submission.credit(at=now)
        self.refresh_from_db()

    @classmethod
    def approve_confirmed(cls, submission: Submission, *, by: User, at: datetime | None = None) -> int:
        """Approve every part that is stated and that all the others confirm; how many that were."""
        count = 0
        with transaction.atomic():
            for row in submission.team.filter(stated_at__isnull=False, approved_at=None):
                if not row.missing():
                    row.approve(by=by, at=at)
                    count += 1
        return count

    def missing(self) -> list["TeamMember"]:
        """Those of the team who have not confirmed this part as it stands, or see it differently."""
        agreed = self.confirmations.filter(agrees=True).values("by")
        others = self.submission.team.present().filter(membership__left_at=None).exclude(pk=self.pk)
        return list(others.exclude(pk__in=agreed).select_related("person"))

    def _tell_mentors_when_ready(self, now: datetime) -> None:
        """Once every part is stated and confirmed, the mentor is asked to approve them; once for each text."""
        parts = list(self.submission.team.present())
        if any(part.stated_at is None or part.missing() for part in parts):
            return
        latest = max(part.stated_at for part in parts if part.stated_at)
        subject = f"team:{self.submission_id}:{latest:%Y-%m-%dT%H:%M}"
        title = f"The team of {self.submission.title} agrees who did what"
        url = f"{self.submission.get_absolute_url()}team/"
        mentors, own = self.submission.mentors()
        body = "Read it and approve it: acceptance counts for everybody whose part is approved."
        tell_all(mentors, "parts_ready", subject=subject, title=title, body=body, url=url, by_email=own, at=now)

    def _locked(self) -> "TeamMember":
        """This row anew, under the lock of its submission: a team's words follow each other, and a verdict."""
        Submission.objects.select_for_update(no_key=True).get(pk=self.submission_id)
        return TeamMember.objects.select_related("submission__project__item", "person").get(pk=self.pk)

    def _tell_others(self, by: User, title: str, now: datetime) -> None:
        people = [person for person in self.submission.people() if person.pk != by.pk]
        subject = f"teammember:{self.pk}:{now:%Y-%m-%dT%H:%M}"
        url = f"{self.submission.get_absolute_url()}team/"
        tell_all(people, "part_stated", subject=subject, title=title, body="Is it so? Confirm it.", url=url, at=now)


class Confirmation(models.Model):
    """What one member of a team says of another's part: it is so, or what they see differently."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    member = models.ForeignKey(TeamMember, models.PROTECT, related_name="confirmations")
    by = models.ForeignKey(TeamMember, models.PROTECT, related_name="+")
    agrees = models.BooleanField(default=True)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint("member", "by", name="confirmation_once"),
            models.CheckConstraint(condition=~Q(member=F("by")), name="confirmation_by_another"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(note=""), name="confirmation_objects_why"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} of {self.member_id}"


def team_keys(person: Any) -> models.QuerySet[Any]:
    """The submissions of the teams that `person` is or was in; part of `visible_keys`."""
    return TeamMember.objects.filter(person=person).order_by().values("submission")
