"""`/api/v1/plan-slots/`: the slots of one's week, with the same verbs as the page."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.common import clock
from mentorship.people.requests import ApiRequest
from mentorship.study import days
from mentorship.study.plan.doing import doing_of
from mentorship.study.plan.slots import SHORTEST, PlanSlot, What
from mentorship.study.plan.weeks import WEEKS, adopt
from streams.models import Item


class PlanSlotSerializer(serializers.ModelSerializer[PlanSlot]):
    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="Monday is 0.")
    starts = serializers.TimeField(format="%H:%M", help_text="On your own clock.")
    minutes = serializers.IntegerField(min_value=SHORTEST, max_value=days.DAY)
    item = serializers.SlugRelatedField(
        slug_field="key", queryset=Item.objects.published(), allow_null=True, required=False
    )

    class Meta:
        model = PlanSlot
        fields = ["id", "weekday", "starts", "minutes", "what", "item", "since"]
        read_only_fields = ["id", "since"]


class ReadyWeekSerializer(serializers.Serializer[Any]):
    week = serializers.ChoiceField(sorted(WEEKS))


class PlanDoneSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="The day, or the Monday of the week.")
    planned = serializers.IntegerField(help_text="Minutes.")
    done = serializers.IntegerField(help_text="Minutes.")


class PlanDoingSerializer(serializers.Serializer[Any]):
    days = PlanDoneSerializer(many=True, help_text="Of this week.")
    weeks = PlanDoneSerializer(many=True, help_text="The newest first.")


class PlanSlotViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[PlanSlot]):
    """The slots of your week, as the plan stands."""

    serializer_class = PlanSlotSerializer
    queryset = PlanSlot.objects.none()
    lookup_value_regex = "[0-9]{1,18}"
    pagination_class = None

    def get_queryset(self) -> QuerySet[PlanSlot]:
        return PlanSlot.objects.visible_to(self.request.user).live().select_related("item")

    @extend_schema(responses=PlanSlotSerializer(many=True))
    def list(self, request: ApiRequest) -> Response:
        """The whole week, Monday first."""
        return Response(PlanSlotSerializer(self.get_queryset(), many=True).data)

    @extend_schema(responses={201: PlanSlotSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Plan another one, from today on. 409 where one is already."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = PlanSlot.add(by=request.user, **given.validated_data)
        return Response(self.get_serializer(row).data, status=201)

    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Another time or another thing, from today on. The answer has the id that it has from now on."""
        row = self.get_object()
        given = self.get_serializer(row, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        said = {name: getattr(row, name) for name in ("weekday", "starts", "minutes", "what", "item")}
        said |= given.validated_data
        if said["what"] != What.ITEM and "item" not in given.validated_data:
            said["item"] = None
        return Response(self.get_serializer(row.change(**said)).data)

    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Take it out of the plan from today on."""
        self.get_object().remove()
        return Response(status=204)

    @extend_schema(request=ReadyWeekSerializer, responses=PlanSlotSerializer(many=True))
    @action(detail=False, methods=["post"])
    def adopt(self, request: ApiRequest) -> Response:
        """A ready week in place of your plan."""
        given = ReadyWeekSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        adopt(by=request.user, key=given.validated_data["week"])
        return self.list(request)

    @extend_schema(responses=PlanDoingSerializer)
    @action(detail=False)
    def doing(self, request: ApiRequest) -> Response:
        """What was planned against what was done."""
        return Response(PlanDoingSerializer(doing_of(request.user, clock.now())).data)
