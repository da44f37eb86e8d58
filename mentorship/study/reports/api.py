"""`/api/v1/item-reports/`: what is wrong with items, with the same verbs as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from mentorship.study.reports.models import ItemReport
from streams.models import Item


class ItemReportSerializer(serializers.ModelSerializer[ItemReport]):
    item = serializers.SlugRelatedField(slug_field="key", queryset=Item.objects.published())
    person = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = ItemReport
        fields = ["id", "item", "kind", "text", "person", "state", "created_at", "settled_at", "answer"]
        read_only_fields = ["id", "state", "created_at", "settled_at", "answer"]


class SettleReportSerializer(serializers.Serializer[Any]):
    answer = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class ReportStateSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(ItemReport.State.choices, required=False)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("state", str, description="open or settled.")]))
class ItemReportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ItemReport]):
    """What you reported of items; everybody's reports for admins."""

    request: ApiRequest
    serializer_class = ItemReportSerializer
    queryset = ItemReport.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[ItemReport]:
        rows = ItemReport.objects.visible_to(self.request.user).select_related("item", "person")
        return rows.order_by("-created_at", "-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        asked = ReportStateSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return queryset.filter(**asked.validated_data)

    @extend_schema(responses={201: ItemReportSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Say that a link is broken or that something is unclear. 409 while your own report of it is open."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = ItemReport.make(by=request.user, **given.validated_data)
        return Response(self.get_serializer(row).data, status=201)

    @extend_schema(request=SettleReportSerializer, responses=ItemReportSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: ApiRequest, pk: str) -> Response:
        """It is mended, or right as it is, for all who said the same; for admins."""
        if not request.user.is_admin:
            raise Http404
        row = self.get_object()
        given = SettleReportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.settle(by=request.user, **given.validated_data)
        return Response(self.get_serializer(row).data)
