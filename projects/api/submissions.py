from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from projects.api import expectation as expected
from projects.api.feedback import FeedbackMixin
from projects.api.papers import PaperSerializer, as_form, errors_of
from projects.api.rounds import RoundSerializer, rounds_in_full
from projects.api.teams import TeamMixin
from projects.belongings import hours_on
from projects.expectation import expectation_of
from projects.forms import HandInForm
from projects.models import ChangeRequest, Project, Submission
from projects.work import Work

KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Sent again, the same request has no second effect."
)
ID = OpenApiParameter("id", int, OpenApiParameter.PATH)


class ChangeRequestSerializer(serializers.ModelSerializer[ChangeRequest]):
    text = serializers.CharField(source="comment.text")
    criterion = serializers.CharField(source="comment.criterion.key", default=None, allow_null=True)
    opened_in = serializers.IntegerField(source="opened_in.number")
    addressed_in = serializers.IntegerField(source="addressed_in.number", default=None, allow_null=True)
    settled_in = serializers.IntegerField(source="settled_in.number", default=None, allow_null=True)

    class Meta:
        model = ChangeRequest
        fields = ["id", "state", "text", "criterion", "opened_in", "addressed_in", "settled_in"]
        read_only_fields = fields


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    project = serializers.CharField(source="project.key")
    cohort = serializers.CharField(source="cohort.slug")
    author = serializers.CharField(source="author.handle")

    class Meta:
        model = Submission
        fields = [
            "id",
            "project",
            "cohort",
            "author",
            "group",
            "starts_from",
            "title",
            "state",
            "rounds_count",
            "awaiting_mentor_since",
            "awaiting_mentee_since",
            "accepted_at",
            "created_at",
        ]
        read_only_fields = fields


class RoundInBriefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    number = serializers.IntegerField()
    state = serializers.CharField()
    handed_in_at = serializers.DateTimeField()


class HoursSerializer(serializers.Serializer[Any]):
    logged = serializers.FloatField()
    budget_from = serializers.IntegerField(source="low", help_text="0: the program has set none.")
    budget_to = serializers.IntegerField(source="high")
    median = serializers.FloatField(allow_null=True, help_text="Of the cohort, where five or more have logged hours.")


class SubmissionDetailSerializer(SubmissionSerializer):
    rounds = RoundInBriefSerializer(many=True)
    hours = serializers.SerializerMethodField()
    change_requests = ChangeRequestSerializer(many=True)

    class Meta(SubmissionSerializer.Meta):
        fields = [*SubmissionSerializer.Meta.fields, "rounds", "change_requests", "hours"]
        read_only_fields = fields

    @extend_schema_field(HoursSerializer)
    def get_hours(self, submission: Submission) -> dict[str, Any]:
        return dict(HoursSerializer(hours_on(submission)).data)


class RoundInputSerializer(serializers.Serializer[Any]):
    """One round.

    In multipart, `answers.<criterion>`, `confidence.<criterion>` and `addressed.<change request>` are own fields.
    """

    title = serializers.CharField(max_length=140)
    repository_url = serializers.URLField(max_length=300, required=False, default="", allow_blank=True)
    commit = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    write_up = serializers.CharField(max_length=50_000)
    answers = serializers.DictField(
        child=serializers.CharField(max_length=10_000), help_text="By the key of each criterion."
    )
    confidence = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=5),
        required=False,
        default=dict,
        help_text="How sure you are of each answer, from 1 to 5, by the key of its criterion.",
    )
    addressed = serializers.DictField(
        child=serializers.CharField(max_length=4000, allow_blank=True),
        required=False,
        default=dict,
        help_text="How each open change request was addressed, by its id.",
    )
    files = serializers.ListField(child=serializers.FileField(), required=False, default=list)
    paper = PaperSerializer(
        required=False, allow_null=True, default=None, help_text="Of a project that replicates one."
    )
    draft_version = serializers.IntegerField(
        min_value=0, max_value=2_000_000_000, required=False, default=None, allow_null=True,
        help_text="Of your team's draft: 409 when it was saved since.",
    )  # fmt: skip

    def work(self, project: Project, submission: Submission | None = None) -> Work:
        """The work, checked by the form of the page; what is wrong is a 400 that names the fields."""
        data = self.validated_data
        requests = list(submission.requests_for_form()) if submission else []
        asked = {row.pk: row.key for row in project.criteria.filter(retired_at=None)}
        criteria = {f"answer_{pk}": key for pk, key in asked.items()}
        known = {f"addressed_{row.pk}": str(row.pk) for row in requests}
        typed = {name: data[name] for name in ("title", "repository_url", "commit", "write_up")}
        typed |= {name: data["answers"].get(key, "") for name, key in criteria.items()}
        typed |= {f"confidence_{pk}": data["confidence"].get(key) for pk, key in asked.items()}
        typed |= {name: data["addressed"].get(key, "") for name, key in known.items()}
        paper = as_form(data["paper"]) if project.replicates else None
        files = MultiValueDict({"files": data["files"]})
        form = HandInForm(typed, files, project=project, requests=requests, paper=paper)
        if not form.is_valid():
            raise ValidationError(_by_field(form, criteria, known))
        return form.work()


