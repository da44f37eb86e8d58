"""`/api/v1/`: streams, items and one's own progress. The same querysets and the same verb as the pages."""

import re
from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.people.models import User
from streams.models import Item, Progress, Stream
from streams.outline import Line, Outline

STREAM_KEY = r"[a-z0-9-]{1,60}"
ITEM_KEY = r"[a-z0-9][a-z0-9.-]{0,119}"


class StreamSerializer(serializers.ModelSerializer[Stream]):
    class Meta:
        model = Stream
        fields = ["key", "number", "title", "tagline", "summary", "audience"]
        read_only_fields = fields


class LineSerializer(serializers.Serializer[Line]):
    """One item in the reading order of its stream, with one's own state."""

    key = serializers.CharField()
    parent = serializers.CharField(source="parent.key", default=None, allow_null=True)
    kind = serializers.ChoiceField(choices=Item.Kind.choices)
    title = serializers.CharField()
    summary = serializers.CharField()
    hours = serializers.DecimalField(max_digits=8, decimal_places=1, source="total_hours")
    optional = serializers.BooleanField()
    counts = serializers.BooleanField(help_text="Whether it is one of the items that progress is counted in.")
    state = serializers.ChoiceField(choices=Progress.State.choices)


class TallySerializer(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    required = serializers.IntegerField()
    percent = serializers.IntegerField()
    hours_left = serializers.DecimalField(max_digits=8, decimal_places=1)


class SectionSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(source="unit.key")
    title = serializers.CharField(source="unit.title")
    summary = serializers.CharField(source="unit.summary")
    progress = TallySerializer(source="tally")
    items = LineSerializer(many=True, source="lines")


class OutlineSerializer(serializers.Serializer[Outline]):
    """A stream with its units and items."""

    key = serializers.CharField(source="stream.key")
    number = serializers.IntegerField(source="stream.number")
    title = serializers.CharField(source="stream.title")
    tagline = serializers.CharField(source="stream.tagline")
    summary = serializers.CharField(source="stream.summary")
    audience = serializers.CharField(source="stream.audience")
    progress = TallySerializer(source="tally")
    units = SectionSerializer(many=True, source="sections")


class ItemSerializer(serializers.ModelSerializer[Item]):
    stream = serializers.CharField(source="stream.key")
    unit = serializers.CharField(source="unit.key")
    parent = serializers.CharField(source="parent.key", default=None, allow_null=True)
    retired = serializers.SerializerMethodField(help_text="It has left the curriculum; what you did on it is kept.")

    class Meta:
        model = Item
        fields = [
            "key",
            "stream",
            "unit",
            "parent",
            "kind",
            "title",
            "summary",
            "note",
            "url",
            "hours",
            "estimate",
            "optional",
            "counts",
            "retired",
        ]
        read_only_fields = fields

    def get_retired(self, item: Item) -> bool:
        return item.retired_at is not None


class MarkSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=Progress.State.choices)


class MarkedSerializer(serializers.Serializer[Any]):
    """The item as it stands after the mark, the items above it, and the stream's tally."""

    item = LineSerializer()
    above = LineSerializer(many=True)
    progress = TallySerializer()


class ProgressSerializer(serializers.ModelSerializer[Progress]):
    item = serializers.CharField(source="item.key")
    stream = serializers.CharField(source="item.stream.key")

    class Meta:
        model = Progress
        fields = ["item", "stream", "state", "since"]
        read_only_fields = fields


class StreamViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Stream]):
    """The published streams, for everyone; with a token, states are one's own."""

    queryset = Stream.objects.published()
    serializer_class = StreamSerializer
    permission_classes = [AllowAny]
    lookup_field = "key"
    lookup_value_regex = STREAM_KEY

    @extend_schema(responses=OutlineSerializer)
    def retrieve(self, request: Request, key: str) -> Response:
        outline = Outline.read(self.get_object(), request.user)
        return Response(OutlineSerializer(outline).data)


class ItemViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Item]):
    """One item, and marking it."""

    queryset = Item.objects.none()
    serializer_class = ItemSerializer
    permission_classes = [AllowAny]
    lookup_field = "key"
    lookup_value_regex = ITEM_KEY

    def get_queryset(self) -> QuerySet[Item]:
        return Item.objects.visible_to(self.request.user).select_related("stream", "unit", "parent")

    @extend_schema(request=MarkSerializer, responses=MarkedSerializer)
    @action(detail=True, methods=["post"], permission_classes=[IsAuthenticated])
    def mark(self, request: Request, key: str) -> Response:
        """Set your state on the item. 409 for a parent, a retired item, and a project to or from done."""
        item = self.get_object()
        form = MarkSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        outline = item.mark(by=cast(User, request.user), state=form.validated_data["state"])
        line = outline.line(item.pk)
        return Response(
            MarkedSerializer({"item": line, "above": line.above() if line else [], "progress": outline.tally}).data
        )


class ProgressViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Progress]):
    """Your own progress, the latest first."""

    queryset = Progress.objects.none()
    serializer_class = ProgressSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[Progress]:
        own = Progress.objects.filter(person=self.request.user.pk).select_related("item__stream")
        if key := self.request.query_params.get("stream"):
            own = own.filter(item__stream__key=key) if re.fullmatch(STREAM_KEY, key) else own.none()
        return own.order_by("-since", "-pk")

    @extend_schema(parameters=[OpenApiParameter("stream", str, description="The key of a stream.")])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)
