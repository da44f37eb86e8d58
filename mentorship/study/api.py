"""`/api/v1/study-entries/`: one's own log, with the same verbs as the page."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.common import clock
from mentorship.people.requests import ApiRequest
from mentorship.study import days
from mentorship.study import log as verb
from mentorship.study.hours import hours_of
from mentorship.study.models import StudyEntry
from mentorship.study.streak import streak_of
from streams.models import Item


class EntrySerializer(serializers.ModelSerializer[StudyEntry]):
    item = serializers.SlugRelatedField(
        slug_field="key", queryset=Item.objects.published(), allow_null=True, required=False
    )
    day = serializers.DateField(required=False, help_text="Today on your own calendar if left out.")
    minutes = serializers.IntegerField(min_value=1, max_value=days.DAY)
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same entry.")

    class Meta:
        model = StudyEntry
        fields = ["id", "day", "minutes", "item", "note", "mood", "key", "created_at"]
        read_only_fields = ["id", "created_at"]


class StreakSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(help_text="Days in a row up to today, or to yesterday while today is not done.")
    today_done = serializers.BooleanField()
    best = serializers.IntegerField()
    minutes_today = serializers.IntegerField()
    minutes_this_week = serializers.IntegerField()
    goal = serializers.IntegerField(help_text="Minutes that you mean to study today.")
    week_goal = serializers.IntegerField(help_text="Minutes that you mean to study this week.")
    rest_today = serializers.BooleanField(help_text="Today is a day of rest, which ends no run of days.")


class HoursPartSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    minutes = serializers.IntegerField()


class StudyHoursSerializer(serializers.Serializer[Any]):
    by_stream = HoursPartSerializer(many=True)
    by_kind = HoursPartSerializer(many=True)


class StudyEntryViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[StudyEntry]):
    """What you logged, newest first."""

    serializer_class = EntrySerializer
    queryset = StudyEntry.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[StudyEntry]:
        return StudyEntry.objects.visible_to(self.request.user).select_related("item").newest_first()

    @extend_schema(responses={201: EntrySerializer})
    def create(self, request: ApiRequest) -> Response:
        """Log minutes on a day, seven days back at most."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        entry = verb.log(person=request.user, **given.validated_data)
        return Response(self.get_serializer(entry).data, status.HTTP_201_CREATED)

    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Correct an entry whose day is still open."""
        entry = self.get_object()
        given = self.get_serializer(entry, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        now = {name: getattr(entry, name) for name in ("minutes", "day", "item", "note", "mood")}
        entry.change(**(now | {name: value for name, value in given.validated_data.items() if name in now}))
        return Response(self.get_serializer(entry).data)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Take an entry back whose day is still open."""
        self.get_object().remove()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=StreakSerializer)
    @action(detail=False, pagination_class=None)
    def streak(self, request: ApiRequest) -> Response:
        """Your days in a row."""
        return Response(StreakSerializer(streak_of(request.user)).data)

    @extend_schema(responses=StudyHoursSerializer)
    @action(detail=False, pagination_class=None)
    def hours(self, request: ApiRequest) -> Response:
        """Where the hours of the last twelve weeks went: by stream and by kind of item."""
        return Response(StudyHoursSerializer(hours_of(request.user, clock.now())).data)
