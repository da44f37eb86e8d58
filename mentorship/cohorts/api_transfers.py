"""`/api/v1/transfers/`: exports and imports, ordered here, made by a worker, watched here; for admins."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.cohorts.forms_transfers import check_file
from mentorship.cohorts.models import Cohort, Transfer
from mentorship.cohorts.transfers.handing_out import handed_out
from mentorship.cohorts.transfers.work import done_so_far
from mentorship.common.rendering.files import safe_name
from mentorship.people.requests import ApiRequest


class TransferSerializer(serializers.ModelSerializer[Transfer]):
    cohort = serializers.CharField(source="cohort.slug", default=None, allow_null=True)
    by = serializers.CharField(source="by.name")
    can_apply = serializers.BooleanField(help_text="Checked, nothing wrong, and it changes something.")
    is_there = serializers.BooleanField(help_text="The file of an export, which is kept for a day.")

    class Meta:
        model = Transfer
        fields = [
            *("id", "way", "kind", "format", "state", "cohort", "by", "name", "rows", "counts", "problem_count"),
            *("said", "can_apply", "is_there", "created_at", "finished_at"),
        ]
        read_only_fields = fields


class TransferProblemSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="As a spreadsheet counts.")
    column = serializers.CharField()
    said = serializers.CharField()


class WholeTransferSerializer(TransferSerializer):
    so_far = serializers.SerializerMethodField(help_text="How many rows are done, while a worker is at it.")
    preview = serializers.ListField(child=serializers.CharField(), help_text="What the first rows do.")
    problems = TransferProblemSerializer(many=True, help_text="The first ones.")

    class Meta(TransferSerializer.Meta):
        fields = [*TransferSerializer.Meta.fields, "so_far", "preview", "problems"]
        read_only_fields = fields

    def get_so_far(self, row: Transfer) -> int:
        return done_so_far(row) if row.is_waiting else 0


class ExportSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Transfer.Kind.choices)
    cohort = serializers.SlugRelatedField(
        "slug", queryset=Cohort.objects.all(), required=False, allow_null=True, default=None, help_text="Or every one."
    )
    format = serializers.ChoiceField(choices=Transfer.FORMATS, default="csv")


class UploadSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Transfer.Kind.choices)
    file = serializers.FileField(max_length=200, help_text="CSV in UTF-8, or XLSX. 20,000 rows at most.")

    def validate_file(self, file: Any) -> Any:
        return check_file(file)


class TransferViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Transfer]):
    """Exports and imports of people, memberships and results, the latest first."""

    request: ApiRequest
    queryset = Transfer.objects.none()
    serializer_class = TransferSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Transfer]:
        return Transfer.objects.visible_to(self.request.user).select_related("by", "cohort").order_by("-pk")

    def said(self, row: Transfer, status: int = 200) -> Response:
        return Response(WholeTransferSerializer(row).data, status=status)

    def given(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What an admin sent; for everyone else there is nothing here."""
        if not self.request.user.is_admin:
            raise Http404
        form = serializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data

    @extend_schema(responses=WholeTransferSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """How far it is, what it would do, and what is wrong with it."""
        return self.said(self.get_object())

    @extend_schema(request=ExportSerializer, responses={201: WholeTransferSerializer})
    @action(detail=False, methods=["post"])
    def export(self, request: ApiRequest) -> Response:
        """Order a file; a worker makes it."""
        return self.said(Transfer.export(by=request.user, **self.given(ExportSerializer)), 201)

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={201: WholeTransferSerializer})
    @action(detail=False, methods=["post"])
    def upload(self, request: ApiRequest) -> Response:
        """Bring a file; a worker checks it. Nothing is imported before it is applied."""
        given = self.given(UploadSerializer)
        file = given["file"]
        row = Transfer.upload(kind=given["kind"], file=file, name=safe_name(file.name), by=request.user)
        return self.said(row, 201)

    @extend_schema(request=None, responses=WholeTransferSerializer)
    @action(detail=True, methods=["post"])
    def apply(self, request: ApiRequest, pk: str) -> Response:
        """Import what was checked, all of it or nothing. 409 while rows are wrong, or nothing would change."""
        row = self.get_object()
        row.apply(by=request.user)
        return self.said(row)

    @extend_schema(request=None, responses=WholeTransferSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: ApiRequest, pk: str) -> Response:
        """Leave it alone; its file goes."""
        row = self.get_object()
        row.cancel(by=request.user)
        return self.said(row)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def download(self, request: ApiRequest, pk: str) -> FileResponse:
        """The file of an export, for a day. Who takes it along stands in the history."""
        return handed_out(self.get_object(), by=request.user)
