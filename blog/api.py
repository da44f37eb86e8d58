"""`/api/v1/posts/`, `/my-posts/` and `/editing/`: the same querysets and verbs as the pages."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from blog import search, writing
from blog.api_checks import ChecksMixin
from blog.api_figures import FiguresMixin
from blog.api_readers import ReadersMixin
from blog.api_readers import checked as checked_data
from blog.api_revisions import RevisionsMixin, merge_said
from blog.api_suggestions import Deciding, Suggesting
from blog.api_writer import WriterSerializer as WriterSerializer
from blog.front_matter import checked
from blog.models import Coauthor, Post, Searchable, Tagged
from blog.models.address import once_at
from blog.models.may import may_edit
from blog.models.post import SLUG
from blog.reconciling import reconcile
from blog.text import MOST_TAGS, clean_line, minutes_to_read
from blog.writing import ChangedMeanwhile, Text, text_of
from mentorship.common.errors import Refused
from mentorship.people.models import HANDLE
from mentorship.people.requests import ApiRequest


class PublishedSerializer(serializers.ModelSerializer[Post]):
    """A published post, without its text."""

    author = WriterSerializer(read_only=True)
    authors = serializers.SerializerMethodField(help_text="The author first, then who wrote it with them.")
    url = serializers.SerializerMethodField(help_text="Where it is read.")
    minutes = serializers.SerializerMethodField(help_text="How long reading takes.")

    class Meta:
        model = Post
        fields = ["slug", "title", "teaser", "author", "authors", "url", "canonical_url", "category", "tags"]
        fields += ["minutes", "comment_count", "published_at", "updated_at"]
        read_only_fields = fields

    @extend_schema_field(WriterSerializer(many=True))
    def get_authors(self, post: Any) -> list[dict[str, str]]:
        return [{"handle": post.author.handle, "name": post.author.name}, *post.co_writers]

    def get_url(self, post: Post) -> str:
        return settings.BASE_URL + post.get_absolute_url()

    def get_minutes(self, post: Post) -> int:
        return minutes_to_read(post.words)


class WholePublishedSerializer(PublishedSerializer):
    """A published post with its text, as safe HTML."""

    class Meta(PublishedSerializer.Meta):
        fields = [*PublishedSerializer.Meta.fields, "summary", "body_html"]
        read_only_fields = fields


class DeskSerializer(serializers.ModelSerializer[Post]):
    """A post as those see it who work on it."""

    author = WriterSerializer(read_only=True)
    authors = WriterSerializer(many=True, read_only=True)
    editor = WriterSerializer(read_only=True)
    verbs = serializers.SerializerMethodField(help_text="What you may do with it now.")

    class Meta:
        model = Post
        fields = [
            *("id", "state", "version", "title", "slug", "summary", "body", "body_html", "canonical_url", "words"),
            *("category", "tags", "front_matter", "origin", "origin_url", "pitch"),
            *("author", "authors", "editor", "verbs", "created_at", "updated_at"),
            *("in_editing_since", "ready_at", "scheduled_for", "published_at", "featured_at"),
        ]
        read_only_fields = fields

    def get_verbs(self, post: Post) -> list[str]:
        return sorted(post.verbs_of(self.context["request"].user))


class TextSerializer(serializers.Serializer[Any]):
    """What may be written of a post."""

    title = serializers.CharField(max_length=140)
    summary = serializers.CharField(max_length=300, required=False, allow_blank=True)
    body = serializers.CharField(max_length=200_000, required=False, allow_blank=True, trim_whitespace=False)
    canonical_url = serializers.URLField(max_length=300, required=False, allow_blank=True)
    slug = serializers.RegexField(
        SLUG, max_length=80, required=False, allow_blank=True, help_text="Empty: it follows the title."
    )

    category = serializers.CharField(max_length=40, required=False, allow_blank=True)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_TAGS, required=False)
    front_matter = serializers.DictField(
        required=False, help_text="Other keys of an imported post's front matter; kept for its way back."
    )

    def validate_front_matter(self, found: dict[str, Any]) -> dict[str, Any]:
        try:
            return checked(found)
        except Refused as refusal:
            raise serializers.ValidationError(refusal.message) from None

    def validate_tags(self, tags: list[str]) -> tuple[str, ...]:
        return tuple(tags)

    def validate_title(self, title: str) -> str:
        if not clean_line(title):
            raise serializers.ValidationError("Give the post a title.")
        return title

    def validate_canonical_url(self, address: str) -> str:
        if address and not address.startswith(("http://", "https://")):
            raise serializers.ValidationError("Use an address that begins with https:// or http://.")
        return address


class BeginSerializer(TextSerializer):
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same post.")


class ReviseSerializer(TextSerializer):
    title = serializers.CharField(max_length=140, required=False)
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="The version that you read.")


class WordsSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=10_000)


class PostMoveSerializer(serializers.Serializer[Any]):
    slug = serializers.RegexField(SLUG, max_length=80, help_text="The last part of the new address.")


class MomentSerializer(serializers.Serializer[Any]):
    moment = serializers.DateTimeField(help_text="With its offset from UTC; ahead, within a year.")


class PostViewSet(ReadersMixin, viewsets.ReadOnlyModelViewSet[Post]):
    """Published posts, newest first, for everyone."""

    permission_classes = [AllowAny]
    queryset = Post.objects.none()
    lookup_field = "slug"
    lookup_value_regex = "[a-z0-9-]{1,80}"

    def get_serializer_class(self) -> type[PublishedSerializer]:
        return WholePublishedSerializer if self.action == "retrieve" else PublishedSerializer

    def get_queryset(self) -> QuerySet[Post]:
        posts = Post.objects.published().with_co_writers().select_related("author")
        posts = posts.order_by("-published_at", "-id").defer("body")
        if self.action != "list":
            return posts
        given = self.request.query_params
        asked = {name: clean_line(given.get(name, "")) for name in ("author", "category", "tag", "q")}
        if handle := asked.get("author"):
            together = Coauthor.objects.agreed().filter(person__handle=handle).values("post")
            named = Q(author__handle=handle) | Q(pk__in=together)
            posts = posts.filter(named) if HANDLE.match(handle) else posts.none()
        if category := asked.get("category"):
            posts = posts.filter(category=category)
        if tag := asked.get("tag"):
            posts = posts.filter(Exists(Tagged.objects.filter(tag=tag, post=OuterRef("pk"))))
        if words := asked.get("q"):
            found = Searchable.objects.filter(words=search.query(words), post=OuterRef("pk"))
            posts = posts.filter(Exists(found))
        return posts.defer("body", "body_html", "summary")

    @extend_schema(
        parameters=[
            OpenApiParameter("author", str, description="The handle of an author."),
            OpenApiParameter("category", str, description="As it stands in addresses."),
            OpenApiParameter("tag", str, description="As it stands in addresses."),
            OpenApiParameter("q", str, description="Words to find, with quotes and minus as on the page."),
        ]
    )
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(
        responses={
            200: WholePublishedSerializer,
            301: OpenApiResponse(description="It was moved: `Location` says where it is."),
            410: OpenApiResponse(description="It was published, and taken off."),
        }
    )
    def retrieve(self, request: Request, slug: str = "") -> Response:
        """One published post, wherever it stood before."""
        post = self.get_queryset().filter(slug=slug).first()
        if post is not None:
            return Response(self.get_serializer(post).data)
        stood = once_at(slug)
        if stood is None:
            raise NotFound
        if stood.state != Post.State.PUBLISHED:
            return Response({"detail": "This post was taken off the blog."}, status.HTTP_410_GONE)
        moved = reverse("api:post-detail", args=[stood.slug])
        return Response({"detail": "It was moved."}, status.HTTP_301_MOVED_PERMANENTLY, headers={"Location": moved})


class DeskViewSet(
    ChecksMixin,
    FiguresMixin,
    RevisionsMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Post],
):
    """What author and editors have in common."""

    serializer_class = DeskSerializer
    queryset = Post.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(request=ReviseSerializer, responses={200: DeskSerializer, 409: DeskSerializer})
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Save the text over `version`.

        If another one was saved meanwhile: 409 with the post as it is now (`current`) and, in `merge`, the text that
        holds both, or the places that clash.
        """
        post = self.get_object()
        data = checked_data(ReviseSerializer, request)
        version = data.pop("version")
        try:
            text = replace(text_of(post), **data)
            writing.revise(post, by=request.user, version=version, text=text)
        except ChangedMeanwhile as refusal:
            current = self.get_serializer(post).data
            return Response(
                {
                    "detail": refusal.message,
                    "code": refusal.code,
                    "current": current,
                    "merge": merge_said(reconcile(post, version=version, mine=text)),
                },
                status.HTTP_409_CONFLICT,
            )
        return self.answer(post)

    @extend_schema(request=None, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Take a ready or scheduled post back into editing."""
        post = self.get_object()
        post.reopen(by=request.user)
        return self.answer(post)

    def answer(self, post: Post, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(post).data, code)


class MyPostViewSet(Deciding, DeskViewSet):
    """What you write, in whatever state: your own posts, and those whose co-author you are."""

    def get_queryset(self) -> QuerySet[Post]:
        own = Post.objects.of_writer(self.request.user)
        return own.with_authors().select_related("editor").order_by("-updated_at", "-id")

    @extend_schema(request=BeginSerializer, responses={201: DeskSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Begin a draft."""
        data = checked_data(BeginSerializer, request)
        key = data.pop("key", None)
        return self.answer(writing.begin(by=request.user, text=Text(**data), key=key), status.HTTP_201_CREATED)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Discard a draft that was never published."""
        self.get_object().discard(by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Begin to write: the idea becomes a draft."""
        post = self.get_object()
        post.start(by=request.user)
        return self.answer(post)

    @extend_schema(request=None, responses=DeskSerializer)
    @action(detail=True, methods=["post"], url_path="ask-for-editing")
    def ask_for_editing(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Hand the draft to the editors."""
        post = self.get_object()
        post.ask_for_editing(by=request.user)
        return self.answer(post)


class EditingViewSet(Suggesting, DeskViewSet):
    """For editors: posts in editing, those that nobody has first, and published ones by their number.

    For mentors: of what is in editing, ready or scheduled, the posts of their mentees. Publishing is the editors'.
    """

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not may_edit(request.user):
            raise NotFound

    def get_queryset(self) -> QuerySet[Post]:
        posts = Post.objects.edited_by(self.request.user).with_authors().select_related("editor")
        return posts.unclaimed_first() if self.action == "list" else posts

    @extend_schema(request=None, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: ApiRequest, pk: str | None = None) -> Response:
        """'I edit this one.'"""
        post = self.get_object()
        post.take(by=request.user)
        return self.answer(post)

    @extend_schema(request=None, responses=DeskSerializer)
    @action(detail=True, methods=["post"], url_path="mark-ready")
    def mark_ready(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Say that it can be published; the text stands still from then on."""
        post = self.get_object()
        post.mark_ready(by=request.user)
        return self.answer(post)

    @extend_schema(request=MomentSerializer, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def schedule(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Set when a ready post publishes itself."""
        post = self.get_object()
        post.schedule(by=request.user, moment=checked_data(MomentSerializer, request)["moment"])
        return self.answer(post)

    @extend_schema(request=PostMoveSerializer, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Give a published post another address; the one it had leads there."""
        post = self.get_object()
        post.move(by=request.user, slug=checked_data(PostMoveSerializer, request)["slug"])
        return self.answer(post)

    @extend_schema(request=None, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def feature(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Put it onto the landing page, in place of the one there."""
        post = self.get_object()
        post.feature(by=request.user)
        return self.answer(post)

    @extend_schema(request=None, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def unfeature(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Take it off the landing page."""
        post = self.get_object()
        post.unfeature(by=request.user)
        return self.answer(post)

    @extend_schema(request=None, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: ApiRequest, pk: str | None = None) -> Response:
        post = self.get_object()
        post.publish(by=request.user)
        return self.answer(post)

    @extend_schema(request=WordsSerializer, responses=DeskSerializer)
    @action(detail=True, methods=["post"], url_path="give-back")
    def give_back(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Return it to its author as a draft, saying what is missing."""
        post = self.get_object()
        post.give_back(by=request.user, comment=checked_data(WordsSerializer, request)["text"])
        return self.answer(post)

    @extend_schema(request=WordsSerializer, responses=DeskSerializer)
    @action(detail=True, methods=["post"])
    def unpublish(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Take it off the blog, saying why."""
        post = self.get_object()
        post.unpublish(by=request.user, reason=checked_data(WordsSerializer, request)["text"])
        return self.answer(post)
