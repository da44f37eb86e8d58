"""`/api/v1/` of triage: a cohort's own questions, scores, the waiting list, and decisions for many at once."""

from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.cohorts import asking, deciding, waitlist
from mentorship.cohorts.api_setup import MailSerializer
from mentorship.cohorts.models import Application, ApplicationAnswer, ApplicationQuestion, ApplicationScore, Cohort
from mentorship.cohorts.models.application_score import HIGHEST, LOWEST
from mentorship.people.models import User

VERBS = sorted(deciding.RESULT)


class ApplicationQuestionSerializer(serializers.ModelSerializer[ApplicationQuestion]):
    choices = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ApplicationQuestion
        fields = ["id", "kind", "label", "help", "choices", "required"]
        read_only_fields = fields


class OwnAnswerSerializer(serializers.Serializer[Any]):
    question = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()


class GivenAnswersField(serializers.DictField):
    """Answers to a cohort's own questions, by the ids of the questions."""

    child = serializers.CharField(max_length=asking.LONG, allow_blank=True)


class ApplicationScoreSerializer(serializers.ModelSerializer[ApplicationScore]):
    reviewer = serializers.CharField(source="reviewer.name")

    class Meta:
        model = ApplicationScore
        fields = ["id", "reviewer", "score", "comment", "scored_at"]
        read_only_fields = fields


class GiveScoreSerializer(serializers.Serializer[Any]):
    score = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST)
    comment = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class LinePlaceSerializer(serializers.Serializer[Any]):
    to = serializers.IntegerField(min_value=1, max_value=100_000, help_text="The place in line, from 1.")


class PreviewDecisionSerializer(serializers.Serializer[Any]):
    verb = serializers.ChoiceField(choices=VERBS)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class DecideAllSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60)
    verb = serializers.ChoiceField(choices=VERBS)
    applications = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), min_length=1, max_length=deciding.MOST
    )
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class DecidedPreviewSerializer(serializers.Serializer[Any]):
    application = serializers.IntegerField()
    person = serializers.CharField()
    hindrance = serializers.CharField(help_text="Why it cannot be decided so; empty if it can.")
    mail = MailSerializer(allow_null=True, help_text="As it would go.")


def own_answers(cohort: Cohort, given: dict[str, str] | None) -> dict[int, str] | None:
    """`given` by question; 400 with what is wrong with which answer. Questions that are not asked are left out."""
    if given is None:
        return None
    asked = {str(question.pk): question for question in cohort.application_questions.asked()}
    wrong = {key: [said] for key, row in asked.items() if (said := asking.problem(row, given.get(key, "")))}
    if wrong:
        raise ValidationError({"own_answers": wrong})
    return {row.pk: given.get(key, "") for key, row in asked.items()}


def answers_to_own() -> Any:
    """The answers to a cohort's own questions, as `OwnAnswerSerializer` shows them, in the order of the form."""
    rows = ApplicationAnswer.objects.order_by("question__position", "question_id")
    return rows.values(shown=JSONObject(question="question_id", label="question__label", text="text"))


def with_answers(rows: QuerySet[Application]) -> QuerySet[Application]:
    """`rows` with `said`: what each answers to its cohort's own questions."""
    return rows.annotate(said=ArraySubquery(answers_to_own().filter(application=OuterRef("pk"))))


class Triage:
    """The actions that `ApplicationViewSet` has for who reads and decides."""

    @extend_schema(request=GiveScoreSerializer, responses=ApplicationScoreSerializer)
    @action(detail=True, methods=["post"])
    def score(self, request: Request, pk: str) -> Response:
        """Score it, or score it anew; for admins and the cohort's reviewers. 409 once it has been decided."""
        reader = cast(User, request.user)
        row = get_object_or_404(Application.objects.reviewed_by(reader), pk=pk)
        form = GiveScoreSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = ApplicationScore.give(row, by=reader, **form.validated_data)
        return Response(ApplicationScoreSerializer(given).data)

    @extend_schema(responses=ApplicationScoreSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def scores(self, request: Request, pk: str) -> Response:
        """What reviewers think of it: nothing before you have given your own score."""
        reader = cast(User, request.user)
        row = get_object_or_404(Application.objects.reviewed_by(reader), pk=pk)
        rows = ApplicationScore.objects.visible_to(reader).filter(application=row).select_related("reviewer")
        return Response(ApplicationScoreSerializer(rows.order_by("pk"), many=True).data)

    @extend_schema(request=LinePlaceSerializer, responses=LinePlaceSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Put it at another place of the waiting list; for admins. Answers the place it got."""
        row = get_object_or_404(Application.objects.decidable_by(request.user), pk=pk)
        form = LinePlaceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        place = waitlist.move(row, to=form.validated_data["to"], by=cast(User, request.user))
        return Response({"to": place})

    @extend_schema(request=PreviewDecisionSerializer, responses=MailSerializer)
    @action(detail=True, methods=["post"])
    def preview(self, request: Request, pk: str) -> Response:
        """The mail that deciding it so would send; for admins. Nothing is decided."""
        row = get_object_or_404(
            Application.objects.decidable_by(request.user).select_related("cohort", "person"), pk=pk
        )
        form = PreviewDecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(MailSerializer(deciding.mail_of(row, **form.validated_data)).data)

    def _chosen(self, request: Request) -> tuple[Cohort, dict[str, Any]]:
        """The cohort and what is to be decided there, for an admin; for everyone else there is nothing here."""
        if not cast(User, request.user).is_admin:
            raise Http404
        form = DecideAllSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = dict(form.validated_data)
        return get_object_or_404(Cohort.objects.administered_by(request.user), slug=given.pop("cohort")), given

    @extend_schema(request=DecideAllSerializer, responses=DecideAllSerializer)
    @action(detail=False, methods=["post"])
    def decide(self, request: Request) -> Response:
        """Accept, waitlist or decline all of them, or, with 409, none; for admins."""
        cohort, given = self._chosen(request)
        deciding.decide_all(cohort=cohort, by=cast(User, request.user), **given)
        return Response(DecideAllSerializer({"cohort": cohort.slug} | given).data)

    @extend_schema(request=DecideAllSerializer, responses=DecidedPreviewSerializer(many=True), filters=False)
    @action(detail=False, methods=["post"], url_path="decide/preview", url_name="preview-all", pagination_class=None)
    def preview_all(self, request: Request) -> Response:
        """What deciding them so would do to each, with its mail; for admins. Nothing is decided."""
        cohort, given = self._chosen(request)
        rows = list(cohort.applications.filter(pk__in=given["applications"]).select_related("person").order_by("pk"))
        reasons = deciding.hindrances(cohort, rows, given["verb"])
        shown = [
            {
                "application": row.pk, "person": row.person.name, "hindrance": reasons.get(row.pk, ""),
                "mail": None if row.pk in reasons else deciding.mail_of(row, given["verb"], given["note"]),
            }
            for row in rows
        ]  # fmt: skip
        return Response(DecidedPreviewSerializer(shown, many=True).data)
