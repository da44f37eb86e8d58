"""`/api/v1/rounds/…/countersign/`: what apprentices have signed, and what becomes of it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from projects.countersigning import to_countersign
from projects.models import Review
from projects.models.signing import LONGEST_NOTE


class ToCountersignSerializer(serializers.ModelSerializer[Review]):
    """A review that waits for you, as it was signed. What its comments are about is read with the round."""

    mentor = serializers.CharField(source="mentor.handle", help_text="Who wrote it.")
    mentee = serializers.CharField(source="round.submission.author.handle")
    title = serializers.CharField(source="round.submission.title")
    signed_at = serializers.DateTimeField()
    comments = serializers.SerializerMethodField()
    scores = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = [
            *("id", "round", "mentor", "mentee", "title", "version", "verdict", "summary", "signed_at", "comments"),
            "scores",
        ]
        read_only_fields = fields

    def get_comments(self, review: Review) -> list[dict[str, Any]]:
        """Each with the key of its question, if it is about one, and whether it asks for a change."""
        return [
            {
                "criterion": row.criterion.key if row.criterion else None, "text": row.text, "blocking": row.blocking,
                "file": row.file_id, "cell": row.cell, "line_from": row.line_from, "line_to": row.line_to,
            }
            for row in review.comments.all()
        ]  # fmt: skip

    def get_scores(self, review: Review) -> dict[str, str]:
        return {row.criterion.key: row.level for row in review.scores.all()}


class CountersignSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(
        min_value=0, max_value=2_000_000_000, required=False, default=None, allow_null=True,
        help_text="The one that you read: 409 when there is another.",
    )  # fmt: skip


class ReturnReviewSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=LONGEST_NOTE, help_text="Who wrote the review reads it in the draft.")


def waiting_for(request: ApiRequest) -> QuerySet[Review]:
    rows = to_countersign(request.user)
    found: QuerySet[Review] = rows.prefetch_related("comments__criterion", "scores__criterion")
    return found


class CountersignMixin:
    """The actions of rounds for who countersigns."""

    request: ApiRequest

    @extend_schema(responses=ToCountersignSerializer)
    @action(detail=True, methods=["get"])
    def countersign(self, request: ApiRequest, pk: str) -> Response:
        """The review of this round, if it waits for you to countersign it."""
        return Response(ToCountersignSerializer(get_object_or_404(waiting_for(request), round=pk)).data)

    @extend_schema(request=CountersignSerializer, responses={204: None})
    @countersign.mapping.post
    def countersign_review(self, request: ApiRequest, pk: str) -> Response:
        """Countersign and so publish it, with both names."""
        review = get_object_or_404(to_countersign(request.user), round=pk)
        given = CountersignSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        review.countersign(by=request.user, **given.validated_data)
        return Response(status=204)

    @extend_schema(request=ReturnReviewSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_review(self, request: ApiRequest, pk: str) -> Response:
        """Give the review back to who wrote it, with a note."""
        review = get_object_or_404(to_countersign(request.user), round=pk)
        given = ReturnReviewSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        review.return_with(given.validated_data["note"], by=request.user)
        return Response(status=204)
