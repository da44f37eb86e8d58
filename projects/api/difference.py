"""What changed from one round to another, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from projects.models import Criterion, Difference, Round

NUMBER = OpenApiParameter("number", int, OpenApiParameter.PATH, description="Of the round to compare with.")
ROWS = ("same", "changed", "removed", "added", "skipped", "too_long")
CELLS = ("same", "changed", "added", "removed", "moved", "left")
FILES = ("same", "changed", "added", "removed")
MARKS = "Where the words changed: [start, end) in characters."


class MarksField(serializers.ListField):
    child = serializers.ListField(child=serializers.IntegerField())


class RowSerializer(serializers.Serializer[Any]):
    """A line of both texts, or of one. `skipped` and `too_long` count lines that are left out."""

    kind = serializers.ChoiceField(choices=ROWS)
    old = serializers.IntegerField(allow_null=True, help_text="The line's number, counted from 1.")
    new = serializers.IntegerField(allow_null=True)
    was = serializers.CharField(allow_null=True, required=False)
    now = serializers.CharField(allow_null=True, required=False)
    was_marks = MarksField(required=False, help_text=MARKS)
    now_marks = MarksField(required=False, help_text=MARKS)
    count = serializers.IntegerField(required=False)


class ComparedCellSerializer(serializers.Serializer[Any]):
    """What became of a cell. `same` counts a run of them; `left` is the old place of one that moved."""

    kind = serializers.ChoiceField(choices=CELLS)
    cell = serializers.ChoiceField(choices=("code", "markdown", "raw"))
    head = serializers.CharField(help_text="The first line that is not empty.")
    old = serializers.IntegerField(allow_null=True, help_text="The cell's number, counted from 1.")
    new = serializers.IntegerField(allow_null=True)
    count = serializers.IntegerField()
    rows = RowSerializer(many=True)
    outputs = serializers.BooleanField(help_text="Whether what it put out changed.")


class FileChangeSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=FILES)
    old = serializers.IntegerField(allow_null=True, help_text="The file's id.")
    new = serializers.IntegerField(allow_null=True)
    cells = ComparedCellSerializer(many=True, required=False, help_text="Of notebooks.")
    rows = RowSerializer(many=True, required=False, help_text="Of text files.")
    error = serializers.CharField(required=False, help_text="Why the contents could not be compared.")


class DifferenceSerializer(serializers.Serializer[Any]):
    """Nothing but the state until the state is `done`. `unasked`: POST has the rounds compared."""

    state = serializers.ChoiceField(choices=("unasked", *Difference.State.values))
    earlier = serializers.IntegerField(help_text="A round's id.")
    later = serializers.IntegerField()
    error = serializers.CharField(required=False)
    write_up = RowSerializer(many=True, required=False)
    answers = serializers.DictField(child=RowSerializer(many=True), required=False, help_text="By the key of each.")
    files = FileChangeSerializer(many=True, required=False)


def as_data(earlier: Round, later: Round, row: Difference | None) -> dict[str, Any]:
    said = {"state": row.state if row else "unasked", "earlier": earlier.pk, "later": later.pk}
    if row is None or row.state != Difference.State.DONE:
        return said
    found = dict(row.found)
    if answers := found.get("answers"):
        keys = dict(Criterion.objects.filter(pk__in=[int(pk) for pk in answers]).values_list("pk", "key"))
        found["answers"] = {keys[int(pk)]: rows for pk, rows in answers.items()}
    return said | found


class DifferenceMixin:
    """Belongs to the rounds."""

    request: ApiRequest

    def _pair(self, pk: str, number: str) -> tuple[Round, Round]:
        found = get_object_or_404(Round.objects.visible_to(self.request.user).select_related("submission"), pk=pk)
        pair = Difference.pair(found, int(number))
        if pair is None:
            raise NotFound
        return pair

    @extend_schema(responses=DifferenceSerializer, parameters=[NUMBER])
    @action(detail=True, methods=["get"], url_path="difference/(?P<number>[0-9]{1,4})")
    def difference(self, request: ApiRequest, pk: str, number: str) -> Response:
        """What changed between this round and another of the same work, once that was asked for and worked out."""
        earlier, later = self._pair(pk, number)
        later.submission.read_by(request.user)
        row = Difference.objects.filter(earlier=earlier, later=later).first()
        return Response(DifferenceSerializer(as_data(earlier, later, row)).data)

    @extend_schema(request=None, responses={202: DifferenceSerializer}, parameters=[NUMBER])
    @difference.mapping.post
    def ask_difference(self, request: ApiRequest, pk: str, number: str) -> Response:
        """Have both rounds compared; asked again nothing more is done."""
        earlier, later = self._pair(pk, number)
        row = Difference.ask(earlier, later)
        return Response(DifferenceSerializer(as_data(earlier, later, row)).data, status=202)
