"""`/api/v1/apprentices/`: graduates who mentor the stream below, and who countersigns for each."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.models import Apprenticeship, Cohort, Membership, Outcome
from mentorship.cohorts.models.apprenticeship import could_countersign, graduates_for
from mentorship.people.requests import ApiRequest

LARGEST = 2**63 - 1


class ApprenticeshipSerializer(serializers.ModelSerializer[Apprenticeship]):
    cohort = serializers.CharField(source="cohort.slug")
    person = serializers.CharField(source="membership.person.handle")
    countersigner = serializers.CharField(
        source="countersigner.person.handle", default=None, allow_null=True, help_text="Nobody, until one is named."
    )
    ended_by = serializers.CharField(source="ended_by.handle", default=None, allow_null=True)

    class Meta:
        model = Apprenticeship
        fields = ["id", "cohort", "person", "countersigner", "started_at", "ended_at", "ended_by", "how", "reason"]
        read_only_fields = fields


class GraduateSerializer(serializers.ModelSerializer[Outcome]):
    person = serializers.CharField(source="membership.person.handle")
    cohort = serializers.CharField(source="membership.cohort.slug", help_text="From which they graduated.")

    class Meta:
        model = Outcome
        fields = ["id", "person", "cohort", "decided_at"]
        read_only_fields = fields


class CountersignerSerializer(serializers.Serializer[Any]):
    countersigner = serializers.IntegerField(
        min_value=1, max_value=LARGEST, help_text="A mentor's membership of the cohort."
    )

    def seat(self, cohort: Cohort) -> Membership:
        """400 for who may not countersign there."""
        seat = could_countersign(cohort).filter(pk=self.validated_data["countersigner"]).first()
        if seat is None:
            raise serializers.ValidationError({"countersigner": ["A mentor of the cohort who is no apprentice."]})
        return seat


class TakeApprenticeSerializer(CountersignerSerializer):
    cohort = serializers.SlugField(max_length=60)
    graduate = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="An id of `graduates`.")
    capacity = serializers.IntegerField(min_value=0, max_value=50, required=False, default=2)


class EndApprenticeshipSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, help_text="Both read it.")


class ApprenticeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Apprenticeship]):
    """Your own, and those you countersign for; all for admins."""

    request: ApiRequest
    queryset = Apprenticeship.objects.none()
    serializer_class = ApprenticeshipSerializer
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Apprenticeship]:
        return Apprenticeship.objects.visible_to(self.request.user).with_people().order_by("-pk")

    def _cohort(self, slug: str) -> Cohort:
        return get_object_or_404(Cohort.objects.administered_by(self.request.user).select_related("stream"), slug=slug)

    def _standing(self) -> Apprenticeship:
        if not self.request.user.is_admin:
            raise Http404
        return self.get_object()

    @extend_schema(request=TakeApprenticeSerializer, responses={201: ApprenticeshipSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Take a graduate as an apprentice; for admins."""
        if not request.user.is_admin:
            raise Http404
        given = TakeApprenticeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        cohort = self._cohort(given.validated_data["cohort"])
        graduate = graduates_for(cohort).filter(pk=given.validated_data["graduate"]).first()
        if graduate is None:
            raise serializers.ValidationError({"graduate": ["Nobody who could be asked."]})
        capacity = given.validated_data["capacity"]
        seat = given.seat(cohort)
        row = Apprenticeship.take(cohort, outcome=graduate, countersigner=seat, capacity=capacity, by=request.user)
        return Response(ApprenticeshipSerializer(row).data, status=201)

    @extend_schema(
        parameters=[OpenApiParameter("cohort", str, required=True, description="The slug of a cohort.")],
        responses=GraduateSerializer(many=True), filters=False,
    )  # fmt: skip
    @action(detail=False, pagination_class=None)
    def graduates(self, request: ApiRequest) -> Response:
        """Who graduated from an upper stream and could be asked to mentor this cohort; for admins."""
        rows = graduates_for(self._cohort(request.query_params.get("cohort", "").replace("\x00", "")[:60]))
        return Response(GraduateSerializer(rows[:500], many=True).data)

    @extend_schema(request=CountersignerSerializer, responses=ApprenticeshipSerializer)
    @action(detail=True, methods=["post"], url_path="name", url_name="name")
    def name_countersigner(self, request: ApiRequest, pk: str) -> Response:
        """Let somebody else countersign from now on; for admins."""
        row = self._standing()
        given = CountersignerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.name_countersigner(given.seat(row.cohort), by=request.user)
        return Response(ApprenticeshipSerializer(row).data)

    @extend_schema(request=EndApprenticeshipSerializer, responses=ApprenticeshipSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: ApiRequest, pk: str) -> Response:
        """End the need of countersigning by hand; for admins."""
        row = self._standing()
        given = EndApprenticeshipSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.end(by=request.user, reason=given.validated_data["reason"])
        return Response(ApprenticeshipSerializer(row).data)
