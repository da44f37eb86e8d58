"""`/api/v1/forecast/`: when you will be through, and a plan that would meet the schedule."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.common import clock
from mentorship.home.forecasting import catch_up, forecast_of
from mentorship.people.requests import ApiRequest
from mentorship.study.plan.api import PlanSlotSerializer


class PaceSerializer(serializers.Serializer[Any]):
    known = serializers.BooleanField()
    why = serializers.CharField(help_text="Why it is not known.")
    likely = serializers.IntegerField(help_text="Minutes a week.")
    low = serializers.IntegerField()
    high = serializers.IntegerField()
    weeks = serializers.IntegerField(help_text="How many weeks it was taken from.")


class ReachedSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(source="due.title")
    due_on = serializers.DateField(source="due.day")
    minutes_left = serializers.IntegerField(source="minutes")
    early = serializers.DateField(allow_null=True)
    likely = serializers.DateField(allow_null=True)
    late = serializers.DateField(allow_null=True)
    days_after = serializers.IntegerField(allow_null=True, help_text="Negative: earlier than due.")


class CourseSerializer(serializers.Serializer[Any]):
    stream = serializers.CharField(source="stream.key")
    cohort = serializers.CharField(source="cohort.slug", allow_null=True, default=None)
    minutes_left = serializers.IntegerField(source="minutes")
    early = serializers.DateField(source="end.early", allow_null=True)
    likely = serializers.DateField(source="end.likely", allow_null=True)
    late = serializers.DateField(source="end.late", allow_null=True)
    needed = serializers.IntegerField(help_text="Minutes a week that meet all dates.")
    dues = ReachedSerializer(many=True)


class ProposedSlotSerializer(serializers.Serializer[Any]):
    weekday = serializers.IntegerField(help_text="Monday is 0.")
    starts = serializers.TimeField(format="%H:%M")
    minutes = serializers.IntegerField()
    what = serializers.CharField()


class CatchUpSerializer(serializers.Serializer[Any]):
    slots = ProposedSlotSerializer(many=True, help_text="What would be added to your plan.")
    minutes = serializers.IntegerField(help_text="What the week would hold with them.")
    wanted = serializers.IntegerField(help_text="What the schedule asks for, in minutes a week.")
    enough = serializers.BooleanField()
    seen = serializers.CharField(source="digest", help_text="To be sent when you take it over.")


class ForecastSerializer(serializers.Serializer[Any]):
    pace = PaceSerializer()
    courses = CourseSerializer(many=True)
    planned = serializers.IntegerField(help_text="Minutes a week, as your plan stands.")
    catch_up = CatchUpSerializer(source="proposal")


class SeenForecastSerializer(serializers.Serializer[Any]):
    seen = serializers.CharField(max_length=40)


class ForecastView(APIView):
    """When you will be through."""

    request: ApiRequest

    @extend_schema(responses=ForecastSerializer)
    def get(self, request: ApiRequest) -> Response:
        """From what is left and your own pace, against the schedule; no dates while too little is known."""
        return Response(ForecastSerializer(forecast_of(request.user, clock.now())).data)


class CatchUpView(APIView):
    """A plan that would meet the schedule."""

    request: ApiRequest

    @extend_schema(request=SeenForecastSerializer, responses={201: PlanSlotSerializer(many=True)})
    def post(self, request: ApiRequest) -> Response:
        """Take the proposed slots into your plan. 409 when it is no longer what you have seen."""
        given = SeenForecastSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = catch_up(by=request.user, seen=given.validated_data["seen"])
        return Response(PlanSlotSerializer(made, many=True).data, status=201)
