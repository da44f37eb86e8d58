"""`/api/v1/` of cohorts: the same querysets and verbs as the pages."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.cohorts import matching, roles
from mentorship.cohorts.api_application_form import ApplicationForms
from mentorship.cohorts.api_cloning import Cloning
from mentorship.cohorts.api_directory import Directory
from mentorship.cohorts.api_notes import MentorNoteSerializer
from mentorship.cohorts.api_seats import Seats
from mentorship.cohorts.api_series import Series
from mentorship.cohorts.api_triage import Triage, own_answers, with_answers
from mentorship.cohorts.been_here import been_here
from mentorship.cohorts.models import Application, Assignment, Cohort, MentorNote
from mentorship.cohorts.models.note import may_hand_over
from mentorship.cohorts.reviewing import unscored, with_scores
from mentorship.cohorts.serializers import (
    AnswersSerializer,
    ApplicationSerializer,
    ApplySerializer,
    AssignmentSerializer,
    AssignSerializer,
    CohortSerializer,
    Filter,
    MemberSerializer,
    NoteSerializer,
    ReasonSerializer,
    ReassignSerializer,
    SummarySerializer,
)
from mentorship.common.errors import Refused
from mentorship.people.models import User

NUMBER = r"[0-9]{1,18}"
COHORT = OpenApiParameter("cohort", str, description="The slug of a cohort.")
STATE = OpenApiParameter("state", str, enum=Application.State.values)
UNSCORED = OpenApiParameter("unscored", bool, description="Those that wait for a score of yours.")


def person(request: Request) -> User:
    return cast(User, request.user)


def filtered(rows: QuerySet[Any], request: Request) -> QuerySet[Any]:
    """`rows` of the cohort and in the state that the query names; 400 for values that cannot be."""
    query = Filter(data=request.query_params)
    query.is_valid(raise_exception=True)
    if slug := query.validated_data.get("cohort"):
        rows = rows.filter(cohort__slug=slug)
    if rows.model is not Application:
        return rows
    if state := query.validated_data.get("state"):
        rows = rows.filter(state=state)
    reader = person(request)
    return unscored(rows, reader) if query.validated_data["unscored"] else rows


class CohortViewSet(
    Cloning, Seats, Series, Directory, ApplicationForms, viewsets.ReadOnlyModelViewSet[Cohort]
):  # fmt: skip
    """Cohorts that take applications, and one's own; the latest first."""

    queryset = Cohort.objects.none()
    serializer_class = CohortSerializer
    permission_classes = [AllowAny]
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,60}"

    def get_queryset(self) -> QuerySet[Cohort]:
        rows = Cohort.objects.visible_to(self.request.user).select_related("stream")
        return rows.order_by("-starts_on", "-pk")

    @extend_schema(responses=MemberSerializer(many=True))
    @action(detail=True, permission_classes=[IsAuthenticated])
    def roster(self, request: Request, slug: str) -> Response:
        """Who is in the cohort, for its members."""
        cohort = self.get_object()
        if not (person(request).is_admin or roles.is_member_of(request.user, cohort)):
            raise Http404
        rows = cohort.memberships.active().select_related("person").order_by("person__name", "pk")
        page: Any = self.paginate_queryset(cast(Any, rows))
        return self.get_paginated_response(MemberSerializer(page, many=True, context={"request": request}).data)


