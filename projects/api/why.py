"""`/api/v1/why/`: the questions of a person across their projects, as on the page."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.people.events import record
from mentorship.people.requests import ApiRequest
from projects.models import Level
from projects.weak import questions_of, readable_by


class SeenSerializer(serializers.Serializer[Any]):
    level = serializers.ChoiceField(choices=Level.choices)
    confidence = serializers.IntegerField(allow_null=True)
    round = serializers.IntegerField(help_text="Its id.")
    number = serializers.IntegerField()
    project = serializers.CharField()
    at = serializers.DateTimeField()


class AskedSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    question = serializers.CharField(source="text")
    level = serializers.ChoiceField(choices=Level.choices, help_text="What was said last.")
    weak = serializers.BooleanField()
    seen = SeenSerializer(many=True, help_text="Newest first.")


class WhyViewSet(viewsets.GenericViewSet[Any]):
    """The questions that somebody was scored on, the weakest first: one's own, or a mentee's."""

    request: ApiRequest
    permission_classes = [IsAuthenticated]
    serializer_class = AskedSerializer

    @extend_schema(
        parameters=[OpenApiParameter("person", str, description="The handle of a mentee of yours; else yourself.")],
        responses=AskedSerializer(many=True),
    )
    def list(self, request: ApiRequest) -> Response:
        person = request.user
        if handle := request.query_params.get("person", ""):
            person = get_object_or_404(readable_by(request.user), handle=handle.replace("\x00", ""))
            if person.pk != request.user.pk and request.user.is_admin:
                record(actor=request.user, verb="read", subject=person, detail={"what": "questions"})
        rows: Any = questions_of(person, reader=request.user)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(AskedSerializer(page, many=True).data)
