"""`/api/v1/cohorts/…` `directory/` and `listing/`, and `/api/v1/mentees/`: who wants to be found, and with what."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.api_setup import SetUp
from mentorship.cohorts.models import Cohort, Listing, Membership
from mentorship.cohorts.views.directory import row_of
from mentorship.cohorts.views.frame import Roster
from mentorship.people.requests import ApiRequest


class ListedLinkSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    url = serializers.CharField()


class ListedSerializer(serializers.Serializer[Any]):
    """What the person chose to show, and nothing else."""

    name = serializers.CharField()
    profile = serializers.CharField(source="url", help_text="Its address; empty when you may not open it.")
    cohort = serializers.CharField(source="cohort.slug")
    mentor = serializers.BooleanField()
    says = serializers.CharField()
    headline = serializers.CharField()
    timezone = serializers.CharField(source="zone")
    links = ListedLinkSerializer(many=True)
    email = serializers.CharField(help_text="In the cohort's directory alone.")


class OwnListingSerializer(serializers.ModelSerializer[Listing]):
    class Meta:
        model = Listing
        fields = Listing.FIELDS


def listed(rows: Any, reader: Any, *, public: bool) -> Any:
    roster = Roster(reader)
    shown = [row_of(row, roster, public=public) for row in rows]
    for one in shown:
        one["links"] = [{"label": label, "url": url} for label, url in one["links"]]
    return ListedSerializer(shown, many=True).data


class Directory(SetUp):
    """What `CohortViewSet` has of it, for members and admins."""

    def belonging(self) -> Cohort:
        by = self.request.user
        rows = Cohort.objects.all() if by.is_admin else Cohort.objects.of(by)
        return get_object_or_404(rows, slug=self.kwargs["slug"])

    @extend_schema(responses=ListedSerializer(many=True), filters=False)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def directory(self, request: ApiRequest, slug: str) -> Response:
        """Who of the cohort wants to be found in it."""
        found: Any = Listing.objects.in_directory(self.belonging()).select_related(
            "membership__person", "membership__cohort"
        )
        page: Any = self.paginate_queryset(found.order_by("membership__person__name", "pk"))
        return self.get_paginated_response(listed(page, request.user, public=False))

    def _seat(self) -> Membership:
        rows = Membership.objects.of(self.request.user).filter(cohort=self.belonging())
        return get_object_or_404(rows.select_related("person", "cohort").order_by("pk")[:1])

    @extend_schema(responses=OwnListingSerializer)
    @action(detail=True, permission_classes=[IsAuthenticated])
    def listing(self, request: ApiRequest, slug: str) -> Response:
        """What you show of yourself there."""
        return Response(OwnListingSerializer(Listing.of(self._seat())).data)

    @extend_schema(request=OwnListingSerializer(partial=True), responses=OwnListingSerializer)
    @listing.mapping.patch
    def show_listing(self, request: ApiRequest, slug: str) -> Response:
        """Be listed or not, with what you name; what you leave out stays. 409 for mentors on the web."""
        seat = self._seat()
        given = OwnListingSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        return Response(OwnListingSerializer(Listing.show(seat, by=request.user, **given.validated_data)).data)


class MenteeViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Listing]):
    """For everyone: the mentees who want to be seen, the latest cohort first."""

    queryset = Listing.objects.none()
    serializer_class = ListedSerializer
    permission_classes = [AllowAny]

    def get_queryset(self) -> QuerySet[Listing]:
        rows = Listing.objects.public().select_related("membership__person", "membership__cohort__stream")
        return rows.order_by("-membership__cohort__starts_on", "membership__person__name", "pk")

    def list(self, request: Any) -> Response:
        page: Any = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(listed(page, request.user, public=True))
