"""`/api/v1/readiness/`: how ready one is for the rounds of a role, as on the page."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.common import clock
from mentorship.home.interviews.readiness import readiness_of
from mentorship.people.requests import ApiRequest
from mentorship.study.models import PracticePlan
from mentorship.study.questions.loading import roles


class ReadinessStandingSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    weight = serializers.IntegerField(help_text="Per cent of the preparation.")
    focus = serializers.CharField()
    questions = serializers.IntegerField()
    begun = serializers.IntegerField()
    covered = serializers.IntegerField(help_text="Per cent of the questions that were answered at least once.")
    kept = serializers.IntegerField(help_text="Per cent of those that would be remembered now.")
    mock = serializers.IntegerField(allow_null=True, help_text="Per cent of the best in the latest mock interviews.")
    ready = serializers.IntegerField()


class ReadinessSerializer(serializers.Serializer[Any]):
    role = serializers.CharField(source="role.key")
    interview_on = serializers.DateField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    a_day = serializers.IntegerField(allow_null=True, help_text="New questions a day that would begin everything.")
    overall = serializers.IntegerField()
    standings = ReadinessStandingSerializer(many=True)


class ChooseRoleSerializer(serializers.Serializer[Any]):
    role = serializers.CharField(max_length=60, help_text="The key of a role; others are refused.")
    interview_on = serializers.DateField(required=False, allow_null=True)

    def validate_role(self, value: str) -> str:
        if value not in roles():
            raise serializers.ValidationError(f"Choose one of {', '.join(roles())}.")
        return value


class ReadinessView(APIView):
    """How ready you are, by round."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses={200: ReadinessSerializer, 204: None}, operation_id="readiness_retrieve")
    def get(self, request: ApiRequest) -> Response:
        """By round of the role that you chose; 204 while you chose none."""
        found = readiness_of(request.user, PracticePlan.of(request.user), clock.now())
        return Response(ReadinessSerializer(found).data) if found else Response(status=204)

    @extend_schema(request=ChooseRoleSerializer, responses=ReadinessSerializer, operation_id="readiness_update")
    def put(self, request: ApiRequest) -> Response:
        """Choose the role, and the day of the interview."""
        given = ChooseRoleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        plan = PracticePlan.change(by=request.user, **given.validated_data)
        return Response(ReadinessSerializer(readiness_of(request.user, plan, clock.now())).data)
