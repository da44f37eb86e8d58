"""`/api/v1/swaps/`: asking for another pairing."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.models import Assignment, Swap
from mentorship.cohorts.models.swap import LONGEST_REASON
from mentorship.people.requests import ApiRequest


class SwapSerializer(serializers.ModelSerializer[Swap]):
    asked_by = serializers.CharField(source="asked_by.handle")

    class Meta:
        model = Swap
        fields = ["id", "assignment", "asked_by", "reason", "state", "asked_at", "decided_at", "note"]
        read_only_fields = fields


class AskSerializer(serializers.Serializer[Any]):
    assignment = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="One of yours, by its id.")
    reason = serializers.CharField(
        max_length=LONGEST_REASON, required=False, allow_blank=True, default="", help_text="Admins alone read it."
    )


class DeclineSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=LONGEST_REASON, help_text="Who asked reads it.")


class SwapViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Swap]):
    """What you asked for yourself; all for admins. To grant one, reassign its assignment."""

    request: ApiRequest
    queryset = Swap.objects.none()
    serializer_class = SwapSerializer
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Swap]:
        return Swap.objects.visible_to(self.request.user).select_related("asked_by").order_by("-pk")

    @extend_schema(request=AskSerializer, responses={201: SwapSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Ask for another mentor, or that somebody else mentors. 409 if you have asked and nobody has decided."""
        given = AskSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        pairs = Assignment.objects.visible_to(request.user)
        pair = get_object_or_404(pairs, pk=given.validated_data["assignment"])
        row = Swap.ask(assignment=pair, by=request.user, reason=given.validated_data["reason"])
        return Response(SwapSerializer(row).data, status=201)

    @extend_schema(request=None, responses=SwapSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: ApiRequest, pk: str) -> Response:
        """Take it back while nobody has decided."""
        row = get_object_or_404(self.get_queryset().filter(asked_by=request.user), pk=pk)
        row.withdraw(by=request.user)
        return Response(SwapSerializer(row).data)

    @extend_schema(request=DeclineSerializer, responses=SwapSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: ApiRequest, pk: str) -> Response:
        """Leave the pair as it is; for admins."""
        if not request.user.is_admin:
            raise Http404
        row = self.get_object()
        given = DeclineSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.decline(by=request.user, note=given.validated_data["note"])
        return Response(SwapSerializer(row).data)
