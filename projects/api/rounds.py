import re
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.people.models import User
from mentorship.people.requests import ApiRequest
from projects.api.comments import CommentSerializer
from projects.api.countersign import CountersignMixin
from projects.api.difference import DifferenceMixin
from projects.api.hand_over import HandOverMixin
from projects.api.mentee import MenteeMixin
from projects.api.papers import PaperSerializer
from projects.countersigning import note_of
from projects.draft import DECISIONS, LONGEST_TEXT, MOST_CELLS, MOST_LINES, Draft, Said, new_key
from projects.models import Answer, Comment, Level, Review, Round, RoundFile, Score
from projects.models.review import Changed
from projects.pages import in_full

NO_SUCH_QUESTION = "This question is not one of the project."
PLACE = ("file", "cell", "line_from", "line_to")


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    criterion = serializers.CharField(source="criterion.key")

    class Meta:
        model = Answer
        fields = ["criterion", "text", "html", "confidence"]
        read_only_fields = fields


class FactSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    cells = serializers.ListField(child=serializers.IntegerField(), help_text="Their numbers, counted from 1.")


class FileSerializer(serializers.ModelSerializer[RoundFile]):
    facts = FactSerializer(many=True, help_text="What was read from a notebook. Nothing of it is required.")
    url = serializers.CharField(source="get_absolute_url", help_text="Where it can be downloaded.")

    class Meta:
        model = RoundFile
        fields = ["id", "name", "content_type", "size", "sha256", "rendering", "render_error", "facts", "url"]
        read_only_fields = fields


class Meta:
    model = Comment
    fields = ["id", "criterion", "file", "cell", "line_from", "line_to", "quote", "text", "html", "blocking"]
    read_only_fields = fields


class ScoreSerializer(serializers.ModelSerializer[Score]):
    criterion = serializers.CharField(source="criterion.key")

    class Meta:
        model = Score
        fields = ["criterion", "level"]
        read_only_fields = fields


class ReviewSerializer(serializers.ModelSerializer[Review]):
    mentor = serializers.CharField(source="mentor.handle")
    countersigned_by = serializers.CharField(
        source="countersigned_by.handle", default=None, allow_null=True, help_text="Who answers for it too."
    )
    scores = ScoreSerializer(many=True)
    comments = CommentSerializer(many=True)

    class Meta:
        model = Review
        fields = [
            *("id", "mentor", "countersigned_by", "verdict", "summary", "summary_html", "published_at", "scores"),
            "comments",
        ]
        read_only_fields = fields


class RoundSerializer(serializers.ModelSerializer[Round]):
    answers = AnswerSerializer(many=True)
    files = FileSerializer(many=True)
    claimed_by = serializers.CharField(source="claimed_by.handle", default=None, allow_null=True)
    reviews = ReviewSerializer(many=True, source="published", help_text="Published ones.")
    paper = PaperSerializer(source="replication", default=None, allow_null=True, help_text="The replicated one.")

    class Meta:
        model = Round
        fields = [
            "id",
            "submission",
            "number",
            "state",
            "repository_url",
            "commit",
            "write_up",
            "write_up_html",
            "handed_in_at",
            "claimed_by",
            "claimed_until",
            "answers",
            "files",
            "paper",
            "reviews",
        ]
        read_only_fields = fields


def number_or_none(help_text: str, most: int) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1, max_value=most, required=False, default=None, allow_null=True, help_text=help_text
    )


class DraftCommentSerializer(serializers.Serializer[Any]):
    key = serializers.RegexField(r"^[A-Za-z0-9_-]{1,32}$", required=False, help_text="Of your choice; kept as it is.")
    criterion = serializers.CharField(required=False, default=None, allow_null=True, max_length=120)
    text = serializers.CharField(max_length=LONGEST_TEXT)
    blocking = serializers.BooleanField(required=False, default=False)
    file = number_or_none("One of the round's files.", 2**62)
    cell = number_or_none("Counted from 1; a text file is one cell.", MOST_CELLS)
    line_from = number_or_none("Counted from 1.", MOST_LINES)
    line_to = number_or_none("The last of the lines; given with the first.", MOST_LINES)


class DraftSerializer(serializers.Serializer[Any]):
    """A whole draft: comments that are missing are removed."""

    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you edited.")
    verdict = serializers.ChoiceField(choices=Review.Verdict.choices, allow_blank=True, required=False, default="")
    summary = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True, required=False, default="")
    comments = DraftCommentSerializer(many=True, required=False, default=list)
    decisions = serializers.DictField(
        child=serializers.ChoiceField(choices=DECISIONS),
        required=False,
        default=dict,
        help_text="What becomes of each open change request, by its id.",
    )
    scores = serializers.DictField(
        child=serializers.ChoiceField(choices=Level.choices),
        required=False,
        default=dict,
        help_text="How far each question is answered, by the key of its criterion.",
    )

    def draft(self, round: Round) -> Draft:
        data = self.validated_data
        criteria = dict(round.submission.project.criteria.values_list("key", "pk"))
        comments = []
        for said in data["comments"]:
            if said["criterion"] is not None and said["criterion"] not in criteria:
                raise serializers.ValidationError({"comments": [NO_SUCH_QUESTION]})
            criterion = criteria.get(said["criterion"])
            place = [said[part] for part in PLACE]
            comments.append(
                Said(said.get("key") or new_key(), said["text"].strip(), criterion, said["blocking"], *place)
            )
        decisions = {int(key): how for key, how in data["decisions"].items() if re.fullmatch("[0-9]{1,18}", key)}
        if not set(data["scores"]) <= set(criteria):
            raise serializers.ValidationError({"scores": [NO_SUCH_QUESTION]})
        scores = {criteria[key]: level for key, level in data["scores"].items()}
        return Draft(data["verdict"], data["summary"].strip(), tuple(comments), decisions, scores).checked()