def _by_field(form: HandInForm, criteria: dict[str, str], requests: dict[str, str]) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for name, said in form.errors.items():
        if name in criteria:
            errors.setdefault("answers", {})[criteria[name]] = list(said)
        elif name in requests:
            errors.setdefault("addressed", {})[requests[name]] = list(said)
        elif name == "__all__" and form.paper and form.paper.errors:
            errors["paper"] = errors_of(form.paper)
        else:
            errors["detail" if name == "__all__" else name] = list(said)
    return errors


class SubmissionInputSerializer(RoundInputSerializer):
    project = serializers.SlugField(max_length=120)


class SubmissionViewSet(
    FeedbackMixin, TeamMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Submission]
):
    """Work that one may open: one's own, that of one's mentees, and what one has reviewed."""

    request: ApiRequest
    queryset = Submission.objects.none()
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = SubmissionSerializer

    def get_queryset(self) -> QuerySet[Submission]:
        rows = Submission.objects.visible_to(self.request.user).select_related("project", "cohort", "author")
        if self.action == "retrieve":
            rows = rows.prefetch_related(
                "rounds",
                "change_requests__comment__criterion",
                "change_requests__opened_in",
                "change_requests__addressed_in",
                "change_requests__settled_in",
            )
        return rows.order_by("-pk")

    def get_serializer_class(self) -> Any:
        return SubmissionDetailSerializer if self.action == "retrieve" else SubmissionSerializer

    @extend_schema(responses=SubmissionDetailSerializer)
    def retrieve(self, request: ApiRequest, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        found.read_by(request.user)
        return Response(self.get_serializer(found).data)

    @extend_schema(request=SubmissionInputSerializer, responses={201: SubmissionSerializer}, parameters=[KEY])
    def create(self, request: ApiRequest) -> Response:
        """Hand in the first round of a project, from one's seat in a running cohort of its stream."""
        asked = SubmissionInputSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        projects = Project.objects.visible_to(request.user).select_related("item__stream")
        project = get_object_or_404(projects, key=asked.validated_data["project"])
        seat = get_object_or_404(project.open_to(request.user).order_by("pk")[:1])
        version = asked.validated_data["draft_version"]
        made = project.hand_in(
            by=request.user, membership=seat, work=asked.work(project), key=_key(request), version=version
        )
        return Response(SubmissionSerializer(made).data, status=201)

    @extend_schema(request=RoundInputSerializer, responses={201: RoundSerializer}, parameters=[KEY])
    @action(detail=True, methods=["post"])
    def rounds(self, request: ApiRequest, pk: str) -> Response:
        """Hand in the next round, once changes were requested."""
        found = self._own(pk)
        asked = RoundInputSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        version, work = asked.validated_data["draft_version"], asked.work(found.project, found)
        made = found.hand_in(by=request.user, work=work, key=_key(request), version=version)
        return Response(RoundSerializer(rounds_in_full(request.user).get(pk=made.pk)).data, status=201)

    @extend_schema(request=None, responses=SubmissionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: ApiRequest, pk: str) -> Response:
        """Take the work back, with the round that waits."""
        found = self._own(pk)
        found.withdraw(by=request.user)
        return Response(SubmissionSerializer(found).data)

    @extend_schema(responses=expected.ExpectationSerializer)
    @action(detail=True)
    def expectation(self, request: ApiRequest, pk: str) -> Response:
        """When to expect the review of the round that waits. 404 when none does."""
        found = expectation_of(self.get_object())
        if found is None:
            raise Http404
        return Response(expected.ExpectationSerializer(expected.as_data(found)).data)

    def _own(self, pk: str) -> Submission:
        rows = Submission.objects.by(self.request.user).select_related("project", "cohort", "author")
        return get_object_or_404(rows, pk=pk)


def _key(request: ApiRequest) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > 64:
        raise ValidationError({"Idempotency-Key": ["An idempotency key has 64 characters at most."]})
    return key
