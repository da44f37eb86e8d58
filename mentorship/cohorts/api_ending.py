"""`/api/v1/cohorts/…` `outcomes/`, `thresholds/`, `leave/`: how a cohort ends, who counts as stalled, who goes."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.api_graduation import GraduationPartSerializer
from mentorship.cohorts.api_setup import LARGEST, SetUp
from mentorship.cohorts.graduating import asked_by
from mentorship.cohorts.graduation import Achieved, achieved, conclude, mentees_of
from mentorship.cohorts.models import Membership, Outcome, Thresholds
from mentorship.cohorts.seen import fingerprint
from mentorship.people.requests import ApiRequest

MOST = 200


class OutcomeSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(source="membership.pk")
    name = serializers.CharField(source="membership.person.name")
    done = serializers.IntegerField(help_text="Required items of the stream.")
    required = serializers.IntegerField()  # type: ignore[assignment]
    works = serializers.IntegerField(help_text="Accepted.")
    posts = serializers.IntegerField(help_text="Published since they joined.")
    parts = GraduationPartSerializer(
        source="way.parts", many=True, help_text="What graduating asks, and what is there."
    )
    meets = serializers.BooleanField(source="way.met", help_text="All of it is there.")
    exception = serializers.CharField(
        source="outcome.exception", default="", help_text="Why they graduated without all of it."
    )
    proposal = serializers.CharField(help_text="What that would be called.")
    result = serializers.CharField(help_text="What was decided; empty until then.")
    certificate = serializers.SerializerMethodField(help_text="Its address, of a graduate.")

    def get_certificate(self, row: Achieved) -> str:
        return row.outcome.get_absolute_url() if row.outcome else ""


class DecisionSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(min_value=1, max_value=LARGEST)
    result = serializers.ChoiceField(choices=Outcome.Result.choices)
    was = serializers.CharField(
        max_length=20, required=False, allow_blank=True, help_text="What stood there: 409 if another one does now."
    )
    reason = serializers.CharField(
        max_length=300, required=False, allow_blank=True, help_text="Of who graduates without meeting the rule: kept."
    )


class DecideSerializer(serializers.Serializer[Any]):
    outcomes = serializers.ListField(child=DecisionSerializer(), min_length=1, max_length=MOST)


class ThresholdsSerializer(serializers.ModelSerializer[Thresholds]):
    seen = serializers.SerializerMethodField(help_text="For a change that began from here.")

    class Meta:
        model = Thresholds
        fields = [*Thresholds.EDITABLE, "seen"]
        read_only_fields = fields

    def get_seen(self, row: Thresholds) -> str:
        return fingerprint(row, Thresholds.EDITABLE)


class ThresholdsChangeSerializer(serializers.ModelSerializer[Thresholds]):
    seen = serializers.CharField(max_length=32, required=False, help_text="409 if somebody changed something since.")

    class Meta:
        model = Thresholds
        fields = [*Thresholds.EDITABLE, "seen"]
        extra_kwargs = {name: {"required": False} for name in Thresholds.EDITABLE}


class EndSeatSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Your own; admins end anybody's.")
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class Ending(SetUp):
    """What `CohortViewSet` has for it beside the set-up; for who may not they are not there."""

    @extend_schema(responses=OutcomeSerializer(many=True), filters=False)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def outcomes(self, request: ApiRequest, slug: str) -> Response:
        """What each mentee has done, who left too, how that would be called, and what was decided; for admins."""
        cohort = self.administered()
        page: Any = self.paginate_queryset(mentees_of(cohort))
        return self.get_paginated_response(OutcomeSerializer(achieved(page, asked_by(cohort)), many=True).data)

    @extend_schema(request=DecideSerializer, responses=OutcomeSerializer(many=True))
    @outcomes.mapping.post
    def conclude(self, request: ApiRequest, slug: str) -> Response:
        """Decide the outcome of some mentees, all or none of them. Everyone is told their own."""
        cohort = self.administered()
        given = DecideSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        rows = given.validated_data["outcomes"]
        results = {row["membership"]: row["result"] for row in rows}
        was = {row["membership"]: row["was"] for row in rows if "was" in row}
        reasons = {row["membership"]: row["reason"] for row in rows if "reason" in row}
        conclude(cohort, results=results, by=request.user, was=was, reasons=reasons)
        decided = achieved(mentees_of(cohort).filter(pk__in=results), asked_by(cohort))
        return Response(OutcomeSerializer(decided, many=True).data)

    @extend_schema(responses=ThresholdsSerializer)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def thresholds(self, request: ApiRequest, slug: str) -> Response:
        """From when on a mentee of the cohort counts as stalled; for admins."""
        return Response(ThresholdsSerializer(Thresholds.of(self.administered())).data)

    @extend_schema(request=ThresholdsChangeSerializer, responses=ThresholdsSerializer)
    @thresholds.mapping.post
    def change_thresholds(self, request: ApiRequest, slug: str) -> Response:
        """Change what you name of them."""
        cohort = self.administered()
        given = ThresholdsChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        row = Thresholds.change(cohort, by=request.user, seen=values.pop("seen", ""), **values)
        return Response(ThresholdsSerializer(row).data)

    @extend_schema(request=EndSeatSerializer, responses={204: None})
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def leave(self, request: ApiRequest, slug: str) -> Response:
        """End a membership: your own without words (with words: `departures/`), or, as an admin, anybody's."""
        given = EndSeatSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        own = Membership.objects.of(request.user)
        rows = Membership.objects.active() if request.user.is_admin else own
        found = rows.filter(cohort__slug=slug).select_related("cohort", "person")
        seat = get_object_or_404(found, pk=given.validated_data["membership"])
        seat.leave(by=request.user, reason=given.validated_data["reason"])
        return Response(status=204)
