"""`/api/v1/invitations/` for admins, and `/api/v1/charters/` for whoever sees the cohort."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.cohorts import inviting, roles
from mentorship.cohorts.as_of import clock_of
from mentorship.cohorts.models import Charter, Cohort, Invitation, Membership
from mentorship.cohorts.models.charter import LONGEST
from mentorship.people.models import User

NUMBER = r"[0-9]{1,18}"


class InvitationFilter(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60, required=False)
    state = serializers.ChoiceField(choices=Invitation.SHOWN, required=False)


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    cohort = serializers.CharField(source="cohort.slug")
    state = serializers.SerializerMethodField(help_text="open, accepted, expired or revoked.")

    class Meta:
        model = Invitation
        fields = [
            *("id", "cohort", "address", "name", "role", "capacity", "message", "state"),
            *("times_sent", "sent_at", "expires_at", "closed_at"),
        ]
        read_only_fields = fields

    def get_state(self, row: Invitation) -> str:
        return row.shown_state()


class InvitationDataSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60)
    address = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=Membership.Role.choices, default="mentee")
    name = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    capacity = serializers.IntegerField(min_value=0, max_value=50, default=inviting.CAPACITY)
    message = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class InvitedRowSerializer(serializers.Serializer[Any]):
    """Nothing of it is checked but its length: what is wrong with a row is said of that row."""

    address = serializers.CharField(max_length=500, allow_blank=True)
    name = serializers.CharField(max_length=500, required=False, allow_blank=True)
    role = serializers.CharField(max_length=100, required=False, allow_blank=True)
    capacity = serializers.IntegerField(min_value=0, max_value=50, required=False)
    message = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class InviteManySerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60)
    rows = serializers.ListField(child=InvitedRowSerializer(), min_length=1, max_length=inviting.MOST)
    seen = serializers.CharField(
        max_length=32, required=False, default="", help_text="As the look said it: 409 when it stands no more."
    )


class VerdictSerializer(serializers.Serializer[Any]):
    address = serializers.CharField(source="asked.address")
    word = serializers.CharField(help_text="new and again are invited; the others are left out.")
    sentence = serializers.CharField()


class VerdictsSerializer(serializers.Serializer[Any]):
    seen = serializers.CharField()
    rows = VerdictSerializer(many=True)


class TokenOfInvitationSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(max_length=200, help_text="The last part of the link in the letter.")
    charter = serializers.IntegerField(
        min_value=1, max_value=32_000, required=False, help_text="The version of the charter that you accept along."
    )


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("cohort", str, description="The slug of a cohort."),
            OpenApiParameter("state", str, enum=Invitation.SHOWN),
        ]
    )
)
class InvitationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Invitation]):
    """Invitations into cohorts, the latest first; for admins."""

    queryset = Invitation.objects.none()
    serializer_class = InvitationSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Invitation]:
        rows = Invitation.objects.administered_by(self.request.user)
        return rows.select_related("cohort").order_by("-sent_at", "-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        asked = InvitationFilter(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        rows: Any = queryset
        if slug := asked.validated_data.get("cohort"):
            rows = rows.filter(cohort__slug=slug)
        if state := asked.validated_data.get("state"):
            rows = rows.shown_as(state)
        return cast(QuerySet[Any], rows)

    @extend_schema(request=InvitationDataSerializer, responses={201: InvitationSerializer})
    def create(self, request: Request) -> Response:
        """Invite one person by mail. 409 for members, for who is invited already, and when no seat is left."""
        by = cast(User, request.user)
        if not by.is_admin:
            raise Http404
        form = InvitationDataSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        fields = dict(form.validated_data)
        cohort = get_object_or_404(Cohort.objects.administered_by(by), slug=fields.pop("cohort"))
        row = inviting.invite(cohort=cohort, asked=inviting.Asked(**fields), by=by)
        return Response(InvitationSerializer(row).data, status=201)

    def _rows(self, request: Request) -> tuple[Cohort, list[inviting.Asked], str]:
        by = cast(User, request.user)
        if not by.is_admin:
            raise Http404
        form = InviteManySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        cohort = get_object_or_404(Cohort.objects.administered_by(by), slug=given["cohort"])
        rows = [inviting.Asked(**row, line=number) for number, row in enumerate(given["rows"], 1)]
        return cohort, rows, given["seen"]

    @extend_schema(request=InviteManySerializer, responses=VerdictsSerializer)
    @action(detail=False, methods=["post"])
    def look(self, request: Request) -> Response:
        """What would become of each row; nobody is invited."""
        cohort, rows, _seen = self._rows(request)
        verdicts = inviting.judge(cohort, rows)
        return Response(VerdictsSerializer({"seen": inviting.fingerprint(verdicts), "rows": verdicts}).data)

    @extend_schema(request=InviteManySerializer, responses={201: InvitationSerializer(many=True)}, filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    def many(self, request: Request) -> Response:
        """Invite whom a look says, all in one; who cannot be is left out."""
        cohort, rows, seen = self._rows(request)
        made = inviting.invite_all(cohort=cohort, rows=rows, by=cast(User, request.user), seen=seen)
        return Response(InvitationSerializer(made, many=True).data, status=201)

    @extend_schema(request=TokenOfInvitationSerializer, responses=InvitationSerializer)
    @action(detail=False, methods=["post"])
    def accept(self, request: Request) -> Response:
        """Accept the one whose link you have, as whom it went to. One that is used, late or unknown is 404."""
        form = TokenOfInvitationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = Invitation.of_token(form.validated_data["token"])
        if row is None:
            raise Http404
        with clock_of(row.cohort):
            row.accept(by=cast(User, request.user), charter=form.validated_data.get("charter"))
        return Response(InvitationSerializer(row).data)

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def resend(self, request: Request, pk: str) -> Response:
        """Send a new link; the old one is dead."""
        row = self.get_object()
        row.resend(by=cast(User, request.user))
        return Response(InvitationSerializer(row).data)

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Take it back."""
        row = self.get_object()
        row.revoke(by=cast(User, request.user))
        return Response(InvitationSerializer(row).data)


