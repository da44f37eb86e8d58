"""`/api/v1/notes/`: one's own notes, with the same verbs as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import ApiRequest
from mentorship.study.notes.models import LONGEST, Note
from streams.models import Item


class NoteSerializer(serializers.ModelSerializer[Note]):
    item = serializers.CharField(source="item.key", allow_null=True, read_only=True, default=None)

    class Meta:
        model = Note
        fields = ["id", "item", "text", "html", "is_gap", "version", "created_at", "changed_at"]
        read_only_fields = fields


class WriteStudyNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    is_gap = serializers.BooleanField(default=False, help_text="You found no good resource for it.")
    item = serializers.SlugRelatedField(
        slug_field="key", queryset=Item.objects.published(), allow_null=True, required=False
    )
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same note.")


class ChangeStudyNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, required=False)
    is_gap = serializers.BooleanField(required=False)
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you read.")


class FilterSerializer(serializers.Serializer[Any]):
    gap = serializers.BooleanField(required=False, allow_null=True, default=None)
    item = serializers.CharField(max_length=120, required=False)


PARAMETERS = [
    OpenApiParameter("gap", bool, description="Only gaps, or only what is none."),
    OpenApiParameter("item", str, description="The key of an item."),
]


@extend_schema_view(list=extend_schema(parameters=PARAMETERS))
class NoteViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Note]):
    """Your notes, newest first."""

    permission_classes = [IsAuthenticated]
    serializer_class = NoteSerializer
    queryset = Note.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Note]:
        rows = Note.objects.visible_to(self.request.user).select_related("item").newest_first()
        if self.action != "list":
            return rows
        asked = FilterSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        if asked.validated_data["gap"] is not None:
            rows = rows.filter(is_gap=asked.validated_data["gap"])
        return rows.filter(item__key=asked.validated_data["item"]) if "item" in asked.validated_data else rows

    @extend_schema(request=WriteStudyNoteSerializer, responses={201: NoteSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Write a note on an item or in general."""
        given = WriteStudyNoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        note = Note.write(by=request.user, **given.validated_data)
        return Response(NoteSerializer(note).data, status.HTTP_201_CREATED)

    @extend_schema(request=ChangeStudyNoteSerializer, responses={200: NoteSerializer, 409: NoteSerializer})
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Change it over `version`. If another one was saved meanwhile: 409 with the note as it is now."""
        note = self.get_object()
        given = ChangeStudyNoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = {"text": note.text, "is_gap": note.is_gap} | given.validated_data
        try:
            note.change(**said)
        except ChangedThere as refusal:
            current = NoteSerializer(note).data
            return Response(
                {"detail": refusal.message, "code": refusal.code, "current": current}, status.HTTP_409_CONFLICT
            )
        return Response(NoteSerializer(note).data)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        self.get_object().remove()
        return Response(status=status.HTTP_204_NO_CONTENT)
