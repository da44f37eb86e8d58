"""`/api/v1/jobs/` and `/api/v1/resumes/`: one's own applications and resumes, with the same verbs as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from mentorship.study.jobs.checklist import CHECKS
from mentorship.study.jobs.forms import FIRST_DAY, LAST_DAY, ChecksForm, JobForm, ResumeForm
from mentorship.study.jobs.models import LONGEST, STEPS, Job, JobMove, Resume

NUMBER = "[0-9]{1,18}"


class JobMoveSerializer(serializers.ModelSerializer[JobMove]):
    class Meta:
        model = JobMove
        fields = ["stage", "at"]
        read_only_fields = fields


class JobSerializer(serializers.ModelSerializer[Job]):
    moves = JobMoveSerializer(many=True, help_text="The stages it came to, the first one first.")

    class Meta:
        model = Job
        fields = [
            "id", "company", "role", "url", "stage", "stage_since", "next_on", "next_step", "notes", "resume", "fit",
            "fit_note", "version", "made_at", "moves",
        ]  # fmt: skip
        read_only_fields = fields


class ChangeJobSerializer(serializers.Serializer[Any]):
    company = serializers.CharField(max_length=120, required=False)
    role = serializers.CharField(max_length=120, required=False)
    url = serializers.CharField(max_length=500, required=False, allow_blank=True)
    next_on = serializers.DateField(required=False, allow_null=True, help_text=f"{FIRST_DAY} to {LAST_DAY}.")
    next_step = serializers.CharField(max_length=200, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)
    resume = serializers.IntegerField(min_value=1, max_value=10**18, required=False, allow_null=True)
    fit = serializers.ChoiceField(Job.Fit.choices, required=False, allow_null=True)
    fit_note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you read.")


class WriteJobSerializer(ChangeJobSerializer):
    company = serializers.CharField(max_length=120)
    role = serializers.CharField(max_length=120)
    version = None
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same one.")


class JobStepSerializer(serializers.Serializer[Any]):
    verb = serializers.ChoiceField([(verb, step.label) for verb, step in STEPS.items()])


class JobFilterSerializer(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(Job.Stage.choices, required=False)
    q = serializers.CharField(max_length=200, required=False)


def checked(form: Any) -> Any:
    """The page's form, valid; one set of rules for both."""
    if not form.is_valid():
        raise serializers.ValidationError({name: [*said] for name, said in form.errors.items()})
    return form


def typed(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


PARAMETERS = [
    OpenApiParameter("stage", str, enum=Job.Stage.values, description="Only those at this stage."),
    OpenApiParameter("q", str, description="Words of the company, the position or your notes."),
]


@extend_schema_view(list=extend_schema(parameters=PARAMETERS))
class JobViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Job]):
    """Where you apply, those that moved last first. Nobody else sees them."""

    permission_classes = [IsAuthenticated]
    serializer_class = JobSerializer
    queryset = Job.objects.none()
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Job]:
        rows = Job.objects.visible_to(self.request.user).select_related("person").prefetch_related("moves")
        if self.action != "list":
            return rows
        asked = JobFilterSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        said, rows = asked.validated_data, rows.order_by("-stage_since", "-pk")
        rows = rows.filter(stage=said["stage"]) if "stage" in said else rows
        return rows.search(said["q"]) if "q" in said else rows

    @extend_schema(request=WriteJobSerializer, responses={201: JobSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Note an application, at first an interest."""
        given = WriteJobSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        form = checked(JobForm(typed(given.validated_data), person=request.user))
        row = Job.add(by=request.user, key=form.cleaned_data["key"], **form.said())
        return Response(JobSerializer(row).data, status.HTTP_201_CREATED)

    @extend_schema(request=ChangeJobSerializer, responses=JobSerializer)
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Change it over `version`; 409 if it was changed meanwhile."""
        row, given = self.get_object(), ChangeJobSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        names = ("company", "role", "url", "next_on", "next_step", "notes", "fit", "fit_note")
        said = {name: getattr(row, name) for name in names} | {"resume": row.resume_id} | given.validated_data
        row.change(**checked(JobForm(typed(said), person=request.user, job=row)).said())
        return Response(JobSerializer(self.get_object()).data)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Delete it with its history."""
        self.get_object().remove()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=JobStepSerializer, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def step(self, request: ApiRequest, pk: str) -> Response:
        """Apply, be called, be offered it, withdraw, and so on. 409 where that does not lead from its stage."""
        row, given = self.get_object(), JobStepSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.step(given.validated_data["verb"])
        return Response(JobSerializer(self.get_object()).data)

    @extend_schema(responses=JobSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def coming(self, request: ApiRequest) -> Response:
        """Those with a next date, the nearest first; 50 at most."""
        rows = Job.objects.visible_to(request.user).prefetch_related("moves")
        return Response(JobSerializer(rows.coming()[:50], many=True).data)


class ResumeCheckSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    text = serializers.CharField()
    why = serializers.CharField()
    source = serializers.CharField()


class ResumeSerializer(serializers.ModelSerializer[Resume]):
    ticked = serializers.ListField(child=serializers.CharField(), help_text="Keys of the check list.")

    class Meta:
        model = Resume
        fields = ["id", "name", "url", "ticked", "made_at", "changed_at"]
        read_only_fields = fields


class WriteResumeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    url = serializers.CharField(max_length=500, required=False, allow_blank=True)


class CheckResumeSerializer(serializers.Serializer[Any]):
    ticked = serializers.ListField(child=serializers.CharField(max_length=40), max_length=30)


class ResumeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Resume]):
    """The versions of your resume. Nobody else sees them."""

    permission_classes = [IsAuthenticated]
    serializer_class = ResumeSerializer
    queryset = Resume.objects.none()
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Resume]:
        return Resume.objects.visible_to(self.request.user).select_related("person")

    @extend_schema(request=WriteResumeSerializer, responses={201: ResumeSerializer})
    def create(self, request: ApiRequest) -> Response:
        """A new version; 409 if one has this name."""
        given = WriteResumeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = Resume.make(by=request.user, **checked(ResumeForm(given.validated_data)).cleaned_data)
        return Response(ResumeSerializer(row).data, status.HTTP_201_CREATED)

    @extend_schema(request=CheckResumeSerializer, responses=ResumeSerializer)
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Which points of the check list hold of it."""
        row, given = self.get_object(), CheckResumeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.go_through(checked(ChecksForm(given.validated_data, resume=row)).cleaned_data["ticked"])
        return Response(ResumeSerializer(row).data)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Delete it; what it was sent with stays."""
        self.get_object().remove()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=ResumeCheckSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def checklist(self, request: ApiRequest) -> Response:
        """What makes a resume worth its six seconds, and why."""
        return Response(ResumeCheckSerializer([check._asdict() for check in CHECKS], many=True).data)
