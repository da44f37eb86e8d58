"""What `/api/v1/groups/` has for a reading club: the group's papers, which is next, and what one shows of one's own."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.api_group_inside import NUMBER, Inside
from mentorship.cohorts.club_page import SHARES, ClubPaperForm, papers_of
from mentorship.cohorts.models import ClubPaper, Group, GroupMember
from mentorship.people.requests import ApiRequest

PAPER = rf"papers/(?P<paper>{NUMBER})"


class ClubSummarySerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="Of the pass.")
    text = serializers.CharField()


class ClubReaderSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    state = serializers.CharField()
    summaries = ClubSummarySerializer(many=True)


class ClubPaperSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    url = serializers.CharField()
    state = serializers.ChoiceField(ClubPaper.State.choices)
    by = serializers.CharField()
    people = ClubReaderSerializer(many=True, help_text="Who shows where they are.")
    mine = serializers.ChoiceField(SHARES, help_text="What you show.")


class PutClubPaperSerializer(serializers.Serializer[Any]):
    paper = serializers.CharField(max_length=500, help_text="An arXiv number, a DOI or a link.")
    title = serializers.CharField(max_length=500, required=False, allow_blank=True)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        form = ClubPaperForm(given, person=self.context["person"])
        if not form.is_valid():
            raise serializers.ValidationError({name: [*said] for name, said in form.errors.items()})
        return form.said()


class ShareReadingSerializer(serializers.Serializer[Any]):
    shares = serializers.ChoiceField(SHARES)


class Club(Inside):
    """The actions that `GroupViewSet` has for it."""

    def _papers(self, group: Group, status: int = 200) -> Response:
        return Response(ClubPaperSerializer(papers_of(group, self.request.user), many=True).data, status)

    def _paper(self, paper: str) -> ClubPaper:
        return get_object_or_404(self._own().papers.select_related("group__cohort"), pk=paper)

    @extend_schema(responses=ClubPaperSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def papers(self, request: ApiRequest, pk: str) -> Response:
        """What the group reads, and what its members show of their reading; for them and admins."""
        return self._papers(self._own())

    @extend_schema(request=PutClubPaperSerializer, responses={201: ClubPaperSerializer(many=True)})
    @papers.mapping.post
    def put_paper(self, request: ApiRequest, pk: str) -> Response:
        """Put a paper on the group's list; the answer is the list."""
        group, given = self._own(), PutClubPaperSerializer(data=request.data, context={"person": request.user})
        given.is_valid(raise_exception=True)
        ClubPaper.put(group, by=request.user, **given.validated_data)
        return self._papers(group, 201)

    @extend_schema(request=None, responses=ClubPaperSerializer(many=True))
    @action(detail=True, methods=["post"], url_path=rf"{PAPER}/choose", url_name="choose-paper")
    def choose_paper(self, request: ApiRequest, pk: str, paper: str) -> Response:
        """Make it the next one."""
        row = self._paper(paper)
        row.choose(by=request.user)
        return self._papers(row.group)

    @extend_schema(request=None, responses=ClubPaperSerializer(many=True))
    @action(detail=True, methods=["post"], url_path=rf"{PAPER}/read", url_name="paper-read")
    def paper_read(self, request: ApiRequest, pk: str, paper: str) -> Response:
        """It was talked about."""
        row = self._paper(paper)
        row.talked_about(by=request.user)
        return self._papers(row.group)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path=PAPER, url_name="remove-paper")
    def remove_paper(self, request: ApiRequest, pk: str, paper: str) -> Response:
        """Take one that you put there off the list; as an admin, any."""
        self._paper(paper).remove(by=request.user)
        return Response(status=204)

    @extend_schema(request=ShareReadingSerializer, responses=ClubPaperSerializer(many=True))
    @action(detail=True, methods=["put"], url_path=rf"{PAPER}/share", url_name="share-reading")
    def share_reading(self, request: ApiRequest, pk: str, paper: str) -> Response:
        """What the group sees of your own reading of it."""
        row, given = self._paper(paper), ShareReadingSerializer(data=request.data)
        places = GroupMember.objects.places_of(request.user).filter(group=row.group_id)
        place = get_object_or_404(places.select_related("membership__person"))
        given.is_valid(raise_exception=True)
        if given.validated_data["shares"] == "nothing":
            row.hide(place)
        else:
            row.share(place, summaries=given.validated_data["shares"] == "summaries")
        return self._papers(row.group)
