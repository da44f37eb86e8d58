"""Announcements, questions with answers and posts of groups by the API: the same querysets and verbs as their pages."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.models import Announcement, Answer, Cohort, CohortQuestion, EarlierText, Group, GroupPost
from mentorship.cohorts.models.announcement import may_announce
from mentorship.cohorts.models.question import seat_in
from mentorship.cohorts.models.written import LONGEST
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.models import User
from mentorship.people.requests import ApiRequest

NUMBER = r"[0-9]{1,18}"
MOST = 10**18


class EditTextSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    version = serializers.IntegerField(
        required=False, min_value=0, max_value=32_000, help_text="The `edits` that you began with."
    )


class EarlierTextSerializer(serializers.ModelSerializer[EarlierText]):
    replaced_by = serializers.CharField(source="replaced_by.name")

    class Meta:
        model = EarlierText
        fields = ["title", "text", "replaced_by", "replaced_at"]
        read_only_fields = fields


class EditTitledSerializer(EditTextSerializer):
    title = serializers.CharField(max_length=140, required=False)


class TalkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """What the three share: who writes edits and deletes; what is not visible is not there."""

    request: ApiRequest
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def cohorts(self) -> QuerySet[Cohort]:
        by = self.request.user
        return Cohort.objects.all() if by.is_admin else Cohort.objects.of(by)

    def own(self, *, admins: bool = False) -> Any:
        row = self.get_object()
        if row.author_id != self.request.user.pk and not (admins and self.request.user.is_admin):
            raise Http404
        return row

    def edited(self, row: Any, data: dict[str, Any]) -> Response:
        """After an edit; 409 with what stands there for one that began from something else."""
        try:
            row.edit(by=self.request.user, **data)
        except ChangedThere as conflict:
            return Response({"detail": conflict.message, "code": conflict.code, "saved": conflict.saved}, status=409)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses=EarlierTextSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def earlier(self, request: ApiRequest, pk: str) -> Response:
        """What stood there before it was edited or deleted, the oldest first."""
        rows = self.get_object().earlier.select_related("replaced_by")
        return Response(EarlierTextSerializer(rows, many=True).data)

    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Delete it: who wrote it, or an admin. What stood there is kept."""
        self.own(admins=True).remove(by=request.user)
        return Response(status=204)


class CohortFilter(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60, required=False)


class AnnouncementSerializer(serializers.ModelSerializer[Announcement]):
    cohort = serializers.CharField(source="cohort.slug")
    author = serializers.CharField(source="author.name")
    readers = serializers.SerializerMethodField(help_text="How many have read it; for who wrote it, and admins.")

    class Meta:
        model = Announcement
        fields = [
            *("id", "cohort", "author", "title", "text", "html", "pinned", "publish_at", "published_at"),
            *("edits", "edited_at", "readers"),
        ]
        read_only_fields = fields

    def get_readers(self, row: Announcement) -> int | None:
        reader = cast(User, self.context["request"].user)
        return row.reads.count() if reader.is_admin or reader.pk == row.author_id else None


class AnnounceSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60)
    title = serializers.CharField(max_length=140)
    text = serializers.CharField(max_length=LONGEST)
    pinned = serializers.BooleanField(default=False)
    publish_at = serializers.DateTimeField(required=False, help_text="With its offset; left out, it is published now.")


