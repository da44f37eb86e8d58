"""A team's work: who did what, commits by author, and the draft of the next round."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from mentorship.people.requests import ApiRequest
from projects import team_page
from projects.commits import LARGEST_BUNDLE, LONGEST_LOG, of_bundle, of_shortlog
from projects.models import CommitLog, Project, SharedDraft, Submission, TeamMember
from projects.models.entering import group_of
from projects.models.shared import DraftChanged

MEMBER = r"team/(?P<member>[0-9]{1,18})"


class WordSerializer(serializers.Serializer[Any]):
    by = serializers.CharField(source="who.person.name")
    word = serializers.ChoiceField(choices=["yes", "no", "open", "own"])
    note = serializers.CharField()


class PartSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="member.pk")
    person = serializers.CharField(source="member.person.handle")
    name = serializers.CharField(source="member.person.name")
    contribution = serializers.CharField(source="member.contribution")
    contribution_html = serializers.CharField(source="member.contribution_html")
    stated_at = serializers.DateTimeField(source="member.stated_at", allow_null=True)
    confirmations = WordSerializer(many=True, source="said")
    commits = serializers.IntegerField(allow_null=True)
    approved_at = serializers.DateTimeField(source="member.approved_at", allow_null=True)
    approved_why = serializers.CharField(source="member.approved_why")
    credited_at = serializers.DateTimeField(source="member.credited_at", allow_null=True)
    left_at = serializers.DateTimeField(source="member.left_at", allow_null=True)


class TeamSerializer(serializers.Serializer[Any]):
    members = PartSerializer(many=True, source="parts")
    authors = serializers.ListField(
        child=serializers.DictField(), help_text="Of the log: name, email, commits, member."
    )


class ContributionSerializer(serializers.Serializer[Any]):
    contribution = serializers.CharField(max_length=4000)


class ConfirmSerializer(serializers.Serializer[Any]):
    agrees = serializers.BooleanField(default=True)
    note = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    seen = serializers.CharField(
        max_length=4000, required=False, default=None, allow_null=True, help_text="The contribution that you read."
    )


class ApproveSerializer(serializers.Serializer[Any]):
    why = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class LogSerializer(serializers.Serializer[Any]):
    """One of the two: what `git shortlog -sne` prints, or, in multipart, a bundle."""

    log = serializers.CharField(max_length=LONGEST_LOG, required=False, default="", allow_blank=True)
    bundle = serializers.FileField(required=False, default=None, allow_null=True, allow_empty_file=True)


class MatchSerializer(serializers.Serializer[Any]):
    members = serializers.ListField(
        child=serializers.IntegerField(allow_null=True, min_value=1, max_value=10**18),
        max_length=200,
        help_text="For each author of the log, in its order, the id of the member; null for nobody of the team.",
    )


class TeamMixin:
    """The part of `/submissions/` that is about teams; 404 for work that is done alone."""

    request: ApiRequest

    def _team(self, pk: str, *, acting: bool = False) -> Submission:
        person = self.request.user
        rows = Submission.objects.by(person) if acting else Submission.objects.visible_to(person)
        return get_object_or_404(rows.select_related("project__item__stream"), pk=pk, group__isnull=False)

    def _shown(self, found: Submission) -> Response:
        context = team_page.context(found, self.request.user)
        authors = [{name: row[name] for name in ("name", "email", "commits", "member")} for row in context["authors"]]
        return Response(TeamSerializer({"parts": context["parts"], "authors": authors}).data)

    @extend_schema(responses=TeamSerializer)
    @action(detail=True)
    def team(self, request: ApiRequest, pk: str) -> Response:
        """Who did what, who confirms it, and commits by author."""
        found = self._team(pk)
        found.read_by(request.user)
        return self._shown(found)

    @extend_schema(request=ContributionSerializer, responses=TeamSerializer)
    @action(detail=True, methods=["post"], url_path="team/state")
    def state_contribution(self, request: ApiRequest, pk: str) -> Response:
        """Say what your own part was."""
        found = self._team(pk, acting=True)
        asked = ContributionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        own = get_object_or_404(found.team.present(), person=request.user)
        own.state_contribution(asked.validated_data["contribution"], by=request.user)
        return self._shown(found)

    @extend_schema(request=ConfirmSerializer, responses=TeamSerializer)
    @action(detail=True, methods=["post"], url_path=f"{MEMBER}/confirm")
    def confirm_contribution(self, request: ApiRequest, pk: str, member: str) -> Response:
        """Say of another's part that it is so, or, with a note, what you see differently."""
        found = self._team(pk, acting=True)
        asked = ConfirmSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        get_object_or_404(found.team.all(), pk=member).confirm(by=request.user, **asked.validated_data)
        return self._shown(found)

    @extend_schema(request=ApproveSerializer, responses=TeamSerializer)
    @action(detail=True, methods=["post"], url_path=f"{MEMBER}/approve")
    def approve_contribution(self, request: ApiRequest, pk: str, member: str) -> Response:
        """As a mentor of this work, approve a part; with a reason while somebody has not confirmed it."""
        found = self._team(pk)
        asked = ApproveSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        rows = found.team.all() if found.approvable_by(request.user) else TeamMember.objects.none()
        get_object_or_404(rows, pk=member).approve(by=request.user, why=asked.validated_data["why"])
        return self._shown(found)

    @extend_schema(request=LogSerializer, responses=TeamSerializer)
    @action(detail=True, methods=["post"], url_path="team/log")
    def commit_log(self, request: ApiRequest, pk: str) -> Response:
        """Upload who made how many commits; it takes the place of what was uploaded before."""
        found = self._team(pk, acting=True)
        asked = LogSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        if bundle := asked.validated_data["bundle"]:
            authors, source = of_bundle(bundle.read(LARGEST_BUNDLE + 1)), CommitLog.Source.BUNDLE
        else:
            authors, source = of_shortlog(asked.validated_data["log"]), CommitLog.Source.SHORTLOG
        CommitLog.keep(found, authors, by=request.user, source=source)
        return self._shown(found)

    @extend_schema(request=MatchSerializer, responses=TeamSerializer)
    @action(detail=True, methods=["post"], url_path="team/log/match")
    def match_commits(self, request: ApiRequest, pk: str) -> Response:
        """Say who of the team the authors of the log are."""
        found = self._team(pk, acting=True)
        asked = MatchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        members = dict(enumerate(asked.validated_data["members"]))
        get_object_or_404(CommitLog, submission=found).match(members, by=request.user)
        return self._shown(found)


