"""`/api/v1/pauses/` and `/api/v1/departures/`: a break with a day of return, and leaving with the door open."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.models import Departure, Membership, Pause
from mentorship.people.requests import ApiRequest

LARGEST, NUMBER = 2**63 - 1, r"[0-9]{1,18}"


class PauseSerializer(serializers.ModelSerializer[Pause]):
    cohort = serializers.CharField(source="membership.cohort.slug")
    name = serializers.CharField(source="membership.person.name")

    class Meta:
        model = Pause
        fields = [
            *("id", "cohort", "membership", "name", "reason", "note", "first_day", "returns_on"),
            *("created_at", "ended_at"),
        ]
        read_only_fields = fields


class TakePauseSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Your own, by its id.")
    reason = serializers.ChoiceField(choices=Pause.Reason.choices)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    first_day = serializers.DateField()
    returns_on = serializers.DateField(help_text="The first day back.")


class PauseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Pause]):
    """Your pauses, and those of the mentees that you follow, the latest first; all for admins."""

    request: ApiRequest
    queryset = Pause.objects.none()
    serializer_class = PauseSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Pause]:
        return Pause.objects.visible_to(self.request.user).select_related("membership__person", "membership__cohort")

    @extend_schema(request=TakePauseSerializer, responses={201: PauseSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Break off until a day; admins do so for anybody. Mentor and admins are told."""
        given = TakePauseSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        seats = Membership.objects.pausable_by(request.user).select_related("person", "cohort")
        seat = get_object_or_404(seats, pk=data.pop("membership"))
        return Response(PauseSerializer(Pause.take(seat, by=request.user, **data)).data, status=201)

    @extend_schema(request=None, responses=PauseSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: ApiRequest, pk: str) -> Response:
        """Back early; one that has not begun is called off."""
        rows = self.get_queryset().filter(membership__in=Membership.objects.pausable_by(request.user))
        row = get_object_or_404(rows, pk=pk)
        row.end(by=request.user)
        return Response(PauseSerializer(row).data)


class DepartureSerializer(serializers.ModelSerializer[Departure]):
    cohort = serializers.CharField(source="membership.cohort.slug")
    name = serializers.CharField(source="membership.person.name")

    class Meta:
        model = Departure
        fields = ["id", "cohort", "membership", "name", "kind", "text", "thanks", "door_open", "created_at"]
        read_only_fields = fields


class LeaveSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Your own, by its id.")
    kind = serializers.ChoiceField(choices=Departure.Kind.choices)
    text = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, default="", help_text="For the admins."
    )
    thanks = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, default="", help_text="For your mentor."
    )
    door_open = serializers.BooleanField(default=True, help_text="You would hear of the next cohort of this stream.")


class DepartureViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Departure]):
    """How you left your cohorts, the latest first; for admins how anybody did."""

    request: ApiRequest
    queryset = Departure.objects.none()
    serializer_class = DepartureSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Departure]:
        rows = Departure.objects.visible_to(self.request.user)
        return rows.select_related("membership__person", "membership__cohort").order_by("-created_at", "-pk")

    @extend_schema(request=LeaveSerializer, responses={201: DepartureSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Leave a cohort. The seat is free at once."""
        given = LeaveSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        seats = Membership.objects.leavable_by(request.user).select_related("cohort", "person")
        seat = get_object_or_404(seats, pk=data.pop("membership"))
        return Response(DepartureSerializer(Departure.take(seat, by=request.user, **data)).data, status=201)
