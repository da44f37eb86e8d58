"""`/api/v1/talks/`: guest talks, read and signed up for by everyone who sees them, planned by admins."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, permissions, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.forms_talks import TAKEN
from mentorship.cohorts.models import Talk, TalkSeat
from mentorship.cohorts.seen import fingerprint
from mentorship.people.models import validate_timezone
from mentorship.people.requests import ApiRequest


class TalkSerializer(serializers.ModelSerializer[Talk]):
    link = serializers.SerializerMethodField(help_text="To join; for who has a seat, and admins.")
    seated = serializers.SerializerMethodField(help_text="True: you have a seat; false: you wait; null: neither.")

    class Meta:
        model = Talk
        fields = [
            *("slug", "title", "about", "about_html", "speaker_name", "speaker_about", "starts_at", "ends_at"),
            *("timezone", "visibility", "limit", "seats_taken", "recording", "announced_at", "cancelled_at"),
            *("cancel_reason", "link", "seated"),
        ]
        read_only_fields = fields

    def get_seated(self, row: Talk) -> bool | None:
        mine = getattr(row, "mine", [])
        return bool(mine[0].seated_at) if mine else None

    def get_link(self, row: Talk) -> str:
        reader = self.context["request"].user
        is_admin = reader.is_authenticated and reader.is_admin
        return row.place if is_admin or self.get_seated(row) else ""


class TalkPlanSerializer(serializers.ModelSerializer[Talk]):
    """The whole of it, for who plans it."""

    waiting = serializers.SerializerMethodField(help_text="How many wait for a seat.")
    seen = serializers.SerializerMethodField(help_text="For a change that began from here.")

    class Meta:
        model = Talk
        fields = [
            *Talk.EDITABLE, "seats_taken", "waiting", "recording", "invited_at", "answer", "answer_note",
            "announced_at", "cancelled_at", "cancel_reason", "seen",
        ]  # fmt: skip
        read_only_fields = fields

    def get_waiting(self, row: Talk) -> int:
        return row.seats.waiting().count()

    def get_seen(self, row: Talk) -> str:
        return fingerprint(row, Talk.EDITABLE)


class PlanTalkSerializer(serializers.ModelSerializer[Talk]):
    timezone = serializers.CharField(max_length=64, required=False, validators=[validate_timezone])
    seen = serializers.CharField(
        max_length=32, required=False, help_text="In a change, as the plan said it: 409 if somebody changed it since."
    )

    class Meta:
        model = Talk
        fields = [*Talk.EDITABLE, "seen"]

    def validate_slug(self, slug: str) -> str:
        if slug in TAKEN:
            raise serializers.ValidationError("This address is taken by a page of ours. Choose another one.")
        return slug


class TalkSeatSerializer(serializers.Serializer[Any]):
    seated = serializers.BooleanField()
    place = serializers.IntegerField(help_text="On the waiting list, from 1; 0 with a seat.")


class CancelTalkSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class RecordTalkSerializer(serializers.Serializer[Any]):
    recording = serializers.URLField(max_length=200, allow_blank=True, help_text="Empty: it is taken away.")


class TalkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Talk]):
    """Guest talks: public ones for everyone, the others for members of the program."""

    request: ApiRequest
    queryset = Talk.objects.none()
    serializer_class = TalkSerializer
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,80}"
    permission_classes = [permissions.IsAuthenticatedOrReadOnly]

    def get_queryset(self) -> QuerySet[Talk]:
        rows = Talk.objects.visible_to(self.request.user).order_by("-starts_at", "-pk")
        if not self.request.user.is_authenticated:
            return rows
        mine = TalkSeat.objects.standing().filter(person=self.request.user)
        return rows.prefetch_related(Prefetch("seats", mine, to_attr="mine"))

    @extend_schema(request=None, responses={201: TalkSeatSerializer})
    @action(detail=True, methods=["post"], url_path="sign-up", url_name="sign-up")
    def sign_up(self, request: ApiRequest, slug: str) -> Response:
        """A seat, or a place on the waiting list."""
        seat = self.get_object().sign_up(by=request.user)
        return Response({"seated": bool(seat.seated_at), "place": seat.place()}, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def leave(self, request: ApiRequest, slug: str) -> Response:
        """Give the seat back, or leave the list."""
        self.get_object().leave(by=request.user)
        return Response(status=204)

    # --- an admin's ---------------------------------------------------------------------------------------------
    def _planned(self) -> Talk:
        """The talk, for an admin; for everybody else there is nothing here."""
        if not self.request.user.is_admin:
            raise Http404
        return get_object_or_404(Talk, slug=self.kwargs["slug"])

    def _given(self, serializer: serializers.Serializer[Any]) -> dict[str, Any]:
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    @extend_schema(request=PlanTalkSerializer, responses={201: TalkPlanSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Plan one; for admins. Only they see it until it is announced."""
        if not request.user.is_admin:
            raise Http404
        given = self._given(PlanTalkSerializer(data=request.data))
        given.pop("seen", None)
        return Response(TalkPlanSerializer(Talk.plan(by=request.user, **given)).data, status=201)

    @extend_schema(request=PlanTalkSerializer(partial=True), responses=TalkPlanSerializer)
    def partial_update(self, request: ApiRequest, slug: str) -> Response:
        """Change it; for admins. Another time is told to who has signed up, and to its speaker."""
        row = self._planned()
        row.edit(by=request.user, **self._given(PlanTalkSerializer(row, data=request.data, partial=True)))
        return Response(TalkPlanSerializer(row).data)

    @extend_schema(responses=TalkPlanSerializer)
    @action(detail=True, permission_classes=[permissions.IsAuthenticated])
    def plan(self, request: ApiRequest, slug: str) -> Response:
        """What is planned, and what the speaker said; for admins."""
        return Response(TalkPlanSerializer(self._planned()).data)

    @extend_schema(request=None, responses=TalkPlanSerializer)
    @action(detail=True, methods=["post"])
    def invite(self, request: ApiRequest, slug: str) -> Response:
        """Write to the speaker; for admins. A second letter makes the first one void."""
        row = self._planned()
        row.invite(by=request.user)
        return Response(TalkPlanSerializer(row).data)

    @extend_schema(request=None, responses=TalkPlanSerializer)
    @action(detail=True, methods=["post"])
    def announce(self, request: ApiRequest, slug: str) -> Response:
        """Put it on the page of talks and tell the members; for admins."""
        row = self._planned()
        row.announce(by=request.user)
        return Response(TalkPlanSerializer(row).data)

    @extend_schema(request=CancelTalkSerializer, responses=TalkPlanSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: ApiRequest, slug: str) -> Response:
        """Call it off; for admins. Who has signed up is told, and its speaker."""
        row = self._planned()
        row.cancel(by=request.user, **self._given(CancelTalkSerializer(data=request.data)))
        return Response(TalkPlanSerializer(row).data)

    @extend_schema(request=RecordTalkSerializer, responses=TalkPlanSerializer)
    @action(detail=True, methods=["post"])
    def record(self, request: ApiRequest, slug: str) -> Response:
        """Say where it can be watched, once it has begun; for admins."""
        row = self._planned()
        row.record(by=request.user, **self._given(RecordTalkSerializer(data=request.data)))
        return Response(TalkPlanSerializer(row).data)
