"""`/api/v1/ideas/`: what could become a post, and making it one."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from blog.models import Post
from mentorship.home.ideas import begin_from, offers_of
from mentorship.people.requests import ApiRequest


class BegunPostSerializer(serializers.ModelSerializer[Post]):
    class Meta:
        model = Post
        fields = ["id", "title", "state"]
        read_only_fields = fields


class OfferSerializer(serializers.Serializer[Any]):
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="What it is made of: note:12, project:3, review:5."
    )
    kind = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField()
    url = serializers.CharField(help_text="Where it is found.")
    post = BegunPostSerializer(allow_null=True, help_text="The post that you began from it.")


class BeginIdeaSerializer(serializers.Serializer[Any]):
    source = serializers.RegexField(  # type: ignore[assignment]
        r"^(note|project|review):[0-9]{1,18}$", help_text="One of the list."
    )


class IdeaViewSet(viewsets.ViewSet):
    """What you could write about: gaps in your notes, accepted projects, what reviews praised."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=OfferSerializer(many=True))
    def list(self, request: ApiRequest) -> Response:
        return Response(OfferSerializer(offers_of(request.user), many=True).data)

    @extend_schema(request=BeginIdeaSerializer, responses={201: BegunPostSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Make an idea of it; again gives the same post."""
        given = BeginIdeaSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        post = begin_from(given.validated_data["source"], by=request.user)
        if post is None:
            raise NotFound
        return Response(BegunPostSerializer(post).data, status.HTTP_201_CREATED)
