from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from projects.api.rounds import FileSerializer
from projects.models import RoundFile


class CellSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(allow_blank=True, help_text="Its own id, where the notebook has one.")
    kind = serializers.CharField(help_text="code, markdown, raw; or text: a text file is one cell.")
    source = serializers.CharField(allow_blank=True)
    digest = serializers.CharField(help_text="16 hex digits of kind and source.")
    outputs = serializers.CharField(allow_blank=True, help_text="16 hex digits of what it put out.")


class HeadingSerializer(serializers.Serializer[Any]):
    level = serializers.IntegerField()
    title = serializers.CharField()
    cell = serializers.IntegerField()


class ShownFileSerializer(FileSerializer):
    cells = CellSerializer(many=True, help_text="Comments name them by number, counted from 1.")
    outline = HeadingSerializer(many=True)
    html = serializers.CharField(source="rendered_html", help_text="The cells as they are shown; safe.")

    class Meta(FileSerializer.Meta):
        fields = [*FileSerializer.Meta.fields, "round", "outline", "cells", "html"]
        read_only_fields = fields


class FileViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[RoundFile]):
    """A file of a round, with its cells and how it is shown, once it is rendered."""

    request: ApiRequest
    queryset = RoundFile.objects.none()
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = ShownFileSerializer

    def get_queryset(self) -> QuerySet[RoundFile]:
        return RoundFile.objects.visible_to(self.request.user).select_related("round__submission")

    def retrieve(self, request: ApiRequest, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        found.round.submission.read_by(request.user)
        return Response(self.get_serializer(found).data)
