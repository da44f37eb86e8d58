"""`/api/v1/saved-replies/`: the same scope and verbs as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from projects.forms_replies import ReplyForm
from projects.models.reply import LONGEST, ReplyChanged, SavedReply, may_save


class SavedReplySerializer(serializers.ModelSerializer[SavedReply]):
    author = serializers.CharField(source="author.handle")
    project = serializers.CharField(source="project.key", default=None, allow_null=True)

    class Meta:
        model = SavedReply
        fields = ["id", "author", "shared", "project", "criterion", "title", "text", "version", "changed_at"]
        read_only_fields = fields


class WriteReplySerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=80)
    text = serializers.CharField(max_length=LONGEST, help_text="With {name}, {project}, {round} and {criterion}.")
    criterion = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    project = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    shared = serializers.BooleanField(required=False, default=False)
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same reply.")

    def checked(self, request: ApiRequest, reply: SavedReply | None = None) -> ReplyForm:
        """The form of the page with this data; what is wrong is a 400 that names the fields."""
        form = ReplyForm(self.validated_data, person=request.user, reply=reply)
        if not form.is_valid():
            errors: dict[str, Any] = {
                "detail" if name == "__all__" else name: list(said) for name, said in form.errors.items()
            }
            raise ValidationError(errors)
        return form


class ChangeReplySerializer(WriteReplySerializer):
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you edited.")


class SavedReplyViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[SavedReply]
):  # fmt: skip
    """What a mentor keeps to put into reviews: their own, and what is shared by who reviews a project."""

    request: ApiRequest
    queryset = SavedReply.objects.none()
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = SavedReplySerializer

    def get_queryset(self) -> QuerySet[SavedReply]:
        rows = SavedReply.objects.visible_to(self.request.user).select_related("author", "project")
        return rows.order_by("-pk")

    @extend_schema(request=WriteReplySerializer, responses={201: SavedReplySerializer})
    def create(self, request: ApiRequest) -> Response:
        """Keep a reply, for yourself or for everybody who reviews a project."""
        asked = WriteReplySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        if not may_save(request.user):
            raise ValidationError({"detail": ["Only mentors keep replies."]})
        made = SavedReply.save_new(
            by=request.user, said=asked.checked(request).said(), key=asked.validated_data.get("key")
        )
        return Response(SavedReplySerializer(made).data, status=201)

    @extend_schema(request=ChangeReplySerializer, responses=SavedReplySerializer)
    def update(self, request: ApiRequest, pk: str) -> Response:
        """Change it. When it was saved elsewhere since `version`: 409, with what stands there as `saved`."""
        found = get_object_or_404(self.get_queryset(), pk=pk)
        asked = ChangeReplySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            said = asked.checked(request, found).said()
            found.change(by=request.user, said=said, version=asked.validated_data["version"])
        except ReplyChanged as conflict:
            saved = SavedReplySerializer(conflict.saved).data
            return Response({"detail": conflict.message, "code": conflict.code, "saved": saved}, status=409)
        return Response(SavedReplySerializer(found).data)

    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Keep it no longer."""
        get_object_or_404(self.get_queryset(), pk=pk).remove(by=request.user)
        return Response(status=204)
