from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from projects.mentee import mentee_of
from projects.models import Round


class LastMeetingSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    at = serializers.DateTimeField()
    notes = serializers.CharField(help_text="Minutes and action items, as HTML.")
    url = serializers.CharField()


class MenteeSerializer(serializers.Serializer[Any]):
    cohort = serializers.CharField(source="slug")
    done = serializers.IntegerField(help_text="Items of the stream that are done.")
    required = serializers.IntegerField(help_text="Items of the stream that count.")
    project_minutes = serializers.IntegerField(help_text="Logged on this project.")
    recent_minutes = serializers.IntegerField(help_text="Logged in the last four weeks.")
    meeting = LastMeetingSerializer(allow_null=True, help_text="The last one with minutes.")


class MenteeMixin:
    """The part of a round's API that tells who reviews it of the mentee."""

    @extend_schema(responses=MenteeSerializer)
    @action(detail=True, methods=["get"])
    def mentee(self, request: ApiRequest, pk: str) -> Response:
        """How far the mentee is, what they logged, the last meeting; for who may review the round."""
        rounds = Round.objects.workable_by(request.user).select_related("submission__project__item")
        submission = get_object_or_404(rounds, pk=pk).submission
        item = submission.project.item
        found = mentee_of(person=submission.author_id, stream=item.stream_id, item=item.pk, cohort=submission.cohort_id)
        return Response(MenteeSerializer(found).data)
