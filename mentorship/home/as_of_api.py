"""`/api/v1/as-of/`: the clocks of test cohorts, for admins; others find no such thing."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.models import Cohort
from mentorship.home.as_of import advance, coming, now_of, told_in
from mentorship.notifications.mails import body_of
from mentorship.notifications.models import Notification
from mentorship.people.requests import ApiRequest


class ComingSerializer(serializers.Serializer[Any]):
    day = serializers.DateTimeField()
    what = serializers.CharField()


class AsOfSerializer(serializers.ModelSerializer[Cohort]):
    now = serializers.SerializerMethodField(help_text="The time by its clock.")
    ahead = serializers.SerializerMethodField(help_text="Seconds before the real time.")
    coming = serializers.SerializerMethodField(help_text="What its calendar has next, one of each kind.")

    class Meta:
        model = Cohort
        fields = ["slug", "name", "state", "timezone", "now", "ahead", "coming"]
        read_only_fields = fields

    @extend_schema(responses=serializers.DateTimeField)
    def get_now(self, row: Cohort) -> str:
        return serializers.DateTimeField().to_representation(now_of(row))

    def get_ahead(self, row: Cohort) -> float:
        return (row.clock_ahead or timedelta()).total_seconds()

    def get_coming(self, row: Cohort) -> list[dict[str, str]]:
        return ComingSerializer(coming(row), many=True).data  # type: ignore[return-value]


class AdvanceSerializer(serializers.Serializer[Any]):
    until = serializers.DateTimeField(help_text="Later than now by its clock, by 92 days at most.")
    ahead = serializers.FloatField(
        required=False, min_value=0, max_value=10**9, help_text="What you saw: 409 when somebody moved it meanwhile."
    )


class ToldSerializer(serializers.ModelSerializer[Notification]):
    to = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ["id", "to", "kind", "title", "text", "url", "created_at"]
        read_only_fields = fields

    def get_to(self, row: Notification) -> str:
        return str(row.person or row.address)

    def get_text(self, row: Notification) -> str:
        return body_of(row)


class AsOfViewSet(viewsets.ReadOnlyModelViewSet[Cohort]):
    """Test cohorts and their clocks: a cohort's whole life, lived through in minutes."""

    request: ApiRequest
    queryset = Cohort.objects.none()
    serializer_class = AsOfSerializer
    permission_classes = [IsAuthenticated]
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,60}"

    def get_queryset(self) -> QuerySet[Cohort]:
        return Cohort.objects.administered_by(self.request.user).exclude(clock_ahead=None).order_by("-pk")

    @extend_schema(request=AdvanceSerializer, responses=AsOfSerializer)
    @action(detail=True, methods=["post"])
    def advance(self, request: ApiRequest, slug: str) -> Response:
        """Put the clock ahead, with all that falls due on the way. 409 backwards or too far."""
        row = get_object_or_404(self.get_queryset(), slug=slug)
        form = AdvanceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        seen = form.validated_data.get("ahead")
        advance(
            row, form.validated_data["until"], by=request.user, seen=None if seen is None else timedelta(seconds=seen)
        )
        return Response(AsOfSerializer(self.get_queryset().get(pk=row.pk)).data)

    @extend_schema(responses=ToldSerializer(many=True))
    @action(detail=True)
    def told(self, request: ApiRequest, slug: str) -> Response:
        """What its people were told by that clock, the latest first. None of it was mailed."""
        page: Any = self.paginate_queryset(told_in(get_object_or_404(self.get_queryset(), slug=slug)))
        return self.get_paginated_response(ToldSerializer(page, many=True).data)
