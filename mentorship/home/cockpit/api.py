"""`/api/v1/cockpit/`: the numbers of cohorts, for admins; others find no such thing."""

from typing import Any, cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.models import Cohort
from mentorship.common import clock
from mentorship.home.cockpit.numbers import numbers_of
from mentorship.home.cockpit.report_views import asked
from mentorship.home.cockpit.views import cohorts_by_state
from mentorship.people.requests import ApiRequest


class UnitShareSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    share = serializers.IntegerField(help_text="Done by all mentees together, in hundredths.")


class CohortNumbersSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    state = serializers.CharField()
    seen = serializers.IntegerField(help_text="Times the public page was opened.")
    applied = serializers.IntegerField()
    accepted = serializers.IntegerField()
    started = serializers.IntegerField()
    present = serializers.IntegerField()
    active = serializers.IntegerField(help_text="Did something in the last seven days.")
    graduated = serializers.IntegerField()
    ready = serializers.IntegerField(help_text="Have all that graduating asks, and no outcome yet.")
    undecided = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="Rounds that wait for a review.")
    overdue = serializers.IntegerField()
    works = serializers.IntegerField(help_text="Accepted.")
    meetings_held = serializers.IntegerField()
    meetings_to_come = serializers.IntegerField()
    posts = serializers.IntegerField()
    hours = serializers.IntegerField()
    median_hours = serializers.IntegerField(allow_null=True)
    mentors = serializers.IntegerField()
    load = serializers.IntegerField()
    capacity = serializers.IntegerField()
    units = UnitShareSerializer(many=True)


def shown(cohorts: list[Cohort]) -> Any:
    numbers = numbers_of(cohorts, clock.now())
    for cohort in cohorts:
        row: Any = numbers[cohort.pk]
        row.slug, row.name, row.state = cohort.slug, cohort.name, cohort.state
    return CohortNumbersSerializer([numbers[cohort.pk] for cohort in cohorts], many=True).data


class ReportLineSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    label = serializers.CharField()
    value = serializers.CharField(help_text="Empty where it would tell about too few people.")


class PeriodSerializer(serializers.Serializer[Any]):
    first = serializers.DateField(required=False, help_text="Left out: the cohort's first day.")
    last = serializers.DateField(required=False)
    mentor = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="A membership; a mentor reads of themselves."
    )


class CockpitViewSet(viewsets.GenericViewSet[Cohort]):
    """Cohorts in numbers; archived ones only one by one."""

    request: ApiRequest
    queryset = Cohort.objects.none()
    serializer_class = CohortNumbersSerializer
    permission_classes = [IsAuthenticated]
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,60}"

    def list(self, request: ApiRequest) -> Response:
        """Those that run first."""
        if not request.user.is_admin:
            raise Http404
        page: Any = self.paginate_queryset(cohorts_by_state())
        return self.get_paginated_response(shown(page))

    @extend_schema(responses=CohortNumbersSerializer)
    def retrieve(self, request: ApiRequest, slug: str) -> Response:
        """One cohort."""
        cohort = get_object_or_404(Cohort.objects.administered_by(request.user), slug=slug)
        return Response(shown([cohort])[0])

    @extend_schema(parameters=[PeriodSerializer], responses=ReportLineSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def report(self, request: ApiRequest, slug: str) -> Response:
        """What happened in a period: sums and medians. Of the cohort for admins, for a mentor of themselves."""
        found = asked(cast(Any, request), slug)
        if found.lines is None:
            raise serializers.ValidationError({name: [*said] for name, said in found.form.errors.items()})
        return Response(ReportLineSerializer(found.lines, many=True).data)
