"""`/api/v1/feeds/`: the secret addresses that calendars are read by; `/api/v1/calendar/`: what stands in one."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.cohorts.calendar_sources import ahead_of
from mentorship.cohorts.models import Feed
from mentorship.common import clock
from mentorship.people.requests import ApiRequest


class FeedSerializer(serializers.ModelSerializer[Feed]):
    person = serializers.CharField(source="person.name")

    class Meta:
        model = Feed
        fields = ["id", "person", "created_at", "revoked_at"]
        read_only_fields = fields


class MadeFeedSerializer(FeedSerializer):
    address = serializers.SerializerMethodField(help_text="Shown in this answer and nowhere again.")

    class Meta(FeedSerializer.Meta):
        fields = [*FeedSerializer.Meta.fields, "address"]
        read_only_fields = fields

    def get_address(self, row: Feed) -> str:
        return f"{settings.BASE_URL}{reverse('cohorts:feed', args=[self.context['secret']])}"


class FeedViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Feed]):
    """Your secret addresses, those that were revoked too; everybody's for admins."""

    request: ApiRequest
    queryset = Feed.objects.none()
    serializer_class = FeedSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Feed]:
        return Feed.objects.visible_to(self.request.user).select_related("person").order_by("-pk")

    @extend_schema(request=None, responses={201: MadeFeedSerializer})
    def create(self, request: ApiRequest) -> Response:
        """A new address of yours. The one before opens nothing from now on."""
        row, secret = Feed.make(by=request.user)
        said: Any = MadeFeedSerializer(row, context={"secret": secret}).data
        return Response(said, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(responses={204: None})
    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Revoke it: yours, or, as an admin, anybody's; they are told."""
        self.get_object().end(by=request.user)
        return Response(status=204)


class CalendarEntrySerializer(serializers.Serializer[Any]):
    uid = serializers.CharField(help_text="As in the calendar feed: it names the thing for ever.")
    title = serializers.CharField()
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(help_text="0: a moment, as something due.")
    cancelled = serializers.BooleanField()
    place = serializers.CharField()
    url = serializers.CharField()


class CalendarView(APIView):
    """Your calendar: meetings, what is due, booked hours and talks."""

    request: ApiRequest

    @extend_schema(responses=CalendarEntrySerializer(many=True))
    def get(self, request: ApiRequest) -> Response:
        """What is to come, the earliest first; what was called off too."""
        return Response(CalendarEntrySerializer(ahead_of(request.user, clock.now()), many=True).data)
