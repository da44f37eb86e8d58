"""`/api/v1/cohorts/…` of its people: a mentor's room, topics of mentees, progress, other thresholds."""

from collections import Counter
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.api_ending import Ending, ThresholdsChangeSerializer
from mentorship.cohorts.api_setup import MentorSeatSerializer
from mentorship.cohorts.forms_stalled import ThresholdsForm
from mentorship.cohorts.models import Cohort, Membership, Thresholds
from mentorship.cohorts.progress import progress_of, units_of
from mentorship.cohorts.views.stalled import tried
from mentorship.people.requests import ApiRequest
from streams.models import Unit

NUMBER = r"[0-9]{1,18}"


class CapacitySerializer(serializers.Serializer[Any]):
    capacity = serializers.IntegerField(min_value=0, max_value=50)


class TopicsSerializer(serializers.Serializer[Any]):
    topics = serializers.SlugRelatedField("key", many=True, queryset=Unit.objects.published())


class UnitProgressSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    required = serializers.IntegerField()  # type: ignore[assignment]
    done = serializers.IntegerField()


class MenteeProgressSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    last_activity = serializers.DateTimeField()
    paused_until = serializers.DateField(allow_null=True)
    next = serializers.CharField(help_text="The item that follows; empty when all is done.")
    units = UnitProgressSerializer(many=True)


class EffectSerializer(serializers.Serializer[Any]):
    appear = serializers.ListField(child=serializers.CharField(), help_text="Who would be on the list.")
    leave = serializers.ListField(child=serializers.CharField(), help_text="Who would not be any more.")
    stay = serializers.IntegerField()


class Seats(Ending):
    """What `CohortViewSet` has of it."""

    @extend_schema(request=CapacitySerializer, responses=MentorSeatSerializer)
    @action(
        detail=True, methods=["post"], url_path=rf"mentors/(?P<member>{NUMBER})/capacity", url_name="capacity",
        permission_classes=[IsAuthenticated],
    )  # fmt: skip
    def capacity(self, request: ApiRequest, slug: str, member: str) -> Response:
        """How many mentees a mentor takes at once; for admins. 409 for fewer than they have."""
        seat = get_object_or_404(self.administered().memberships.mentors().select_related("person"), pk=member)
        given = CapacitySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        seat.set_capacity(given.validated_data["capacity"], by=request.user)
        return Response(MentorSeatSerializer(seat).data)

    def _mentee(self) -> Membership:
        rows = Membership.objects.of(self.request.user).exclude(cohort__state=Cohort.State.DRAFT)
        rows = rows.filter(cohort__slug=self.kwargs["slug"], role=Membership.Role.MENTEE)
        return get_object_or_404(rows.select_related("cohort"))

    @extend_schema(responses=TopicsSerializer)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def topics(self, request: ApiRequest, slug: str) -> Response:
        """What you would like help with there, as a mentee: units by their keys. Matching goes by it."""
        return Response(TopicsSerializer({"topics": self._mentee().topics.all()}).data)

    @extend_schema(request=TopicsSerializer, responses=TopicsSerializer)
    @topics.mapping.put
    def say_topics(self, request: ApiRequest, slug: str) -> Response:
        """Say it anew: units of the cohort's stream."""
        seat, given = self._mentee(), TopicsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        topics = given.validated_data["topics"]
        if any(unit.stream_id != seat.cohort.stream_id for unit in topics):
            raise serializers.ValidationError({"topics": ["Choose units of the cohort's stream."]})
        seat.topics.set(topics)
        return Response(TopicsSerializer({"topics": topics}).data)

    @extend_schema(responses=MenteeProgressSerializer(many=True), filters=False)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def progress(self, request: ApiRequest, slug: str) -> Response:
        """How far the mentees are, unit by unit: all for admins, for a mentor their own."""
        rows = Cohort.objects.followed_by(request.user).select_related("stream")
        cohort = get_object_or_404(rows, slug=slug)
        mentees: Any = cohort.memberships.followed_by(request.user).order_by("person__name", "pk")
        page: Any = self.paginate_queryset(mentees)
        units = units_of(cohort.stream)
        chosen = Membership.objects.filter(pk__in=[seat.pk for seat in page]).order_by("person__name", "pk")
        shown = []
        for row in progress_of(chosen, cohort.stream):
            done: Counter[int] = row.by_unit
            cells = [{"title": unit.title, "required": unit.required, "done": done[unit.pk]} for unit in units]
            shown.append(
                {"name": row.name, "last_activity": row.active, "paused_until": row.back, "next": row.following}
                | {"units": cells}
            )
        return self.get_paginated_response(MenteeProgressSerializer(shown, many=True).data)

    @extend_schema(request=ThresholdsChangeSerializer, responses=EffectSerializer)
    @action(detail=True, methods=["post"], url_path="thresholds/effect", permission_classes=[IsAuthenticated])
    def try_thresholds(self, request: ApiRequest, slug: str) -> Response:
        """Who would be on the list of the stalled, and who not any more, with what you name of them. Saves nothing."""
        cohort = self.administered()
        given, standing = ThresholdsChangeSerializer(data=request.data), Thresholds.of(cohort)
        given.is_valid(raise_exception=True)
        values = {name: getattr(standing, name) for name in Thresholds.EDITABLE} | given.validated_data
        form = ThresholdsForm(values, instance=Thresholds.of(cohort))
        if not form.is_valid():
            raise serializers.ValidationError({name: [*said] for name, said in form.errors.items()})
        found = tried(cohort, standing, form)
        names = {side: [row.facts.name for row in getattr(found, side)] for side in ("appear", "leave")}
        return Response(EffectSerializer(names | {"stay": found.stay}).data)