class SharedDraftSerializer(serializers.Serializer[Any]):
    """What your team has written of its next round: every field may be missing."""

    version = serializers.IntegerField(min_value=0, max_value=2_000_000_000, help_text="The one that you edited.")
    title = serializers.CharField(max_length=140, required=False, default="", allow_blank=True)
    repository_url = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    commit = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    write_up = serializers.CharField(max_length=50_000, required=False, default="", allow_blank=True)
    answers = serializers.DictField(
        child=serializers.CharField(max_length=10_000, allow_blank=True), required=False, default=dict
    )
    confidence = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=5), required=False, default=dict
    )
    addressed = serializers.DictField(
        child=serializers.CharField(max_length=4000, allow_blank=True), required=False, default=dict
    )


PLAIN = ("title", "repository_url", "commit", "write_up")


def as_data(draft: SharedDraft) -> dict[str, Any]:
    """A draft as `SharedDraftSerializer` takes it."""
    content, said = draft.content, {"version": draft.version}
    said |= {name: content.get(name, "") for name in PLAIN}
    criteria = dict(draft.project.criteria.values_list("pk", "key"))
    said["answers"] = {key: content[f"answer_{pk}"] for pk, key in criteria.items() if f"answer_{pk}" in content}
    sure = {key: content.get(f"confidence_{pk}", "") for pk, key in criteria.items()}
    said["confidence"] = {key: int(value) for key, value in sure.items() if value in {"1", "2", "3", "4", "5"}}
    addressed = {
        name.removeprefix("addressed_"): text for name, text in content.items() if name.startswith("addressed_")
    }
    return said | {"addressed": addressed}


def content_of(said: dict[str, Any], project: Project) -> dict[str, str]:
    """The page's fields by name; keys that the project does not know are refused."""
    criteria = dict(project.criteria.values_list("key", "pk"))
    content = {name: said[name] for name in PLAIN}
    for field, prefix in (("answers", "answer"), ("confidence", "confidence")):
        for key, value in said[field].items():
            if key not in criteria:
                raise serializers.ValidationError({field: [f"{key[:60]} is no question of this project."]})
            content[f"{prefix}_{criteria[key]}"] = str(value)
    for key, text in said["addressed"].items():
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise serializers.ValidationError({"addressed": ["Change requests go by their ids."]})
        content[f"addressed_{key}"] = text
    return content


class SharedDraftMixin:
    """The part of `/projects/` where a team edits its draft; 404 without a team."""

    request: Any
    get_object: Any

    def _shared(self) -> SharedDraft:
        project = self.get_object()
        seat = project.open_to(self.request.user).first() if project.team_max > 1 else None
        group = group_of(seat) if seat else None
        if group is None:
            raise Http404
        return SharedDraft.of(group, project.pk)

    @extend_schema(responses=SharedDraftSerializer)
    @action(detail=True, methods=["get"], permission_classes=[IsAuthenticated])
    def draft(self, request: ApiRequest, key: str) -> Response:
        """Your team's draft of its next round."""
        return Response(as_data(self._shared()))

    @extend_schema(request=SharedDraftSerializer, responses=SharedDraftSerializer)
    @draft.mapping.put
    def save_draft(self, request: ApiRequest, key: str) -> Response:
        """Save it. When another member did so since `version`: 409, with what stands there as `saved`."""
        draft = self._shared()
        asked = SharedDraftSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        content = content_of(asked.validated_data, draft.project)
        try:
            draft.save_for_team(by=request.user, content=content, version=asked.validated_data["version"])
        except DraftChanged as conflict:
            saved = as_data(conflict.saved)
            return Response({"detail": conflict.message, "code": conflict.code, "saved": saved}, status=409)
        return Response(as_data(draft))
