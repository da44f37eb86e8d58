"""`/api/v1/coauthors/`: whom you asked to write with you, and who asked you."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from blog.api import WriterSerializer
from blog.models import Coauthor, Post
from mentorship.people.models import HANDLE
from mentorship.people.requests import ApiRequest


class CoauthorSerializer(serializers.ModelSerializer[Coauthor]):
    author = WriterSerializer(source="post.author", read_only=True)
    person = WriterSerializer(read_only=True)
    title = serializers.CharField(source="post.title", read_only=True)

    class Meta:
        model = Coauthor
        fields = ["id", "post", "title", "author", "person", "state", "asked_at", "answered_at"]
        read_only_fields = fields


class AskCoauthorSerializer(serializers.Serializer[Any]):
    post = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="One of your own.")
    handle = serializers.RegexField(HANDLE, max_length=40, help_text="Of somebody in a cohort of yours.")


class CoauthorViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Coauthor]):
    """What you were asked, and whom you asked, the newest first."""

    permission_classes = [IsAuthenticated]
    serializer_class = CoauthorSerializer
    queryset = Coauthor.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Coauthor]:
        rows = Coauthor.objects.visible_to(self.request.user).select_related("post__author", "person")
        return rows.order_by("-asked_at", "-pk")

    @extend_schema(request=AskCoauthorSerializer, responses={201: CoauthorSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Ask somebody to write a post of yours with you."""
        given = AskCoauthorSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        own = Post.objects.filter(author=request.user).select_related("author")
        post = get_object_or_404(own, pk=given.validated_data["post"])
        row = Coauthor.ask(post, by=request.user, handle=given.validated_data["handle"])
        return Response(self.get_serializer(row).data, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CoauthorSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Your name stands on the post from now on. After a refusal too."""
        return self.answer("agree", request)

    @extend_schema(request=None, responses=CoauthorSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: ApiRequest, pk: str | None = None) -> Response:
        return self.answer("refuse", request)

    @extend_schema(request=None, responses=CoauthorSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Take your name off, until the post is published."""
        return self.answer("leave", request)

    @extend_schema(request=None, responses=CoauthorSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request: ApiRequest, pk: str | None = None) -> Response:
        """As its author: take somebody out, or the question back, until the post is published."""
        return self.answer("remove", request)

    def answer(self, verb: str, request: ApiRequest) -> Response:
        row = self.get_object()
        getattr(row, verb)(by=request.user)
        return Response(self.get_serializer(row).data)
