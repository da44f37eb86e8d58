"""`/api/v1/note-imports/`: folders of notes as zips, and what became of each file."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.common.rendering.files import safe_name
from mentorship.people.requests import ApiRequest
from mentorship.study.notes.importing.forms import ZipForm
from mentorship.study.notes.importing.models import NoteImport, NoteImportFile


class NoteImportSerializer(serializers.ModelSerializer[NoteImport]):
    class Meta:
        model = NoteImport
        fields = ["id", "name", "state", "reason", "total", "done", "left_out", "asked_at", "finished_at"]
        read_only_fields = fields


class NoteImportFileSerializer(serializers.ModelSerializer[NoteImportFile]):
    said = serializers.ListField(child=serializers.CharField(), read_only=True)
    note = serializers.IntegerField(source="note_id", allow_null=True, read_only=True)

    class Meta:
        model = NoteImportFile
        fields = ["id", "path", "state", "said", "note", "text"]
        read_only_fields = fields


class NoteZipSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(help_text="A zip, 20 MB and 5,000 notes at most.")


class DecideNoteSerializer(serializers.Serializer[Any]):
    file = serializers.IntegerField(min_value=1, max_value=2**62, help_text="The id of the file.")
    take = serializers.BooleanField(help_text="Take what the file says; or else keep what stands here.")


class NoteImportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[NoteImport]):
    """Your imports of notes, the latest first."""

    permission_classes = [IsAuthenticated]
    queryset = NoteImport.objects.none()
    serializer_class = NoteImportSerializer
    lookup_value_regex = "[0-9]{1,18}"
    parser_classes = [MultiPartParser, JSONParser]

    def get_queryset(self) -> QuerySet[NoteImport]:
        return NoteImport.objects.of(self.request.user).order_by("-asked_at", "-pk")

    @extend_schema(request={"multipart/form-data": NoteZipSerializer}, responses={201: NoteImportSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Hand in a zip. It is taken in by a worker; what is known by its path is updated."""
        form = ZipForm(request.POST, request.FILES)
        if not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(one) for one in errors] for name, errors in form.errors.items()}
            )
        file = form.cleaned_data["file"]
        row = NoteImport.ask(by=request.user, file=file, name=safe_name(file.name))
        return Response(self.get_serializer(row).data, status.HTTP_201_CREATED)

    @extend_schema(responses=NoteImportFileSerializer(many=True))
    @action(detail=True, methods=["get"])
    def files(self, request: ApiRequest, pk: str | None = None) -> Response:
        """What became of each file."""
        rows: Any = self.get_object().files.order_by("pk")
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(NoteImportFileSerializer(page, many=True).data)

    @extend_schema(request=DecideNoteSerializer, responses=NoteImportFileSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: ApiRequest, pk: str | None = None) -> Response:
        """For a file that was changed both there and here: take it, or keep what is here."""
        row = self.get_object()
        given = DecideNoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        one = get_object_or_404(row.files, pk=given.validated_data["file"])
        one.decide(take=given.validated_data["take"])
        one.text = ""
        return Response(NoteImportFileSerializer(one).data)
