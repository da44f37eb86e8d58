"""What stands around meetings by the API: turns that change hands, mentors asked to come, points brought up."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.models import Exchange, Meeting, Point, Visit
from mentorship.cohorts.models.visit import mentors_above
from mentorship.people.models import User
from mentorship.people.requests import ApiRequest

LARGEST = 2**63 - 1
MEETING = OpenApiParameter("meeting", int, description="The id of a meeting.")


class OfMeeting(serializers.Serializer[Any]):
    """A meeting that the reader sees, by its id; what is not visible is not there."""

    meeting = serializers.IntegerField(min_value=1, max_value=LARGEST)

    def validate_meeting(self, key: int) -> Meeting:
        rows = Meeting.objects.visible_to(self.context["request"].user)
        return get_object_or_404(rows.select_related("cohort__stream", "coordinator__person"), pk=key)


class AroundMeetings(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """What the three share."""

    request: ApiRequest
    permission_classes = [IsAuthenticated]
    lookup_value_regex = r"[0-9]{1,18}"

    def given(self, serializer: type[OfMeeting], data: Any = None) -> dict[str, Any]:
        form = serializer(data=self.request.data if data is None else data, context={"request": self.request})
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def said(self, row: Any, status: int = 200) -> Response:
        return Response(self.get_serializer(row).data, status=status)


class ExchangeSerializer(serializers.ModelSerializer[Exchange]):
    """Seats are memberships, by the ids of the roster."""

    asker_name = serializers.CharField(source="asker.person.name")
    other_name = serializers.CharField(source="other.person.name")

    class Meta:
        model = Exchange
        fields = [
            *("id", "meeting", "asker", "asker_name", "other", "other_name", "in_return", "state"),
            *("asked_at", "answered_at"),
        ]
        read_only_fields = fields


class AskExchangeSerializer(OfMeeting):
    other = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="The id of a mentee's membership.")
    in_return = serializers.IntegerField(
        min_value=1, max_value=LARGEST, required=False, allow_null=True, help_text="A meeting that they lead."
    )

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        cohort = given["meeting"].cohort
        other = cohort.memberships.mentees().select_related("person").filter(pk=given["other"]).first()
        if other is None:
            raise serializers.ValidationError({"other": ["Ask another mentee of your cohort."]})
        turn = cohort.meetings.filter(pk=given["in_return"]).first() if given.get("in_return") else None
        if given.get("in_return") and turn is None:
            raise serializers.ValidationError({"in_return": ["There is no such meeting in your cohort."]})
        return given | {"other": other, "in_return": turn}


class ExchangeViewSet(AroundMeetings):
    """Turns to lead that you would give away, or are asked to take; all for admins."""

    queryset = Exchange.objects.none()
    serializer_class = ExchangeSerializer

    def get_queryset(self) -> QuerySet[Exchange]:
        rows = Exchange.objects.visible_to(self.request.user)
        return rows.select_related("asker__person", "other__person", "meeting__cohort", "in_return__cohort")

    @extend_schema(request=AskExchangeSerializer, responses={201: ExchangeSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Ask another mentee to lead a meeting of yours, for one of theirs or for nothing."""
        given = self.given(AskExchangeSerializer)
        meeting = given.pop("meeting")
        if not meeting.led_by(request.user):
            raise Http404
        return self.said(Exchange.ask(meeting, by=request.user, **given), 201)

    def _answer(self, verb: str) -> Response:
        row = self.get_object()
        if (row.asker if verb == "withdraw" else row.other).person_id != self.request.user.pk:
            raise Http404
        getattr(row, verb)(by=self.request.user)
        return self.said(row)

    @extend_schema(request=None, responses=ExchangeSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: ApiRequest, pk: str) -> Response:
        """Take the turn, as who is asked. 409 when something stands otherwise by now."""
        return self._answer("agree")

    @extend_schema(request=None, responses=ExchangeSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: ApiRequest, pk: str) -> Response:
        """Say no, as who is asked."""
        return self._answer("decline")

    @extend_schema(request=None, responses=ExchangeSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: ApiRequest, pk: str) -> Response:
        """Take back what you asked."""
        return self._answer("withdraw")


class VisitSerializer(serializers.ModelSerializer[Visit]):
    cohort = serializers.CharField(source="meeting.cohort.slug")
    title = serializers.CharField(source="meeting.title")
    starts_at = serializers.DateTimeField(source="meeting.starts_at")
    minutes_long = serializers.IntegerField(source="meeting.minutes_long")
    cancelled_at = serializers.DateTimeField(source="meeting.cancelled_at", allow_null=True)
    mentor = serializers.CharField(source="mentor.name")
    asked_by = serializers.CharField(source="asked_by.name")
    note = serializers.SerializerMethodField(help_text="For the mentor and who keeps the meeting.")
    link = serializers.SerializerMethodField(help_text="For the mentor, once they have said yes.")
    agenda = serializers.SerializerMethodField(help_text="As the link.")

    class Meta:
        model = Visit
        fields = [
            *("id", "meeting", "cohort", "title", "starts_at", "minutes_long", "cancelled_at", "mentor", "asked_by"),
            *("note", "state", "asked_at", "answered_at", "link", "agenda"),
        ]
        read_only_fields = fields

    def get_note(self, row: Visit) -> str:
        reader = self.context["request"].user
        return row.note if row.mentor_id == reader.pk or row.meeting.kept_by(reader) else ""

    def _for_guest(self, row: Visit, text: str) -> str:
        return text if row.mentor_id == self.context["request"].user.pk and row.state == Visit.State.ACCEPTED else ""

    def get_link(self, row: Visit) -> str:
        return self._for_guest(row, row.meeting.link)

    def get_agenda(self, row: Visit) -> str:
        return self._for_guest(row, row.meeting.agenda)


