"""`/api/v1/away/` and `/api/v1/mentoring/`: what a mentor promises, and when members are not there."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.models import Away, Membership
from mentorship.cohorts.models.membership import LONGEST_PROMISE
from mentorship.cohorts.roles import is_in_a_cohort, mentor_memberships
from mentorship.people.requests import ApiRequest

NUMBER = r"[0-9]{1,18}"


class AwaySerializer(serializers.ModelSerializer[Away]):
    person = serializers.CharField(source="person.handle", read_only=True)

    class Meta:
        model = Away
        fields = ["id", "person", "first_day", "last_day", "cover"]


class AwayViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Away]):
    """Days on which you are away; admins read everybody's."""

    request: ApiRequest
    queryset = Away.objects.none()
    serializer_class = AwaySerializer
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Away]:
        return Away.objects.visible_to(self.request.user).select_related("person").order_by("-first_day", "-pk")

    @extend_schema(responses={201: AwaySerializer})
    def create(self, request: ApiRequest) -> Response:
        """Be away, for members of cohorts. 409 for days that overlap with others of yours or are over.

        Meetings that you would lead go to who is next. `cover` is for mentors.
        """
        if not is_in_a_cohort(request.user):
            raise Http404
        given = AwaySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = Away.take(by=request.user, **given.validated_data)
        return Response(AwaySerializer(row).data, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def back(self, request: ApiRequest, pk: str) -> Response:
        """Be there again from today on; days that have passed stay."""
        row = Away.objects.of(request.user).filter(pk=pk).first()
        if row is None:
            raise Http404
        row.end(by=request.user)
        return Response(status=204)


class MentoringSerializer(serializers.ModelSerializer[Membership]):
    cohort = serializers.CharField(source="cohort.slug", read_only=True)
    promise_days = serializers.IntegerField(min_value=1, max_value=LONGEST_PROMISE)
    shown = serializers.BooleanField(help_text="Whether the public page of the cohort names you.")

    class Meta:
        model = Membership
        fields = ["id", "cohort", "capacity", "load", "promise_days", "shown"]
        read_only_fields = ["id", "cohort", "capacity", "load"]


class MentoringViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Membership]):
    """Where you mentor, and within how many days you review there."""

    request: ApiRequest
    queryset = Membership.objects.none()
    serializer_class = MentoringSerializer
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Membership]:
        return mentor_memberships(self.request.user)

    @extend_schema(request=MentoringSerializer, responses=MentoringSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Change your promise, or whether the public page names you."""
        seat: Any = self.get_object()
        given = MentoringSerializer(seat, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        if "promise_days" in given.validated_data:
            seat.promise(given.validated_data["promise_days"], by=request.user)
        if "shown" in given.validated_data:
            seat.show(given.validated_data["shown"], by=request.user)
        return Response(MentoringSerializer(seat).data)
