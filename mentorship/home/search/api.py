"""`/api/v1/search/?q=`: what you may see and that has the words."""

import html
from typing import Any

from django.utils.html import strip_tags
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.home.search.finding import LABELS, Hit, find


class SearchAskedSerializer(serializers.Serializer[Any]):
    q = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False,
        help_text='Words; those in quotes stand side by side, a minus leaves one out. The first 200 characters count.',
    )  # fmt: skip
    kind = serializers.ChoiceField(choices=list(LABELS), required=False, help_text="Of this kind alone, more of them.")


class HitSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    title = serializers.CharField(source="plain")
    url = serializers.CharField()
    passage = serializers.SerializerMethodField(help_text="Where the words stand, as plain text.")

    def get_passage(self, hit: Hit) -> str:
        return html.unescape(strip_tags(hit.passage))


class SearchResultSerializer(serializers.Serializer[Any]):
    asked = serializers.CharField(help_text="What was looked for.")
    hits = HitSerializer(many=True)


class SearchView(APIView):
    """The best of each kind, or of one."""

    permission_classes = [AllowAny]

    @extend_schema(parameters=[SearchAskedSerializer], responses=SearchResultSerializer)
    def get(self, request: Request) -> Response:
        given = SearchAskedSerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        return Response(SearchResultSerializer(find(request.user, asked.get("q", ""), asked.get("kind", ""))).data)
