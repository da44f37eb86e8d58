"""`/api/v1/cohorts/…` `series/` and `turns/`: the rhythm of a cohort's meetings and who leads them; for admins."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts import rotation, series
from mentorship.cohorts.api_meetings import MeetingSerializer
from mentorship.cohorts.api_setup import SetUp
from mentorship.cohorts.models import Meeting
from mentorship.cohorts.series import Rhythm
from mentorship.common import clock
from mentorship.people.requests import ApiRequest


class RhythmSerializer(serializers.Serializer[Any]):
    """One local time, in the cohort's own zone, in summer and in winter."""

    first_day = serializers.DateField()
    clock = serializers.TimeField(help_text="As the clocks show it in the cohort's zone.")
    weeks = serializers.IntegerField(min_value=1, max_value=4, default=2)
    minutes_long = serializers.IntegerField(min_value=5, max_value=90, default=90)
    skip = serializers.ListField(child=serializers.DateField(), max_length=100, required=False, default=list)
    which = serializers.RegexField(
        "^(first|second)$", required=False, default="", help_text="Of a time that exists twice: first or second."
    )
    title = serializers.CharField(max_length=120, default="Session", help_text="A number follows.")
    link = serializers.URLField(max_length=200, required=False, allow_blank=True, default="")
    leads = serializers.BooleanField(default=True, help_text="Deal out who leads.")

    def validate(self, given: dict[str, Any]) -> Any:
        """The rhythm."""
        return Rhythm(**{**given, "skip": frozenset(given["skip"])})


class PlannedMeetingSerializer(serializers.Serializer[Any]):
    day = serializers.DateField()
    state = serializers.CharField(help_text="new, there (in the calendar), skipped or past.")
    starts_at = serializers.DateTimeField(allow_null=True)
    title = serializers.CharField()
    coordinator = serializers.IntegerField(source="coordinator_id", allow_null=True, help_text="A membership.")
    coordinator_name = serializers.CharField(source="coordinator.person.name", default="")
    meeting = serializers.IntegerField(source="meeting.pk", default=None, allow_null=True)


class TurnSerializer(serializers.Serializer[Any]):
    meeting = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    coordinator = serializers.IntegerField(allow_null=True, help_text="Whose turn it is; null: nobody is there.")
    coordinator_name = serializers.CharField()


class Series(SetUp):
    """What `CohortViewSet` has for it beside the set-up."""

    def _rhythm(self, data: Any) -> Rhythm:
        given = RhythmSerializer(data=data)
        given.is_valid(raise_exception=True)
        return cast(Rhythm, given.validated_data)

    @extend_schema(
        parameters=[RhythmSerializer], responses=PlannedMeetingSerializer(many=True), filters=False
    )  # fmt: skip
    @action(detail=True, pagination_class=None, permission_classes=[IsAuthenticated])
    def series(self, request: ApiRequest, slug: str) -> Response:
        """What making these meetings would do, day by day. Makes nothing."""
        cohort = self.administered()
        rows = series.plan(cohort, self._rhythm(request.query_params), clock.now())
        for row in rows:
            row.coordinator_id = row.coordinator.pk if row.coordinator else None  # type: ignore[attr-defined]
        return Response(PlannedMeetingSerializer(rows, many=True).data)

    @extend_schema(request=RhythmSerializer, responses={201: MeetingSerializer(many=True)})
    @series.mapping.post
    def make_series(self, request: ApiRequest, slug: str) -> Response:
        """Put what is missing of it into the calendar; every member is told, once. 409 if nothing is missing."""
        cohort = self.administered()
        made = series.make(cohort=cohort, rhythm=self._rhythm(request.data), by=request.user, at=clock.now())
        return Response(MeetingSerializer(made, many=True).data, status=201)

    def _turns(self, meetings: list[Meeting], leads: Any) -> Any:
        rows = [
            {
                "meeting": one.pk, "starts_at": one.starts_at, "coordinator": seat.pk if seat else None,
                "coordinator_name": seat.person.name if seat else "",
            }
            for one in meetings for seat in [leads(one)]
        ]  # fmt: skip
        return TurnSerializer(rows, many=True).data

    @extend_schema(responses=TurnSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None, permission_classes=[IsAuthenticated])
    def turns(self, request: ApiRequest, slug: str) -> Response:
        """The coming meetings that nobody leads yet, each with whose turn it would be."""
        cohort = self.administered()
        alone = rotation.without_coordinator(cohort, clock.now())
        proposed = rotation.propose(cohort, alone)
        return Response(self._turns(alone, lambda one: proposed.get(one.pk)))

    @extend_schema(request=None, responses=TurnSerializer(many=True))
    @turns.mapping.post
    def fill_turns(self, request: ApiRequest, slug: str) -> Response:
        """Give each of them to whose turn it is; they are told. 409 if there is nobody to give it to."""
        filled = rotation.fill(cohort=self.administered(), by=request.user, at=clock.now())
        return Response(self._turns(filled, lambda one: one.coordinator))
