"""What `/api/v1/meetings/` has for arranging them: into the calendar, moved, opened again; coming or not."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.models import Attendance, Cohort, Meeting, Membership
from mentorship.cohorts.models.revision import MeetingRevision
from mentorship.cohorts.seen import fingerprint
from mentorship.people.requests import ApiRequest


class MeetingDataSerializer(serializers.ModelSerializer[Meeting]):
    coordinator = serializers.PrimaryKeyRelatedField(
        queryset=Membership.objects.none(), required=False, allow_null=True, help_text="A membership of the cohort."
    )

    class Meta:
        model = Meeting
        fields = Meeting.EDITABLE

    def get_fields(self) -> Any:
        fields = super().get_fields()
        cohort: Cohort | None = self.context.get("cohort")
        if cohort:
            chosen: Any = fields["coordinator"]
            chosen.queryset = cohort.memberships.active().select_related("person")
        return fields


class OfCohortSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60)


class NewMeetingSerializer(MeetingDataSerializer):
    cohort = serializers.SlugField(max_length=60)

    class Meta(MeetingDataSerializer.Meta):
        fields = ["cohort", *Meeting.EDITABLE]


class MeetingChangeSerializer(MeetingDataSerializer):
    reason = serializers.CharField(
        max_length=300, required=False, allow_blank=True, help_text="Why another time: every member reads it."
    )
    seen = serializers.CharField(
        max_length=32, required=False, help_text="As the meeting said it: 409 if somebody has changed it since."
    )

    class Meta(MeetingDataSerializer.Meta):
        fields = [*Meeting.EDITABLE, "reason", "seen"]


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    cohort = serializers.CharField(source="cohort.slug")
    coordinator = serializers.CharField(source="coordinator.person.name", default=None, allow_null=True)
    seen = serializers.SerializerMethodField(help_text="For a change that began from here.")

    class Meta:
        model = Meeting
        fields = [
            *("id", "cohort", "title", "starts_at", "minutes_long", "coordinator", "link", "regular_on"),
            *("agenda", "agenda_version", "notes", "notes_version", "closed_at", "cancelled_at", "cancel_reason"),
            "seen",
        ]
        read_only_fields = fields

    def get_seen(self, row: Meeting) -> str:
        return fingerprint(row, Meeting.EDITABLE)


class MeetingRevisionSerializer(serializers.ModelSerializer[MeetingRevision]):
    by = serializers.CharField(source="by.name")

    class Meta:
        model = MeetingRevision
        fields = ["what", "version", "text", "by", "began_at", "at"]
        read_only_fields = fields


class WhatSerializer(serializers.Serializer[Any]):
    what = serializers.RegexField("^(agenda|notes)$", default="notes")


class Arranging(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Meeting]):
    """The verbs of admins, and what each member says of their own coming."""

    request: ApiRequest

    def _arranged(self) -> Meeting:
        """The meeting, for an admin; for everybody else there is nothing here."""
        row: Meeting = self.get_object()
        if not self.request.user.is_admin:
            raise Http404
        return row

    @extend_schema(request=NewMeetingSerializer, responses={201: MeetingSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Put one into the calendar; for admins. Every member is told."""
        if not request.user.is_admin:
            raise Http404
        where = OfCohortSerializer(data=request.data)
        where.is_valid(raise_exception=True)
        cohort = get_object_or_404(Cohort.objects.administered_by(request.user), slug=where.validated_data["cohort"])
        form = NewMeetingSerializer(data=request.data, context={"cohort": cohort})
        form.is_valid(raise_exception=True)
        fields = {name: value for name, value in form.validated_data.items() if name != "cohort"}
        return Response(MeetingSerializer(cohort.schedule(by=request.user, **fields)).data, status=201)

    @extend_schema(request=MeetingChangeSerializer(partial=True), responses=MeetingSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Move it, or change who leads, its title, length or link; for admins. Another time is told to every member."""
        row = self._arranged()
        form = MeetingChangeSerializer(data=request.data, partial=True, context={"cohort": row.cohort})
        form.is_valid(raise_exception=True)
        row.edit(by=request.user, **form.validated_data)
        return Response(MeetingSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: ApiRequest, pk: str) -> Response:
        """Let closed minutes be mended; for admins. Closing them again tells nobody a second time."""
        row = self._arranged()
        row.reopen(by=request.user)
        return Response(MeetingSerializer(row).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def excuse(self, request: ApiRequest, pk: str) -> Response:
        """Say beforehand that you cannot come."""
        Attendance.excuse(self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def come(self, request: ApiRequest, pk: str) -> Response:
        """You come after all."""
        Attendance.come(self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(
        parameters=[OpenApiParameter("what", str, enum=["agenda", "notes"])],
        responses=MeetingRevisionSerializer(many=True), filters=False,
    )  # fmt: skip
    @action(detail=True)
    def revisions(self, request: ApiRequest, pk: str) -> Response:
        """Who wrote what into its agenda or, if you do not say, its minutes; the latest first."""
        row, asked = self.get_object(), WhatSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows: Any = row.revisions.filter(**asked.validated_data).select_related("by")
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(MeetingRevisionSerializer(page, many=True).data)
