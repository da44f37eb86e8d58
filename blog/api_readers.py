"""`/api/v1/posts/<slug>/comments/`, `/reader-comments/`, `/follows/`: what readers do, as on the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated, NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from blog.api_writer import WriterSerializer
from blog.models import Follow, Post, ReaderComment, Shared, Thanks
from blog.models.reader_comment import LONGEST, may_speak
from mentorship.cohorts.models import Cohort
from mentorship.people.models import User
from mentorship.people.requests import ApiRequest


class ReaderCommentSerializer(serializers.ModelSerializer[ReaderComment]):
    """A comment under a post; `text` and `html` are empty where it is gone, or hidden from you."""

    author = WriterSerializer(read_only=True)
    post = serializers.SlugRelatedField[Post](slug_field="slug", read_only=True)
    verbs = serializers.SerializerMethodField(help_text="What you may do with it now.")

    class Meta:
        model = ReaderComment
        fields = [
            *("id", "post", "author", "parent", "state", "text", "html", "edits", "verbs", "hidden_because"),
            *("created_at", "reported_at"),
        ]
        read_only_fields = fields

    def get_verbs(self, row: ReaderComment) -> list[str]:
        return sorted(row.verbs_of(self.context["request"].user))

    def to_representation(self, row: ReaderComment) -> dict[str, Any]:
        found = super().to_representation(row)
        reader = self.context["request"].user
        if not getattr(reader, "is_editor", False):
            found["reported_at"] = None
        return found


class SayCommentSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    answers = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1, help_text="The comment that this answers."
    )
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again is the same comment.")


class RewordCommentSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    edits = serializers.IntegerField(min_value=0, max_value=32767, help_text="The number that you read.")


class HideCommentSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300, help_text="Its writer reads it.")


class FollowSerializer(serializers.ModelSerializer[Follow]):
    """An author whose posts you are told of; none: the whole blog, once a month."""

    author = serializers.SlugRelatedField[User](slug_field="handle", read_only=True)

    class Meta:
        model = Follow
        fields = ["author", "since"]
        read_only_fields = fields


class FollowAskedSerializer(serializers.Serializer[Any]):
    author = serializers.SlugField(
        max_length=40, required=False, allow_blank=True, help_text="A handle; left out, it is the blog as a whole."
    )


class CohortSharedSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=80)


class ReadersMixin(viewsets.GenericViewSet[Post]):
    """What readers do with one published post."""

    def published(self) -> Post:
        return get_object_or_404(Post.objects.published().select_related("author"), slug=self.kwargs["slug"])

    @extend_schema(
        methods=["GET"], responses=ReaderCommentSerializer(many=True), filters=False, operation_id="posts_comments_list"
    )
    @extend_schema(methods=["POST"], request=SayCommentSerializer, responses={201: ReaderCommentSerializer})
    @action(detail=True, methods=["get", "post"])
    def comments(self, request: ApiRequest, slug: str | None = None) -> Response:
        """What readers say, the newest first; POST adds to it, or answers a comment."""
        post = self.published()
        if request.method == "POST":
            return self._say(request, post)
        rows: Any = ReaderComment.objects.visible_to(request.user).filter(post=post).order_by("-pk")
        page: Any = self.paginate_queryset(rows.select_related("post", "author"))
        found = ReaderCommentSerializer(page, many=True, context=self.get_serializer_context()).data
        return self.get_paginated_response(found)

    def _say(self, request: ApiRequest, post: Post) -> Response:
        if not request.user.is_authenticated:
            raise NotAuthenticated
        if not may_speak(request.user):
            raise NotFound
        given = checked(SayCommentSerializer, request)
        if answered := given.pop("answers", None):
            parents = ReaderComment.objects.visible_to(request.user).filter(post=post)
            given["parent"] = get_object_or_404(parents, pk=answered)
        row = ReaderComment.write(post, by=request.user, **given)
        found = ReaderCommentSerializer(row, context=self.get_serializer_context()).data
        return Response(found, status.HTTP_201_CREATED)

    @extend_schema(methods=["POST"], request=None, responses={204: None})
    @extend_schema(methods=["DELETE"], request=None, responses={204: None})
    @action(detail=True, methods=["post", "delete"], permission_classes=[IsAuthenticated])
    def thanks(self, request: ApiRequest, slug: str | None = None) -> Response:
        """'This helped me'; DELETE takes it back."""
        if request.method == "POST":
            Thanks.give(self.published(), by=request.user)
        else:
            Thanks.take_back(self.published(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=CohortSharedSerializer, responses={204: None})
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def share(self, request: ApiRequest, slug: str | None = None) -> Response:
        """Author or editor tell one of their running cohorts of it."""
        post = self.published()
        if post.author_id != request.user.pk and not request.user.is_editor:
            raise NotFound
        wished = checked(CohortSharedSerializer, request)["cohort"]
        own = Cohort.objects.of(request.user).filter(state=Cohort.State.RUNNING, clock_ahead=None)
        Shared.with_cohort(post, get_object_or_404(own, slug=wished), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReaderCommentViewSet(mixins.RetrieveModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet[ReaderComment]):
    """Comments by their number. The list: for editors what was reported, for others their own."""

    serializer_class = ReaderCommentSerializer
    queryset = ReaderComment.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[ReaderComment]:
        user = self.request.user
        found = ReaderComment.objects.visible_to(user).exclude(state=ReaderComment.State.REMOVED)
        if self.action == "list":
            if getattr(user, "is_editor", False):
                found = found.reported().order_by("reported_at", "pk")
            else:
                found = found.filter(author_id=user.pk).order_by("-pk")
        return found.select_related("post", "author", "parent")

    def answer(self, row: ReaderComment) -> Response:
        return Response(self.get_serializer(row).data)

    @extend_schema(request=RewordCommentSerializer, responses=ReaderCommentSerializer)
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Say it in other words, within a quarter of an hour."""
        row = self.get_object()
        if row.author_id != request.user.pk:
            raise NotFound
        given = checked(RewordCommentSerializer, request)
        row.edit(by=request.user, text=given["text"], version=given["edits"])
        return self.answer(row)

    @extend_schema(responses={204: None})
    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Take your own comment back."""
        row = self.get_object()
        if row.author_id != request.user.pk:
            raise NotFound
        row.remove(by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=ReaderCommentSerializer)
    @action(detail=True, methods=["post"])
    def report(self, request: ApiRequest, pk: str | None = None) -> Response:
        """'This does not belong here.'"""
        row = self.get_object()
        if not may_speak(request.user):
            raise NotFound
        row.report(by=request.user)
        return self.answer(row)

    @extend_schema(request=HideCommentSerializer, responses=ReaderCommentSerializer)
    @action(detail=True, methods=["post"])
    def hide(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Editors and the post's author take it away from readers, and say why."""
        row = self.get_object()
        if not request.user.is_editor and row.post.author_id != request.user.pk:
            raise NotFound
        row.hide(by=request.user, reason=checked(HideCommentSerializer, request)["reason"])
        return self.answer(row)

    @extend_schema(request=None, responses=ReaderCommentSerializer)
    @action(detail=True, methods=["post"])
    def show(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Editors show again what was hidden."""
        return self.answer(self._looked_after("show"))

    @extend_schema(request=None, responses=ReaderCommentSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Editors leave a reported comment where it is."""
        return self.answer(self._looked_after("leave"))

    def _looked_after(self, verb: str) -> ReaderComment:
        row, user = self.get_object(), self.request.user
        if not getattr(user, "is_editor", False):
            raise NotFound
        getattr(row, verb)(by=user)
        return row


class FollowViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Follow]):
    """Whose new posts you are told of."""

    serializer_class = FollowSerializer
    queryset = Follow.objects.none()

    def get_queryset(self) -> QuerySet[Follow]:
        return Follow.objects.filter(reader_id=self.request.user.pk).select_related("author").order_by("-since", "pk")

    @extend_schema(request=FollowAskedSerializer, responses={201: FollowSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Follow an author, or the blog."""
        Follow.begin(by=request.user, author=(author := self._author(request)))
        row = Follow.objects.select_related("author").get(reader=request.user, author=author)
        return Response(self.get_serializer(row).data, status.HTTP_201_CREATED)

    @extend_schema(request=FollowAskedSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def end(self, request: ApiRequest) -> Response:
        """Follow no longer."""
        Follow.end(by=request.user, author=self._author(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _author(self, request: Request) -> User | None:
        handle = checked(FollowAskedSerializer, request).get("author", "")
        writers = User.objects.active().filter(posts__state=Post.State.PUBLISHED).distinct()
        return get_object_or_404(writers, handle=handle) if handle else None


def checked(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, validated; anything else is 400."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
