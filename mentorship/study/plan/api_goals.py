"""`/api/v1/study-goal/`: how much one means to study, with the same verb as the page."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.common import clock
from mentorship.people.requests import ApiRequest
from mentorship.study import days
from mentorship.study.plan.models import WEEK, Goal


class StudyGoalSerializer(serializers.Serializer[Any]):
    minutes_a_day = serializers.IntegerField(min_value=1, max_value=days.DAY)
    minutes_a_week = serializers.IntegerField(min_value=1, max_value=WEEK)
    rest_days = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), max_length=7, default=list,
        help_text="Weekdays, Monday is 0; they never break your days in a row.",
    )  # fmt: skip
    since = serializers.DateField(read_only=True, help_text="The day from which it holds.")


class StudyGoalView(APIView):
    """Your goals, as they hold today."""

    request: ApiRequest

    @extend_schema(responses=StudyGoalSerializer)
    def get(self, request: ApiRequest) -> Response:
        """What holds today; what the program asks for until you set one."""
        goal = Goal.objects.on(request.user, days.today_of(request.user, clock.now()))
        return Response(StudyGoalSerializer(goal).data)

    @extend_schema(request=StudyGoalSerializer, responses=StudyGoalSerializer)
    def put(self, request: ApiRequest) -> Response:
        """Another one, from today on."""
        given = StudyGoalSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(StudyGoalSerializer(Goal.change(by=request.user, **given.validated_data)).data)
