"""`/api/v1/cohorts/…` of applying: its own questions and who reviews, for admins; what one has typed and not sent."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.api_setup import LARGEST, SetUp
from mentorship.cohorts.api_triage import ApplicationQuestionSerializer
from mentorship.cohorts.forms_application import LONGEST_CHOICE, MOST_CHOICES, QuestionForm
from mentorship.cohorts.models import Application, ApplicationDraft, ApplicationQuestion, Cohort, Membership
from mentorship.cohorts.models.application_draft import LARGEST as LONGEST_DRAFT
from mentorship.cohorts.models.application_draft import TypedElsewhere, is_open
from mentorship.common.errors import Refused
from mentorship.people.requests import ApiRequest

NUMBER = r"[0-9]{1,18}"
OWN = "question_"  # before the id of a cohort's own question, as its field is named in the form


class WordQuestionSerializer(serializers.ModelSerializer[ApplicationQuestion]):
    choices = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_CHOICE), max_length=MOST_CHOICES, required=False,
        help_text="At least two, of a question with choices; none of the others.",
    )  # fmt: skip

    class Meta:
        model = ApplicationQuestion
        fields = ApplicationQuestion.EDITABLE


class MoveQuestionSerializer(serializers.Serializer[Any]):
    step = serializers.ChoiceField(choices=[(-1, "one place up"), (1, "one place down")])


class ReviewerSerializer(serializers.ModelSerializer[Membership]):
    name = serializers.CharField(source="person.name")
    reviews = serializers.BooleanField(source="reviews_applications")

    class Meta:
        model = Membership
        fields = ["id", "name", "reviews"]
        read_only_fields = fields


class NameReviewerSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Of a mentor of the cohort.")
    reviews = serializers.BooleanField(default=True, help_text="False: they are asked to read no more.")


class TypedField(serializers.DictField):
    child = serializers.CharField(max_length=LONGEST_DRAFT, allow_blank=True, trim_whitespace=False)


class TypedApplicationSerializer(serializers.Serializer[Any]):
    answers = TypedField(help_text=f"By name: {', '.join(Application.ANSWERS)}. As typed: nothing of it is checked.")
    own_answers = TypedField(required=False, default=dict, help_text="To its own questions, by their ids.")
    version = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="The one that you began with; 409 if another one stands by now."
    )
    saved_at = serializers.DateTimeField(read_only=True)


def shown(row: ApplicationDraft) -> dict[str, Any]:
    texts = {name: text for name, text in row.content.items() if not name.startswith(OWN)}
    own = {name.removeprefix(OWN): text for name, text in row.content.items() if name.startswith(OWN)}
    said = {"answers": texts, "own_answers": own, "version": row.version, "saved_at": row.saved_at}
    return dict(TypedApplicationSerializer(said).data)


class ApplicationForms(SetUp):
    """What `CohortViewSet` has of it."""

    @extend_schema(responses=ApplicationQuestionSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def questions(self, request: ApiRequest, slug: str) -> Response:
        """What its application form asks beside the standard questions, in that order."""
        rows = self.get_object().application_questions.asked()
        return Response(ApplicationQuestionSerializer(rows, many=True).data)

    def _worded(self, row: ApplicationQuestion | None = None) -> dict[str, Any]:
        """What was sent, over what stands, as the page's form lets it through."""
        given = WordQuestionSerializer(data=self.request.data, partial=row is not None)
        given.is_valid(raise_exception=True)
        stands = {name: getattr(row, name) for name in ApplicationQuestion.EDITABLE} if row else {}
        data: dict[str, Any] = stands | given.validated_data
        form = QuestionForm(data | {"choices": "\n".join(data.get("choices", []))})
        if not form.is_valid():
            raise serializers.ValidationError({name: [*said] for name, said in form.errors.items()})
        return form.values()

    @extend_schema(request=WordQuestionSerializer, responses={201: ApplicationQuestionSerializer})
    @questions.mapping.post
    def ask_question(self, request: ApiRequest, slug: str) -> Response:
        """Put one more at the end of the form; for admins."""
        cohort = self.administered()
        row = ApplicationQuestion.ask(cohort=cohort, by=request.user, **self._worded())
        return Response(ApplicationQuestionSerializer(row).data, status=201)

    def _asked(self, pk: str) -> ApplicationQuestion:
        rows = ApplicationQuestion.objects.asked().filter(cohort=self.administered())
        return get_object_or_404(rows.select_related("cohort"), pk=pk)

    @extend_schema(request=WordQuestionSerializer(partial=True), responses=ApplicationQuestionSerializer)
    @action(
        detail=True, methods=["patch"], url_path=rf"questions/(?P<question>{NUMBER})", url_name="question",
        permission_classes=[IsAuthenticated],
    )  # fmt: skip
    def change_question(self, request: ApiRequest, slug: str, question: str) -> Response:
        """Word one anew; for admins. 409 for another kind of answer once somebody has given one."""
        row = self._asked(question)
        row.change(by=request.user, **self._worded(row))
        return Response(ApplicationQuestionSerializer(row).data)

    @extend_schema(request=None, responses={204: None})
    @change_question.mapping.delete
    def remove_question(self, request: ApiRequest, slug: str, question: str) -> Response:
        """Ask it no more; for admins. Answers that were given stay with their applications."""
        self._asked(question).remove(by=request.user)
        return Response(status=204)

    @extend_schema(request=MoveQuestionSerializer, responses=ApplicationQuestionSerializer(many=True))
    @action(
        detail=True, methods=["post"], url_path=rf"questions/(?P<question>{NUMBER})/move", url_name="move-question",
        pagination_class=None, permission_classes=[IsAuthenticated],
    )  # fmt: skip
    def move_question(self, request: ApiRequest, slug: str, question: str) -> Response:
        """Ask it one place earlier or later; for admins. Answers the form as it is asked then."""
        row, given = self._asked(question), MoveQuestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.move(given.validated_data["step"], by=request.user)
        return Response(ApplicationQuestionSerializer(row.cohort.application_questions.asked(), many=True).data)

    @extend_schema(responses=ReviewerSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, permission_classes=[IsAuthenticated])
    def reviewers(self, request: ApiRequest, slug: str) -> Response:
        """Its mentors, and which of them read its applications; for admins."""
        mentors = self.administered().memberships.mentors().select_related("person").order_by("person__name", "pk")
        return Response(ReviewerSerializer(mentors, many=True).data)

    @extend_schema(request=NameReviewerSerializer, responses=ReviewerSerializer)
    @reviewers.mapping.post
    def name_reviewer(self, request: ApiRequest, slug: str) -> Response:
        """Ask a mentor to read them, or to read them no more; for admins."""
        mentors = self.administered().memberships.mentors().select_related("person", "cohort")
        given = NameReviewerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = get_object_or_404(mentors, pk=given.validated_data["membership"])
        row.name_reviewer(given.validated_data["reviews"], by=request.user)
        return Response(ReviewerSerializer(row).data)

    def _open_form(self) -> Cohort:
        return get_object_or_404(Cohort.objects.visible_to(self.request.user), slug=self.kwargs["slug"])

    @extend_schema(responses=TypedApplicationSerializer)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def draft(self, request: ApiRequest, slug: str) -> Response:
        """What you have typed into its form and not sent; to send it, `POST` it to `applications/`."""
        return Response(shown(ApplicationDraft.of(request.user, self._open_form())))

    @extend_schema(request=TypedApplicationSerializer, responses=TypedApplicationSerializer)
    @draft.mapping.put
    def save_draft(self, request: ApiRequest, slug: str) -> Response:
        """Keep what you have typed, whole. 409, with what stands there as `saved`, if it was typed on elsewhere."""
        cohort = self._open_form()
        given = TypedApplicationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent = Application.objects.live().filter(person=request.user, cohort=cohort).first()
        if not is_open(cohort, sent):
            raise Refused("This cohort takes no applications now: nothing more is saved.", code="not_open")
        data, asked = given.validated_data, cohort.application_questions.asked()
        typed = {name: data["answers"].get(name, "") for name in Application.ANSWERS}
        typed |= {question.name: data["own_answers"].get(str(question.pk), "") for question in asked}
        row = ApplicationDraft.of(request.user, cohort)
        try:
            row.save_typed(typed, version=data["version"])
        except TypedElsewhere as conflict:
            said = {"detail": conflict.message, "code": conflict.code}
            return Response(said | {"saved": shown(conflict.saved)}, status=409)
        return Response(shown(row))

    @extend_schema(request=None, responses={204: None})
    @draft.mapping.delete
    def drop_draft(self, request: ApiRequest, slug: str) -> Response:
        """Throw it away; an application that was sent stays as it is."""
        ApplicationDraft.empty(person=request.user.pk, cohort=self._open_form().pk)
        return Response(status=204)
