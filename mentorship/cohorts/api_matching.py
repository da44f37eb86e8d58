"""`/api/v1/availability/`, `/api/v1/wishes/` and `/api/v1/proposals/`: what matching goes by, and what it proposes."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.cohorts import matching
from mentorship.cohorts.languages import CHOICES
from mentorship.cohorts.models import Availability, Cohort, Membership, Proposal, ProposedPair, Wish
from mentorship.cohorts.models.availability import MOST_HOURS
from mentorship.people.requests import ApiRequest
from streams.models import Stream, Unit

LARGEST, NUMBER = 2**63 - 1, r"[0-9]{1,18}"


class AvailabilitySerializer(serializers.Serializer[Any]):
    languages = serializers.ListField(child=serializers.ChoiceField(choices=CHOICES), max_length=len(CHOICES))
    awake_from = serializers.TimeField(help_text="By your own clock.")
    awake_until = serializers.TimeField(help_text="Before `awake_from`: on the next day.")
    hours_a_week = serializers.IntegerField(min_value=1, max_value=MOST_HOURS, allow_null=True, required=False)
    streams = serializers.SlugRelatedField("key", many=True, required=False, queryset=Stream.objects.published())
    topics = serializers.SlugRelatedField("key", many=True, required=False, queryset=Unit.objects.published())


class AvailabilityView(APIView):
    """What you say of yourself for matching; of mentors also what they offer."""

    request: ApiRequest

    @extend_schema(responses=AvailabilitySerializer)
    def get(self, request: ApiRequest) -> Response:
        """Yours, or what is assumed of who has said nothing."""
        return self.said(Availability.of(request.user))

    @extend_schema(request=AvailabilitySerializer, responses=AvailabilitySerializer)
    def put(self, request: ApiRequest) -> Response:
        """Replace it; what is left out of hours, streams and topics stays."""
        given = AvailabilitySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self.said(Availability.say(by=request.user, **given.validated_data))

    def said(self, row: Availability) -> Response:
        plain = {name: getattr(row, name) for name in ("languages", "awake_from", "awake_until", "hours_a_week")}
        lists = {name: getattr(row, name).all() if row.pk else [] for name in ("streams", "topics")}
        return Response(AvailabilitySerializer(plain | lists).data)


class WishSerializer(serializers.ModelSerializer[Wish]):
    """Seats are memberships, by the ids of the roster."""

    seat = serializers.IntegerField(source="seat_id", min_value=1, max_value=LARGEST, help_text="Your own.")
    about = serializers.IntegerField(source="about_id", min_value=1, max_value=LARGEST)
    veto = serializers.BooleanField(help_text="True: not with them.")

    class Meta:
        model = Wish
        fields = ["id", "seat", "about", "veto"]
        read_only_fields = ["id"]


class WishViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Wish]):
    """Whom you would like to work with, and whom not; admins read everybody's, whom it is about never does."""

    request: ApiRequest
    queryset = Wish.objects.none()
    serializer_class = WishSerializer
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Wish]:
        return Wish.objects.visible_to(self.request.user).select_related("seat").order_by("-pk")

    @extend_schema(responses={201: WishSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Wish for somebody, or rule them out. Said again, the last word counts."""
        given = WishSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        seat = get_object_or_404(Membership.objects.of(request.user), pk=said["seat_id"])
        about = get_object_or_404(seat.cohort.memberships.active(), pk=said["about_id"])
        row = Wish.say(seat=seat, about=about, veto=said["veto"], by=request.user)
        return Response(WishSerializer(row).data, status=201)

    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Take it back."""
        get_object_or_404(self.get_queryset().filter(seat__person=request.user), pk=pk).take_back(by=request.user)
        return Response(status=204)


class ProposedPairSerializer(serializers.ModelSerializer[ProposedPair]):
    outcome = serializers.CharField(help_text="new, stays, changes (from the mentor `before`) or alone.")

    class Meta:
        model = ProposedPair
        fields = ["mentee", "mentor", "before", "outcome", "points", "sentence", "pinned"]
        read_only_fields = fields


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    cohort = serializers.CharField(source="cohort.slug")
    pairs = ProposedPairSerializer(many=True)

    class Meta:
        model = Proposal
        fields = ["id", "cohort", "state", "everyone", "version", "made_at", "changed_at", "pairs"]
        read_only_fields = fields


class ProposeSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60)
    everyone = serializers.BooleanField(default=False, help_text="Also mentees who have a mentor.")


class VersionSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, help_text="Which you looked at.")


class ApplyProposalSerializer(VersionSerializer):
    reason = serializers.CharField(
        max_length=300, required=False, allow_blank=True, help_text="Why mentees get another mentor: for the history."
    )


class ReleaseSerializer(VersionSerializer):
    mentee = serializers.IntegerField(min_value=1, max_value=LARGEST)


class PlaceSerializer(VersionSerializer):
    mentee = serializers.IntegerField(min_value=1, max_value=LARGEST)
    mentor = serializers.IntegerField(min_value=1, max_value=LARGEST, allow_null=True)


class ProposalViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Proposal]):
    """Proposals of pairs for whole cohorts, the latest first; for admins."""

    request: ApiRequest
    queryset = Proposal.objects.none()
    serializer_class = ProposalSerializer
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Proposal]:
        rows = Proposal.objects.visible_to(self.request.user).select_related("cohort").prefetch_related("pairs")
        return rows.order_by("-pk")

    @extend_schema(request=ProposeSerializer, responses={201: ProposalSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Solve one for a cohort; nobody is told. 409 while another one is open."""
        if not request.user.is_admin:
            raise Http404
        given = ProposeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        cohort = get_object_or_404(Cohort.objects.administered_by(request.user), slug=given.validated_data["cohort"])
        row = matching.propose(cohort=cohort, by=request.user, everyone=given.validated_data["everyone"])
        return Response(ProposalSerializer(row).data, status=201)

    def changed(self, verb: Any, given: Any) -> Response:
        row = self.get_object()
        given.is_valid(raise_exception=True)
        verb(proposal=row, by=self.request.user, **given.validated_data)
        return Response(ProposalSerializer(self.get_object()).data)

    @extend_schema(request=PlaceSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def place(self, request: ApiRequest, pk: str) -> Response:
        """Choose a mentor, or nobody, for one mentee by hand."""
        return self.changed(matching.place, PlaceSerializer(data=request.data))

    @extend_schema(request=ReleaseSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: ApiRequest, pk: str) -> Response:
        """Let the next solving decide again about one mentee who was placed by hand."""
        return self.changed(matching.release, ReleaseSerializer(data=request.data))

    @extend_schema(request=VersionSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def solve(self, request: ApiRequest, pk: str) -> Response:
        """Solve it anew; what was chosen by hand stays."""
        return self.changed(matching.solve_again, VersionSerializer(data=request.data))

    @extend_schema(request=ApplyProposalSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def apply(self, request: ApiRequest, pk: str) -> Response:
        """Assign every pair, or none: 409 when something changed meanwhile."""
        return self.changed(matching.apply, ApplyProposalSerializer(data=request.data))

    @extend_schema(request=VersionSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request: ApiRequest, pk: str) -> Response:
        """Put it away."""
        return self.changed(matching.discard, VersionSerializer(data=request.data))
