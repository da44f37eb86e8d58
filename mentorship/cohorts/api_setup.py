"""`/api/v1/cohorts/` of who runs them: set-up, from draft to archive; for admins."""

from typing import Any, cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.forms import PersonField
from mentorship.cohorts.forms_setup import free_slug
from mentorship.cohorts.models import Cohort, Departure, Membership
from mentorship.cohorts.models.cohort import validate_slug
from mentorship.cohorts.moving_up import moving_up
from mentorship.cohorts.readiness import missing
from mentorship.cohorts.returning import departed, returned
from mentorship.cohorts.seen import fingerprint
from mentorship.people.models import User, validate_timezone
from mentorship.people.requests import ApiRequest
from streams.models import Stream

LARGEST = 2**63 - 1
TEST_HELP = "A test cohort, with a clock that admins put ahead: its address begins with 'test-'."


class CohortDataSerializer(serializers.ModelSerializer[Cohort]):
    stream = serializers.SlugRelatedField("key", queryset=Stream.objects.published())
    slug = serializers.SlugField(
        max_length=60, required=False, validators=[validate_slug], help_text="Left out, it is made from the name."
    )
    timezone = serializers.CharField(max_length=64, required=False, validators=[validate_timezone])

    class Meta:
        model = Cohort
        fields = Cohort.EDITABLE


class NewCohortSerializer(CohortDataSerializer):
    test = serializers.BooleanField(required=False, default=False, help_text=TEST_HELP)

    class Meta(CohortDataSerializer.Meta):
        fields = [*Cohort.EDITABLE, "test"]


class CohortChangeSerializer(CohortDataSerializer):
    seen = serializers.CharField(
        max_length=32, required=False, help_text="As the set-up said it: 409 if somebody has changed something since."
    )

    class Meta(CohortDataSerializer.Meta):
        fields = [*Cohort.EDITABLE, "seen"]


class MissingSerializer(serializers.Serializer[Any]):
    step = serializers.IntegerField(help_text="Of the set-up's page, where it is put right.")
    text = serializers.CharField()
    must = serializers.BooleanField(help_text="Without it the cohort does not open.")
    code = serializers.CharField(help_text="Of that refusal; empty for what may be missing.")


class SetUpSerializer(serializers.ModelSerializer[Cohort]):
    stream = serializers.CharField(source="stream.key")
    seen = serializers.SerializerMethodField(help_text="For a change that began from here.")
    missing = serializers.SerializerMethodField(help_text="What it lacks before it opens.")

    class Meta:
        model = Cohort
        fields = [*Cohort.EDITABLE, "state", "seats_taken", "seen", "missing"]
        read_only_fields = fields

    def get_seen(self, row: Cohort) -> str:
        return fingerprint(row, Cohort.EDITABLE)

    @extend_schema_field(MissingSerializer(many=True))
    def get_missing(self, row: Cohort) -> Any:
        return MissingSerializer(missing(row), many=True).data


class AddMentorSerializer(serializers.Serializer[Any]):
    person = serializers.CharField(max_length=254, help_text="E-mail address or handle.")
    capacity = serializers.IntegerField(min_value=0, max_value=50, default=4)

    def validate_person(self, text: str) -> User | None:
        return PersonField().clean(text)


class MentorSeatSerializer(serializers.ModelSerializer[Membership]):
    name = serializers.CharField(source="person.name")

    class Meta:
        model = Membership
        fields = ["id", "name", "capacity", "load"]
        read_only_fields = fields


class ReturningSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    cohort = serializers.CharField(help_text="The name of the one they left.")
    kind = serializers.ChoiceField(choices=Departure.Kind.choices)
    text = serializers.CharField()
    left_at = serializers.DateTimeField()
    door_open = serializers.BooleanField()
    asked = serializers.CharField(help_text="The state of their application here; empty without one.")


class SeatsSerializer(serializers.Serializer[Any]):
    seats = serializers.IntegerField(min_value=1, max_value=1000, required=False, help_text="As there would be.")


class MailSerializer(serializers.Serializer[Any]):
    to = serializers.CharField()
    subject = serializers.CharField()
    body = serializers.CharField()


class MovingUpSerializer(serializers.Serializer[Any]):
    names = serializers.ListField(child=serializers.CharField(), help_text="Who gets a seat at once.")
    more = serializers.IntegerField(help_text="Beside these.")
    mail = MailSerializer(help_text="The first one's, or, if nobody waits, as it would read to you.")


