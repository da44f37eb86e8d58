"""`/api/v1/mentor-notes/`: private notes of mentors, with the same scope and verbs as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.cohorts.models import Membership, MentorNote
from mentorship.cohorts.models.note import LONGEST, NoteChanged, may_note
from mentorship.people.requests import ApiRequest

LARGEST_KEY = 9_223_372_036_854_775_807


class MentorNoteSerializer(serializers.ModelSerializer[MentorNote]):
    author = serializers.CharField(source="author.name")

    class Meta:
        model = MentorNote
        fields = ["id", "membership", "author", "text", "html", "version", "created_at", "changed_at"]
        read_only_fields = fields


class WriteNoteSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, help_text="The mentee's, by the id of the cohort's roster."
    )
    text = serializers.CharField(max_length=LONGEST)
    key = serializers.UUIDField(required=False, help_text="Yours; the same key again gives the same note.")


class EditNoteSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you edited.")


class MembershipFilter(serializers.Serializer[Any]):
    membership = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY, required=False)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("membership", int, description="About whom.")]))
class MentorNoteViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[MentorNote]
):  # fmt: skip
    """Private notes about mentees: your own, and all about those whom you mentor now; all for admins."""

    request: ApiRequest
    queryset = MentorNote.objects.none()
    serializer_class = MentorNoteSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[MentorNote]:
        rows = MentorNote.objects.visible_to(self.request.user).select_related("author")
        return rows.order_by("-created_at", "-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        query = MembershipFilter(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return queryset.filter(**query.validated_data)

    @extend_schema(request=WriteNoteSerializer, responses={201: MentorNoteSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Note something about a mentee of a cohort that you mentor in."""
        asked = WriteNoteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        membership = Membership.objects.filter(pk=data["membership"]).first()
        if membership is None or not may_note(request.user, membership):
            raise ValidationError({"membership": ["This is no mentee of a cohort that you mentor in."]})
        note = MentorNote.write(membership, by=request.user, text=data["text"], key=data.get("key"))
        return Response(MentorNoteSerializer(note).data, status.HTTP_201_CREATED)

    def _own(self, pk: str) -> MentorNote:
        return get_object_or_404(MentorNote.objects.written_by(self.request.user).select_related("author"), pk=pk)

    @extend_schema(request=EditNoteSerializer, responses=MentorNoteSerializer)
    def partial_update(self, request: ApiRequest, pk: str) -> Response:
        """Change your note. When it was saved elsewhere since `version`: 409, with what stands there as `saved`."""
        note = self._own(pk)
        asked = EditNoteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            note.edit(by=request.user, **asked.validated_data)
        except NoteChanged as conflict:
            saved = MentorNoteSerializer(conflict.saved).data
            return Response({"detail": conflict.message, "code": conflict.code, "saved": saved}, status=409)
        return Response(MentorNoteSerializer(note).data)

    def destroy(self, request: ApiRequest, pk: str) -> Response:
        """Remove your note."""
        self._own(pk).remove(by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