class EditAnnouncementSerializer(EditTitledSerializer):
    text = serializers.CharField(max_length=LONGEST, required=False)
    pinned = serializers.BooleanField(required=False)
    publish_at = serializers.DateTimeField(required=False, help_text="Until it is published.")


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("cohort", str, description="The slug of one.")]))
class AnnouncementViewSet(TalkViewSet):
    """Announcements of your cohorts; those that wait only for who wrote them and for admins."""

    queryset = Announcement.objects.none()
    serializer_class = AnnouncementSerializer

    def get_queryset(self) -> QuerySet[Announcement]:
        rows = Announcement.objects.visible_to(self.request.user).filter(deleted_at=None)
        return rows.select_related("author", "cohort").order_by("-publish_at", "-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        asked = CohortFilter(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return queryset.filter(**{f"{name}__slug": slug for name, slug in asked.validated_data.items()})

    @extend_schema(request=AnnounceSerializer, responses={201: AnnouncementSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Tell a cohort something, now or later: its mentors, and admins."""
        asked = AnnounceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data: dict[str, Any] = dict(asked.validated_data)
        cohort = get_object_or_404(self.cohorts(), slug=data.pop("cohort"))
        if not may_announce(request.user, cohort):
            raise Http404
        row = Announcement.announce(cohort, by=request.user, **data)
        return Response(self.get_serializer(row).data, status=201)

    @extend_schema(request=EditAnnouncementSerializer, responses=AnnouncementSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Say it in other words, pin it, and until it is published choose another time. Nobody is told again."""
        row = self.own()
        asked = EditAnnouncementSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = {"text": row.text} | asked.validated_data
        if row.published_at:
            data.pop("publish_at", None)
        return self.edited(row, data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def read(self, request: ApiRequest, pk: str) -> Response:
        """You have read it; counted once."""
        self.get_object().read(by=request.user)
        return Response(status=204)


class QuestionAnswerSerializer(serializers.ModelSerializer[Answer]):
    author = serializers.CharField(source="answerer", help_text="The name, as long as they are in the cohort.")

    class Meta:
        model = Answer
        fields = ["id", "author", "text", "html", "created_at", "edits", "deleted_at"]
        read_only_fields = fields


class CohortQuestionSerializer(serializers.ModelSerializer[CohortQuestion]):
    cohort = serializers.CharField(source="cohort.slug")
    author = serializers.CharField(source="asker", help_text="The name, as long as they are in the cohort.")
    accepted = serializers.IntegerField(source="accepted_id", allow_null=True, help_text="The id of an answer.")
    answers = QuestionAnswerSerializer(many=True)

    class Meta:
        model = CohortQuestion
        fields = ["id", "cohort", "author", "title", "text", "html", "created_at", "edits", "accepted", "answers"]
        read_only_fields = fields


class AskQuestionSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60)
    title = serializers.CharField(max_length=140)
    text = serializers.CharField(max_length=LONGEST)


class AnswerTextSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)


class AcceptAnswerSerializer(serializers.Serializer[Any]):
    answer = serializers.IntegerField(min_value=1, max_value=MOST, allow_null=True, help_text="Its id; null: none.")


class QuestionFilter(CohortFilter):
    q = serializers.CharField(max_length=200, required=False, trim_whitespace=True)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("cohort", str, description="The slug of one."),
            OpenApiParameter("q", str, description="Words to be found in the question or an answer."),
        ]
    )
)
class CohortQuestionViewSet(TalkViewSet):
    """Questions of the streams that you have a cohort in, earlier cohorts too, with their answers."""

    queryset = CohortQuestion.objects.none()
    serializer_class = CohortQuestionSerializer

    def get_queryset(self) -> QuerySet[CohortQuestion]:
        rows = CohortQuestion.objects.visible_to(self.request.user).standing().defer("words")
        rows = rows.select_related("author", "seat", "cohort").prefetch_related("answers__author", "answers__seat")
        return rows.order_by("-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        asked = QuestionFilter(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        slug, words = asked.validated_data.get("cohort"), asked.validated_data.get("q")
        rows = queryset.filter(cohort__slug=slug) if slug else queryset
        return rows.search(words) if words else rows  # type: ignore[attr-defined]

    @extend_schema(request=AskQuestionSerializer, responses={201: CohortQuestionSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Ask your cohort."""
        asked = AskQuestionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data: dict[str, Any] = dict(asked.validated_data)
        cohort = get_object_or_404(Cohort.objects.of(request.user), slug=data.pop("cohort"))
        row = CohortQuestion.ask(cohort, by=request.user, **data)
        return Response(self.get_serializer(self.get_queryset().get(pk=row.pk)).data, status=201)

    @extend_schema(request=EditTitledSerializer, responses=CohortQuestionSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Ask in other words."""
        row = self.own()
        asked = EditTitledSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.edited(row, asked.validated_data)

    @extend_schema(request=AnswerTextSerializer, responses={201: QuestionAnswerSerializer})
    @action(detail=True, methods=["post"])
    def answer(self, request: ApiRequest, pk: str) -> Response:
        """Answer it: who is in its cohort, and admins."""
        row = self.get_object()
        if not request.user.is_admin and seat_in(row.cohort, request.user) is None:
            raise Http404
        asked = AnswerTextSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(QuestionAnswerSerializer(row.answer(by=request.user, **asked.validated_data)).data, status=201)

    @extend_schema(request=AcceptAnswerSerializer, responses=CohortQuestionSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: ApiRequest, pk: str) -> Response:
        """This answer helped most: who asked or mentors there."""
        row = self.get_object()
        if not row.may_accept(request.user):
            raise Http404
        asked = AcceptAnswerSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        key = asked.validated_data["answer"]
        row.accept(get_object_or_404(row.answers, pk=key) if key else None, by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


class AnswerViewSet(TalkViewSet):
    """Answers to the questions that you read; who wrote one edits and deletes it."""

    queryset = Answer.objects.none()
    serializer_class = QuestionAnswerSerializer

    def get_queryset(self) -> QuerySet[Answer]:
        rows = Answer.objects.visible_to(self.request.user).filter(deleted_at=None).defer("words")
        return rows.select_related("author", "seat").order_by("-pk")

    @extend_schema(request=EditTextSerializer, responses=QuestionAnswerSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Answer in other words."""
        row = self.own()
        asked = EditTextSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.edited(row, asked.validated_data)


class GroupPostSerializer(serializers.ModelSerializer[GroupPost]):
    author = serializers.CharField(source="author.name")
    reply_to = serializers.IntegerField(source="parent_id", allow_null=True, help_text="The post it stands under.")

    class Meta:
        model = GroupPost
        fields = ["id", "group", "reply_to", "author", "text", "html", "created_at", "edits", "edited_at", "deleted_at"]
        read_only_fields = fields


class WritePostSerializer(serializers.Serializer[Any]):
    group = serializers.IntegerField(min_value=1, max_value=MOST)
    text = serializers.CharField(max_length=LONGEST)
    reply_to = serializers.IntegerField(required=False, min_value=1, max_value=MOST, help_text="A post to reply to.")
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same post.")


class GroupPostFilter(serializers.Serializer[Any]):
    group = serializers.IntegerField(min_value=1, max_value=MOST, required=False)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("group", int, description="The id of a group.")]))
class GroupPostViewSet(TalkViewSet):
    """What the members of your groups write to each other."""

    queryset = GroupPost.objects.none()
    serializer_class = GroupPostSerializer

    def get_queryset(self) -> QuerySet[GroupPost]:
        return GroupPost.objects.visible_to(self.request.user).select_related("author").order_by("-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        asked = GroupPostFilter(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return queryset.filter(**asked.validated_data)

    @extend_schema(request=WritePostSerializer, responses={201: GroupPostSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Write to a group of yours. Who is mentioned (@handle) is told."""
        asked = WritePostSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data: dict[str, Any] = dict(asked.validated_data)
        group = get_object_or_404(Group.objects.visible_to(request.user).select_related("cohort"), pk=data.pop("group"))
        parent = data.pop("reply_to", None)
        if parent is not None:
            data["parent"] = get_object_or_404(self.get_queryset(), pk=parent)
        row = GroupPost.write(group, by=request.user, **data)
        return Response(self.get_serializer(row).data, status=201)

    @extend_schema(request=EditTextSerializer, responses=GroupPostSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Say it in other words."""
        row = self.own()
        asked = EditTextSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.edited(row, asked.validated_data)
