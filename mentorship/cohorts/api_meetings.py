"""Meetings at `/api/v1/meetings/` and what was taken on there at `/api/v1/action-items/`: as their pages."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.cohorts.api_arranging import Arranging, MeetingSerializer
from mentorship.cohorts.models import ActionItem, Attendance, Meeting, Membership
from mentorship.cohorts.models.revision import LONGEST, TextChanged
from mentorship.people.models import User

NUMBER = r"[0-9]{1,18}"
COHORT = OpenApiParameter("cohort", str, description="The slug of a cohort.")


def person(request: Request) -> User:
    return cast(User, request.user)


class MeetingTextSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, allow_blank=True, help_text="Markdown.")
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, help_text="The one that you began with.")


class MeetingReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class AttendanceSerializer(serializers.ModelSerializer[Attendance]):
    name = serializers.CharField(source="membership.person.name", read_only=True)
    membership = serializers.IntegerField(source="membership_id", min_value=1, max_value=10**18)

    class Meta:
        model = Attendance
        fields = ["membership", "name", "state"]


class AttendanceListSerializer(serializers.Serializer[Any]):
    attendance = AttendanceSerializer(many=True, max_length=500)  # type: ignore[call-arg]


@extend_schema_view(list=extend_schema(parameters=[COHORT]))
class MeetingViewSet(Arranging, mixins.ListModelMixin):
    """The meetings of your cohorts, the latest first."""

    queryset = Meeting.objects.none()
    serializer_class = MeetingSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Meeting]:
        rows = Meeting.objects.visible_to(self.request.user).select_related("cohort", "coordinator__person")
        return rows.order_by("-starts_at", "-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return of_cohort(queryset, self.request) if self.action == "list" else queryset

    def _kept(self, request: Request) -> Meeting:
        """The meeting, for who keeps it; for everybody else there is nothing here."""
        row = self.get_object()
        if not row.kept_by(person(request)):
            raise Http404
        return row

    def _write(self, request: Request, what: str) -> Response:
        row = self.get_object()
        asked = MeetingTextSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        try:
            row.write(what, data["text"], by=person(request), version=data["version"])
        except TextChanged as conflict:
            said = {"detail": conflict.message, "code": conflict.code}
            return Response(said | {"text": conflict.saved, "version": conflict.version}, status=409)
        return Response(MeetingSerializer(row).data)

    @extend_schema(request=MeetingTextSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["put"])
    def minutes(self, request: Request, pk: str) -> Response:
        """Write the minutes. 409 with what stands there, when that is no longer the version you began with."""
        return self._write(request, "notes")

    @extend_schema(request=MeetingTextSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["put"])
    def agenda(self, request: Request, pk: str) -> Response:
        """Write the agenda; as the minutes."""
        return self._write(request, "agenda")

    @extend_schema(request=None, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close the minutes and send them out; for the coordinator and admins."""
        row = self._kept(request)
        row.close(by=person(request))
        return Response(MeetingSerializer(row).data)

    @extend_schema(request=MeetingReasonSerializer, responses=MeetingSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Call it off; for admins. Every member is told why."""
        row = self.get_object()
        if not person(request).is_admin:
            raise Http404
        asked = MeetingReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row.cancel(by=person(request), reason=asked.validated_data["reason"])
        return Response(MeetingSerializer(row).data)

    @extend_schema(responses=AttendanceListSerializer)
    @action(detail=True)
    def attendance(self, request: Request, pk: str) -> Response:
        """Who was there, or says beforehand that they cannot come."""
        return self._attendance(self.get_object())

    @extend_schema(request=AttendanceListSerializer, responses=AttendanceListSerializer)
    @attendance.mapping.put
    def note_attendance(self, request: Request, pk: str) -> Response:
        """Note who was there; for the coordinator and admins. Whom you leave out stays as they are."""
        row = self._kept(request)
        asked = AttendanceListSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        states = {one["membership_id"]: one["state"] for one in asked.validated_data["attendance"]}
        Attendance.note(row, by=person(request), states=states)
        return self._attendance(row)

    def _attendance(self, row: Meeting) -> Response:
        rows = row.attendance.select_related("membership__person").order_by("membership__person__name", "pk")
        return Response(AttendanceListSerializer({"attendance": rows}).data)


def of_cohort(rows: QuerySet[Any], request: Request) -> QuerySet[Any]:
    asked = MeetingFilter(data=request.query_params)
    asked.is_valid(raise_exception=True)
    if slug := asked.validated_data.get("cohort"):
        rows = rows.filter(cohort__slug=slug)
    return rows


class MeetingFilter(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60, required=False)
    mine = serializers.BooleanField(required=False, default=False)
    open = serializers.BooleanField(required=False, default=False)


class ActionItemSerializer(serializers.ModelSerializer[ActionItem]):
    cohort = serializers.CharField(source="cohort.slug")
    owner_name = serializers.CharField(source="owner.person.name")

    class Meta:
        model = ActionItem
        fields = [
            *("id", "cohort", "meeting", "owner", "owner_name", "text", "due_on", "made_at", "done_at", "dropped_at"),
        ]
        read_only_fields = fields


class ActionItemChangeSerializer(serializers.Serializer[Any]):
    """Who does what until when."""

    owner = serializers.IntegerField(min_value=1, max_value=10**18, help_text="The id of a membership of the cohort.")
    text = serializers.CharField(max_length=200)
    due_on = serializers.DateField()


class ActionItemInputSerializer(ActionItemChangeSerializer):
    meeting = serializers.IntegerField(min_value=1, max_value=10**18)
    key = serializers.UUIDField(required=False, help_text="The same key again gives the first one.")


class ActionDoneSerializer(serializers.Serializer[Any]):
    done = serializers.BooleanField(required=False, default=True)


MINE = OpenApiParameter("mine", bool, description="Only what you took on.")
OPEN = OpenApiParameter("open", bool, description="Only what is neither done nor dropped.")


@extend_schema_view(list=extend_schema(parameters=[COHORT, MINE, OPEN]))
class ActionItemViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[ActionItem]):
    """What was taken on at the meetings of your cohorts, the next one due first."""

    queryset = ActionItem.objects.none()
    serializer_class = ActionItemSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[ActionItem]:
        rows = ActionItem.objects.visible_to(self.request.user).select_related(
            "cohort", "owner__person", "meeting__cohort", "meeting__coordinator"
        )
        return rows.order_by("due_on", "pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        asked = MeetingFilter(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        rows: Any = of_cohort(queryset, self.request)
        rows = rows.of(self.request.user) if asked.validated_data["mine"] else rows
        return rows.open() if asked.validated_data["open"] else rows

    def _owner(self, meeting: Meeting, pk: int) -> Membership:
        owner = meeting.cohort.memberships.active().select_related("person").filter(pk=pk).first()
        if owner is None:
            raise serializers.ValidationError({"owner": ["Its owner must belong to this cohort."]})
        return owner

    def _kept(self, request: Request) -> ActionItem:
        row = self.get_object()
        if not row.kept_by(person(request)):
            raise Http404
        return row

    @extend_schema(request=ActionItemInputSerializer, responses={201: ActionItemSerializer})
    def create(self, request: Request) -> Response:
        """Note what somebody takes on; they are told."""
        asked = ActionItemInputSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = dict(asked.validated_data)
        meetings = Meeting.objects.visible_to(request.user).select_related("cohort", "coordinator__person")
        meeting = get_object_or_404(meetings, pk=data.pop("meeting"))
        owner = self._owner(meeting, data.pop("owner"))
        made = ActionItem.add(meeting, by=person(request), owner=owner, **data)
        return Response(ActionItemSerializer(made).data, status=201)

    @extend_schema(request=ActionItemChangeSerializer(partial=True), responses=ActionItemSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Other words, another day, another owner."""
        row = self._kept(request)
        asked = ActionItemChangeSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        data = {"owner": row.owner, "text": row.text, "due_on": row.due_on} | asked.validated_data
        if "owner" in asked.validated_data:
            data["owner"] = self._owner(row.meeting, asked.validated_data["owner"])
        row.change(by=person(request), **data)
        return Response(ActionItemSerializer(row).data)

    @extend_schema(request=ActionDoneSerializer, responses=ActionItemSerializer)
    @action(detail=True, methods=["post"])
    def tick(self, request: Request, pk: str) -> Response:
        """It is done, or, with `done` false, not yet after all; for its owner."""
        row = self.get_object()
        if row.owner.person_id != person(request).pk and not person(request).is_admin:
            raise Http404
        asked = ActionDoneSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row.tick(by=person(request), done=asked.validated_data["done"])
        return Response(ActionItemSerializer(row).data)

    @extend_schema(request=None, responses=ActionItemSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """It is not needed any more."""
        row = self._kept(request)
        row.drop(by=person(request))
        return Response(ActionItemSerializer(row).data)
