"""Every saved text of a post, what changed between two, and the way back."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from blog import writing
from blog.comparing import compare, two_of
from blog.models import Revision
from blog.reconciling import Merge
from mentorship.people.requests import ApiRequest


class RevisionSerializer(serializers.ModelSerializer[Revision]):
    saved_by = serializers.CharField(source="saved_by.handle", read_only=True)

    class Meta:
        model = Revision
        fields = ["version", "title", "saved_by", "begun_at", "saved_at", "by_itself"]
        read_only_fields = fields


class WholeRevisionSerializer(RevisionSerializer):
    class Meta(RevisionSerializer.Meta):
        fields = [*RevisionSerializer.Meta.fields, "summary", "body", "more"]
        read_only_fields = fields


class PartDifferenceSerializer(serializers.Serializer[Any]):
    """Rows {kind, old, new, was, now} of each part that changed."""

    title = serializers.ListField(child=serializers.DictField(), required=False)
    summary = serializers.ListField(child=serializers.DictField(), required=False)
    body = serializers.ListField(child=serializers.DictField(), required=False)


class RestoreSerializer(serializers.Serializer[Any]):
    revision = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="The version whose text comes back."
    )
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="The version of the post that you read."
    )


class RevisionsMixin:
    """For the viewsets of a post that somebody works on."""

    @extend_schema(responses=RevisionSerializer(many=True))
    @action(detail=True, filter_backends=[])
    def revisions(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Newest first."""
        found = self.get_object().revisions.select_related("saved_by").defer("body")  # type: ignore[attr-defined]
        page = self.paginate_queryset(found)  # type: ignore[attr-defined]
        return self.get_paginated_response(RevisionSerializer(page, many=True).data)  # type: ignore[attr-defined]

    @extend_schema(parameters=[OpenApiParameter("version", int, required=True)], responses=WholeRevisionSerializer)
    @action(detail=True, pagination_class=None)
    def revision(self, request: ApiRequest, pk: str | None = None) -> Response:
        """One saved text."""
        revisions = self.get_object().revisions.select_related("saved_by")  # type: ignore[attr-defined]
        number = request.query_params.get("version", "")
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise serializers.ValidationError({"version": ["Name a revision by its number."]})
        return Response(WholeRevisionSerializer(get_object_or_404(revisions, version=number)).data)

    @extend_schema(
        parameters=[OpenApiParameter("from", int, required=True), OpenApiParameter("to", int, required=True)],
        responses=PartDifferenceSerializer,
    )
    @action(detail=True, pagination_class=None)
    def difference(self, request: ApiRequest, pk: str | None = None) -> Response:
        """What changed from one revision to another."""
        asked = request.query_params
        pair = two_of(self.get_object(), asked.get("from", ""), asked.get("to", ""))  # type: ignore[attr-defined]
        if pair is None:
            raise serializers.ValidationError({"from": ["Name two different revisions by their numbers."]})
        return Response(compare(*pair))

    @extend_schema(request=RestoreSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Save an earlier text as the newest revision."""
        post = self.get_object()  # type: ignore[attr-defined]
        given = RestoreSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        revision = get_object_or_404(post.revisions, version=asked["revision"])
        writing.restore(post, by=request.user, version=asked["version"], revision=revision)
        return Response(self.get_serializer(post).data)  # type: ignore[attr-defined]


def merge_said(merge: Merge) -> dict[str, Any]:
    """For who lost a save: the text with both, or what to choose about first."""
    whole = merge.text()
    return {"text": vars(whole) if whole else None, "clashes": [vars(question) for question in merge.questions]}
