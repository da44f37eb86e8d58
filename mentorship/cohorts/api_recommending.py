"""`/api/v1/recommendations/`: what mentors recommend to their mentees."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.recommending import cohorts_of, may_recommend, mentees_of, recommend_to
from mentorship.people.requests import ApiRequest
from mentorship.study.library.models import Recommendation, Resource
from mentorship.study.library.models.recommendation import LONGEST


class RecommendationSerializer(serializers.ModelSerializer[Recommendation]):
    resource = serializers.CharField(source="resource.key")
    title = serializers.CharField(source="resource.title")
    by = serializers.CharField(source="by.handle")
    to = serializers.CharField(source="person.handle")

    class Meta:
        model = Recommendation
        fields = ["resource", "title", "by", "to", "note", "at"]
        read_only_fields = fields


class RecommendSerializer(serializers.Serializer[Any]):
    resource = serializers.SlugRelatedField(slug_field="key", queryset=Resource.objects.listed().defer("words"))
    people = serializers.ListField(
        child=serializers.RegexField(r"^[a-z0-9-]{3,30}$"), max_length=100, required=False, default=list,
        help_text="Handles of your mentees.",
    )  # fmt: skip
    cohort = serializers.SlugField(required=False, help_text="All mentees of a cohort that you mentor in.")
    note = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True, default="")


class RecommendedSerializer(serializers.Serializer[Any]):
    told = serializers.IntegerField(help_text="How many were told by this call.")


class RecommendationViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Recommendation]):
    """What was recommended to you, and what you recommended; the newest first."""

    request: ApiRequest
    queryset = Recommendation.objects.none()
    serializer_class = RecommendationSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> QuerySet[Recommendation]:
        rows = Recommendation.objects.visible_to(self.request.user).select_related("resource", "by", "person")
        return rows.defer("resource__words").order_by("-at", "-pk")

    @extend_schema(request=RecommendSerializer, responses={201: RecommendedSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Recommend a resource to mentees of yours, or to all of a cohort; each is told once."""
        if not may_recommend(request.user):
            raise Http404
        given = RecommendSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said, handles = given.validated_data, set(given.validated_data["people"])
        people = list(mentees_of(request.user).filter(handle__in=handles))
        cohort = cohorts_of(request.user).filter(slug=said["cohort"]).first() if "cohort" in said else None
        if len(people) < len(handles):
            raise serializers.ValidationError({"people": ["Not all of them are mentees of yours."]})
        if "cohort" in said and cohort is None:
            raise serializers.ValidationError({"cohort": ["You mentor in no such cohort that is running."]})
        told = recommend_to(said["resource"], by=request.user, people=people, cohort=cohort, note=said["note"])
        return Response({"told": told}, status=201)
