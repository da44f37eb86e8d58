"""`/api/v1/graduation/`, how far one is with what graduating asks; `/api/v1/graduation-rules/`, what that is."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.graduating import asked_of, ways_of
from mentorship.cohorts.models import Cohort, GraduationRule, Membership
from mentorship.cohorts.models.graduation_rule import MOST
from mentorship.cohorts.seen import fingerprint
from mentorship.people.requests import ApiRequest
from streams.models import Stream


class GraduationPartSerializer(serializers.Serializer[Any]):
    key = serializers.ChoiceField(choices=["items", "projects", "posts"], help_text="Which of the three it is.")
    done = serializers.IntegerField()
    asked = serializers.IntegerField()
    missing = serializers.IntegerField()


class WaySerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(source="membership.pk")
    name = serializers.CharField(source="membership.person.name")
    cohort = serializers.CharField(source="membership.cohort.slug")
    stream = serializers.CharField(source="membership.cohort.stream.key")
    parts = GraduationPartSerializer(source="way.parts", many=True, help_text="What nothing is asked of is left out.")
    meets = serializers.BooleanField(source="way.met", help_text="All of it is there; an admin confirms it.")


class RuleSerializer(serializers.Serializer[Any]):
    stream = serializers.CharField(source="stream.key")
    title = serializers.CharField(source="stream.title")
    share = serializers.IntegerField(help_text="Of the required items, in percent.")
    projects = serializers.IntegerField(allow_null=True, help_text="Null: as many as the stream requires.")
    posts = serializers.IntegerField()
    items_asked = serializers.IntegerField(source="asked.items", help_text="What the share comes to today.")
    projects_asked = serializers.IntegerField(source="asked.projects")
    seen = serializers.CharField(help_text="For a change that began from here.")


class RuleChangeSerializer(serializers.Serializer[Any]):
    share = serializers.IntegerField(min_value=1, max_value=100, required=False)
    projects = serializers.IntegerField(min_value=0, max_value=MOST, required=False, allow_null=True)
    posts = serializers.IntegerField(min_value=0, max_value=MOST, required=False)
    seen = serializers.CharField(max_length=32, required=False, help_text="409 if somebody changed something since.")


class GraduationViewSet(viewsets.GenericViewSet[Membership]):
    """One's own ways to graduating, and those of the mentees whom one follows."""

    request: ApiRequest
    queryset = Membership.objects.none()
    serializer_class = WaySerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> Any:
        person = self.request.user
        followed = Membership.objects.followed_by(person).order_by().values("pk")
        rows = Membership.objects.mentees().filter(Q(person=person) | Q(pk__in=followed))
        return rows.exclude(cohort__state=Cohort.State.DRAFT).order_by("-pk")

    def list(self, request: ApiRequest) -> Response:
        page: Any = self.paginate_queryset(self.get_queryset())
        ways = {own.membership.pk: own for own in ways_of(Membership.objects.filter(pk__in=[row.pk for row in page]))}
        return self.get_paginated_response(WaySerializer([ways[row.pk] for row in page], many=True).data)

    def retrieve(self, request: ApiRequest, pk: str) -> Response:
        found = ways_of(self.get_queryset().filter(pk=pk))
        if not found:
            raise Http404
        return Response(WaySerializer(found[0]).data)


class GraduationRuleViewSet(viewsets.GenericViewSet[Stream]):
    """What graduating from each stream asks."""

    request: ApiRequest
    queryset = Stream.objects.published()
    serializer_class = RuleSerializer
    permission_classes = [IsAuthenticated]
    pagination_class = None
    lookup_field = "key"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,60}"

    def shown(self, streams: Any) -> list[dict[str, Any]]:
        asked = asked_of(streams)
        return [
            {name: getattr(rule, name) for name in GraduationRule.EDITABLE}
            | {"stream": stream, "asked": asked[stream.pk], "seen": fingerprint(rule, GraduationRule.EDITABLE)}
            for stream in streams
            for rule in [getattr(stream, "graduation_rule", None) or GraduationRule(stream=stream)]
        ]

    @extend_schema(responses=RuleSerializer(many=True), filters=False)
    def list(self, request: ApiRequest) -> Response:
        rows = self.get_queryset().select_related("graduation_rule").order_by("number")
        return Response(RuleSerializer(self.shown(list(rows)), many=True).data)

    def retrieve(self, request: ApiRequest, key: str) -> Response:
        row = get_object_or_404(self.get_queryset().select_related("graduation_rule"), key=key)
        return Response(RuleSerializer(self.shown([row])[0]).data)

    @extend_schema(request=RuleChangeSerializer, responses=RuleSerializer)
    def partial_update(self, request: ApiRequest, key: str) -> Response:
        """Change what you name of it; for admins."""
        if not request.user.is_admin:
            raise Http404
        stream = get_object_or_404(self.get_queryset(), key=key)
        given = RuleChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        GraduationRule.change(stream, by=request.user, seen=values.pop("seen", ""), **values)
        return self.retrieve(request, key)
