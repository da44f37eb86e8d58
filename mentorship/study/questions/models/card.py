"""What a person practises: a question, and when it comes back."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User
from mentorship.study.questions import scheduling
from mentorship.study.questions.models.attempt import LONGEST_ANSWER, Attempt, Rating
from mentorship.study.questions.models.question import Question

LEECH = 6  # lapses from which on a card only costs time as it stands
LONGEST_SECONDS = 3600
UNDO_FOR = timedelta(days=1)
# What a rating changes, and what taking it back puts there again.
STATE = (
    "state", "step", "stability", "difficulty", "due", "last_review", "first_at", "called_at", "reps", "lapses",
    "suspended_at", "leech_at",
)  # fmt: skip
MOMENTS = ("due", "last_review", "first_at", "called_at", "suspended_at", "leech_at")


class CardQuerySet(models.QuerySet["Card"]):
    def visible_to(self, person: Any) -> "CardQuerySet":
        """Cards are their person's alone."""
        return self.filter(person_id=person.pk)

    def standing(self) -> "CardQuerySet":
        """Those that come back by themselves."""
        return self.filter(suspended_at=None, question__retired_at=None)

    def leeches(self) -> "CardQuerySet":
        return self.filter(leech_at__isnull=False, question__retired_at=None)


class Card(models.Model):
    """One person's state on one question, as FSRS counts it. `called_at`: asked for now, with a reason."""

    class State(models.IntegerChoices):
        LEARNING = 1, "Learning"
        REVIEW = 2, "Known"
        RELEARNING = 3, "Learning again"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cards")
    question = models.ForeignKey(Question, models.CASCADE, related_name="cards")
    state = models.PositiveSmallIntegerField(choices=State, default=State.LEARNING)
    step = models.PositiveSmallIntegerField(null=True, default=0)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    due = models.DateTimeField(default=clock.now)
    last_review = models.DateTimeField(null=True)
    first_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    reason_url = models.CharField(max_length=200, blank=True)
    reps = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    suspended_at = models.DateTimeField(null=True)
    leech_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, help_text="Counts what was done to it: two windows rate once.")
    added_at = models.DateTimeField(default=clock.now)

    objects = CardQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "due"], condition=Q(suspended_at=None), name="card_due"),
            models.Index(fields=["person", "first_at"], name="card_begun"),
        ]
        constraints = [
            models.UniqueConstraint("person", "question", name="card_once"),
            models.CheckConstraint(condition=Q(state__gte=1, state__lte=3), name="card_state_known"),
            models.CheckConstraint(
                condition=Q(last_review=None, stability=None, difficulty=None, first_at=None)
                | Q(last_review__isnull=False, stability__gt=0, difficulty__gte=1, difficulty__lte=10,
                    first_at__isnull=False),
                name="card_rated_or_new",
            ),
            models.CheckConstraint(
                condition=Q(leech_at=None) | Q(suspended_at__isnull=False), name="card_leech_is_suspended"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person_id}: {self.question_id}"

    # --- verbs ------------------------------------------------------------------------------------------------
    @classmethod
    def add(
        cls, questions: "models.QuerySet[Question] | Sequence[Question]", *, by: User, at: datetime | None = None
    ) -> int:
        """Practise these from now on, in their order; how many were new among one's cards."""
        moment = at or clock.now()
        rows = [Card(person=by, question=row, due=moment, added_at=moment) for row in questions]
        before = cls.objects.filter(person=by).count
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=by.pk)
            had = before()
            Card.objects.bulk_create(rows, ignore_conflicts=True)
            return before() - had

    @transaction.atomic
    def rate(
        self, rating: int, *, version: int, text: str = "", ticked: Sequence[int] = (), seconds: int | None = None,
        retention: float = 0.9, key: uuid.UUID | None = None, at: datetime | None = None,
    ) -> Attempt:  # fmt: skip
        """Say how well it went: FSRS sets when it comes back. The same `key` again gives the first attempt.

        Refused when it was rated, left out or taken up in another window since `version`, and for a rating that is
        none of the four.
        """
        moment = at or clock.now()
        self._lock()
        if key and (before := Attempt.objects.filter(card=self, key=key).first()):
            return before
        if version != self.version:
            raise Refused("This question was rated in another window meanwhile.", code="rated_meanwhile")
        if self.suspended_at:
            raise Refused("This question is left out; take it up again first.", code="suspended")
        if rating not in Rating.values:
            raise Refused("Choose one of the four.", code="rating")
        stood, was = self.snapshot(), self.state if self.last_review else 0
        after = scheduling.rated(self, rating, moment, retention)
        self.lapses += was == self.State.REVIEW and rating == Rating.AGAIN
        self.reps += 1
        self.first_at, self.called_at = self.first_at or moment, None
        scheduling.take(self, after)
        if was == self.State.REVIEW and rating == Rating.AGAIN and self.lapses >= LEECH:
            self.leech_at = self.suspended_at = moment
        points = len(self.question.covers)
        attempt = Attempt(
            card=self, person_id=self.person_id, number=self.version, rating=rating, was=was, at=moment,
            text=text.replace("\x00", "")[:LONGEST_ANSWER], ticked=sorted({n for n in ticked if 0 <= n < points}),
            points=points, before=stood, due=self.due, key=key or uuid.uuid4(),
            seconds=None if seconds is None else min(max(seconds, 0), LONGEST_SECONDS),
        )  # fmt: skip
        attempt.save(force_insert=True)
        self.version += 1
        self.save(update_fields=[*STATE, "version"])
        return attempt

    @classmethod
    @transaction.atomic
    def undo(cls, *, by: User, at: datetime | None = None) -> "Card":
        """Take back the rating that `by` gave last, within a day: the card stands as before it."""
        moment = at or clock.now()
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        last = Attempt.objects.standing().filter(person=by, at__gt=moment - UNDO_FOR).order_by("-at", "-pk").first()
        if last is None:
            raise Refused("There is no rating of the last day to take back.", code="nothing_to_undo")
        card = cls.objects.select_for_update(no_key=True).get(pk=last.card_id)
        if card.version != last.number + 1:
            raise Refused("You have done something else with this question since.", code="changed_since")
        called = card.called_at  # by something that was seen since
        card.restore(last.before)
        card.called_at = called or card.called_at
        card.version += 1
        card.save(update_fields=[*STATE, "version"])
        last.undone_at = moment
        last.save(update_fields=["undone_at"])
        return card

    @transaction.atomic
    def suspend(self, *, at: datetime | None = None) -> None:
        """Leave it out until the person takes it up again."""
        self._lock()
        if self.suspended_at:
            raise Refused("It is left out already.", code="suspended")
        self.suspended_at = at or clock.now()
        self._done("left_out_card", at)

    @transaction.atomic
    def resume(self, *, at: datetime | None = None) -> None:
        """Take it up again; lapses count anew from here."""
        self._lock()
        if not self.suspended_at:
            raise Refused("It is among your cards.", code="not_suspended")
        self.suspended_at = self.leech_at = None
        self.lapses = 0
        self._done("took_up_card", at)

    # --- within -----------------------------------------------------------------------------------------------
    def _lock(self) -> None:
        row = Card.objects.select_for_update(no_key=True).get(pk=self.pk)
        for name in (*STATE, "version"):
            setattr(self, name, getattr(row, name))

    def _done(self, verb: str, at: datetime | None) -> None:
        self.version += 1
        self.save(update_fields=["suspended_at", "leech_at", "lapses", "version"])
        record(actor=self.person, verb=verb, subject=self, at=at)

    def snapshot(self) -> dict[str, Any]:
        found = {name: getattr(self, name) for name in STATE}
        return found | {name: found[name].isoformat() if found[name] else None for name in MOMENTS}

    def restore(self, stood: dict[str, Any]) -> None:
        for name in STATE:
            value = stood[name]
            setattr(self, name, datetime.fromisoformat(value) if value and name in MOMENTS else value)


class Call(models.Model):
    """That something asked for a card: once for each thing, however often it is looked at."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="calls")
    source = models.CharField(max_length=80, help_text="review:12, interview:3")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint("card", "source", name="card_called_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.card_id}"


CALLED = Q(called_at__isnull=False)
