"""Questions of a cohort's people to each other. Later cohorts of the stream find them with their answers."""

import re
from datetime import datetime
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from mentorship.cohorts import telling_together as telling
from mentorship.cohorts.models.cohort import Cohort, on_clock
from mentorship.cohorts.models.membership import Membership
from mentorship.cohorts.models.written import Written, rendered, titled
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

CONFIG = "english"
GONE = "Somebody who has left"
WORD = re.compile(r"\w{2,}")


def seat_in(cohort: Cohort, person: User) -> Membership | None:
    return Membership.objects.of(person).filter(cohort=cohort).order_by("pk").first()


def any_word(text: str) -> SearchQuery | None:
    """A query for what has any of the words of `text`; None where there is no word."""
    words = list(dict.fromkeys(WORD.findall(text.lower())))[:20]
    return SearchQuery(" | ".join(f"'{word}'" for word in words), config=CONFIG, search_type="raw") if words else None


class CohortQuestionQuerySet(models.QuerySet["CohortQuestion"]):
    def visible_to(self, reader: Any) -> "CohortQuestionQuerySet":
        """Those of the streams that one has a cohort in, earlier cohorts too; all for admins."""
        if not reader.is_authenticated:
            return self.none()
        if reader.is_admin:
            return self
        return self.filter(on_clock("cohort"), cohort__stream__in=Cohort.objects.of(reader).values("stream"))

    def standing(self) -> "CohortQuestionQuerySet":
        return self.filter(deleted_at=None)

    def search(self, text: str) -> "CohortQuestionQuerySet":
        """Those that have the words, or an answer that has them; the best first."""
        query = SearchQuery(text.replace("\x00", " "), config=CONFIG, search_type="websearch")
        answers = Answer.objects.filter(question=OuterRef("pk"), deleted_at=None, words=query)
        return self.filter(Q(words=query) | Exists(answers)).order_by(SearchRank(F("words"), query).desc(), "-pk")

    def like(self, title: str) -> "CohortQuestionQuerySet":
        """Those that may ask the same, the likest first."""
        query = any_word(title)
        if query is None:
            return self.none()
        return self.filter(words=query).order_by(SearchRank(F("words"), query).desc(), "-pk")


class CohortQuestion(Written):
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="questions")
    seat = models.ForeignKey(Membership, models.PROTECT, related_name="questions")
    title = models.CharField(max_length=140)
    accepted = models.ForeignKey("cohorts.Answer", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.GeneratedField(
        expression=SearchVector("title", "text", config=CONFIG), output_field=SearchVectorField(), db_persist=True
    )

    objects = CohortQuestionQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="question_words"),
            models.Index(fields=["cohort", "-id"], name="question_list"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(deleted_at=None) | Q(text="", accepted=None), name="question_deleted"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cohorts:asked_one", args=[self.cohort.slug, self.pk])

    @property
    def asker(self) -> str:
        """The name, as long as they are in the cohort."""
        return GONE if self.seat.left_at else str(self.author)

    @classmethod
    def ask(cls, cohort: Cohort, *, by: User, title: str, text: str, at: datetime | None = None) -> "CohortQuestion":
        seat = seat_in(cohort, by)
        if seat is None:
            raise Refused("Only who is in the cohort asks here.", code="not_a_member")
        if cohort.state == Cohort.State.ARCHIVED:
            raise Refused("This cohort is archived: its questions stay as they are.", code="cohort_over")
        html = rendered(text)
        with transaction.atomic():
            fields = {"title": titled(title), "text": text, "html": html, "created_at": at or now()}
            row = cls.objects.create(cohort=cohort, seat=seat, author=by, **fields)
            events.record(actor=by, verb="asked", subject=row, at=at)
            telling.asked(row, at=at)
        return row

    def answer(self, *, by: User, text: str, at: datetime | None = None) -> "Answer":
        """Answer it: who is in its cohort, or an admin. Who asked is told."""
        html = rendered(text)
        seat = seat_in(self.cohort, by)
        if seat is None and not by.is_admin:
            raise Refused("Only who is in the cohort answers here.", code="not_a_member")
        with transaction.atomic():
            row = CohortQuestion.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)
            if row.deleted_at:
                raise Refused("This question was deleted.", code="deleted")
            fields = {"text": text, "html": html, "created_at": at or now()}
            made = Answer.objects.create(question=self, seat=seat, author=by, **fields)
            events.record(actor=by, verb="answered", subject=made, at=at)
            telling.answered(made, at=at)
        return made

    def may_accept(self, person: User) -> bool:
        """Who asked, and who mentors there; admins."""
        if person.is_admin or self.author_id == person.pk:
            return True
        return Membership.objects.mentors().filter(cohort=self.cohort_id, person=person).exists()

    def accept(self, answer: "Answer | None", *, by: User, at: datetime | None = None) -> None:
        """This answer helps most; None takes that back. Who answered is told, once."""
        with transaction.atomic():
            row = CohortQuestion.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)
            if not self.may_accept(by):
                raise Refused("Who asked or mentors here accepts an answer.", code="not_yours")
            if row.deleted_at or (answer and not row.answers.filter(pk=answer.pk, deleted_at=None).exists()):
                raise Refused("This does not stand any more.", code="deleted")
            if row.accepted_id == (answer.pk if answer else None):
                return
            row.accepted = answer
            row.save(update_fields=["accepted"])
            events.record(actor=by, verb="accepted", subject=row, detail={"answer": answer and answer.pk}, at=at)
            if answer:
                telling.accepted(answer, by=by, at=at)
        self.refresh_from_db()

    def _reword(self, by: User, at: datetime, **fields: Any) -> None:
        if "deleted_at" in fields:
            fields["accepted"] = None
        super()._reword(by, at, **fields)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, reader: Any) -> "AnswerQuerySet":
        return self.filter(question__in=CohortQuestion.objects.visible_to(reader).standing())


class Answer(Written):
    question = models.ForeignKey(CohortQuestion, models.PROTECT, related_name="answers")
    seat = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="answers", help_text="None: an admin.")
    words = models.GeneratedField(
        expression=SearchVector("text", config=CONFIG), output_field=SearchVectorField(), db_persist=True
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [GinIndex(fields=["words"], name="answer_words")]
        constraints = [
            models.CheckConstraint(
                condition=Q(deleted_at=None) & ~Q(text="") | Q(deleted_at__isnull=False, text=""),
                name="answer_deleted_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}#answer-{self.pk}"

    @property
    def answerer(self) -> str:
        return GONE if self.seat and self.seat.left_at else str(self.author)

    def _reword(self, by: User, at: datetime, **fields: Any) -> None:
        super()._reword(by, at, **fields)
        if "deleted_at" in fields:
            CohortQuestion.objects.filter(accepted=self.pk).update(accepted=None)
