"""`/api/v1/stalled/`: who has stalled and why, by the same rules as the page; and a word to one of them."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.messaging import LONGEST, message
from mentorship.cohorts.models import Membership
from mentorship.cohorts.stalled import stalled, standings_of
from mentorship.common import clock
from mentorship.people.requests import ApiRequest


class SignalSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    text = serializers.CharField()
    since = serializers.DateTimeField()
    weight = serializers.IntegerField()


class StandingSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(source="facts.pk")
    cohort = serializers.CharField(source="facts.slug")
    name = serializers.CharField(source="facts.name")
    weight = serializers.IntegerField()
    listed = serializers.BooleanField()
    silent = serializers.BooleanField()
    paused_until = serializers.DateField(source="facts.paused_until", allow_null=True)
    signals = SignalSerializer(many=True)


class WordSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again is the same message.")


class StalledFilter(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60, required=False)


class StalledViewSet(viewsets.GenericViewSet[Membership]):
    """Mentees who may need a word: your own; all for admins. The heaviest first."""

    request: ApiRequest
    queryset = Membership.objects.none()
    serializer_class = StandingSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Membership]:
        return Membership.objects.followed_by(self.request.user).filter(cohort__state="running")

    @extend_schema(parameters=[OpenApiParameter("cohort", str, description="The slug of a cohort.")])
    def list(self, request: ApiRequest) -> Response:
        """Each with the reasons, their weights and dates."""
        query = StalledFilter(data=request.query_params)
        query.is_valid(raise_exception=True)
        rows: Any = self.get_queryset()
        if slug := query.validated_data.get("cohort"):
            rows = rows.filter(cohort__slug=slug)
        page: Any = self.paginate_queryset(stalled(standings_of(rows, clock.now())))
        return self.get_paginated_response(StandingSerializer(page, many=True).data)

    @extend_schema(responses=StandingSerializer(many=True))
    @action(detail=False, pagination_class=None)
    def mine(self, request: ApiRequest) -> Response:
        """What your mentors see about you, in each cohort where you are a mentee."""
        rows: Any = Membership.objects.mentees().of(request.user).exclude(cohort__state="draft")
        return Response(StandingSerializer(standings_of(rows.order_by("pk"), clock.now()), many=True).data)

    @extend_schema(request=WordSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def message(self, request: ApiRequest, pk: str) -> Response:
        """A word to one mentee of yours, by the id of their membership."""
        rows = Membership.objects.followed_by(request.user)
        mentee = get_object_or_404(rows, pk=pk)
        given = WordSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        key = given.validated_data.get("key") or uuid.uuid4()
        message(mentee, by=request.user, text=given.validated_data["text"], key=key)
        return Response(status=status.HTTP_204_NO_CONTENT)