class CharterSerializer(serializers.ModelSerializer[Charter]):
    cohort = serializers.CharField(source="cohort.slug")
    accepted = serializers.SerializerMethodField(help_text="Whether you have accepted this version.")

    class Meta:
        model = Charter
        fields = ["cohort", "version", "text", "written_at", "accepted"]
        read_only_fields = fields

    def get_accepted(self, row: Charter) -> bool:
        return row.is_accepted_by(self.context["request"].user)


class AcceptCharterSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=32_000)


class WriteCharterSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, help_text="Markdown.")


class CharterViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Charter]):
    """The charter of a cohort, by the cohort's slug, in the version that holds now."""

    queryset = Charter.objects.none()
    serializer_class = CharterSerializer
    permission_classes = [AllowAny]
    lookup_field = "cohort__slug"
    lookup_url_kwarg = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,60}"

    def get_queryset(self) -> QuerySet[Charter]:
        return Charter.objects.visible_to(self.request.user).select_related("cohort")

    @extend_schema(request=AcceptCharterSerializer, responses=CharterSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def accept(self, request: Request, slug: str) -> Response:
        """Accept it, as a member of the cohort; 409 when another version holds by now."""
        row = self.get_object()
        if not roles.is_member_of(request.user, row.cohort):
            raise Http404
        form = AcceptCharterSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        Charter.agree(cohort=row.cohort, by=cast(User, request.user), version=form.validated_data["version"])
        return Response(CharterSerializer(row, context={"request": request}).data)

    @extend_schema(request=WriteCharterSerializer, responses=CharterSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def write(self, request: Request, slug: str) -> Response:
        """Write what holds from now on; for admins. Every member is asked to accept it."""
        by = cast(User, request.user)
        cohort = get_object_or_404(Cohort.objects.administered_by(by), slug=slug)
        form = WriteCharterSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = Charter.write(cohort=cohort, text=form.validated_data["text"], by=by)
        return Response(CharterSerializer(row, context={"request": request}).data)
