"""`/api/v1/own-notebooks/`: the notebooks one handed in, to begin posts from."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from blog.importing.api_notebook import NotebookSerializer
from mentorship.home.own_notebooks import own_notebooks, read
from mentorship.people.requests import ApiRequest
from projects.models import RoundFile


class OwnNotebookSerializer(serializers.ModelSerializer[RoundFile]):
    work = serializers.CharField(source="round.submission.title")
    round = serializers.IntegerField(source="round.number")
    project = serializers.CharField(source="round.submission.project.key")
    state = serializers.CharField(source="round.submission.state")

    class Meta:
        model = RoundFile
        fields = ["id", "name", "work", "round", "project", "state"]
        read_only_fields = fields


class OwnNotebookViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[RoundFile]):
    """Of your own work, alone or in a team, the newest first."""

    queryset = RoundFile.objects.none()
    serializer_class = OwnNotebookSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[RoundFile]:
        person: Any = self.request.user
        return own_notebooks(person)

    @extend_schema(request=None, responses={201: NotebookSerializer})
    @action(detail=True, methods=["post"])
    def take(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Have it read, so that its cells can be chosen under `/post-notebooks/`."""
        found: Any = read(self.get_object(), by=request.user)
        return Response(NotebookSerializer(found, context=self.get_serializer_context()).data, status.HTTP_201_CREATED)
