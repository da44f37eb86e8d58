"""Rounds that waited too long and went to another mentor. The assignment stays, and so does what was written."""

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell
from mentorship.people.events import record
from mentorship.people.models import User
from projects.models.round import Round


class HandOver(models.Model):
    """One mentor taking on a round that was offered, at most once each."""

    class Cause(models.TextChoices):
        TAKEN = "taken", "Taken on"  # of their own accord
        GIVEN = "given", "Handed over"  # by time, or by an admin

    round = models.ForeignKey(Round, models.PROTECT, related_name="hand_overs")
    from_mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Whose mentee it is, if anybody's.",
    )  # fmt: skip
    to_mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=5, choices=Cause)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("round", "to_mentor", name="hand_over_once"),
            models.CheckConstraint(condition=Q(cause__in=["taken", "given"]), name="hand_over_cause_known"),
            models.CheckConstraint(
                condition=Q(from_mentor=None) | ~Q(from_mentor=models.F("to_mentor")), name="hand_over_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.round_id} to {self.to_mentor_id}"

    @classmethod
    def follow(cls, round: Round, *, by: User, at: datetime) -> None:
        """`by` has claimed a round that was offered: whose mentee it is hears so. In the claim's transaction."""
        mentors, own = round.submission.mentors()
        if own and any(mentor.pk == by.pk for mentor in mentors):
            return
        source = mentors[0] if own else None
        _row, new = cls.objects.get_or_create(
            round=round, to_mentor=by, defaults={"from_mentor": source, "cause": cls.Cause.TAKEN, "at": at}
        )
        if new:
            record(actor=by, verb="took_over", subject=round, at=at)
        if source:
            title = f"{by} reviews round {round.number} of {round.submission.title}"
            body = f"{round.submission.author} stays your mentee, and what you wrote is kept. The next round is yours."
            url = round.submission.get_absolute_url()
            tell(source, "round_taken_over", subject=row_key(round, by), title=title, body=body, url=url, at=at)

    @classmethod
    def give(cls, round: Round, *, to: User, by: User | None = None, at: datetime | None = None) -> None:
        """Hand `round` over to `to`, who then holds it for 24 hours and is told what was said so far.

        `by` is the admin who does so, None when time does. Refused as a claim is, and to whom it was given before.
        """
        from projects.sofar import so_far

        now = at or clock.now()
        with transaction.atomic():
            # The order of locks of a claim, which follows.
            User.objects.select_for_update(no_key=True).get(pk=to.pk)
            locked = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
            if locked.held(now):
                raise Refused(f"{locked.claimed_by} holds this round.", code="claimed_by_other")
            mentors, own = round.submission.mentors()
            source = mentors[0] if own and mentors[0].pk != to.pk else None
            if cls.objects.filter(round=round, to_mentor=to).exists():
                raise Refused(f"{to} had this round before.", code="had_it_before")
            cls.objects.create(round=round, from_mentor=source, to_mentor=to, cause=cls.Cause.GIVEN, at=now)
            if locked.offered_at is None:
                Round.objects.filter(pk=round.pk).update(offered_at=now)
            round.claim(by=to, at=now)
            record(actor=by, verb="handed_over", subject=round, detail={"to": to.pk}, at=now)
            tell(
                to,
                "round_handed_over",
                subject=round,
                title=f"Could you review round {round.number} of {round.submission.title}?",
                body=f"It has waited longer than was promised, so it came to you: yours for 24 hours, and if you "
                f"cannot, release it and it goes to somebody else. What was said so far:\n\n{so_far(round).as_text()}",
                url=round.submission.get_absolute_url(),
                at=now,
            )


def row_key(round: Round, by: User) -> str:
    return f"round:{round.pk}:{by.pk}"
