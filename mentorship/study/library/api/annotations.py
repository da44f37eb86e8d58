"""`/api/v1/annotations/`: what members write beside resources."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import ApiRequest
from mentorship.study.library.api.resources import KEY, AnnotationSerializer, LibraryReasonSerializer
from mentorship.study.library.members import is_keeper
from mentorship.study.library.models import Annotation
from mentorship.study.library.models.annotation import LONGEST


class ChangeAnnotationSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=LONGEST)
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you read.")


class OfResourceSerializer(serializers.Serializer[Any]):
    resource = serializers.RegexField(rf"^{KEY}$", required=False)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("resource", str, description="A resource's key.")]))
class AnnotationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Annotation]):
    """Notes on resources, the newest first; for members."""

    queryset = Annotation.objects.none()
    serializer_class = AnnotationSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Annotation]:
        rows = Annotation.objects.visible_to(self.request.user).select_related("author", "resource")
        rows = rows.defer("resource__words").order_by("-pk")
        if self.action != "list":
            return rows
        asked = OfResourceSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        key = asked.validated_data.get("resource")
        return rows.filter(resource__key=key) if key else rows

    def own(self) -> Annotation:
        note = self.get_object()
        if note.author_id != self.request.user.pk:
            raise Http404
        return note

    @extend_schema(request=ChangeAnnotationSerializer, responses={200: AnnotationSerializer, 409: AnnotationSerializer})
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Say it in other words over `version`. If another one was saved meanwhile: 409 with what stands there."""
        note, given = self.own(), ChangeAnnotationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        try:
            note.edit(by=request.user, **given.validated_data)
        except ChangedThere as refusal:
            current = AnnotationSerializer(note).data
            said = {"detail": refusal.message, "code": refusal.code, "current": current}
            return Response(said, status.HTTP_409_CONFLICT)
        return Response(AnnotationSerializer(note).data)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        self.own().remove(by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={200: AnnotationSerializer})
    @action(detail=True, methods=["post"])
    def report(self, request: ApiRequest, pk: str) -> Response:
        """It does not belong here: an admin looks at it."""
        return self.done("report")

    @extend_schema(request=None, responses={200: AnnotationSerializer})
    @action(detail=True, methods=["post"])
    def leave(self, request: ApiRequest, pk: str) -> Response:
        """An admin leaves what was reported where it is."""
        return self.done("leave", keeper=True)

    @extend_schema(request=None, responses={200: AnnotationSerializer})
    @action(detail=True, methods=["post"])
    def show(self, request: ApiRequest, pk: str) -> Response:
        """An admin shows again what was hidden."""
        return self.done("show", keeper=True)

    @extend_schema(request=LibraryReasonSerializer, responses={200: AnnotationSerializer})
    @action(detail=True, methods=["post"])
    def hide(self, request: ApiRequest, pk: str) -> Response:
        """An admin takes it away from readers; its writer is told why."""
        if not is_keeper(request.user):
            raise Http404
        given = LibraryReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self.done("hide", keeper=True, **given.validated_data)

    def done(self, verb: str, *, keeper: bool = False, **said: Any) -> Response:
        if keeper and not is_keeper(self.request.user):
            raise Http404
        note = self.get_object()
        getattr(note, verb)(by=self.request.user, **said)
        return Response(AnnotationSerializer(note).data)
