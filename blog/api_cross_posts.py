"""`/api/v1/cross-posts/`: where posts stand elsewhere, by the same scope and verbs as the pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from blog.cross_post_forms import pull_from
from blog.crossposting.sending import dry_run
from blog.models import CrossPost, Post
from mentorship.people.requests import ApiRequest

LARGEST = 2**31 - 1


class CrossPostSerializer(serializers.ModelSerializer[CrossPost]):
    verbs = serializers.SerializerMethodField(help_text="What you may do with it now.")

    class Meta:
        model = CrossPost
        fields = [
            *("id", "post", "destination", "way", "state", "reason", "url", "number", "branch", "head"),
            *("sent_version", "behind", "verbs", "created_at", "turned_at", "looked_at"),
        ]
        read_only_fields = fields

    def get_verbs(self, row: CrossPost) -> list[str]:
        return sorted(row.verbs_of(self.context["request"].user))


class SendSerializer(serializers.Serializer[Any]):
    """Where a post is sent, and how."""

    post = serializers.IntegerField(min_value=1, max_value=LARGEST)
    destination = serializers.ChoiceField(choices=CrossPost.Destination.choices)
    way = serializers.ChoiceField(choices=CrossPost.Way.choices, help_text="By hand: see `link`.")
    secret = serializers.RegexField(
        r"^[!-~]{0,500}$", required=False, allow_blank=True, write_only=True,
        help_text="Your token, for ways from your own account; forgotten once the job is done.",
    )  # fmt: skip
    publication = serializers.RegexField(
        r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$", max_length=100, required=False, allow_blank=True,
        help_text="For Hashnode: your blog, as name.hashnode.dev.",
    )  # fmt: skip
    with_address = serializers.BooleanField(required=False, help_text="Name your e-mail address in the commit.")

    def validate(self, found: dict[str, Any]) -> dict[str, Any]:
        leads = ("program", "fork") if found["destination"] == "jekyll" else ("account",)
        if found["way"] not in leads:
            raise serializers.ValidationError({"way": "That way does not lead there."})
        if found["destination"] == "hashnode" and not found.get("publication"):
            raise serializers.ValidationError({"publication": "Say which blog of yours it goes to."})
        return found


class LinkSerializer(serializers.Serializer[Any]):
    """A pull request that you opened by hand."""

    post = serializers.IntegerField(min_value=1, max_value=LARGEST)
    url = serializers.CharField(max_length=300, help_text="https://github.com/…/pull/…")

    def validate_url(self, url: str) -> dict[str, Any]:
        try:
            return pull_from(url)
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from None


class RetrySerializer(serializers.Serializer[Any]):
    secret = serializers.RegexField(r"^[!-~]{0,500}$", required=False, allow_blank=True, write_only=True)


class DryRunFileSerializer(serializers.Serializer[Any]):
    path = serializers.CharField()
    text = serializers.CharField(help_text="Empty for an image.")
    address = serializers.CharField(help_text="Of an image: where it is shown here.")


class DryRunNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    change = serializers.CharField(help_text="What would change that, there.")


class DryRunSerializer(serializers.Serializer[Any]):
    """The files exactly as they would be sent now."""

    files = DryRunFileSerializer(many=True)
    notes = DryRunNoteSerializer(many=True)
    problems = serializers.ListField(child=serializers.CharField())
    address = serializers.CharField()


class CrossPostViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[CrossPost]):
    """Where your posts, or for editors all posts, stand elsewhere."""

    serializer_class = CrossPostSerializer
    queryset = CrossPost.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[CrossPost]:
        rows = CrossPost.objects.in_hands_of(self.request.user).select_related("post__author", "post__editor")
        return rows.order_by("-turned_at", "-pk")

    @extend_schema(request=SendSerializer, responses={201: CrossPostSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Send a published post on, or bring what is open there up to date."""
        data = _checked(SendSerializer, request)
        post = self._post(data.pop("post"))
        return self.answer(CrossPost.queue(post, by=request.user, **data), status.HTTP_201_CREATED)

    @extend_schema(request=LinkSerializer, responses={201: CrossPostSerializer})
    @action(detail=False, methods=["post"])
    def link(self, request: ApiRequest) -> Response:
        """Say which pull request you opened by hand."""
        data = _checked(LinkSerializer, request)
        row = CrossPost.opened_by_hand(self._post(data["post"]), by=request.user, **data["url"])
        return self.answer(row, status.HTTP_201_CREATED)

    @extend_schema(request=RetrySerializer, responses=CrossPostSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Try a failed one again."""
        row = self.get_object()
        row.retry(by=request.user, secret=_checked(RetrySerializer, request).get("secret", ""))
        return self.answer(row)

    @extend_schema(request=None, responses=CrossPostSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Take it back; a pull request that the program opened is closed."""
        row = self.get_object()
        row.withdraw(by=request.user)
        return self.answer(row)

    @extend_schema(
        parameters=[
            OpenApiParameter("post", {"type": "integer", "minimum": 1, "maximum": LARGEST}, required=True),
            OpenApiParameter("destination", str, enum=CrossPost.Destination.values),
        ],
        responses=DryRunSerializer,
    )
    @action(detail=False, methods=["get"], url_path="dry-run", pagination_class=None)
    def dry_run(self, request: ApiRequest) -> Response:
        """What would be sent now; nothing is sent, and nobody outside is asked."""
        said = request.query_params.get("post", "")
        pk = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
        destination = request.query_params.get("destination", "jekyll")
        if destination not in CrossPost.Destination.values:
            raise serializers.ValidationError({"destination": "There is no such destination."})
        return Response(DryRunSerializer(dry_run(self._post(pk), destination)).data)

    def _post(self, pk: int) -> Post:
        return get_object_or_404(Post.objects.in_hands_of(self.request.user).select_related("author", "editor"), pk=pk)

    def answer(self, row: CrossPost, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(row).data, code)


def _checked(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, validated; anything else is 400."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
