"""`/api/v1/papers/`: one's own reading list, with the same verbs as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.common import clock
from mentorship.common.rendering.worded import ChangedThere
from mentorship.people.requests import ApiRequest
from mentorship.study.papers.asking import ask_again
from mentorship.study.papers.forms import AddPaperForm, ByHandForm, PassForm
from mentorship.study.papers.models import FIRST_YEAR, LAST_YEAR, LONGEST, MOVES, Paper, PaperPass, Reading
from mentorship.study.papers.passes import BY_NUMBER, PASSES


class ReadingPassSerializer(serializers.ModelSerializer[PaperPass]):
    ticked = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = PaperPass
        fields = ["number", "ticked", "summary", "html", "version", "changed_at"]
        read_only_fields = fields


class ReadPaperSerializer(serializers.ModelSerializer[Paper]):
    """What arXiv or the DOI says of it; empty until it was asked."""

    class Meta:
        model = Paper
        fields = ["kind", "key", "title", "authors", "year", "venue", "abstract", "found_at", "problem"]
        read_only_fields = fields


class ReadingSerializer(serializers.ModelSerializer[Reading]):
    paper = ReadPaperSerializer()
    passes = ReadingPassSerializer(many=True)

    class Meta:
        model = Reading
        fields = [
            "id", "paper", "version", "title", "authors", "year", "link", "state", "state_since", "added_at", "passes",
        ]  # fmt: skip
        read_only_fields = fields


class DescribePaperSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=500, required=False, allow_blank=True, help_text="By hand.")
    authors = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False, allow_null=True)


class AddPaperSerializer(DescribePaperSerializer):
    paper = serializers.CharField(max_length=500, help_text="An arXiv number, a DOI or a link, in any form.")


class NotePassSerializer(serializers.Serializer[Any]):
    ticked = serializers.ListField(child=serializers.CharField(max_length=40), max_length=20, required=False)
    summary = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)
    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="What you read; 0: nothing.")


class MovePaperSerializer(serializers.Serializer[Any]):
    verb = serializers.ChoiceField([(verb, move.label) for verb, move in MOVES.items()])


class PassItemSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(help_text="For `ticked`.")
    text = serializers.CharField()


class PassOfThreeSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    name = serializers.CharField()
    purpose = serializers.CharField()
    asks = serializers.CharField(help_text="What its summary answers.")
    items = PassItemSerializer(many=True)


class PaperFilterSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(Reading.State.choices, required=False)
    q = serializers.CharField(max_length=200, required=False)


def checked(form: Any) -> Any:
    """The page's form, valid; one set of rules for both."""
    if not form.is_valid():
        raise serializers.ValidationError({name: [*said] for name, said in form.errors.items()})
    return form


PARAMETERS = [
    OpenApiParameter("state", str, enum=Reading.State.values, description="Only those in this state."),
    OpenApiParameter("q", str, description="Words of the title, the authors, the number or your summaries."),
]


@extend_schema_view(list=extend_schema(parameters=PARAMETERS))
class ReadingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Reading]):
    """The papers that you read, those that moved last first."""

    permission_classes = [IsAuthenticated]
    serializer_class = ReadingSerializer
    queryset = Reading.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Reading]:
        rows = Reading.objects.visible_to(self.request.user).select_related("paper", "person")
        rows = rows.prefetch_related("passes").newest_first()
        if self.action != "list":
            return rows
        asked = PaperFilterSerializer(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        rows = rows.filter(state=said["state"]) if "state" in said else rows
        return rows.search(said["q"]) if "q" in said else rows

    @extend_schema(request=AddPaperSerializer, responses={200: ReadingSerializer, 201: ReadingSerializer})
    def create(self, request: ApiRequest) -> Response:
        """Put a paper on the list. 200 with what is there if it is on it already."""
        given = AddPaperSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row, new = Reading.add(by=request.user, **checked(AddPaperForm(given.validated_data)).said())
        return Response(ReadingSerializer(row).data, status.HTTP_201_CREATED if new else status.HTTP_200_OK)

    @extend_schema(request=DescribePaperSerializer, responses=ReadingSerializer)
    def partial_update(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Title, authors and year by hand; empty goes back to what was fetched."""
        row = self.get_object()
        given = DescribePaperSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = {name: getattr(row, name) for name in ("title", "authors", "year")} | given.validated_data
        row.describe(**checked(ByHandForm(said)).cleaned_data)
        return Response(ReadingSerializer(row).data)

    def destroy(self, request: ApiRequest, pk: str | None = None) -> Response:
        """Take it off the list, with what you wrote about it."""
        self.get_object().remove()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=NotePassSerializer, responses={200: ReadingSerializer, 409: ReadingSerializer})
    @action(detail=True, methods=["put"], url_path="passes/(?P<pass_number>[1-3])", url_name="note-pass")
    def note_pass(self, request: ApiRequest, pk: str, pass_number: str) -> Response:
        """Keep what you did and found in a pass, over `version`. If it was saved meanwhile: 409 with what stands."""
        row, number, given = self.get_object(), int(pass_number), NotePassSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        form = checked(PassForm({"ticked": [], "summary": ""} | given.validated_data, of=BY_NUMBER[number]))
        try:
            row.note_pass(number, **form.cleaned_data)
        except ChangedThere as refusal:
            current = ReadingSerializer(self.get_object()).data
            said = {"detail": refusal.message, "code": refusal.code, "current": current}
            return Response(said, status.HTTP_409_CONFLICT)
        return Response(ReadingSerializer(self.get_object()).data)

    @extend_schema(request=MovePaperSerializer, responses=ReadingSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: ApiRequest, pk: str) -> Response:
        """Begin a pass, be done with it, put it aside, and so on. 409 where that does not lead from its state."""
        row, given = self.get_object(), MovePaperSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row.move(given.validated_data["verb"])
        return Response(ReadingSerializer(row).data)

    @extend_schema(request=None, responses=ReadingSerializer)
    @action(detail=True, methods=["post"])
    def ask(self, request: ApiRequest, pk: str) -> Response:
        """Ask arXiv or the DOI anew what it is called. 409 while that goes on, and within the hour."""
        row = self.get_object()
        ask_again(row.paper, at=clock.now())
        row.paper.refresh_from_db()
        return Response(ReadingSerializer(row).data)

    @extend_schema(responses=PassOfThreeSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def passes(self, request: ApiRequest) -> Response:
        """The three passes: what each is for, and what is done in it."""
        said = [
            {"number": one.number, "name": one.name, "purpose": one.purpose, "asks": one.asks,
             "items": [{"key": key, "text": text} for key, text in one.items]}
            for one in PASSES
        ]  # fmt: skip
        return Response(PassOfThreeSerializer(said, many=True).data)
