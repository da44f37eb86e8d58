"""`/api/v1/shared-notes/`: notes that your mentees and fellows share with you."""

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import IsAuthenticated

from mentorship.cohorts.shared_notes import shared_with
from mentorship.study.models import Note
from mentorship.study.notes.rows import read_by_others


class SharedNoteSerializer(serializers.ModelSerializer[Note]):
    item = serializers.CharField(source="item.key", allow_null=True, read_only=True, default=None)
    by = serializers.CharField(source="person.handle", read_only=True)
    html = serializers.SerializerMethodField()

    class Meta:
        model = Note
        fields = ["id", "by", "item", "title", "html", "changed_at"]
        read_only_fields = fields

    def get_html(self, note: Note) -> str:
        return read_by_others(note, reverse("shared_notes:linked", args=[note.pk]))


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("q", str, description="Words that all have.")]))
class SharedNoteViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Note]):
    """What you may read now, what was changed last first."""

    permission_classes = [IsAuthenticated]
    queryset = Note.objects.none()
    serializer_class = SharedNoteSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Note]:
        rows = shared_with(self.request.user).select_related("person", "item").order_by("-changed_at", "-pk")
        asked = self.request.query_params.get("q", "")[:200].strip()
        return rows.matching(asked) if asked and self.action == "list" else rows
