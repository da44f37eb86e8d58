from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny

from projects.api.teams import SharedDraftMixin
from projects.models import Criterion, Project


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    class Meta:
        model = Criterion
        fields = ["key", "question", "guidance"]
        read_only_fields = fields


class ProjectSerializer(serializers.ModelSerializer[Project]):
    stream = serializers.CharField(source="item.stream.key")
    item = serializers.CharField(source="item.key")
    builds_on = serializers.CharField(source="builds_on.key", default=None, allow_null=True)
    requirements = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Project
        fields = [
            "key",
            "stream",
            "item",
            "label",
            "title",
            "focus",
            "requirements",
            "hours_min",
            "hours_max",
            "hours_note",
            "team_min",
            "team_max",
            "replicates",
            "builds_on",
        ]
        read_only_fields = fields


class ProjectDetailSerializer(ProjectSerializer):
    criteria = CriterionSerializer(many=True)

    class Meta(ProjectSerializer.Meta):
        fields = [*ProjectSerializer.Meta.fields, "criteria"]
        read_only_fields = fields


class ProjectViewSet(SharedDraftMixin, viewsets.ReadOnlyModelViewSet[Project]):
    """The projects of all streams, with their requirements and criteria."""

    permission_classes = [AllowAny]
    lookup_field = "key"
    lookup_value_regex = r"[a-z0-9-]{1,120}"
    queryset = Project.objects.none()

    def get_queryset(self) -> QuerySet[Project]:
        rows = Project.objects.visible_to(self.request.user).select_related("item__stream", "builds_on")
        if self.action == "retrieve":
            criteria = Criterion.objects.filter(retired_at=None)
            return rows.prefetch_related(Prefetch("criteria", criteria))
        return rows.order_by("item__stream__number", "item__position")

    def get_serializer_class(self) -> Any:
        return ProjectDetailSerializer if self.action == "retrieve" else ProjectSerializer
