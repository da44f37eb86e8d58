"""`/api/v1/next/`: what to do next and why, as home says it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.common import clock
from mentorship.home.facts import facts_of
from mentorship.home.sections.mentee import mentee_section
from mentorship.people.requests import ApiRequest


class NextStepSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    why = serializers.CharField()
    url = serializers.CharField(help_text="A path of this site.")


class NextView(APIView):
    """The next thing to do, and two others."""

    request: ApiRequest

    @extend_schema(responses=NextStepSerializer(many=True))
    def get(self, request: ApiRequest) -> Response:
        """The first is the one; empty for who is a mentee nowhere."""
        now = clock.now()
        mentee = mentee_section(facts_of(request.user, now), now)
        return Response(NextStepSerializer(mentee.steps if mentee else [], many=True).data)
