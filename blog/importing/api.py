"""`/api/v1/post-files/`: posts from Markdown files with their images."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.response import Response

from blog.api import DeskSerializer
from blog.importing import jekyll, pictures
from blog.importing.forms import FileForm, ImagesForm
from blog.models import ImageFetch, Post
from mentorship.common.errors import Refused
from mentorship.people.requests import ApiRequest


def refused(form: Form) -> serializers.ValidationError:
    """What a form says of its fields, for the API."""
    return serializers.ValidationError({name: [str(one) for one in errors] for name, errors in form.errors.items()})


class MarkdownFileSerializer(serializers.Serializer[Any]):
    """One Markdown file with its images, in one multipart form."""

    chosen = serializers.ListField(
        child=serializers.FileField(), max_length=pictures.MOST_FILES, help_text="The .md file, and its images."
    )
    site = serializers.URLField(max_length=200, required=False, allow_blank=True, help_text="The blog it stood on.")


class ImagesSerializer(serializers.Serializer[Any]):
    files = serializers.ListField(child=serializers.FileField(), max_length=pictures.MOST_FILES)


class NamedImageSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(help_text="As the text has it.")
    alt = serializers.CharField()


class ImageFetchSerializer(serializers.ModelSerializer[ImageFetch]):
    problems = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ImageFetch
        fields = ["state", "reason", "problems", "asked_at", "finished_at"]
        read_only_fields = fields


class ImportedSerializer(serializers.Serializer[Any]):
    post = DeskSerializer()
    again = serializers.BooleanField(help_text="This file was imported before.")
    notes = serializers.ListField(child=serializers.CharField(), help_text="What its author should know.")
    missing = NamedImageSerializer(many=True, help_text="Images that the text names and the post has not got.")


class PostFileViewSet(viewsets.GenericViewSet[Post]):
    """Posts from Markdown files; the key is the post's."""

    queryset = Post.objects.none()
    serializer_class = ImportedSerializer
    lookup_value_regex = "[0-9]{1,18}"
    parser_classes = [MultiPartParser]

    def get_queryset(self) -> QuerySet[Post]:
        return Post.objects.in_hands_of(self.request.user).select_related("author", "editor")

    @extend_schema(request=MarkdownFileSerializer, responses={201: ImportedSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Begin a draft from a file. The same file again gives the same post."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            raise refused(form)
        (name, text), *images = form.cleaned_data["chosen"]
        try:
            done = jekyll.begin(
                by=request.user, raw=text.read(), name=name, images=images, site=form.cleaned_data["site"]
            )
        except Refused as refusal:
            if refusal.code != "file":
                raise
            raise serializers.ValidationError({"chosen": [refusal.message]}) from None
        return self.answer(done.post, done.notes, again=done.again, code=status.HTTP_201_CREATED)

    @extend_schema(methods=["GET"], responses=NamedImageSerializer(many=True))
    @extend_schema(methods=["POST"], request=ImagesSerializer, responses=ImportedSerializer)
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def images(self, request: ApiRequest, pk: str | None = None) -> Response:
        """The images that are missing; POST adds some, known by their names."""
        post = self.get_object()
        missing = pictures.named_in(post.body)
        if request.method == "GET":
            return Response(NamedImageSerializer(missing, many=True).data)
        form = ImagesForm(request.POST, request.FILES, sources=[])
        if not form.is_valid():
            raise refused(form)
        added = pictures.add(post, files=form.cleaned_data["files"], by=request.user)
        return self.answer(post, added.problems)

    @extend_schema(request=None, responses=ImageFetchSerializer)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def fetch(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Have the images fetched that the text names on the web."""
        return Response(ImageFetchSerializer(ImageFetch.ask(post=self.get_object(), by=request.user)).data)

    def answer(self, post: Post, notes: list[str], *, again: bool = False, code: int = status.HTTP_200_OK) -> Response:
        done = {"post": post, "again": again, "notes": notes, "missing": pictures.named_in(post.body)}
        return Response(ImportedSerializer(done, context=self.get_serializer_context()).data, code)