def as_data(review: Review) -> dict[str, Any]:
    """A draft as `DraftSerializer` takes it."""
    draft, criteria = review.as_draft(), dict(review.round.submission.project.criteria.values_list("pk", "key"))
    comments: list[dict[str, Any]] = [
        {"key": s.key, "criterion": criteria.get(s.criterion or 0), "text": s.text, "blocking": s.blocking}
        | dict[str, Any](zip(PLACE, s.place, strict=True))
        for s in draft.comments
    ]
    decisions = {str(request): how for request, how in draft.decisions.items()}
    said = {"verdict": draft.verdict, "summary": draft.summary, "comments": comments, "decisions": decisions}
    scores = {criteria[key]: level for key, level in draft.scores.items()}
    about = {"version": review.version, "state": review.state, "returned": note_of(review)}
    return {**about, **said, "scores": scores}


class DraftStateSerializer(DraftSerializer):
    state = serializers.ChoiceField(choices=Review.State.choices)
    returned = serializers.CharField(help_text="The note with which who countersigns returned it last; or empty.")


class ClaimSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    claimed_until = serializers.DateTimeField(allow_null=True)
    extensions = serializers.IntegerField()


class PublishSerializer(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=Review.Verdict.choices, allow_blank=True, required=False, default="")
    version = serializers.IntegerField(
        min_value=0, max_value=2_000_000_000, required=False, default=None, allow_null=True
    )


def rounds_in_full(person: User) -> QuerySet[Round]:
    """Rounds that `person` may open, with everything that the API says of them."""
    rows = in_full(Round.objects.visible_to(person).select_related("submission", "replication"))
    return rows.prefetch_related("replication__figures")


class RoundViewSet(
    CountersignMixin,
    DifferenceMixin,
    HandOverMixin,
    MenteeMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[Round],
):
    """A round with what was handed in and its published review; holding it, and writing its review."""

    request: ApiRequest
    queryset = Round.objects.none()
    lookup_value_regex = "[0-9]{1,18}"
    serializer_class = RoundSerializer

    def get_queryset(self) -> QuerySet[Round]:
        return rounds_in_full(self.request.user)

    def retrieve(self, request: ApiRequest, *args: Any, **kwargs: Any) -> Response:
        found = self.get_object()
        found.submission.read_by(request.user)
        return Response(self.get_serializer(found).data)

    def _with_claim(self, pk: str, verb: str) -> Response:
        found = get_object_or_404(Round.objects.reviewable_by(self.request.user), pk=pk)
        getattr(found, verb)(by=self.request.user)
        held = {"id": found.pk, "claimed_until": found.claimed_until, "extensions": found.extensions}
        return Response(ClaimSerializer(held).data)

    @extend_schema(request=None, responses=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def claim(self, request: ApiRequest, pk: str) -> Response:
        """Hold the round for 24 hours; four at once."""
        return self._with_claim(pk, "claim")

    @extend_schema(request=None, responses=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: ApiRequest, pk: str) -> Response:
        """Hold it 24 hours longer; twice at most."""
        return self._with_claim(pk, "extend_claim")

    @extend_schema(request=None, responses=ClaimSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: ApiRequest, pk: str) -> Response:
        """Give it back; your draft is kept."""
        return self._with_claim(pk, "release")

    @extend_schema(request=None, responses=DraftStateSerializer)
    @action(detail=True, methods=["post"])
    def take_back(self, request: ApiRequest, pk: str) -> Response:
        """Make your published review a draft again, within ten minutes; what waits to be countersigned, at any time."""
        review = get_object_or_404(self._workable(pk).reviews.filter(mentor=request.user))
        review.take_back(by=request.user)
        return Response(as_data(review))

    def _workable(self, pk: str) -> Round:
        rounds = Round.objects.workable_by(self.request.user)
        return get_object_or_404(rounds.select_related("submission__project"), pk=pk)

    @extend_schema(responses=DraftStateSerializer)
    @action(detail=True, methods=["get"])
    def draft(self, request: ApiRequest, pk: str) -> Response:
        """Your review of this round as it is saved."""
        return Response(as_data(self._workable(pk).draft_of(request.user)))

    @extend_schema(request=DraftSerializer, responses=DraftStateSerializer)
    @draft.mapping.put
    def save_draft(self, request: ApiRequest, pk: str) -> Response:
        """Save your draft. When it was saved elsewhere since `version`: 409, with what stands there as `saved`."""
        found = self._workable(pk)
        asked = DraftSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        review = found.draft_of(request.user)
        try:
            version = asked.validated_data["version"]
            review.save_draft(by=request.user, draft=asked.draft(found), version=version)
        except Changed as conflict:
            saved = as_data(conflict.saved)
            return Response({"detail": conflict.message, "code": conflict.code, "saved": saved}, status=409)
        return Response(as_data(review))

    @extend_schema(request=PublishSerializer, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: ApiRequest, pk: str) -> Response:
        """Let your review stand, with its verdict; an apprentice's waits to be countersigned first."""
        found = self._workable(pk)
        asked = PublishSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        review = get_object_or_404(found.reviews.filter(mentor=request.user))
        review.publish(by=request.user, **asked.validated_data)
        return Response(RoundSerializer(rounds_in_full(request.user).get(pk=pk)).data)