class AskVisitSerializer(OfMeeting):
    mentor = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="An id of `mentors/`.")
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        mentor = mentors_above(given["meeting"].cohort).filter(pk=given["mentor"]).first()
        if mentor is None:
            raise serializers.ValidationError({"mentor": ["Ask a mentor of an upper stream."]})
        return given | {"mentor": mentor}


class MentorAboveSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ["id", "name"]
        read_only_fields = fields


class VisitViewSet(AroundMeetings):
    """Meetings that you are asked to come to, and who is asked to those of your cohorts."""

    queryset = Visit.objects.none()
    serializer_class = VisitSerializer

    def get_queryset(self) -> QuerySet[Visit]:
        rows = Visit.objects.known_to(self.request.user)
        return rows.select_related("meeting__cohort", "meeting__coordinator__person", "mentor", "asked_by")

    def _kept(self, meeting: Meeting) -> None:
        if not meeting.kept_by(self.request.user):
            raise Http404

    @extend_schema(request=AskVisitSerializer, responses={201: VisitSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Ask a mentor of an upper stream to a meeting; for who leads it, and admins."""
        self._kept(self.given(OfMeeting)["meeting"])
        given = self.given(AskVisitSerializer)
        return self.said(Visit.ask(given.pop("meeting"), by=request.user, **given), 201)

    @extend_schema(parameters=[OfMeeting], responses=MentorAboveSerializer(many=True), filters=False)
    @action(detail=False)
    def mentors(self, request: ApiRequest) -> Response:
        """Whom you may ask to a meeting that you keep."""
        meeting = self.given(OfMeeting, request.query_params)["meeting"]
        self._kept(meeting)
        page: Any = self.paginate_queryset(mentors_above(meeting.cohort))
        return self.get_paginated_response(MentorAboveSerializer(page, many=True).data)

    def _answer(self, pk: str, verb: str) -> Response:
        rows = self.get_queryset() & Visit.objects.visible_to(self.request.user)
        row = get_object_or_404(rows, pk=pk)
        getattr(row, verb)(by=self.request.user)
        return self.said(row)

    @extend_schema(request=None, responses=VisitSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: ApiRequest, pk: str) -> Response:
        """Say that you come, as who is asked."""
        return self._answer(pk, "accept")

    @extend_schema(request=None, responses=VisitSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: ApiRequest, pk: str) -> Response:
        """Say no, or, after a yes, not after all."""
        return self._answer(pk, "decline")

    @extend_schema(request=None, responses=VisitSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: ApiRequest, pk: str) -> Response:
        """Take the question back; for who leads the meeting, and admins."""
        row = self.get_object()
        self._kept(row.meeting)
        row.withdraw(by=request.user)
        return self.said(row)


class PointSerializer(serializers.ModelSerializer[Point]):
    cohort = serializers.CharField(source="cohort.slug")
    raised_by = serializers.CharField(source="raised_by.name")

    class Meta:
        model = Point
        fields = ["id", "cohort", "meeting", "raised_by", "text", "raised_at", "settled_at"]
        read_only_fields = fields


class BringUpSerializer(OfMeeting):
    text = serializers.CharField(max_length=300)
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again is the same point.")


class PointFilter(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60, required=False)
    open = serializers.BooleanField(required=False, default=False)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("cohort", str, description="The slug of a cohort."),
            OpenApiParameter("open", bool, description="Only what is not settled."),
        ]
    )
)
class PointViewSet(AroundMeetings):
    """What members bring up at the meetings of your cohorts: on each agenda until it is settled."""

    queryset = Point.objects.none()
    serializer_class = PointSerializer

    def get_queryset(self) -> QuerySet[Point]:
        rows = Point.objects.visible_to(self.request.user)
        return rows.select_related("cohort", "raised_by", "meeting__coordinator")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        asked = PointFilter(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        rows: Any = queryset.open() if asked.validated_data["open"] else queryset  # type: ignore[attr-defined]
        slug = asked.validated_data.get("cohort")
        return rows.filter(cohort__slug=slug) if slug else rows

    @extend_schema(request=BringUpSerializer, responses={201: PointSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Bring something up; every member reads it."""
        given = self.given(BringUpSerializer)
        return self.said(Point.bring_up(given.pop("meeting"), by=request.user, **given), 201)

    @extend_schema(request=None, responses=PointSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: ApiRequest, pk: str) -> Response:
        """It was talked about: who raised it, who leads, admins."""
        row = self.get_object()
        if not row.may_settle(request.user):
            raise Http404
        row.settle(by=request.user)
        return self.said(row)
