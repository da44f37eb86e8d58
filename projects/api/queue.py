from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.common import clock
from mentorship.people.requests import ApiRequest
from projects.api.countersign import ToCountersignSerializer, waiting_for
from projects.models import Submission
from projects.queue import COLUMNS, ONLY, SORTS, TABS, Queue


class QueueRowSerializer(serializers.Serializer[Any]):
    submission = serializers.IntegerField(source="pk")
    round = serializers.IntegerField(source="waiting__pk", allow_null=True, help_text="The one that waits.")
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=Submission.State.choices)
    project = serializers.CharField(source="project__label")
    stream = serializers.IntegerField(source="project__item__stream__number")
    number = serializers.IntegerField(source="rounds_count")
    mentee = serializers.CharField(source="author__name")
    team = serializers.CharField(source="group__name", allow_null=True, help_text="Of whom it is, if of several.")
    awaiting_mentor_since = serializers.DateTimeField(allow_null=True)
    awaiting_mentee_since = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    claimed_by = serializers.CharField(source="waiting__claimed_by__name", allow_null=True)
    claimed_until = serializers.DateTimeField(source="waiting__claimed_until", allow_null=True)
    late = serializers.BooleanField(help_text="Waits longer than was promised, days away left out.")
    first_ever = serializers.BooleanField(help_text="The first work that the mentee hands in at all.")
    help_wanted = serializers.BooleanField(help_text="Late, and offered to every mentor of the cohort.")


@extend_schema(
    parameters=[
        OpenApiParameter("tab", enum=[name for name, _label in TABS], default="mine"),
        OpenApiParameter("sort", enum=list(SORTS), default="waited"),
        OpenApiParameter("stream", int),
        OpenApiParameter("project", str, description="The key of a project."),
        OpenApiParameter("round", enum=["first", "later"]),
        OpenApiParameter("only", enum=[name for name, _label in ONLY]),
        OpenApiParameter("mentee", str, description="A part of the name."),
    ]
)
class QueueViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Submission]):
    """A mentor's queue, the longest wait first; empty for who mentors nobody."""

    request: ApiRequest
    queryset = Submission.objects.none()
    serializer_class = QueueRowSerializer

    def get_queryset(self) -> QuerySet[Submission]:
        queue = Queue.of(self.request.user)
        return queue.asked(self.request.query_params, clock.now())[1].values(*COLUMNS)

    @extend_schema(responses=ToCountersignSerializer(many=True), parameters=[], filters=False)
    @action(detail=False, pagination_class=None, url_path="to-countersign", url_name="to-countersign")
    def to_countersign(self, request: ApiRequest) -> Response:
        """Reviews of apprentices that wait for you to countersign them, the longest first."""
        return Response(ToCountersignSerializer(waiting_for(request), many=True).data)
