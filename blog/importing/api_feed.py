"""`/api/v1/post-feeds/`: drafts from the feed of one's own blog."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from blog.api import DeskSerializer
from blog.importing import feed as feeds
from blog.importing.feed_file import MOST_ENTRIES
from blog.models import Feed
from mentorship.people.requests import ApiRequest


class FeedEntrySerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    day = serializers.CharField()
    words = serializers.IntegerField()
    note = serializers.CharField(help_text="What is to be known of it, such as that it is too long.")


class PostFeedSerializer(serializers.ModelSerializer[Feed]):
    entries = FeedEntrySerializer(many=True, read_only=True)

    class Meta:
        model = Feed
        fields = ["id", "address", "title", "state", "reason", "entries", "asked_at", "finished_at"]
        read_only_fields = ["id", "title", "state", "reason", "entries", "asked_at", "finished_at"]


class AskFeedSerializer(serializers.Serializer[Any]):
    address = serializers.RegexField(r"^https?://[^\s]+$", max_length=300, help_text="Of the blog or its feed.")


class ChosenEntriesSerializer(serializers.Serializer[Any]):
    entries = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_ENTRIES)


class PostFeedViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Feed]):
    """The feeds that you asked for, with what they have once they are fetched."""

    queryset = Feed.objects.none()
    serializer_class = PostFeedSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Feed]:
        return Feed.objects.of(self.request.user).order_by("-asked_at", "-pk")

    @extend_schema(request=AskFeedSerializer, responses={201: PostFeedSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Have a feed fetched; the same address is the same feed, fetched anew."""
        given = AskFeedSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        feed = Feed.ask(by=request.user, address=given.validated_data["address"])
        return Response(self.get_serializer(feed).data, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=PostFeedSerializer)
    @action(detail=True, methods=["post"])
    def again(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Fetch it once more."""
        feed = self.get_object()
        feed.ask_again()
        return Response(self.get_serializer(feed).data)

    @extend_schema(request=ChosenEntriesSerializer, responses=DeskSerializer(many=True))
    @action(detail=True, methods=["post"], pagination_class=None)
    def begin(self, request: ApiRequest, pk: str | None = None) -> Response:
        """A draft from each entry; what was a draft already stays that one."""
        given = ChosenEntriesSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        posts = feeds.begin(self.get_object(), by=request.user, keys=given.validated_data["entries"])
        return Response(DeskSerializer(posts, many=True, context=self.get_serializer_context()).data)
