"""`/api/v1/library/`: resources, with the same querysets and verbs as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from mentorship.study.library.choices import LEVELS, Cost, Kind, Topic
from mentorship.study.library.filters import SORTS, filtered
from mentorship.study.library.members import is_keeper, is_member
from mentorship.study.library.models import Annotation, LinkCheck, ListEntry, Rating, Resource, Source
from mentorship.study.library.models.annotation import LONGEST
from mentorship.study.library.models.resource import LONGEST_SEARCH
from mentorship.study.library.rows import with_parts

KEY = r"[a-z0-9-]{1,80}"


class SourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ["key", "title", "author", "url", "year"]
        read_only_fields = fields


class LinkCheckSerializer(serializers.ModelSerializer[LinkCheck]):
    """Whether the address still answers; `broken` after several failures in a row."""

    broken = serializers.BooleanField(source="is_broken")

    class Meta:
        model = LinkCheck
        fields = ["state", "broken", "looked_at", "alive_at", "said"]
        read_only_fields = fields


class ResourceSerializer(serializers.ModelSerializer[Resource]):
    sources = SourceSerializer(many=True, read_only=True)
    link = LinkCheckSerializer(allow_null=True, read_only=True)
    rating = serializers.FloatField(source="mean", allow_null=True, read_only=True)
    retired = serializers.SerializerMethodField(help_text="It has left the library.")

    class Meta:
        model = Resource
        fields = [
            "key", "title", "author", "url", "kind", "topic", "level", "cost", "about", "state", "retired", "sources",
            "link", "rating", "rating_count",
        ]  # fmt: skip
        read_only_fields = fields

    def get_retired(self, resource: Resource) -> bool:
        return resource.retired_at is not None


class FindSerializer(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=LONGEST_SEARCH, required=False, allow_blank=True)
    topic = serializers.ChoiceField(choices=Topic.choices, required=False)
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    level = serializers.ChoiceField(choices=list(LEVELS.items()), required=False)
    cost = serializers.ChoiceField(choices=Cost.choices, required=False)
    source = serializers.CharField(max_length=50, required=False)
    sort = serializers.ChoiceField(choices=SORTS, required=False)


class SuggestResourceSerializer(serializers.Serializer[Any]):
    url = serializers.URLField(max_length=500)
    title = serializers.CharField(max_length=200)
    author = serializers.CharField(max_length=160, required=False, default="")
    kind = serializers.ChoiceField(choices=Kind.choices)
    topic = serializers.ChoiceField(choices=Topic.choices)
    level = serializers.IntegerField(min_value=1, max_value=max(LEVELS))
    cost = serializers.ChoiceField(choices=Cost.choices)
    about = serializers.CharField(max_length=400)

    def validate_url(self, url: str) -> str:
        if not url.startswith(("https://", "http://")):
            raise serializers.ValidationError("Write an address that begins with https://.")
        return url


class KeepResourceSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=ListEntry.State.choices)


class RateResourceSerializer(serializers.Serializer[Any]):
    stars = serializers.IntegerField(min_value=0, max_value=5, help_text="0 takes a rating back.")


class LibraryReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class AnnotateSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same annotation.")


class AnnotationSerializer(serializers.ModelSerializer[Annotation]):
    resource = serializers.CharField(source="resource.key", read_only=True)
    author = serializers.CharField(source="author.name", read_only=True)

    class Meta:
        model = Annotation
        fields = ["id", "resource", "author", "text", "html", "version", "created_at", "hidden_because"]
        read_only_fields = fields


class ListEntrySerializer(serializers.ModelSerializer[ListEntry]):
    resource = ResourceSerializer(read_only=True)

    class Meta:
        model = ListEntry
        fields = ["resource", "state", "added_at", "changed_at"]
        read_only_fields = fields


PARAMETERS = [
    OpenApiParameter("q", str, description="Words."),
    OpenApiParameter("topic", str, enum=Topic.values),
    OpenApiParameter("kind", str, enum=Kind.values),
    OpenApiParameter("level", int, enum=list(LEVELS)),
    OpenApiParameter("cost", str, enum=Cost.values),
    OpenApiParameter("source", str, description="The key of who recommends it."),
    OpenApiParameter("sort", str, enum=[name for name, _ in SORTS]),
]


class ResourceViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Resource]):
    """What to learn from, for everyone to read."""

    queryset = Resource.objects.none()
    serializer_class = ResourceSerializer
    permission_classes = [AllowAny]
    lookup_field = "key"
    lookup_value_regex = KEY

    def get_permissions(self) -> Any:
        return [AllowAny()] if self.action in ("list", "retrieve", "metadata") else [IsAuthenticated()]

    def get_queryset(self) -> QuerySet[Resource]:
        if self.action != "list":
            return with_parts(Resource.objects.visible_to(self.request.user).select_related("suggested_by"))
        asked = FindSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return with_parts(filtered(Resource.objects.listed(), asked.validated_data))

    @extend_schema(parameters=PARAMETERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(request=SuggestResourceSerializer, responses={201: ResourceSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Suggest something that is missing; an admin decides."""
        given = SuggestResourceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = Resource.suggest(by=request.user, **given.validated_data)
        return Response(ResourceSerializer(row).data, status.HTTP_201_CREATED)

    @extend_schema(request=KeepResourceSerializer, responses={200: ListEntrySerializer})
    @action(detail=True, methods=["put"])
    def keep(self, request: ApiRequest, key: str) -> Response:
        """Put it on your list, or change where it stands there."""
        row, given = self.get_object(), KeepResourceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(ListEntrySerializer(ListEntry.put(row, by=request.user, **given.validated_data)).data)

    @extend_schema(request=None, responses={204: None})
    @keep.mapping.delete
    def take_off(self, request: ApiRequest, key: str) -> Response:
        """Take it off your list."""
        ListEntry.take_off(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=RateResourceSerializer, responses={200: ResourceSerializer})
    @action(detail=True, methods=["put"])
    def rate(self, request: ApiRequest, key: str) -> Response:
        """Say how useful it was to you, from 1 to 5."""
        row, given = self.get_object(), RateResourceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        Rating.give(row, by=request.user, **given.validated_data)
        return Response(ResourceSerializer(row).data)

    @extend_schema(request=AnnotateSerializer, responses={201: AnnotationSerializer})
    @action(detail=True, methods=["post"])
    def annotate(self, request: ApiRequest, key: str) -> Response:
        """Write a note on it for all members."""
        row, given = self.get_object(), AnnotateSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if not is_member(request.user):
            raise Http404
        note = Annotation.write(row, by=request.user, **given.validated_data)
        return Response(AnnotationSerializer(note).data, status.HTTP_201_CREATED)

    @extend_schema(responses=ResourceSerializer(many=True))
    @action(detail=False)
    def suggestions(self, request: ApiRequest) -> Response:
        """What waits to be read, for admins."""
        if not is_keeper(request.user):
            raise Http404
        page = self.paginate_queryset(with_parts(Resource.objects.waiting()))
        return self.get_paginated_response(ResourceSerializer(page or [], many=True).data)

    def decided(self) -> Resource:
        if not is_keeper(self.request.user):
            raise Http404
        return self.get_object()

    @extend_schema(request=None, responses={200: ResourceSerializer})
    @action(detail=True, methods=["post"])
    def accept(self, request: ApiRequest, key: str) -> Response:
        """Take a suggestion into the library."""
        row = self.decided()
        row.accept(by=request.user)
        return Response(ResourceSerializer(row).data)

    @extend_schema(request=LibraryReasonSerializer, responses={200: ResourceSerializer})
    @action(detail=True, methods=["post"])
    def refuse(self, request: ApiRequest, key: str) -> Response:
        """Do not take a suggestion; who made it is told why."""
        row, given = self.decided(), LibraryReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.refuse(by=request.user, **given.validated_data)
        return Response(ResourceSerializer(row).data)


class ListEntryViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[ListEntry]):
    """What stands on your list, changed last first."""

    queryset = ListEntry.objects.none()
    serializer_class = ListEntrySerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[ListEntry]:
        rows = ListEntry.objects.visible_to(self.request.user).newest_first().select_related("resource__link")
        return rows.defer("resource__words").prefetch_related("resource__sources")
