"""Suggestions and threads at a passage, under `/api/v1/my-posts/` for authors and `/api/v1/editing/` for who edits."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from blog.anchors import LONGEST_QUOTE, Passage
from blog.api_writer import WriterSerializer
from blog.models import EditorComment, Post, Suggestion
from blog.models.suggestion import LONGEST_REPLACEMENT
from mentorship.people.requests import ApiRequest

NUMBER = "(?P<number>[0-9]{1,18})"
MOST = 500


class SuggestionSerializer(serializers.ModelSerializer[Suggestion]):
    """Replace `quote` by `replacement`, between two characters of the Markdown source."""

    by = WriterSerializer(read_only=True)
    decided_by = WriterSerializer(read_only=True, allow_null=True)
    passage = serializers.SerializerMethodField(help_text="What stands at its place now; null once that is gone.")

    class Meta:
        model = Suggestion
        fields = [
            *("id", "state", "by", "version", "start", "end", "quote", "passage", "replacement", "why"),
            *("created_at", "decided_by", "decided_at", "word"),
        ]
        read_only_fields = fields

    def get_passage(self, suggestion: Suggestion) -> str | None:
        return suggestion.passage_in(suggestion.post.body) if suggestion.state == "open" else None


class EditorCommentSerializer(serializers.ModelSerializer[EditorComment]):
    author = WriterSerializer(read_only=True)

    class Meta:
        model = EditorComment
        fields = ["id", "author", "text", "html", "created_at", "parent", "quote", "start", "end", "resolved_at"]
        read_only_fields = fields


class PassageSerializer(serializers.Serializer[Any]):
    """A passage as it stands in the saved Markdown. Without `start` it has to stand there once."""

    quote = serializers.CharField(max_length=LONGEST_QUOTE, required=False, allow_blank=True, trim_whitespace=False)
    start = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, help_text="In characters (code points) from the beginning."
    )
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, help_text="The version that you read; without a quote needed."
    )

    def passage(self) -> Passage:
        return Passage(self.validated_data.get("quote", ""), self.validated_data.get("start"))


class SuggestSerializer(PassageSerializer):
    replacement = serializers.CharField(
        max_length=LONGEST_REPLACEMENT, allow_blank=True, trim_whitespace=False, help_text="Empty: delete the passage."
    )
    why = serializers.CharField(max_length=500, required=False, allow_blank=True)


class RemarkOnSerializer(PassageSerializer):
    """A comment; with a quote at that passage, with a parent below that one."""

    text = serializers.CharField(max_length=10_000)
    parent = serializers.IntegerField(min_value=1, max_value=2**62, required=False)  # type: ignore[assignment]


class SeenSerializer(serializers.Serializer[Any]):
    seen = serializers.CharField(
        max_length=3 * LONGEST_QUOTE, required=False, allow_blank=True, trim_whitespace=False,
        help_text="The `passage` that you saw, if it is not the quote any more.",
    )  # fmt: skip


class DecidingWordSerializer(serializers.Serializer[Any]):
    word = serializers.CharField(max_length=500, required=False, allow_blank=True)


def suggestions_of(post: Post) -> QuerySet[Suggestion]:
    return post.suggestions.select_related("by", "decided_by")


def checked(serializer: type[serializers.Serializer[Any]], request: Request) -> Any:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return given


class Listing:
    """What author and editors have in common."""

    @extend_schema(methods=["GET"], responses=EditorCommentSerializer(many=True))
    @extend_schema(methods=["POST"], request=RemarkOnSerializer, responses={201: EditorCommentSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def comments(self, request: ApiRequest, pk: str | None = None) -> Response:
        """The thread between author and who edits, and those at passages; POST adds to them."""
        post = self.get_object()  # type: ignore[attr-defined]
        if request.method == "POST":
            given = checked(RemarkOnSerializer, request)
            data = given.validated_data
            parent = get_object_or_404(post.editor_comments, pk=data["parent"]) if "parent" in data else None
            said = post.comment(
                by=request.user,
                text=data["text"],
                passage=given.passage() if data.get("quote") else None,
                parent=parent,
            )
            return Response(EditorCommentSerializer(said).data, status.HTTP_201_CREATED)
        return Response(EditorCommentSerializer(post.editor_comments.select_related("author")[:MOST], many=True).data)

    @extend_schema(request=None, responses=EditorCommentSerializer)
    @action(detail=True, methods=["post"], url_path=f"comments/{NUMBER}/resolve", url_name="resolve-comment")
    def resolve_comment(self, request: ApiRequest, number: str, pk: str | None = None) -> Response:
        """Nothing is left to do at this passage."""
        return self._turned(request, number, "resolve")

    @extend_schema(request=None, responses=EditorCommentSerializer)
    @action(detail=True, methods=["post"], url_path=f"comments/{NUMBER}/reopen", url_name="reopen-comment")
    def reopen_comment(self, request: ApiRequest, number: str, pk: str | None = None) -> Response:
        """Something is left to do after all."""
        return self._turned(request, number, "reopen")

    def _turned(self, request: ApiRequest, number: str, verb: str) -> Response:
        post = self.get_object()  # type: ignore[attr-defined]
        thread = get_object_or_404(post.editor_comments.select_related("author"), pk=number)
        getattr(thread, verb)(by=request.user)
        return Response(EditorCommentSerializer(thread).data)

    def _suggestion(self, number: str) -> Suggestion:
        return get_object_or_404(suggestions_of(self.get_object()), pk=number)  # type: ignore[attr-defined]


class Deciding(Listing):
    """For who wrote the post."""

    @extend_schema(responses=SuggestionSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def suggestions(self, request: ApiRequest, pk: str | None = None) -> Response:
        """What was suggested, and what became of it."""
        return Response(SuggestionSerializer(suggestions_of(self.get_object())[:MOST], many=True).data)  # type: ignore[attr-defined]

    @extend_schema(request=SeenSerializer, responses=SuggestionSerializer)
    @action(detail=True, methods=["post"], url_path=f"suggestions/{NUMBER}/accept", url_name="accept-suggestion")
    def accept_suggestion(self, request: ApiRequest, number: str, pk: str | None = None) -> Response:
        """Take it over: the text changes, as a new version that names who suggested it."""
        suggestion = self._suggestion(number)
        suggestion.accept(by=request.user, seen=checked(SeenSerializer, request).validated_data.get("seen"))
        return Response(SuggestionSerializer(suggestion).data)

    @extend_schema(request=DecidingWordSerializer, responses=SuggestionSerializer)
    @action(detail=True, methods=["post"], url_path=f"suggestions/{NUMBER}/refuse", url_name="refuse-suggestion")
    def refuse_suggestion(self, request: ApiRequest, number: str, pk: str | None = None) -> Response:
        """Leave the passage as it is, with a word if you like."""
        suggestion = self._suggestion(number)
        suggestion.refuse(by=request.user, word=checked(DecidingWordSerializer, request).validated_data.get("word", ""))
        return Response(SuggestionSerializer(suggestion).data)


class Suggesting(Listing):
    """For who edits the post."""

    @extend_schema(methods=["GET"], responses=SuggestionSerializer(many=True))
    @extend_schema(methods=["POST"], request=SuggestSerializer, responses={201: SuggestionSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def suggestions(self, request: ApiRequest, pk: str | None = None) -> Response:
        """What was suggested, and what became of it; POST suggests a change of a passage."""
        post = self.get_object()  # type: ignore[attr-defined]
        if request.method != "POST":
            return Response(SuggestionSerializer(suggestions_of(post)[:MOST], many=True).data)
        given = checked(SuggestSerializer, request)
        named = {name: given.validated_data[name] for name in ("why", "version") if name in given.validated_data}
        replacement = given.validated_data["replacement"]
        made = Suggestion.make(post, by=request.user, passage=given.passage(), replacement=replacement, **named)
        return Response(SuggestionSerializer(made).data, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=SuggestionSerializer)
    @action(detail=True, methods=["post"], url_path=f"suggestions/{NUMBER}/withdraw", url_name="withdraw-suggestion")
    def withdraw_suggestion(self, request: ApiRequest, number: str, pk: str | None = None) -> Response:
        """Take a suggestion of yours back."""
        suggestion = self._suggestion(number)
        suggestion.withdraw(by=request.user)
        return Response(SuggestionSerializer(suggestion).data)
