"""What the two of a mock interview say to each other afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q

from mentorship.cohorts import telling_hours
from mentorship.cohorts.interviews import Level, Point, points, round_of
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.models.slot import Booking, Slot
from mentorship.common.clock import now
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User
from mentorship.study.questions.models import Question, QuestionTopic

OPEN_FOR = timedelta(days=30)
OPENS_AFTER = timedelta(days=7)
LONGEST_TEXT = 2000


class InterviewFeedbackQuerySet(models.QuerySet["InterviewFeedback"]):
    def visible_to(self, reader: Any, at: datetime | None = None) -> "InterviewFeedbackQuerySet":
        """One's own; the other's once one has given one's own, or a week after the interview. Nobody else's."""
        if not reader.is_authenticated:
            return self.none()
        theirs = Q(booking__guest__person=reader) | Q(booking__slot__host__person=reader)
        mine = InterviewFeedback.objects.filter(booking=OuterRef("booking"), by__person=reader)
        week = Q(booking__slot__ends_at__lte=(at or now()) - OPENS_AFTER)
        return self.filter(theirs).filter(Q(by__person=reader) | Exists(mine) | week)


class InterviewFeedback(models.Model):
    """Once from each of the two: a level for each point of the rubric, what went well, what to try next time."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="feedback")
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    levels = models.JSONField(default=dict)
    went_well = models.TextField(max_length=LONGEST_TEXT)
    next_time = models.TextField(max_length=LONGEST_TEXT)
    topics = ArrayField(
        models.CharField(max_length=60), default=list, db_default=[], blank=True,
        help_text="Topics of the bank that the candidate was not sure of: their questions become cards.",
    )  # fmt: skip
    given_at = models.DateTimeField(default=now)

    objects = InterviewFeedbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("booking", "by", name="interview_feedback_once"),
            models.CheckConstraint(condition=~Q(went_well="") & ~Q(next_time=""), name="interview_feedback_says_both"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} about {self.booking_id}"

    @classmethod
    def give(
        cls, *, booking: Booking, by: User, levels: dict[str, int], went_well: str, next_time: str,
        topics: Sequence[str] = (), at: datetime | None = None,
    ) -> "InterviewFeedback":  # fmt: skip
        """`by`, one of the two, says once how it went. The other is told, and reads it after giving theirs.

        `topics`: what of the bank the candidate was not sure of. They practise it from when they may read this.
        """
        moment = at or now()
        if by.pk not in (booking.guest.person_id, booking.host.person_id):
            raise Refused("This is for the two of them.", code="not_yours")
        asked = {point.key for point in asked_of(booking, by)}
        if set(levels) != asked or not set(levels.values()) <= set(Level.values):
            raise Refused("Choose a level for each point.", code="levels")
        if not set(topics) <= set(dict(topics_asked(booking, by))):
            raise Refused("Choose topics of this round.", code="topics")
        row = cls(
            booking=booking, by=own_side(booking, by), levels=levels, went_well=went_well.strip(),
            next_time=next_time.strip(), given_at=moment, topics=sorted(set(topics)),
        )  # fmt: skip
        try:
            with transaction.atomic():
                standing = Booking.objects.select_for_update(no_key=True, of=("self",)).select_related("slot")
                check(standing.get(pk=booking.pk), moment)
                row.save(force_insert=True)
                events.record(actor=by, verb="give", subject=row, at=at)
                telling_hours.feedback_given(row, at=at)
                enqueue("home.call_for_practice")
        except IntegrityError as error:
            if "interview_feedback_says_both" in str(error):
                raise Refused("Say both: what went well, and what to try next time.", code="went_well") from error
            raise Refused("You have said how it went already.", code="given_already") from error
        return row


def check(booking: Booking, at: datetime) -> None:
    slot = booking.slot
    if slot.kind != Slot.Kind.INTERVIEW:
        raise Refused("Office hours need no feedback.", code="no_interview")
    if booking.cancelled_at:
        raise Refused("It was called off.", code="cancelled")
    if at < slot.starts_at:
        raise Refused("It has not begun yet.", code="not_begun")
    if at > slot.ends_at + OPEN_FOR:
        raise Refused("That was more than 30 days ago.", code="too_late")


def own_side(booking: Booking, person: Any) -> Membership:
    return booking.guest if booking.guest.person_id == person.pk else booking.host


def asked_of(booking: Booking, person: Any) -> list[Point]:
    """What `person` is asked about the other one."""
    return points(booking.slot.interview_round, about_interviewer=booking.candidate.person_id == person.pk)


def topics_asked(booking: Booking, person: Any) -> list[tuple[str, str]]:
    """Key and title of the topics that `person` may name as shaky: those of the round, for who interviewed."""
    if booking.candidate.person_id == person.pk:
        return []
    asked = Question.objects.in_bank().filter(round=round_of(booking.slot.interview_round))
    rows = QuestionTopic.objects.filter(retired_at=None, pk__in=asked.values("topic"))
    return list(rows.values_list("key", "title"))


def still_missing(at: datetime) -> models.QuerySet[Booking]:
    """Interviews that ended a day ago or longer of which somebody has not said how they went, while they may."""
    ended = {"slot__ends_at__lte": at - timedelta(days=1), "slot__ends_at__gt": at - OPEN_FOR}
    given = InterviewFeedback.objects.filter(booking=OuterRef("pk"))
    both = Exists(given.filter(by=OuterRef("guest"))) & Exists(given.filter(by=F("booking__slot__host")))
    rows = Booking.objects.standing().filter(slot__kind=Slot.Kind.INTERVIEW, **ended).filter(~both)
    return rows.select_related("slot__host__person", "slot__cohort", "guest__person")
