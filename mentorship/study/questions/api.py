"""`/api/v1/practice/`, `/api/v1/cards/` and `/api/v1/interview-questions/`: practice with the verbs of its pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.common import clock
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import ApiRequest
from mentorship.study.models import Note
from mentorship.study.questions.figures import forecast_of, retention_of
from mentorship.study.questions.finding import add_found, found
from mentorship.study.questions.models import Attempt, Card, PracticePlan, Question
from mentorship.study.questions.models.attempt import LONGEST_ANSWER, Rating
from mentorship.study.questions.models.plan import LEAST_WANTED, MOST_NEW, MOST_WANTED
from mentorship.study.questions.models.question import LONGEST, LONGEST_POINT, MOST_POINTS, Level, Round
from mentorship.study.questions.queue import today_of
from mentorship.study.questions.scheduling import would_be

NUMBER = "[0-9]{1,18}"


class InterviewQuestionSerializer(serializers.ModelSerializer[Question]):
    topic = serializers.CharField(source="topic.key", default=None, allow_null=True, read_only=True)
    own = serializers.SerializerMethodField(help_text="Yours alone; the others are the bank's.")

    class Meta:
        model = Question
        fields = [
            "id",
            "key",
            "topic",
            "own",
            "round",
            "level",
            "text",
            "covers",
            "answer",
            "source",
            "roles",
            "version",
        ]
        read_only_fields = fields

    def get_own(self, row: Question) -> bool:
        return row.person_id is not None


class WriteQuestionSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    covers = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_POINT), min_length=1, max_length=MOST_POINTS
    )
    round = serializers.ChoiceField(choices=Round.choices, default=Round.BREADTH)
    level = serializers.ChoiceField(choices=Level.choices, default=Level.FIRST_JOB)
    answer = serializers.CharField(max_length=5000, allow_blank=True, default="")
    note = serializers.IntegerField(
        min_value=1, max_value=2**53, required=False, allow_null=True, help_text="A note of yours that it is from."
    )
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same question.")


class ChangeQuestionSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, required=False)
    covers = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_POINT), min_length=1, max_length=MOST_POINTS, required=False
    )
    round = serializers.ChoiceField(choices=Round.choices, required=False)
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    answer = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you read.")


class FindQuestionSerializer(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    topic = serializers.CharField(max_length=60, required=False)
    round = serializers.ChoiceField(choices=Round.choices, required=False)
    level = serializers.ChoiceField(choices=Level.choices, required=False)
    role = serializers.CharField(max_length=60, required=False)
    item = serializers.CharField(max_length=120, required=False)


class AddedSerializer(serializers.Serializer[Any]):
    added = serializers.IntegerField()


class CardSerializer(serializers.ModelSerializer[Card]):
    question = InterviewQuestionSerializer()

    class Meta:
        model = Card
        fields = [
            "id", "question", "state", "stability", "difficulty", "due", "last_review", "called_at", "reason", "reps",
            "lapses", "suspended_at", "leech_at", "version",
        ]  # fmt: skip
        read_only_fields = fields


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    class Meta:
        model = Attempt
        fields = ["id", "card", "rating", "at", "due", "seconds", "text", "ticked", "points", "undone_at"]
        read_only_fields = fields


class RateSerializer(serializers.Serializer[Any]):
    rating = serializers.ChoiceField(choices=Rating.choices)
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The card's, as you read it.")
    text = serializers.CharField(max_length=LONGEST_ANSWER, allow_blank=True, default="", trim_whitespace=False)
    ticked = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=MOST_POINTS), max_length=MOST_POINTS, default=list,
        help_text="Which points the answer had, counted from 0.",
    )  # fmt: skip
    seconds = serializers.IntegerField(min_value=0, max_value=3600, required=False, allow_null=True)
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same attempt.")


class PlanSerializer(serializers.ModelSerializer[PracticePlan]):
    new_a_day = serializers.IntegerField(min_value=0, max_value=MOST_NEW, required=False)
    wanted = serializers.IntegerField(min_value=LEAST_WANTED, max_value=MOST_WANTED, required=False)

    class Meta:
        model = PracticePlan
        fields = ["new_a_day", "wanted"]


class LeftSerializer(serializers.Serializer[Any]):
    called = serializers.IntegerField(help_text="A review or an interview asked for them.")
    due = serializers.IntegerField()
    learning = serializers.IntegerField(help_text="They come back within the day.")
    new = serializers.IntegerField()
    more_new = serializers.IntegerField(help_text="New ones that wait for another day.")


class TodaySerializer(serializers.Serializer[Any]):
    card = CardSerializer(allow_null=True)
    left = LeftSerializer()
    plan = PlanSerializer()
    would_be = serializers.DictField(child=serializers.DateTimeField(), help_text="By rating, when it would come back.")


class RetentionSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField()
    asked = serializers.IntegerField()
    right = serializers.IntegerField()
    percent = serializers.IntegerField(allow_null=True)


class ForecastDaySerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    count = serializers.IntegerField()


class PracticeFiguresSerializer(serializers.Serializer[Any]):
    retention = RetentionSerializer(many=True)
    forecast = ForecastDaySerializer(many=True)


class PracticeViewSet(viewsets.ViewSet):
    """What you practise today."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=TodaySerializer)
    def list(self, request: ApiRequest) -> Response:
        """The next question, and what is left today."""
        now = clock.now()
        today = today_of(request.user, now)
        due = would_be(today.card, now, today.plan.retention) if today.card else {}
        shown = {"card": today.card, "left": today.left, "plan": today.plan, "would_be": due}
        return Response(TodaySerializer(shown).data)

    @extend_schema(request=None, responses=CardSerializer)
    @action(detail=False, methods=["post"])
    def undo(self, request: ApiRequest) -> Response:
        """Take your last rating back."""
        return Response(CardSerializer(Card.undo(by=request.user)).data)

    @extend_schema(responses=PracticeFiguresSerializer)
    @action(detail=False)
    def figures(self, request: ApiRequest) -> Response:
        """What you remember, and what comes back in the next two weeks."""
        now = clock.now()
        shown = {"retention": retention_of(request.user, now), "forecast": forecast_of(request.user, now).bars}
        return Response(PracticeFiguresSerializer(shown).data)

    @extend_schema(request=PlanSerializer, responses=PlanSerializer)
    @action(detail=False, methods=["patch"])
    def plan(self, request: ApiRequest) -> Response:
        """How many new ones a day you want, and how much of it you want to keep."""
        given = PlanSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        return Response(PlanSerializer(PracticePlan.change(by=request.user, **given.validated_data)).data)


class CardViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Card]):
    """Your cards, what is due first."""

    permission_classes = [IsAuthenticated]
    serializer_class = CardSerializer
    queryset = Card.objects.none()
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Card]:
        return Card.objects.visible_to(self.request.user).select_related("question__topic").order_by("due", "pk")

    @extend_schema(request=RateSerializer, responses={201: AttemptSerializer})
    @action(detail=True, methods=["post"])
    def rate(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Say how well it went; 409 if it was rated elsewhere since `version`."""
        card = self.get_object()
        given = RateSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        attempt = card.rate(**given.validated_data, retention=PracticePlan.of(request.user).retention)
        return Response(AttemptSerializer(attempt).data, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CardSerializer)
    @action(detail=True, methods=["post"], url_path="leave-out", url_name="leave-out")
    def leave_out(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Do not ask it."""
        card = self.get_object()
        card.suspend()
        return Response(CardSerializer(card).data)

    @extend_schema(request=None, responses=CardSerializer)
    @action(detail=True, methods=["post"], url_path="take-up", url_name="take-up")
    def take_up(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Ask it again."""
        card = self.get_object()
        card.resume()
        return Response(CardSerializer(card).data)


FILTERS = [
    OpenApiParameter("q", str, description="Words of the question."),
    OpenApiParameter("topic", str, description="The key of a topic; `own` for yours."),
    OpenApiParameter("round", str, enum=Round.values),
    OpenApiParameter("level", int, enum=Level.values),
    OpenApiParameter("role", str),
    OpenApiParameter("item", str, description="The key of an item."),
]


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class InterviewQuestionViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Question]
):  # fmt: skip
    """The bank's questions and your own, in the bank's order."""

    permission_classes = [IsAuthenticated]
    serializer_class = InterviewQuestionSerializer
    queryset = Question.objects.none()
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Question]:
        if self.action == "list":
            asked = FindQuestionSerializer(data=self.request.query_params)
            asked.is_valid(raise_exception=True)
            return found(self.request.user, asked.validated_data).select_related("topic")
        rows = Question.objects.visible_to(self.request.user).select_related("topic", "person")
        return rows.filter(person_id=self.request.user.pk) if self.action in ("partial_update", "destroy") else rows

    @extend_schema(request=WriteQuestionSerializer, responses={201: InterviewQuestionSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Write one of your own; it becomes a card of yours."""
        given = WriteQuestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        if said.get("note"):
            said["note"] = get_object_or_404(Note.objects.visible_to(request.user), pk=said["note"])
        question = Question.write(by=request.user, **said)
        Card.add([question], by=request.user)
        return Response(InterviewQuestionSerializer(question).data, status.HTTP_201_CREATED)

    @extend_schema(
        request=ChangeQuestionSerializer,
        responses={200: InterviewQuestionSerializer, 409: InterviewQuestionSerializer},
    )
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Change one of your own over `version`. If another one was saved meanwhile: 409 with what stands now."""
        row = self.get_object()
        given = ChangeQuestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = {name: getattr(row, name) for name in ("text", "covers", "round", "level", "answer")}
        try:
            row.change(**said | given.validated_data)
        except ChangedThere as refusal:
            current = InterviewQuestionSerializer(self.get_object()).data
            said = {"detail": refusal.message, "code": refusal.code, "current": current}
            return Response(said, status.HTTP_409_CONFLICT)
        return Response(InterviewQuestionSerializer(row).data)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Ask one of your own no more; what you answered stays."""
        self.get_object().retire()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=FindQuestionSerializer, responses=AddedSerializer)
    @action(detail=False, methods=["post"])
    def add(self, request: ApiRequest) -> Response:
        """Practise everything that these filters find."""
        asked = FindQuestionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response({"added": add_found(request.user, asked.validated_data)})

    @extend_schema(request=None, responses=AddedSerializer)
    @action(detail=True, methods=["post"])
    def practise(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Practise this one."""
        question = get_object_or_404(Question.objects.asked_of(request.user), pk=pk)
        return Response({"added": Card.add([question], by=request.user)})
