"""`/api/v1/groups/…/` of accountability partners: the week of each by their own consent, goals, nudges."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.models import Group, GroupMember, Nudge, WeekGoal
from mentorship.cohorts.week import partners_of, week_of
from mentorship.people.requests import ApiRequest


class WeekDaySerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    minutes = serializers.IntegerField()
    ahead = serializers.BooleanField(help_text="It has not come yet.")


class WeekSerializer(serializers.Serializer[Any]):
    days = WeekDaySerializer(many=True, help_text="Monday to Sunday, on their own calendar.")
    minutes = serializers.IntegerField()
    steps = serializers.ListField(child=serializers.CharField(), help_text="The titles of what was done.")
    goal = serializers.CharField()


class PartnersSerializer(serializers.Serializer[Any]):
    mine = WeekSerializer()
    shares = serializers.BooleanField(help_text="Whether your partner sees your week.")
    partner = serializers.CharField(help_text="The name.")
    theirs = WeekSerializer(allow_null=True, help_text="Null as long as they do not share it.")
    partner_pauses = serializers.BooleanField()
    nudged = serializers.BooleanField(help_text="By you, today.")


class GoalSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=200, allow_blank=True, help_text="Empty takes it back.")


class ShareWeekSerializer(serializers.Serializer[Any]):
    shares = serializers.BooleanField()


class NudgeSerializer(serializers.Serializer[Any]):
    words = serializers.ChoiceField(choices=Nudge.Words.choices)


class Partners(viewsets.GenericViewSet[Group]):
    """The actions that `GroupViewSet` has for the two of a pair; for everyone else they are not there."""

    request: ApiRequest

    def _place(self, pk: str) -> GroupMember:
        rows = GroupMember.objects.places_of(self.request.user)
        return get_object_or_404(rows.select_related("membership__person", "group__cohort"), group=pk)

    def _given(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        form = serializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data

    @extend_schema(responses=PartnersSerializer)
    @action(detail=True)
    def week(self, request: ApiRequest, pk: str) -> Response:
        """Your week, and your partner's if they share it."""
        group = self._place(pk).group
        pair = partners_of(group.joined(), request.user) if group.kind == Group.Kind.ACCOUNTABILITY else None
        if pair is None:
            raise Http404
        return Response(PartnersSerializer(pair).data)

    @extend_schema(request=GoalSerializer, responses=WeekSerializer)
    @action(detail=True, methods=["put"])
    def goal(self, request: ApiRequest, pk: str) -> Response:
        """What you want to have done by Sunday."""
        place = self._place(pk)
        WeekGoal.aim(place, by=request.user, text=self._given(GoalSerializer)["text"])
        return Response(WeekSerializer(week_of(place)).data)

    @extend_schema(request=ShareWeekSerializer, responses=ShareWeekSerializer)
    @action(detail=True, methods=["post"], url_path="share-week")
    def share_week(self, request: ApiRequest, pk: str) -> Response:
        """Let your partner see your week, or not any more."""
        place = self._place(pk)
        place.share_week(self._given(ShareWeekSerializer)["shares"], by=request.user)
        return Response({"shares": place.shares_week_since is not None})

    @extend_schema(request=NudgeSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def nudge(self, request: ApiRequest, pk: str) -> Response:
        """A kind word to your partner; 409 for a second one on a day, and while they are on a pause."""
        place = self._place(pk)
        Nudge.give(place.group, by=request.user, words=self._given(NudgeSerializer)["words"])
        return Response(status=204)
