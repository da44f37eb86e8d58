"""`/api/v1/my-posts/<id>/figures/` and `/api/v1/post-figures/`: the images of posts."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from blog.models import Figure
from blog.models.figure import LONGEST_ALT
from mentorship.common.errors import Refused
from mentorship.people.requests import ApiRequest

# Refusals that speak of what was sent, by the field they speak of.
FIELDS = {"not_an_image": "file", "too_large": "file", "alt_too_long": "alt"}


class PostFigureSerializer(serializers.ModelSerializer[Figure]):
    """An image of a post; `markdown` is what shows it in the text of its post."""

    post = serializers.IntegerField(source="post_id", read_only=True)
    url = serializers.SerializerMethodField()
    markdown = serializers.CharField(read_only=True)

    class Meta:
        model = Figure
        fields = ["key", "post", "alt", "name", "width", "height", "bytes", "url", "markdown", "created_at"]
        read_only_fields = [name for name in fields if name != "alt"]

    def get_url(self, figure: Figure) -> str:
        return settings.BASE_URL + figure.address


class NewFigureSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(help_text="PNG, JPEG, GIF or WebP; it is written anew, 1,600 pixels wide at most.")
    alt = serializers.CharField(max_length=LONGEST_ALT, required=False, allow_blank=True, default="")


class AltSerializer(serializers.Serializer[Any]):
    alt = serializers.CharField(max_length=LONGEST_ALT, allow_blank=True)


class FiguresMixin:
    """For the viewsets of a post that somebody works on."""

    @extend_schema(methods=["GET"], responses=PostFigureSerializer(many=True))
    @extend_schema(
        methods=["POST"],
        request={"multipart/form-data": NewFigureSerializer},
        responses={201: PostFigureSerializer},
    )
    @action(detail=True, methods=["get", "post"], pagination_class=None, parser_classes=[MultiPartParser])
    def figures(self, request: ApiRequest, pk: str | None = None) -> Response:
        """The post's figures; POST adds one. The same file again gives the figure that it became first."""
        post = self.get_object()  # type: ignore[attr-defined]
        if request.method != "POST":
            return Response(PostFigureSerializer(post.figures.all(), many=True).data)
        given = NewFigureSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            figure = Figure.objects.store(post=post, by=request.user, **given.validated_data)
        except Refused as refusal:
            if refusal.code not in FIELDS:
                raise
            raise serializers.ValidationError({FIELDS[refusal.code]: [refusal.message]}) from None
        return Response(PostFigureSerializer(figure).data, status.HTTP_201_CREATED)


class PostFigureViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Figure]):
    """One image of a post that you work on."""

    serializer_class = PostFigureSerializer
    queryset = Figure.objects.none()
    lookup_field = "key"
    lookup_value_regex = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"

    def get_queryset(self) -> QuerySet[Figure]:
        return Figure.objects.in_hands_of(self.request.user).select_related("post")

    @extend_schema(request=AltSerializer, responses=PostFigureSerializer)
    def partial_update(self, request: ApiRequest, key: str | None = None) -> Response:
        """Say what it shows."""
        figure = self.get_object()
        given = AltSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        figure.describe(by=request.user, alt=given.validated_data["alt"])
        return Response(self.get_serializer(figure).data)

    def destroy(self, request: ApiRequest, key: str | None = None) -> Response:
        """Remove it; not while the saved text shows it."""
        self.get_object().remove(by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
