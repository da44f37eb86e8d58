"""`/api/v1/cohorts/…/clone/`: a new cohort from an earlier one, looked at first; for admins."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts import cloning
from mentorship.cohorts.api_setup import LARGEST, TEST_HELP, MentorSeatSerializer, SetUp, SetUpSerializer
from mentorship.cohorts.forms_setup import free_slug, next_first_day, next_name
from mentorship.cohorts.models import Cohort
from mentorship.cohorts.models.cohort import validate_slug
from mentorship.people.requests import ApiRequest


class PlanSerializer(serializers.Serializer[Any]):
    """What is left out is as the page offers it."""

    name = serializers.CharField(max_length=120, required=False)
    slug = serializers.SlugField(max_length=60, required=False, validators=[validate_slug])
    first_day = serializers.DateField(required=False)
    mentors = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST), max_length=100, required=False,
        help_text="The ids of their seats there. They are told.",
    )  # fmt: skip

    test = serializers.BooleanField(required=False, default=False, help_text=TEST_HELP)

    def validate(self, given: dict[str, Any]) -> Any:
        """The plan."""
        source: Cohort = self.context["source"]
        first_day = given.get("first_day") or next_first_day(source)
        if cloning.is_too_far(source, first_day):
            raise serializers.ValidationError({"first_day": [cloning.TOO_FAR]})
        keys = set(given.get("mentors", []))
        mentors = list(cloning.mentors_to_take(source).filter(pk__in=keys))
        if len(mentors) < len(keys):
            raise serializers.ValidationError({"mentors": ["Choose mentors of this cohort."]})
        name, test = given.get("name") or next_name(source.name), given["test"]
        if test and mentors:
            raise serializers.ValidationError({"mentors": ["Nobody real comes along into a test cohort."]})
        slug = given.get("slug") or free_slug(name, test=test)
        return cloning.Plan(source, first_day, name, slug, mentors, test=test)


class CloneLineSerializer(serializers.Serializer[Any]):
    what = serializers.CharField()
    now = serializers.CharField(help_text="As it will be.")
    was = serializers.CharField()
    note = serializers.CharField(help_text="Why it is left out.")


class ClonePartSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    lines = CloneLineSerializer(many=True)


class ClonePreviewSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    slug = serializers.CharField()
    first_day = serializers.DateField()
    mentors_to_take = MentorSeatSerializer(many=True, help_text="Who may come along.")
    parts = ClonePartSerializer(many=True)


class Cloning(SetUp):
    """What `CohortViewSet` has for it beside the set-up."""

    def _plan(self, data: Any) -> cloning.Plan:
        given = PlanSerializer(data=data, context={"source": self.administered()})
        given.is_valid(raise_exception=True)
        return given.validated_data

    @extend_schema(parameters=[PlanSerializer], responses=ClonePreviewSerializer)
    @action(detail=True, url_path="clone", url_name="clone", permission_classes=[IsAuthenticated])
    def preview_clone(self, request: ApiRequest, slug: str) -> Response:
        """What a new cohort from this one would have, with every date moved. Makes nothing."""
        plan = self._plan(request.query_params)
        parts = [{"title": title, "lines": lines} for title, lines in cloning.preview(plan)]
        take = cloning.mentors_to_take(plan.source)
        said = {"name": plan.name, "slug": plan.slug, "first_day": plan.first_day}
        return Response(ClonePreviewSerializer(said | {"parts": parts, "mentors_to_take": take}).data)

    @extend_schema(request=PlanSerializer, responses={201: SetUpSerializer})
    @preview_clone.mapping.post
    def clone(self, request: ApiRequest, slug: str) -> Response:
        """A draft made of this cohort, whole or not at all."""
        return Response(SetUpSerializer(cloning.clone(self._plan(request.data), by=request.user)).data, status=201)
