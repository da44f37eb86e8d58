"""`/api/v1/notes/`: one's own notes, with the same verbs as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import ApiRequest
from mentorship.study.notes.models import Note
from mentorship.study.notes.rows import links_of
from mentorship.study.notes.views import zip_answer
from mentorship.study.notes.words import LONGEST, LONGEST_TAG, LONGEST_TITLE, MOST_TAGS, clean_tag
from streams.models import Item


class NoteSerializer(serializers.ModelSerializer[Note]):
    item = serializers.CharField(source="item.key", allow_null=True, read_only=True, default=None)
    tags = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Note
        fields = [
            "id", "item", "title", "text", "html", "tags", "is_gap", "shared", "version", "created_at", "changed_at",
        ]  # fmt: skip
        read_only_fields = fields


def tags_field(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(max_length=LONGEST_TAG), max_length=MOST_TAGS, **options)


class WriteStudyNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    title = serializers.CharField(max_length=LONGEST_TITLE, required=False, allow_blank=True)
    tags = tags_field(required=False)
    is_gap = serializers.BooleanField(default=False, help_text="You found no good resource for it.")
    item = serializers.SlugRelatedField(
        slug_field="key", queryset=Item.objects.published(), allow_null=True, required=False
    )
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same note.")


class ChangeStudyNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, required=False)
    title = serializers.CharField(max_length=LONGEST_TITLE, required=False, allow_blank=True)
    tags = tags_field(required=False)
    is_gap = serializers.BooleanField(required=False)
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you read.")


class TickNoteSerializer(serializers.Serializer[Any]):
    box = serializers.IntegerField(min_value=0, max_value=100_000, help_text="Counted from 0, as they are shown.")
    done = serializers.BooleanField()
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you read.")


class ShareNoteSerializer(serializers.Serializer[Any]):
    shared = serializers.ChoiceField(choices=Note.Shared.choices, help_text="Who reads it with you.")


class BacklinkSerializer(serializers.Serializer[Any]):
    url = serializers.CharField()
    title = serializers.CharField()


class NoteLinksSerializer(serializers.Serializer[Any]):
    backlinks = BacklinkSerializer(many=True, help_text="Your notes that link to this one.")
    missing = serializers.ListField(child=serializers.CharField(), help_text="Titles that nobody has written yet.")


class FilterSerializer(serializers.Serializer[Any]):
    gap = serializers.BooleanField(required=False, allow_null=True, default=None)
    item = serializers.CharField(max_length=120, required=False)
    tag = serializers.CharField(max_length=LONGEST_TAG, required=False)
    shared = serializers.ChoiceField(choices=Note.Shared.choices, required=False)
    q = serializers.CharField(max_length=200, required=False)


PARAMETERS = [
    OpenApiParameter("gap", bool, description="Only gaps, or only what is none."),
    OpenApiParameter("item", str, description="The key of an item."),
    OpenApiParameter("tag", str, description="Notes that have this tag."),
    OpenApiParameter("shared", str, enum=Note.Shared.values, description="Who reads them with you."),
    OpenApiParameter("q", str, description="Words that they all have; the best first."),
]


@extend_schema_view(list=extend_schema(parameters=PARAMETERS))
class NoteViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Note]):
    """Your notes, newest first."""

    permission_classes = [IsAuthenticated]
    serializer_class = NoteSerializer
    queryset = Note.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Note]:
        rows = Note.objects.visible_to(self.request.user).select_related("item")
        return self.asked_for(rows) if self.action == "list" else rows.newest_first()

    def asked_for(self, rows: Any) -> QuerySet[Note]:
        asked = FilterSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        rows = rows.filter(is_gap=said["gap"]) if said["gap"] is not None else rows
        rows = rows.filter(item__key=said["item"]) if "item" in said else rows
        rows = rows.tagged(said["tag"]) if clean_tag(said.get("tag", "")) else rows
        rows = rows.filter(shared=said["shared"]) if "shared" in said else rows
        found: QuerySet[Note] = rows.best_first(said["q"]) if said.get("q") else rows.newest_first()
        return found.select_related("item")

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
        return self.saved(
            note, lambda: note.change(**{"text": note.text, "is_gap": note.is_gap} | given.validated_data)
        )

    @extend_schema(request=TickNoteSerializer, responses={200: NoteSerializer, 409: NoteSerializer})
    @action(detail=True, methods=["post"])
    def tick(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Tick or clear a box of its check lists, over `version`."""
        note = self.get_object()
        given = TickNoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self.saved(note, lambda: note.tick(**given.validated_data))

    def saved(self, note: Note, save: Any) -> Response:
        try:
            save()
        except ChangedThere as refusal:
            current = NoteSerializer(note).data
            return Response(
                {"detail": refusal.message, "code": refusal.code, "current": current}, status.HTTP_409_CONFLICT
            )
        return Response(NoteSerializer(note).data)

    @extend_schema(request=ShareNoteSerializer, responses=NoteSerializer)
    @action(detail=True, methods=["post"])
    def share(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Let your mentor or your cohort read it, or nobody any more."""
        note = self.get_object()
        given = ShareNoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        note.share(given.validated_data["shared"])
        return Response(NoteSerializer(note).data)

    @extend_schema(responses=NoteLinksSerializer)
    @action(detail=True, methods=["get"])
    def links(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Notes that link to it, and its links to notes that nobody has written yet."""
        found = links_of(self.get_object())
        found["missing"] = [one["name"] for one in found["missing"]]
        return Response(NoteLinksSerializer(found).data)

    @extend_schema(responses={(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY)})
    @action(detail=False, methods=["get"], pagination_class=None)
    def export(self, request: ApiRequest) -> StreamingHttpResponse:
        """All of your notes as Markdown files in a zip."""
        return zip_answer(request)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        self.get_object().remove()
        return Response(status=status.HTTP_204_NO_CONTENT)
