"""`/api/v1/events/`: the audit, for admins."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request as RestRequest

from mentorship.home.audit.sentences import sentence
from mentorship.people.models import Event
from mentorship.people.requests import ApiRequest

FILTERS = {
    "verb": ("verb", str), "actor": ("actor__handle", str), "whom": ("whom__handle", str),
    "subject": ("subject_type", str), "cohort": ("cohort_id", int),
}  # fmt: skip


class AuditEventSerializer(serializers.ModelSerializer[Event]):
    actor = serializers.CharField(source="actor.handle", default=None, read_only=True, allow_null=True)
    whom = serializers.CharField(source="whom.handle", default=None, read_only=True, allow_null=True)
    what = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = ["id", "at", "actor", "what", "verb", "subject_type", "subject_id", "whom", "cohort_id", "detail"]
        read_only_fields = fields

    def get_what(self, row: Event) -> str:
        return sentence(row)


class ByKeys(CursorPagination):
    ordering = ("-at", "-id")
    page_size = 50


class AuditEventViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Event]):
    """Who did what to whom, the newest first. For admins; for everyone else there is nothing here."""

    request: ApiRequest
    serializer_class = AuditEventSerializer
    queryset = Event.objects.none()
    pagination_class = ByKeys

    def initial(self, request: RestRequest, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.request.user.is_admin:
            raise Http404

    @extend_schema(parameters=[OpenApiParameter(name, kind) for name, (_, kind) in FILTERS.items()])
    def list(self, request: ApiRequest, *args: Any, **kwargs: Any) -> Any:
        """Filters hold exactly; a cohort that is no number finds nothing."""
        return super().list(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Event]:
        rows = Event.objects.select_related("actor", "whom")
        for name, (path, kind) in FILTERS.items():
            value = self.request.query_params.get(name, "").replace("\0", "")
            if value and kind is int and not (value.isdecimal() and len(value) < 19):
                return rows.none()
            rows = rows.filter(**{path: value}) if value else rows
        return rows
