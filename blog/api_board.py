"""`/api/v1/pitches/`, `/writing/` and `/goal/`: ideas by hand, and how far first posts are."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from blog import ideas
from blog.goal import STANDINGS, current_goal_of
from blog.goals import goals_of, watched_by
from blog.models import Post
from blog.text import clean_line
from blog.writing import ChangedMeanwhile
from mentorship.cohorts.models import Cohort
from mentorship.common import clock
from mentorship.people.requests import ApiRequest

ANSWERED = ("draft", "idea")


class AnswersSerializer(serializers.Serializer[Any]):
    for_whom = serializers.CharField(max_length=ideas.LONGEST, required=False, allow_blank=True)
    afterwards = serializers.CharField(max_length=ideas.LONGEST, required=False, allow_blank=True)
    tried = serializers.CharField(max_length=ideas.LONGEST, required=False, allow_blank=True)
    missing = serializers.CharField(max_length=ideas.LONGEST, required=False, allow_blank=True)


class NewIdeaSerializer(AnswersSerializer):
    title = serializers.CharField(max_length=140)
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same idea.")

    def validate_title(self, title: str) -> str:
        if not clean_line(title):
            raise serializers.ValidationError("Give the idea a title.")
        return title


class ChangePitchSerializer(AnswersSerializer):
    saw = serializers.CharField(max_length=16, help_text="`seen` of the pitch that you read.")


class PitchSerializer(serializers.ModelSerializer[Post]):
    answers = serializers.SerializerMethodField(help_text="By question.")
    seen = serializers.SerializerMethodField(help_text="Names these answers; sent back with new ones.")

    class Meta:
        model = Post
        fields = ["id", "title", "state", "origin", "origin_url", "answers", "seen"]
        read_only_fields = fields

    def get_answers(self, post: Post) -> dict[str, str]:
        return ideas.answers_of(post.pitch)

    def get_seen(self, post: Post) -> str:
        return ideas.seen(post.pitch)


class PitchViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Post]):
    """The pitches of your ideas and drafts."""

    permission_classes = [IsAuthenticated]
    serializer_class = PitchSerializer
    queryset = Post.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Post]:
        own = Post.objects.of_writer(self.request.user).filter(state__in=ANSWERED)
        return own.select_related("author").defer("body", "body_html").order_by("-updated_at", "-id")

    @extend_schema(request=NewIdeaSerializer, responses={201: PitchSerializer})
    def create(self, request: ApiRequest) -> Response:
        """An idea by hand."""
        given = NewIdeaSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        post = ideas.idea(by=request.user, **given.validated_data)
        return Response(PitchSerializer(post).data, status.HTTP_201_CREATED)

    @extend_schema(request=ChangePitchSerializer, responses={200: PitchSerializer, 409: PitchSerializer})
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Answer anew; what is left out stays. If other answers were saved meanwhile: 409 with those."""
        post = self.get_object()
        given = ChangePitchSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        saw = said.pop("saw")
        try:
            ideas.pitch(post, by=request.user, saw=saw, answers=ideas.answers_of(post.pitch) | said)
        except ChangedMeanwhile as refusal:
            current = PitchSerializer(post).data
            return Response(
                {"detail": refusal.message, "code": refusal.code, "current": current}, status.HTTP_409_CONFLICT
            )
        return Response(PitchSerializer(post).data)


class FirstPostSerializer(serializers.Serializer[Any]):
    """The way to a first post. Its title only once it is published."""

    due_on = serializers.DateField(source="goal.due_on")
    weeks_left = serializers.IntegerField(source="goal.weeks_left", help_text="0 in the last week, then negative.")
    state = serializers.ChoiceField(STANDINGS, source="goal.state")
    overdue = serializers.BooleanField(source="goal.overdue")


class WriterStandingSerializer(FirstPostSerializer):
    name = serializers.CharField()
    handle = serializers.CharField()
    title = serializers.SerializerMethodField()

    def get_title(self, row: Any) -> str | None:
        return row.published.title if row.published else None


class WatchedSerializer(serializers.ModelSerializer[Cohort]):
    class Meta:
        model = Cohort
        fields = ["slug", "name"]
        read_only_fields = fields


class CohortWritingSerializer(WatchedSerializer):
    mentees = serializers.SerializerMethodField(help_text="By name.")

    class Meta(WatchedSerializer.Meta):
        fields = [*WatchedSerializer.Meta.fields, "mentees"]
        read_only_fields = fields

    @extend_schema_field(WriterStandingSerializer(many=True))
    def get_mentees(self, cohort: Cohort) -> Any:
        return WriterStandingSerializer(goals_of(cohort, clock.now()), many=True).data


class WritingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Cohort]):
    """Cohorts whose way to the first posts you may look at: as mentor, editor or admin."""

    permission_classes = [IsAuthenticated]
    queryset = Cohort.objects.none()
    lookup_field = "slug"
    lookup_value_regex = "[a-z0-9-]{1,80}"

    def get_serializer_class(self) -> type[WatchedSerializer]:
        return CohortWritingSerializer if self.action == "retrieve" else WatchedSerializer

    def get_queryset(self) -> QuerySet[Cohort]:
        return watched_by(self.request.user)


class GoalView(APIView):
    """Your own way to the first post, as a mentee of a running cohort; null otherwise."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=FirstPostSerializer)
    def get(self, request: ApiRequest) -> Response:
        goal = current_goal_of(request.user, clock.now())
        return Response(FirstPostSerializer({"goal": goal}).data if goal else None)