class SetUp(viewsets.GenericViewSet[Cohort]):
    """The actions that `CohortViewSet` has for admins; for everyone else they are not there."""

    request: ApiRequest

    def get_permissions(self) -> Any:
        own = ("create", "partial_update", "ask_question")
        return [IsAuthenticated()] if self.action in own else super().get_permissions()

    def administered(self) -> Cohort:
        rows = Cohort.objects.administered_by(self.request.user).select_related("stream")
        return get_object_or_404(rows, slug=self.kwargs["slug"])

    @extend_schema(request=NewCohortSerializer, responses={201: SetUpSerializer})
    def create(self, request: ApiRequest) -> Response:
        """A draft, which only admins see until it opens."""
        if not request.user.is_admin:
            raise Http404
        given = NewCohortSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = {"timezone": request.user.timezone} | given.validated_data
        fields.setdefault("slug", free_slug(fields["name"], test=fields["test"]))
        return Response(SetUpSerializer(Cohort.draft(by=request.user, **fields)).data, status=201)

    @extend_schema(request=CohortChangeSerializer(partial=True), responses=SetUpSerializer)
    def partial_update(self, request: ApiRequest, slug: str) -> Response:
        """Change its set-up. With `seen`, only if nobody has changed anything meanwhile."""
        row = self.administered()
        given = CohortChangeSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        changes = dict(given.validated_data)
        if seen := changes.pop("seen", ""):
            changes = {name: getattr(row, name) for name in Cohort.EDITABLE} | changes
        row.edit(by=request.user, seen=seen, **changes)
        return Response(SetUpSerializer(row).data)

    @extend_schema(responses=SetUpSerializer)
    @action(detail=True, url_path="set-up", permission_classes=[IsAuthenticated])
    def set_up(self, request: ApiRequest, slug: str) -> Response:
        """What is set, and what is missing before it opens."""
        return Response(SetUpSerializer(self.administered()).data)

    def _move(self, verb: str) -> Response:
        row = self.administered()
        getattr(row, verb)(by=self.request.user)
        return Response(SetUpSerializer(row).data)

    @extend_schema(request=None, responses=SetUpSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def open(self, request: ApiRequest, slug: str) -> Response:
        """Take applications. 409 while something is missing that must be there."""
        return self._move("open")

    @extend_schema(request=None, responses=SetUpSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def start(self, request: ApiRequest, slug: str) -> Response:
        """Begin to run."""
        return self._move("start")

    @extend_schema(request=None, responses=SetUpSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def finish(self, request: ApiRequest, slug: str) -> Response:
        """End the run. 409 while somebody waits for an answer."""
        return self._move("finish")

    @extend_schema(request=None, responses=SetUpSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def archive(self, request: ApiRequest, slug: str) -> Response:
        """Close the books; assignments end. 409 while rounds wait for a review."""
        return self._move("archive")

    @extend_schema(request=AddMentorSerializer, responses={201: MentorSeatSerializer})
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def mentors(self, request: ApiRequest, slug: str) -> Response:
        """Let somebody mentor here; they are told."""
        row = self.administered()
        given = AddMentorSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(MentorSeatSerializer(row.add_mentor(by=request.user, **given.validated_data)).data, status=201)

    @extend_schema(responses=MentorSeatSerializer(many=True), filters=False)
    @mentors.mapping.get
    def list_mentors(self, request: ApiRequest, slug: str) -> Response:
        """Who mentors here, how many mentees each has and takes; for admins."""
        rows: Any = self.administered().memberships.mentors().select_related("person").order_by("person__name", "pk")
        return self.get_paginated_response(MentorSeatSerializer(self.paginate_queryset(rows), many=True).data)

    @extend_schema(responses=ReturningSerializer(many=True), filters=False)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def returning(self, request: ApiRequest, slug: str) -> Response:
        """Who left an earlier cohort of its stream, why, and whether they apply here."""
        cohort = self.administered()
        page: Any = self.paginate_queryset(cast(Any, departed(cohort)))
        return self.get_paginated_response(ReturningSerializer(returned(cohort, page), many=True).data)

    @extend_schema(parameters=[SeatsSerializer], responses=MovingUpSerializer)
    @action(detail=True, url_path="moving-up", permission_classes=[IsAuthenticated])
    def moving_up(self, request: ApiRequest, slug: str) -> Response:
        """Who would get a seat at once if its waiting list moved up by itself, and the mail that goes then."""
        cohort = self.administered()
        given = SeatsSerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        cohort.seats = given.validated_data.get("seats", cohort.seats)
        return Response(MovingUpSerializer(moving_up(cohort, reader=request.user)).data)
