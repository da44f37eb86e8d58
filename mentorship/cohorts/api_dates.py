"""`/api/v1/schedules/`, `/api/v1/due-dates/` and `/api/v1/extensions/`: the calendar of a cohort, and more time."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.models import Cohort, DueDate, Extension, Membership, Schedule, ScheduledUnit
from mentorship.cohorts.models.schedule import weeks
from mentorship.people.requests import ApiRequest

NUMBER = r"[0-9]{1,18}"
WEEK: Any = {"min_value": 1, "max_value": 1000}


class SpanSerializer(serializers.ModelSerializer[ScheduledUnit]):
    """The weeks of one unit, counted from 1."""

    unit = serializers.CharField(source="unit.key")
    title = serializers.CharField(source="unit.title", read_only=True)
    first_week = serializers.IntegerField(**WEEK)
    last_week = serializers.IntegerField(**WEEK)

    class Meta:
        model = ScheduledUnit
        fields = ["unit", "title", "first_week", "last_week"]


class ScheduleSerializer(serializers.ModelSerializer[Schedule]):
    cohort = serializers.CharField(source="cohort.slug", read_only=True)
    weeks = serializers.SerializerMethodField(help_text="How many weeks the cohort has.")
    skipped = serializers.ListField(child=serializers.IntegerField(**WEEK), max_length=1000)
    units = SpanSerializer(many=True)
    version = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="The one that you have read; 409 when another one stands by now."
    )

    class Meta:
        model = Schedule
        fields = ["cohort", "weeks", "skipped", "version", "units"]

    def get_weeks(self, row: Schedule) -> int:
        return weeks(row.cohort)


class DraftScheduleSerializer(serializers.Serializer[Any]):
    skipped = serializers.ListField(
        child=serializers.IntegerField(**WEEK), max_length=1000, required=False, default=list
    )
    version = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, default=0, help_text="The one that it replaces; 0 if none stands."
    )


class ScheduleViewSet(viewsets.GenericViewSet[Schedule]):
    """Which unit a cohort is at in which week: members read it, admins change it."""

    request: ApiRequest
    queryset = Schedule.objects.none()
    serializer_class = ScheduleSerializer
    lookup_field = "cohort__slug"
    lookup_url_kwarg = "cohort"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,60}"

    def get_queryset(self) -> QuerySet[Schedule]:
        person = self.request.user
        cohorts = Cohort.objects.all() if person.is_admin else Cohort.objects.of(person)
        return Schedule.objects.filter(cohort__in=cohorts).select_related("cohort").prefetch_related("units__unit")

    def retrieve(self, request: ApiRequest, cohort: str) -> Response:
        return Response(ScheduleSerializer(self.get_object()).data)

    def update(self, request: ApiRequest, cohort: str) -> Response:
        """Put units into other weeks; for admins. Due dates that nobody set by hand follow."""
        if not request.user.is_admin:
            raise Http404
        row = self.get_object()
        given = ScheduleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        keys = {unit.unit.key: unit.unit_id for unit in row.units.all()}
        spans = {}
        for unit in data["units"]:
            if unit["unit"]["key"] not in keys:
                raise serializers.ValidationError({"units": "This schedule has no such unit."})
            spans[keys[unit["unit"]["key"]]] = (unit["first_week"], unit["last_week"])
        row.adjust(spans, skipped=data["skipped"], by=request.user, version=data["version"])
        return Response(ScheduleSerializer(self.get_object()).data)

    @extend_schema(request=DraftScheduleSerializer, responses=ScheduleSerializer)
    @action(detail=True, methods=["post"])
    def draft(self, request: ApiRequest, cohort: str) -> Response:
        """Lay the units over the weeks from their hours, in place of what stands; for admins."""
        found = get_object_or_404(Cohort.objects.administered_by(request.user), slug=cohort)
        given = DraftScheduleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if max(given.validated_data["skipped"], default=0) > weeks(found):
            raise serializers.ValidationError({"skipped": [f"The cohort has {weeks(found)} weeks."]})
        Schedule.draft(found, by=request.user, **given.validated_data)
        return Response(ScheduleSerializer(self.get_object()).data)


class DueDateSerializer(serializers.ModelSerializer[DueDate]):
    cohort = serializers.CharField(source="cohort.slug", read_only=True)
    item = serializers.CharField(source="item.key", read_only=True)
    title = serializers.CharField(source="item.title", read_only=True)
    own_due_at = serializers.DateTimeField(
        source="own_at", read_only=True, help_text="Until when you have time yourself."
    )
    extended = serializers.BooleanField(
        source="why.extended", read_only=True, help_text="Whether an extension of yours holds."
    )
    pause_days = serializers.IntegerField(
        source="why.pause_days", read_only=True, help_text="By how many days your pauses have moved it."
    )

    class Meta:
        model = DueDate
        fields = ["id", "cohort", "item", "title", "due_at", "own_due_at", "extended", "pause_days", "by_hand"]
        read_only_fields = ["id", "by_hand"]


class CohortFilter(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60, required=False)


class ExtensionSerializer(serializers.ModelSerializer[Extension]):
    person = serializers.CharField(source="membership.person.name", read_only=True)
    due = serializers.PrimaryKeyRelatedField(queryset=DueDate.objects.none())

    class Meta:
        model = Extension
        fields = ["id", "due", "person", "state", "until", "reason", "asked_at", "decided_at", "note"]
        read_only_fields = ["id", "state", "asked_at", "decided_at", "note"]


class ExtendSerializer(serializers.Serializer[Any]):
    """More time for one mentee, by the id of their membership in the roster."""

    mentee = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    until = serializers.DateTimeField()
    reason = serializers.CharField(max_length=300)


class ExtensionNoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("cohort", str, description="Its slug.")]))
class DueDateViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[DueDate]):
    """What is due in your cohorts, the first one first."""

    request: ApiRequest
    queryset = DueDate.objects.none()
    serializer_class = DueDateSerializer
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[DueDate]:
        rows = DueDate.objects.published().visible_to(self.request.user).for_person(self.request.user)
        return rows.select_related("cohort", "item").order_by("due_at", "pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        query = CohortFilter(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        slug = query.validated_data.get("cohort")
        return queryset.filter(cohort__slug=slug) if slug and self.action == "list" else queryset

    @extend_schema(request=None, responses=DueDateSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: ApiRequest, pk: str) -> Response:
        """Let it follow the schedule again; for admins."""
        if not request.user.is_admin:
            raise Http404
        self.get_object().release(by=request.user)
        return Response(DueDateSerializer(self.get_object()).data)

    @extend_schema(request=DueDateSerializer, responses=DueDateSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Set it for everyone; for admins. The mentees are told."""
        if not request.user.is_admin:
            raise Http404
        row = self.get_object()
        given = DueDateSerializer(row, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        if "due_at" in given.validated_data:
            row.set(given.validated_data["due_at"], by=request.user)
        return Response(DueDateSerializer(self.get_object()).data)

    @extend_schema(request=ExtendSerializer, responses={201: ExtensionSerializer})
    @action(detail=True, methods=["post"])
    def extend(self, request: ApiRequest, pk: str) -> Response:
        """Give one mentee more time; for their mentor and admins."""
        row = self.get_object()
        mentees = Membership.objects.followed_by(request.user).filter(cohort=row.cohort_id)
        mentees = mentees.exclude(person=request.user.pk).select_related("person")
        if not (request.user.is_admin or mentees.exists()):
            raise Http404
        given = ExtendSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        mentee = get_object_or_404(mentees, pk=data["mentee"])
        made = Extension.give(
            due=row, membership=mentee, by=request.user, until=data["until"], reason=data["reason"]
        )  # fmt: skip
        return Response(ExtensionSerializer(made).data, status=201)


class ExtensionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Extension]):
    """More time: what you asked for, and what the mentees that you follow did."""

    request: ApiRequest
    queryset = Extension.objects.none()
    serializer_class = ExtensionSerializer
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Extension]:
        rows = Extension.objects.visible_to(self.request.user)
        return rows.select_related("due__cohort", "due__item", "membership__person").order_by("-asked_at", "-pk")

    @extend_schema(request=ExtensionSerializer, responses={201: ExtensionSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Ask for more time, as a mentee. 409 if you have asked already, or if it is no more time."""
        given = ExtensionSerializer(data=request.data)
        field: Any = given.fields["due"]
        field.queryset = DueDate.objects.visible_to(request.user).select_related("cohort", "item")
        given.is_valid(raise_exception=True)
        data = given.validated_data
        seats = Membership.objects.of(request.user).select_related("person")
        seat = get_object_or_404(seats, cohort=data["due"].cohort_id, role=Membership.Role.MENTEE)
        row = Extension.ask(
            due=data["due"], membership=seat, by=request.user, until=data["until"], reason=data["reason"]
        )  # fmt: skip
        return Response(ExtensionSerializer(row).data, status=201)

    def _decide(self, request: ApiRequest, pk: str, verb: str) -> Response:
        rows: Any = self.get_queryset()
        row = get_object_or_404(rows.decidable_by(request.user), pk=pk)
        given = ExtensionNoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        getattr(row, verb)(by=request.user, note=given.validated_data["note"])
        return Response(ExtensionSerializer(row).data)

    @extend_schema(request=ExtensionNoteSerializer, responses=ExtensionSerializer)
    @action(detail=True, methods=["post"])
    def grant(self, request: ApiRequest, pk: str) -> Response:
        """Say yes; for their mentor and admins."""
        return self._decide(request, pk, "grant")

    @extend_schema(request=ExtensionNoteSerializer, responses=ExtensionSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: ApiRequest, pk: str) -> Response:
        """Say no; for their mentor and admins."""
        return self._decide(request, pk, "decline")

    @extend_schema(request=ExtensionNoteSerializer, responses=ExtensionSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: ApiRequest, pk: str) -> Response:
        """Take back what was given; for their mentor and admins."""
        return self._decide(request, pk, "end")

    @extend_schema(request=None, responses=ExtensionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: ApiRequest, pk: str) -> Response:
        """Take back what you asked for."""
        row = get_object_or_404(self.get_queryset(), pk=pk, membership__person=request.user.pk)
        row.withdraw(by=request.user)
        return Response(ExtensionSerializer(row).data)
