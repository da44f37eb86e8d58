"""`/api/v1/roadmaps/`: the paths through the library, and one's own way along them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from mentorship.study.library.api.resources import SourceSerializer
from mentorship.study.library.following import Path, paths_of
from mentorship.study.library.models import Roadmap
from mentorship.study.library.views_roadmaps import named_by


class StageSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(source="step.key")
    part = serializers.CharField(source="step.part")
    title = serializers.CharField(source="step.title")
    about = serializers.CharField(source="step.about")
    time = serializers.CharField()
    optional = serializers.BooleanField(source="step.optional")
    done = serializers.BooleanField()
    current = serializers.BooleanField(help_text="The first required step that you have not done.")


class NamedSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    url = serializers.CharField()


class FullStageSerializer(StageSerializer):
    resources = NamedSerializer(many=True)
    items = NamedSerializer(many=True)


class RoadmapSerializer(serializers.Serializer[Any]):
    """A roadmap with your progress on it; `since` is when you began to follow it."""

    key = serializers.CharField(source="roadmap.key")
    title = serializers.CharField(source="roadmap.title")
    about = serializers.CharField(source="roadmap.about")
    time = serializers.CharField(source="roadmap.time")
    source = SourceSerializer(source="roadmap.source")
    since = serializers.DateTimeField(allow_null=True)
    done = serializers.IntegerField()
    required = serializers.IntegerField()
    steps = StageSerializer(many=True, source="stages")


class FullRoadmapSerializer(RoadmapSerializer):
    steps = serializers.SerializerMethodField()

    @extend_schema(responses=FullStageSerializer(many=True))
    def get_steps(self, path: Path) -> Any:
        named = named_by(path.roadmap)
        return [StageSerializer(stage).data | named[stage.step.pk] for stage in path.stages]


class MarkStepSerializer(serializers.Serializer[Any]):
    step = serializers.RegexField(r"^[a-z0-9-]{1,80}$", help_text="The key of a step.")
    done = serializers.BooleanField(default=True)


class RoadmapViewSet(viewsets.GenericViewSet[Roadmap]):
    """Roadmaps, for everyone; with a token, progress is one's own."""

    queryset = Roadmap.objects.none()
    serializer_class = RoadmapSerializer
    permission_classes = [AllowAny]
    lookup_field = "key"
    lookup_value_regex = r"[a-z0-9-]{1,50}"

    def get_queryset(self) -> QuerySet[Roadmap]:
        return Roadmap.objects.published()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        found = Roadmap.objects.filter(pk__in=[row.pk for row in page or []])
        return self.get_paginated_response(RoadmapSerializer(paths_of(found, request.user), many=True).data)

    @extend_schema(responses=FullRoadmapSerializer)
    def retrieve(self, request: Request, key: str) -> Response:
        row = self.get_object()
        (path,) = paths_of(Roadmap.objects.filter(pk=row.pk), request.user)
        return Response(FullRoadmapSerializer(path).data)

    def path(self, row: Roadmap) -> Response:
        (path,) = paths_of(Roadmap.objects.filter(pk=row.pk), self.request.user)
        return Response(RoadmapSerializer(path).data)

    @extend_schema(request=None, responses=RoadmapSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def follow(self, request: ApiRequest, key: str) -> Response:
        row = self.get_object()
        row.follow(by=request.user)
        return self.path(row)

    @extend_schema(request=None, responses=RoadmapSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def unfollow(self, request: ApiRequest, key: str) -> Response:
        """Follow it no longer; what you ticked is kept."""
        row = self.get_object()
        row.unfollow(by=request.user)
        return self.path(row)

    @extend_schema(request=MarkStepSerializer, responses=RoadmapSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def mark(self, request: ApiRequest, key: str) -> Response:
        """Tick a step, or take the tick back."""
        row, given = self.get_object(), MarkStepSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        step = get_object_or_404(row.steps.filter(retired_at=None), key=given.validated_data["step"])
        step.mark(by=request.user, done=given.validated_data["done"])
        return self.path(row)
