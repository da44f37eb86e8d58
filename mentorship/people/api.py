"""`/api/v1/me/`, `people/` and `tokens/`: one's own profile and keys, and the profiles that one may open."""

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.validators import UniqueValidator
from rest_framework.views import APIView

from mentorship.people import profiles
from mentorship.people import tokens as keys
from mentorship.people.models import HANDLE, Token, User, validate_handle, validate_timezone
from mentorship.people.requests import ApiRequest


class MeSerializer(serializers.ModelSerializer[User]):
    """Oneself. What is not in `read_only_fields` may be changed."""

    handle = serializers.CharField(
        max_length=30, validators=[validate_handle, UniqueValidator(User.objects.all(), "This handle is taken.")]
    )
    timezone = serializers.CharField(max_length=64, validators=[validate_timezone])
    roles = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = [*profiles.FIELDS, "email", "date_joined", "roles"]
        read_only_fields = ["email", "date_joined", "roles"]

    def get_roles(self, person: User) -> list[str]:
        """The groups one is in: admins, editors."""
        return sorted(person.group_names)


class PersonSerializer(serializers.ModelSerializer[User]):
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = User
        fields = ["handle", "name", "headline", "bio", "website", "github", "url"]
        read_only_fields = fields


class TokenSerializer(serializers.ModelSerializer[Token]):
    state = serializers.ChoiceField(choices=Token.STATES, read_only=True)

    class Meta:
        model = Token
        fields = ["id", "name", "prefix", "state", "created_at", "expires_at", "used_at", "revoked_at"]
        read_only_fields = fields


class NewTokenSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)
    days = serializers.IntegerField(min_value=1, max_value=keys.MAX_DAYS, default=keys.DAYS)


class MadeTokenSerializer(TokenSerializer):
    secret = serializers.CharField(read_only=True, help_text="Shown in this answer and nowhere again.")

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "secret"]
        read_only_fields = fields


class MeView(APIView):
    @extend_schema(responses=MeSerializer)
    def get(self, request: ApiRequest) -> Response:
        return Response(MeSerializer(request.user).data)

    @extend_schema(request=MeSerializer, responses=MeSerializer)
    def patch(self, request: ApiRequest) -> Response:
        """Change one's own profile; address, roles and what is not named stay."""
        serializer = MeSerializer(request.user, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        person = profiles.change(person=request.user, **serializer.validated_data)
        return Response(MeSerializer(person).data)


class PersonViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[User]):
    """Profiles that one may open; without signing in, the public ones. The rest is 404."""

    permission_classes = [AllowAny]
    serializer_class = PersonSerializer
    queryset = User.objects.none()
    lookup_field = "handle"
    lookup_value_regex = HANDLE.pattern.strip("^$")

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.profiles_visible_to(self.request.user)


class TokenViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Token]):
    """One's own keys. A token may list and revoke; only a person in the browser makes one."""

    request: ApiRequest
    serializer_class = TokenSerializer
    queryset = Token.objects.none()
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Token]:
        return Token.objects.filter(person=self.request.user).order_by("-created_at")

    @extend_schema(request=NewTokenSerializer, responses={201: MadeTokenSerializer, 403: OpenApiResponse()})
    def create(self, request: ApiRequest) -> Response:
        """Make a token: in a session that gave its password within five minutes, never with a token."""
        if isinstance(request.auth, Token):
            raise PermissionDenied("A token cannot make tokens. Make one under Settings, API tokens.")
        if is_reauthentication_required(request._request, app="mentorship.people"):
            raise PermissionDenied("Give your password again first, at /accounts/reauthenticate/.")
        serializer = NewTokenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        token, secret = keys.issue(person=request.user, **serializer.validated_data)
        token.secret = secret  # type: ignore[attr-defined]
        return Response(MadeTokenSerializer(token).data, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(responses={204: None})
    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Revoke: the token opens nothing from now on."""
        keys.revoke(token=self.get_object(), by=request.user)
        return Response(status=204)
