"""The check list of a post that somebody works on."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from blog.checking import check
from mentorship.common.enqueue import enqueue
from mentorship.people.requests import ApiRequest


class PostCheckSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    state = serializers.CharField(help_text="good, look (worth a look), or open (not known yet)")
    said = serializers.CharField()
    more = serializers.ListField(child=serializers.CharField())


class PostCheckListSerializer(serializers.Serializer[Any]):
    checks = PostCheckSerializer(many=True)
    words = serializers.IntegerField()
    minutes = serializers.IntegerField()
    sentence_words = serializers.FloatField(help_text="On average; code and formulas are left out.")
    hint = serializers.CharField()
    long = serializers.ListField(child=serializers.CharField(), help_text="How long sentences begin.")


class ChecksMixin:
    """For the viewsets of a post that somebody works on."""

    @extend_schema(responses=PostCheckListSerializer)
    @action(detail=True, pagination_class=None)
    def checks(self, request: ApiRequest, pk: str | None = None) -> Response:
        """What is worth a look before others read it. Nothing of it stands in anybody's way."""
        return Response(asdict(check(self.get_object())))  # type: ignore[attr-defined]

    @extend_schema(request=None, responses={202: None})
    @action(detail=True, methods=["post"], url_path="check-links")
    def check_links(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Have its links looked at; those of the last day stand as they were found."""
        enqueue("blog.check_links", self.get_object().pk)  # type: ignore[attr-defined]
        return Response(status=status.HTTP_202_ACCEPTED)
