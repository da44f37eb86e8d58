from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from projects.models import HandOver, Round
from projects.views.hand_over import chosen


class HandOverSerializer(serializers.Serializer[Any]):
    mentor = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="A mentor's membership, by its id in the cohort's roster."
    )


class HandedOverSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    claimed_by = serializers.CharField(source="claimed_by.handle")
    claimed_until = serializers.DateTimeField()


class HandOverMixin:
    """The part of a round's API that hands it over."""

    @extend_schema(request=HandOverSerializer, responses=HandedOverSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: ApiRequest, pk: str) -> Response:
        """Give a round that waits to another mentor of its cohort; for admins."""
        if not request.user.is_admin:
            raise Http404
        found = get_object_or_404(Round.objects.visible_to(request.user).with_submission(), pk=pk)
        asked = HandOverSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        HandOver.give(found, to=chosen(found, str(asked.validated_data["mentor"])), by=request.user)
        return Response(HandedOverSerializer(found).data)
