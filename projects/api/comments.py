"""`/api/v1/comments/` and `/api/v1/remarks/`: threads, with the scopes and verbs of their pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import ApiRequest
from projects.models import Carried, ChangeRequest, Comment, Remark, Submission, Wording
from projects.models.thread import LONGEST, Worded
from projects.threads import with_remarks


class RemarkSerializer(serializers.ModelSerializer[Remark]):
    author = serializers.CharField(source="author.handle")
    version = serializers.IntegerField(source="edits", help_text="Send it along when you edit.")

    class Meta:
        model = Remark
        fields = ["id", "comment", "author", "text", "html", "version", "created_at", "edited_at", "deleted_at"]
        read_only_fields = fields


class CommentSerializer(serializers.ModelSerializer[Comment]):
    criterion = serializers.CharField(source="criterion.key", default=None, allow_null=True)
    version = serializers.IntegerField(source="edits", help_text="Send it along when you edit.")
    remarks = RemarkSerializer(many=True, help_text="What was said under it.")

    class Meta:
        model = Comment
        fields = [
            "id",
            "criterion",
            "file",
            "cell",
            "line_from",
            "line_to",
            "quote",
            "text",
            "html",
            "blocking",
            "version",
            "edited_at",
            "deleted_at",
            "remarks",
        ]
        read_only_fields = fields


class WordingSerializer(serializers.ModelSerializer[Wording]):
    replaced_by = serializers.CharField(source="replaced_by.handle")

    class Meta:
        model = Wording
        fields = ["text", "replaced_by", "replaced_at"]
        read_only_fields = fields


class CarriedSerializer(serializers.ModelSerializer[Carried]):
    round = serializers.IntegerField(source="file.round.number")

    class Meta:
        model = Carried
        fields = ["round", "file", "became", "cell", "line_from", "line_to"]
        read_only_fields = fields


class ThreadSerializer(CommentSerializer):
    round = serializers.IntegerField(source="review.round_id")
    mentor = serializers.CharField(source="review.mentor.handle")
    history = WordingSerializer(source="shown_wordings", many=True, help_text="What the comment said before.")
    carried = CarriedSerializer(many=True, help_text="Where its cell is in later rounds.")

    class Meta(CommentSerializer.Meta):
        fields = [*CommentSerializer.Meta.fields, "round", "mentor", "history", "carried"]
        read_only_fields = fields


class SaySerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, help_text="Markdown.")
    key = serializers.RegexField(
        r"^[A-Za-z0-9_-]{1,32}$", required=False, default="", help_text="Yours; the same key again is one reply."
    )


class EditSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, help_text="Markdown.")
    version = serializers.IntegerField(min_value=0, max_value=30_000, help_text="The one that you edited.")


class PrepareSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=4000, allow_blank=True)


class PreparedSerializer(serializers.ModelSerializer[ChangeRequest]):
    class Meta:
        model = ChangeRequest
        fields = ["id", "state", "prepared"]
        read_only_fields = fields


def edited(request: ApiRequest, said: Worded) -> Response | None:
    """Edit it as asked; the answer when somebody else was quicker, with what stands there now."""
    asked = EditSerializer(data=request.data)
    asked.is_valid(raise_exception=True)
    try:
        said.edit(by=request.user, **asked.validated_data)
    except ChangedThere as conflict:
        return Response({"detail": conflict.message, "code": conflict.code, "saved": conflict.saved}, status=409)
    return None


class CommentViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Comment]):
    """A comment of a published review, with what is said under it and where its cell went."""

    request: ApiRequest
    queryset = Comment.objects.none()
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = ThreadSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        rows = with_remarks(Comment.objects.visible_to(self.request.user))
        rows = rows.select_related("review__mentor", "review__round__submission")
        return rows.prefetch_related("wordings__replaced_by", "carried__file__round")

    def _answer(self, pk: int, status: int = 200) -> Response:
        found = self.get_queryset().get(pk=pk)
        return Response(ThreadSerializer(shown_to(found, self.request)).data, status=status)

    def retrieve(self, request: ApiRequest, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        found.review.round.submission.read_by(request.user)
        return Response(ThreadSerializer(shown_to(found, request)).data)

    @extend_schema(request=SaySerializer, responses={201: RemarkSerializer})
    @action(detail=True, methods=["post"])
    def reply(self, request: ApiRequest, pk: str) -> Response:
        """Say something under it."""
        found = self.get_object()
        asked = SaySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        remark = found.reply(by=request.user, **asked.validated_data)
        return Response(RemarkSerializer(remark).data, status=201)

    @extend_schema(request=EditSerializer, responses=ThreadSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Say it in other words; what stood there is kept. 409 for an old version, with the new one as `saved`."""
        found = get_object_or_404(self.get_queryset().filter(review__mentor=request.user), pk=pk)
        return edited(request, found) or self._answer(found.pk)

    @extend_schema(responses=ThreadSerializer)
    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Leave 'deleted' in its place."""
        found = get_object_or_404(self.get_queryset().filter(review__mentor=request.user), pk=pk)
        found.remove(by=request.user)
        return self._answer(found.pk)


def shown_to(comment: Any, request: ApiRequest) -> Comment:
    """With what it said before; what a deleted one said is its writer's and the admins'."""
    hidden = comment.deleted_at and not request.user.is_admin and comment.writer != request.user
    comment.shown_wordings = [] if hidden else list(comment.wordings.all())
    return comment


class RemarkViewSet(viewsets.GenericViewSet[Remark]):
    """One's own replies."""

    request: ApiRequest
    queryset = Remark.objects.none()
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = RemarkSerializer

    def get_queryset(self) -> QuerySet[Remark]:
        return Remark.objects.visible_to(self.request.user).filter(author=self.request.user).select_related("author")

    @extend_schema(request=EditSerializer, responses=RemarkSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Say it in other words; what stood there is kept. 409 for an old version, with the new one as `saved`."""
        found = self.get_object()
        return edited(request, found) or Response(RemarkSerializer(found).data)

    @extend_schema(responses=RemarkSerializer)
    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Leave 'deleted' in its place."""
        found = self.get_object()
        found.remove(by=request.user)
        return Response(RemarkSerializer(found).data)


class ChangeRequestViewSet(viewsets.GenericViewSet[ChangeRequest]):
    """The changes that were asked of one's own work."""

    request: ApiRequest
    queryset = ChangeRequest.objects.none()
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = PreparedSerializer

    def get_queryset(self) -> QuerySet[ChangeRequest]:
        own = Submission.objects.by(self.request.user).values("pk")
        return ChangeRequest.objects.filter(submission__in=own)

    @extend_schema(request=PrepareSerializer, responses=PreparedSerializer)
    @action(detail=True, methods=["put"])
    def prepare(self, request: ApiRequest, pk: str) -> Response:
        """Note how you addressed it; the note goes along when you say so in the next round."""
        found = self.get_object()
        asked = PrepareSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found.prepare(by=request.user, text=asked.validated_data["text"])
        return Response(PreparedSerializer(found).data)
