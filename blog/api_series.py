"""`/api/v1/series/`: series as everyone reads them; their authors arrange them."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response

from blog.api import WriterSerializer, checked_data
from blog.models import Part, Post, Series
from blog.models.series import MOST_PARTS
from mentorship.people.requests import ApiRequest


class PartSerializer(serializers.ModelSerializer[Part]):
    id = serializers.IntegerField(source="post_id")
    slug = serializers.CharField(source="post.slug")
    title = serializers.CharField(source="post.title")
    state = serializers.CharField(source="post.state", help_text="Only the author reads parts that are not published.")

    class Meta:
        model = Part
        fields = ["id", "slug", "title", "state"]
        read_only_fields = fields


class SeriesSerializer(serializers.ModelSerializer[Series]):
    author = WriterSerializer(read_only=True)
    url = serializers.SerializerMethodField(help_text="Where it is read.")
    posts = serializers.SerializerMethodField(help_text="Its parts in their order.")

    class Meta:
        model = Series
        fields = ["slug", "title", "author", "url", "posts"]
        read_only_fields = fields

    def get_url(self, series: Series) -> str:
        return settings.BASE_URL + series.get_absolute_url()

    @extend_schema(responses=PartSerializer(many=True))
    def get_posts(self, series: Series) -> list[dict[str, Any]]:
        own = self.context["request"].user.pk == series.author_id
        shown = [part for part in series.parts.all() if own or part.post.state == Post.State.PUBLISHED]
        return list(PartSerializer(shown, many=True).data)


class ArrangeSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=140)
    posts = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        max_length=MOST_PARTS,
        help_text="The ids of posts of yours, in the order in which they are read.",
    )


class SeriesViewSet(viewsets.ReadOnlyModelViewSet[Series]):
    """Series of posts, newest first."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    serializer_class = SeriesSerializer
    queryset = Series.objects.none()
    lookup_field = "slug"
    lookup_value_regex = "[a-z0-9-]{1,80}"

    def get_queryset(self) -> QuerySet[Series]:
        parts = Part.objects.select_related("post").only(
            "series_id", "position", "post__slug", "post__title", "post__state"
        )
        found = Series.objects.visible_to(self.request.user).select_related("author").order_by("-created_at", "-pk")
        return found.prefetch_related(Prefetch("parts", parts))

    @extend_schema(request=ArrangeSerializer, responses={201: SeriesSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Begin a series of your own."""
        series = Series.make(by=request.user, **checked_data(ArrangeSerializer, request))
        return self.answer(series.slug, status.HTTP_201_CREATED)

    @extend_schema(request=ArrangeSerializer, responses=SeriesSerializer)
    def update(self, request: ApiRequest, slug: str = "") -> Response:
        """Name it, and say which of your posts are in it."""
        self.get_object().change(by=request.user, **checked_data(ArrangeSerializer, request))
        return self.answer(slug)

    def destroy(self, request: ApiRequest, slug: str = "") -> Response:
        """Take it apart; its posts stay."""
        self.get_object().discard(by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def answer(self, slug: str, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(slug=slug)).data, code)
