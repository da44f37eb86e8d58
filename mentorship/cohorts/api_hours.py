"""`/api/v1/slots/` and `/api/v1/bookings/`."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.interviews import InterviewRound
from mentorship.cohorts.models import Booking, Cohort, InterviewFeedback, Slot
from mentorship.people.requests import ApiRequest

NUMBER = r"[0-9]{1,18}"


class SlotSerializer(serializers.ModelSerializer[Slot]):
    cohort = serializers.CharField(source="cohort.slug")
    host = serializers.CharField(source="host.person.handle")

    class Meta:
        model = Slot
        fields = ["id", "cohort", "host", "kind", "interview_round", "host_asks", "starts_at", "ends_at", "note"]
        read_only_fields = fields


class OfferSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField()
    kind = serializers.ChoiceField(choices=Slot.Kind.choices)
    interview_round = serializers.ChoiceField(
        choices=InterviewRound.choices, required=False, help_text="Of interviews."
    )
    host_asks = serializers.BooleanField(default=True, help_text="Whether you interview; or you are interviewed.")
    starts = serializers.ListField(child=serializers.DateTimeField(), min_length=1, max_length=12)
    minutes = serializers.IntegerField(min_value=15, max_value=90, default=45)
    place = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        interview = data["kind"] == Slot.Kind.INTERVIEW
        if interview and not data.get("interview_round"):
            raise serializers.ValidationError({"interview_round": ["Choose what the interview is about."]})
        return data if interview else data | {"interview_round": "", "host_asks": True}


class TopicSerializer(serializers.Serializer[Any]):
    topic = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class BookingSerializer(serializers.ModelSerializer[Booking]):
    slot = SlotSerializer()
    guest = serializers.CharField(source="guest.person.handle")
    place = serializers.CharField(source="slot.place")

    class Meta:
        model = Booking
        fields = ["id", "slot", "guest", "place", "topic", "booked_at", "cancelled_at", "reason"]
        read_only_fields = fields


class CallOffSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class InterviewFeedbackSerializer(serializers.ModelSerializer[InterviewFeedback]):
    by = serializers.CharField(source="by.person.handle", read_only=True)
    levels = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=3), help_text="By point.")

    topics = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, max_length=60,
        help_text="Keys of topics that the candidate was not sure of; from the interviewer.",
    )  # fmt: skip

    class Meta:
        model = InterviewFeedback
        fields = ["by", "levels", "went_well", "next_time", "topics", "given_at"]
        read_only_fields = ["given_at"]


class SlotViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Slot]):
    """What members of your cohorts offer and nobody has booked yet."""

    request: ApiRequest
    queryset = Slot.objects.none()
    serializer_class = SlotSerializer
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Slot]:
        return Slot.objects.visible_to(self.request.user).open().select_related("cohort", "host__person")

    @extend_schema(request=OfferSerializer, responses={201: SlotSerializer(many=True)})
    def create(self, request: ApiRequest) -> Response:
        """Offer hours in a cohort of yours: all of them or none. 409 if a time is promised already."""
        given = OfferSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        cohort = get_object_or_404(Cohort.objects.of(request.user), slug=data.pop("cohort"))
        rows = Slot.offer(by=request.user, cohort=cohort, **data)
        return Response(SlotSerializer(rows, many=True).data, status=201)

    @extend_schema(request=TopicSerializer, responses={201: BookingSerializer})
    @action(detail=True, methods=["post"])
    def book(self, request: ApiRequest, pk: str) -> Response:
        """Take it. 409 if somebody was quicker, or the time is promised already."""
        row = self.get_object()
        given = TopicSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        booking = row.book(by=request.user, topic=given.validated_data["topic"])
        return Response(BookingSerializer(booking).data, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def withdraw(self, request: ApiRequest, pk: str) -> Response:
        """Offer it no longer; for the host."""
        get_object_or_404(self.get_queryset().filter(host__person=request.user), pk=pk).withdraw(by=request.user)
        return Response(status=204)


class BookingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Booking]):
    """What you have booked, and what others have booked with you."""

    request: ApiRequest
    queryset = Booking.objects.none()
    serializer_class = BookingSerializer
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Booking]:
        rows = Booking.objects.visible_to(self.request.user).order_by("-pk")
        return rows.select_related("slot__cohort", "slot__host__person", "guest__person")

    @extend_schema(request=CallOffSerializer, responses=BookingSerializer)
    @action(detail=True, methods=["post"], url_path="call-off", url_name="call-off")
    def call_off(self, request: ApiRequest, pk: str) -> Response:
        """Call it off, until three hours before."""
        row = self.get_object()
        given = CallOffSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.cancel(by=request.user, reason=given.validated_data["reason"])
        return Response(BookingSerializer(row).data)

    @extend_schema(methods=["get"], responses=InterviewFeedbackSerializer(many=True))
    @extend_schema(
        methods=["post"], request=InterviewFeedbackSerializer, responses={201: InterviewFeedbackSerializer}
    )  # fmt: skip
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def feedback(self, request: ApiRequest, pk: str) -> Response:
        """How a mock interview went: yours, and the other's once you have given yours."""
        row = self.get_object()
        if request.method == "GET":
            found = InterviewFeedback.objects.visible_to(request.user).filter(booking=row).select_related("by__person")
            return Response(InterviewFeedbackSerializer(found, many=True).data)
        given = InterviewFeedbackSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = InterviewFeedback.give(booking=row, by=request.user, **given.validated_data)
        return Response(InterviewFeedbackSerializer(made).data, status=201)