@extend_schema_view(list=extend_schema(parameters=[COHORT, STATE, UNSCORED]))
class ApplicationViewSet(
    Triage, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Application]
):  # fmt: skip
    """Your own applications and those you review; all for admins."""

    queryset = Application.objects.none()
    serializer_class = ApplicationSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Application]:
        rows = Application.objects.visible_to(self.request.user).select_related("cohort", "person")
        return with_scores(with_answers(rows), person(self.request)).order_by("-submitted_at", "-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return filtered(queryset, self.request) if self.action == "list" else queryset

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """With what applicants were in earlier cohorts, and their scores, for everybody but themselves."""
        if args and self.action in ("list", "retrieve"):
            rows = args[0] if kwargs.get("many") else [args[0]]
            theirs = [row for row in rows if row.person_id != self.request.user.pk]
            known = {"been_here": been_here(theirs), "theirs": {row.pk for row in theirs}}
            kwargs["context"] = {**self.get_serializer_context(), **known, "alone": self.action == "retrieve"}
        return super().get_serializer(*args, **kwargs)

    @extend_schema(request=ApplySerializer, responses={201: ApplicationSerializer})
    def create(self, request: Request) -> Response:
        """Apply to a cohort that takes applications. 409 if you have done so, or have not accepted its charter."""
        form = ApplySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        answers = dict(form.validated_data)
        cohort = get_object_or_404(Cohort.objects.visible_to(request.user), slug=answers.pop("cohort"))
        more = {"charter": answers.pop("charter", None), "own": own_answers(cohort, answers.pop("own_answers", {}))}
        row = Application.apply(cohort=cohort, person=person(request), answers=answers, **more)
        return Response(ApplicationSerializer(row).data, status=201)

    @extend_schema(request=AnswersSerializer(partial=True), responses=ApplicationSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change your answers while nobody has decided."""
        row = get_object_or_404(self.get_queryset().filter(person=person(request)), pk=pk)
        form = AnswersSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        if answers := dict(form.validated_data):
            own = own_answers(row.cohort, answers.pop("own_answers", None))
            row.edit(by=person(request), answers=answers, own=own)
        return Response(ApplicationSerializer(self.get_queryset().get(pk=row.pk)).data)

    @extend_schema(request=None, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take your application back."""
        row = get_object_or_404(self.get_queryset().filter(person=person(request)), pk=pk)
        row.withdraw(by=person(request))
        return Response(ApplicationSerializer(row).data)

    def _decide(self, request: Request, pk: str, verb: str) -> Response:
        row = get_object_or_404(self.get_queryset().decidable_by(request.user), pk=pk)  # type: ignore[attr-defined]
        form = NoteSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        getattr(row, verb)(by=person(request), note=form.validated_data["note"])
        return Response(ApplicationSerializer(row).data)

    @extend_schema(request=NoteSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Give a seat; for admins. 409 when every seat is taken."""
        return self._decide(request, pk, "accept")

    @extend_schema(request=NoteSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def waitlist(self, request: Request, pk: str) -> Response:
        """Put on the waiting list; for admins."""
        return self._decide(request, pk, "waitlist")

    @extend_schema(request=NoteSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Say no; for admins."""
        return self._decide(request, pk, "decline")


@extend_schema_view(list=extend_schema(parameters=[COHORT]))
class AssignmentViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Assignment]
):  # fmt: skip
    """Your own assignments, as either of the two, ended ones too; all for admins."""

    queryset = Assignment.objects.none()
    serializer_class = AssignmentSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Assignment]:
        rows = Assignment.objects.visible_to(self.request.user)
        return rows.select_related("cohort", "mentee__person", "mentor__person").order_by("-started_at", "-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return filtered(queryset, self.request) if self.action == "list" else queryset

    def _admin(self, request: Request) -> User:
        """The admin who calls; for everyone else there is nothing here."""
        if not person(request).is_admin:
            raise Http404
        return person(request)

    @extend_schema(request=AssignSerializer, responses={201: AssignmentSerializer})
    def create(self, request: Request) -> Response:
        """Give a mentee a mentor; for admins. 409 if there is one, or no room."""
        admin = self._admin(request)
        form = AssignSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = matching.assign(by=admin, **form.validated_data)
        return Response(AssignmentSerializer(row).data, status=201)

    @extend_schema(request=ReasonSerializer, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """End it with a reason; for admins."""
        admin, row = self._admin(request), self.get_object()
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row.end(by=admin, **form.validated_data)
        return Response(AssignmentSerializer(row).data)

    @extend_schema(request=ReassignSerializer, responses={201: AssignmentSerializer})
    @action(detail=True, methods=["post"])
    def reassign(self, request: Request, pk: str) -> Response:
        """End it with a reason and begin the next one; for admins."""
        admin, row = self._admin(request), self.get_object()
        form = ReassignSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if row.ended_at:
            raise Refused("This assignment has ended already.", code="ended_already")
        made = matching.reassign(mentee=row.mentee, by=admin, **form.validated_data)
        return Response(AssignmentSerializer(made).data, status=201)

    @extend_schema(request=SummarySerializer, responses={201: MentorNoteSerializer})
    @action(detail=True, methods=["post"])
    def summary(self, request: Request, pk: str) -> Response:
        """What the next mentor should know, by who mentored, or an admin. 409 if there is one already."""
        row = self.get_object()
        if not may_hand_over(request.user, row):
            raise Http404
        form = SummarySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        note = MentorNote.hand_over(row, by=person(request), text=form.validated_data["text"])
        return Response(MentorNoteSerializer(note).data, status=201)
