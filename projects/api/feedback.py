from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.people.requests import ApiRequest
from projects.figures import Took, figures_of
from projects.models import Feedback, Submission
from projects.models.feedback import LONGEST_TESTIMONIAL, reviewers_of
from projects.models.scopes import mentors_of_cohorts, own_keys


class FeedbackSerializer(serializers.ModelSerializer[Feedback]):
    mentor = serializers.CharField(source="mentor.handle")

    class Meta:
        model = Feedback
        fields = ["mentor", "rating", "helped", "testimonial", "given_at"]
        read_only_fields = fields


class GiveFeedbackSerializer(serializers.Serializer[Any]):
    mentor = serializers.CharField(max_length=60, help_text="The handle of who reviewed the work.")
    rating = serializers.ChoiceField(choices=Feedback.Rating.choices)
    helped = serializers.ListField(
        child=serializers.ChoiceField(choices=Feedback.Helped.choices), required=False, default=list
    )
    testimonial = serializers.CharField(
        max_length=LONGEST_TESTIMONIAL,
        required=False,
        allow_blank=True,
        default="",
        help_text="May be shown to others.",
    )


class FeedbackMixin:
    """The part of a submission's API that says what helped."""

    @extend_schema(request=GiveFeedbackSerializer, responses=FeedbackSerializer)
    @action(detail=True, methods=["post"])
    def feedback(self, request: ApiRequest, pk: str) -> Response:
        """Say how helpful a reviewer of your accepted work was. The rating counts in sums alone."""
        found = get_object_or_404(Submission.objects.filter(pk__in=own_keys(request.user)), pk=pk)
        given = GiveFeedbackSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        mentor = get_object_or_404(reviewers_of(found).exclude(pk=request.user.pk), handle=said.pop("mentor"))
        row = Feedback.give(submission=found, mentor=mentor, by=request.user, **said)
        return Response(FeedbackSerializer(row).data)


class TestimonialSerializer(serializers.ModelSerializer[Feedback]):
    by = serializers.CharField(source="by.name")
    project = serializers.CharField(source="submission.project.key")

    class Meta:
        model = Feedback
        fields = ["id", "by", "project", "testimonial", "given_at", "shown_at"]
        read_only_fields = fields


class TestimonialViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Feedback]):
    """What mentees wrote about you as a mentor; it stands on your profile when you show it."""

    request: ApiRequest
    queryset = Feedback.objects.none()
    serializer_class = TestimonialSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Feedback]:
        return Feedback.objects.testimonials_for(self.request.user)

    def _set(self, shown: bool) -> Response:
        row = self.get_object()
        row.show(by=self.request.user, shown=shown)
        return Response(TestimonialSerializer(row).data)

    @extend_schema(request=None, responses=TestimonialSerializer)
    @action(detail=True, methods=["post"])
    def show(self, request: ApiRequest, pk: str) -> Response:
        """Show it on your profile."""
        return self._set(True)

    @extend_schema(request=None, responses=TestimonialSerializer)
    @action(detail=True, methods=["post"])
    def hide(self, request: ApiRequest, pk: str) -> Response:
        """Show it no longer."""
        return self._set(False)


class TookSerializer(serializers.Serializer[Any]):
    reviews = serializers.IntegerField()
    median_seconds = serializers.IntegerField(allow_null=True)
    eight_of_ten_seconds = serializers.IntegerField(allow_null=True)


class FiguresSerializer(serializers.Serializer[Any]):
    last_four_weeks = TookSerializer()
    last_twelve_weeks = TookSerializer()
    promise_kept = serializers.IntegerField(help_text="Reviews of the last twelve weeks.")
    reviews_by_week = serializers.ListField(child=serializers.IntegerField(), help_text="The oldest week first.")
    mentees = serializers.IntegerField()
    capacity = serializers.IntegerField()
    waiting = serializers.IntegerField()
    held = serializers.IntegerField()
    rated = serializers.IntegerField()
    ratings = serializers.DictField(child=serializers.IntegerField(), allow_null=True, help_text="From three on.")
    helped = serializers.DictField(child=serializers.IntegerField(), allow_null=True)


class FiguresView(APIView):
    """Your own figures as a mentor."""

    @extend_schema(responses=FiguresSerializer)
    def get(self, request: ApiRequest) -> Response:
        """How long your reviews took, what you have in hand, what mentees found helpful."""
        if not mentors_of_cohorts(request.user).exists():
            raise Http404
        found = figures_of(request.user)
        data = {
            "last_four_weeks": as_data(found.lately),
            "last_twelve_weeks": as_data(found.quarter),
            "promise_kept": found.kept,
            "reviews_by_week": found.weeks,
            "mentees": found.mentees,
            "capacity": found.capacity,
            "waiting": found.waiting,
            "held": found.held,
            "rated": found.said,
            "ratings": found.ratings,
            "helped": found.helped,
        }
        return Response(FiguresSerializer(data).data)


def as_data(took: Took) -> dict[str, int | None]:
    return {
        "reviews": took.reviews,
        "median_seconds": int(took.median.total_seconds()) if took.median is not None else None,
        "eight_of_ten_seconds": int(took.most.total_seconds()) if took.most is not None else None,
    }
