"""`/api/v1/timers/`: one's own timers, with the same verbs as the page."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.common import clock
from mentorship.people.requests import ApiRequest
from mentorship.study import days
from mentorship.study.api import EntrySerializer
from mentorship.study.models import Mood, Timer
from mentorship.study.timer.stopping import stop
from streams.models import Item


class TimerSerializer(serializers.ModelSerializer[Timer]):
    item = serializers.SlugRelatedField(
        slug_field="key", queryset=Item.objects.published(), allow_null=True, required=False
    )
    state = serializers.CharField(read_only=True, help_text="running, paused, ended.")
    seconds = serializers.SerializerMethodField(help_text="How long it has run, pauses left out.")

    class Meta:
        model = Timer
        fields = ["id", "item", "state", "seconds", "started_at", "ended_at", "outcome"]
        read_only_fields = ["id", "started_at", "ended_at", "outcome"]

    def get_seconds(self, row: Timer) -> int:
        return row.seconds(clock.now())


class StopTimerSerializer(serializers.Serializer[Any]):
    minutes = serializers.IntegerField(
        min_value=1, max_value=days.DAY, required=False, allow_null=True,
        help_text="Instead of what it ran; asked for when it was forgotten for more than a day.",
    )  # fmt: skip
    day = serializers.DateField(required=False, allow_null=True, help_text="For `minutes`; else the day it began.")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)
    mood = serializers.ChoiceField(Mood.choices, required=False, allow_null=True)


class StoppedSerializer(serializers.Serializer[Any]):
    timer = TimerSerializer()
    entries = EntrySerializer(many=True, help_text="An entry a day; none below a minute.")


class TimerViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Timer]):
    """Your timers, the newest first: the one that runs or is paused, and those that have ended."""

    serializer_class = TimerSerializer
    queryset = Timer.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Timer]:
        rows = Timer.objects.visible_to(self.request.user).select_related("item").prefetch_related("stretches")
        return rows.order_by("-started_at", "-pk")

    def _now(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses={201: TimerSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Start one. 409 while another one runs or is paused."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = Timer.start(by=request.user, item=given.validated_data.get("item"))
        return Response(self.get_serializer(row).data, status=201)

    @extend_schema(request=None, responses=TimerSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: ApiRequest, pk: str) -> Response:
        """Let it stand still."""
        self.get_object().pause()
        return self._now()

    @extend_schema(request=None, responses=TimerSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: ApiRequest, pk: str) -> Response:
        """Let it go on."""
        self.get_object().resume()
        return self._now()

    @extend_schema(request=None, responses=TimerSerializer)
    @action(detail=True, methods=["post"])
    def discard(self, request: ApiRequest, pk: str) -> Response:
        """End it and log nothing."""
        self.get_object().discard()
        return self._now()

    @extend_schema(request=StopTimerSerializer, responses=StoppedSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: ApiRequest, pk: str) -> Response:
        """End it and log what it ran. 409 `timer_forgotten` asks for `minutes`."""
        given = StopTimerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = self.get_object()
        entries = stop(timer=row, **given.validated_data)
        said: Any = {"timer": self.get_object(), "entries": entries}
        return Response(StoppedSerializer(said).data)
