"""`/api/v1/post-notebooks/`: posts from notebooks: read, cells chosen, brought up to date."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from blog.api import DeskSerializer
from blog.importing import notebook as notebooks
from blog.importing.api import refused
from blog.importing.forms import NotebookForm
from blog.models import Notebook, Post
from blog.text import clean_line
from mentorship.common.errors import Refused
from mentorship.people.requests import ApiRequest


class NotebookSerializer(serializers.ModelSerializer[Notebook]):
    choices = serializers.SerializerMethodField(help_text="What each part becomes unless you say otherwise.")
    cells = serializers.JSONField(read_only=True, help_text="Number, kind, text, and outputs with their forms.")

    class Meta:
        model = Notebook
        fields = ["id", "post", "name", "title", "language", "cells", "choices", "created_at", "used_at"]
        read_only_fields = fields

    def get_choices(self, found: Notebook) -> dict[str, str]:
        return notebooks.choices(found) if found.used_at is None else found.chosen


class NotebookFileSerializer(serializers.Serializer[Any]):
    notebook = serializers.FileField(help_text="An .ipynb file of 20 MB at most.")
    post = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="A post that began from a notebook: brought up to date.",
    )


class CellsSerializer(serializers.Serializer[Any]):
    chosen = serializers.DictField(
        child=serializers.CharField(max_length=10), required=False, help_text="A form by the key of each part."
    )


class UseSerializer(CellsSerializer):
    title = serializers.CharField(max_length=140, required=False, help_text="Of a new post.")
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, required=False, help_text="Of a post that is there: the one you read."
    )


class KeptSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    theirs = serializers.CharField(help_text="What the notebook says now.")


class NotebookDifferenceSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    body = serializers.CharField(help_text="The text as it would be.")
    kept = KeptSerializer(many=True, help_text="Changed in the notebook and by you: yours stays.")


class UsedSerializer(serializers.Serializer[Any]):
    post = DeskSerializer()
    notes = serializers.ListField(child=serializers.CharField())
    kept = KeptSerializer(many=True)


class PostNotebookViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Notebook]):
    """Notebooks that you uploaded to make posts of."""

    queryset = Notebook.objects.none()
    serializer_class = NotebookSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_parsers(self) -> list[Any]:
        upload = getattr(self, "action_map", {}).get("post") == "create"
        return [MultiPartParser()] if upload else super().get_parsers()

    def get_queryset(self) -> QuerySet[Notebook]:
        return Notebook.objects.of(self.request.user).select_related("post__author", "post__editor")

    @extend_schema(request={"multipart/form-data": NotebookFileSerializer}, responses={201: NotebookSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Have a notebook read, so that its cells can be chosen."""
        form = NotebookForm(request.POST, request.FILES)
        if not form.is_valid():
            raise refused(form)
        given = NotebookFileSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        pk = given.validated_data.get("post")
        post = get_object_or_404(Post.objects.in_hands_of(request.user), pk=pk) if pk else None
        file = form.cleaned_data["notebook"]
        try:
            found = notebooks.upload(by=request.user, raw=file.read(), name=file.name, post=post)
        except Refused as refusal:
            if refusal.code != "file":
                raise
            raise serializers.ValidationError({"notebook": [refusal.message]}) from None
        return Response(self.get_serializer(found).data, status.HTTP_201_CREATED)

    @extend_schema(request=CellsSerializer, responses=NotebookDifferenceSerializer)
    @action(detail=True, methods=["post"])
    def difference(self, request: ApiRequest, pk: str | None = None) -> Response:
        """What bringing its post up to date would make of the text; nothing is saved."""
        found: Any = self.get_object()
        update = notebooks.update_of(found, self.chosen(found, CellsSerializer, request)["chosen"])
        post: Post = found.post
        said = {"version": post.version, "body": update.body, "kept": update.kept}
        return Response(NotebookDifferenceSerializer(said).data)

    @extend_schema(request=UseSerializer, responses=UsedSerializer)
    @action(detail=True, methods=["post"])
    def use(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Make a draft of it, or bring its post up to date."""
        found = self.get_object()
        given = self.chosen(found, UseSerializer, request)
        if found.post is None or (found.used_at and not found.before()):
            title = clean_line(given.get("title", "")) or found.title
            post, notes = notebooks.begin(found, by=request.user, chosen=given["chosen"], title=title)
            kept: list[Any] = []
        else:
            post, version = found.post, given.get("version", 0)
            notes, kept = notebooks.update(found, by=request.user, version=version, chosen=given["chosen"])
        said = {"post": post, "notes": notes, "kept": kept}
        return Response(UsedSerializer(said, context=self.get_serializer_context()).data)

    @staticmethod
    def chosen(found: Notebook, kind: type[serializers.Serializer[Any]], request: ApiRequest) -> dict[str, Any]:
        given = kind(data=request.data)
        given.is_valid(raise_exception=True)
        usual = notebooks.choices(found)
        chosen = given.validated_data.get("chosen", {})
        if wrong := [
            key for key, form in chosen.items() if key not in usual or not notebooks.allowed(found, key, form)
        ]:
            raise serializers.ValidationError({"chosen": [f"{wrong[0][:20]} has no such form."]})
        return dict(given.validated_data) | {"chosen": usual | chosen}
