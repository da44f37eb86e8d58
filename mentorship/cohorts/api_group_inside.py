"""What `/api/v1/groups/` has for a group's own members: its links and next date; and groups for a whole cohort."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from mentorship.cohorts.forms_group_inside import LinkForm
from mentorship.cohorts.grouping import candidates, propose, put_all_together
from mentorship.cohorts.models import Cohort, Group, GroupLink
from mentorship.people.requests import ApiRequest

NUMBER = r"[0-9]{1,18}"
LARGEST = 10**18


class GroupLinkSerializer(serializers.ModelSerializer[GroupLink]):
    added_by = serializers.CharField(source="added_by.name", read_only=True)

    class Meta:
        model = GroupLink
        fields = ["id", "title", "url", "added_by", "added_at"]
        read_only_fields = fields


class ShareLinkSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=120)
    url = serializers.CharField(max_length=500)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        form = LinkForm(given)
        if not form.is_valid():
            raise serializers.ValidationError({name: [*said] for name, said in form.errors.items()})
        return form.cleaned_data


class MeetSerializer(serializers.ModelSerializer[Group]):
    where = serializers.CharField(source="meets_where", max_length=200, required=False, allow_blank=True, default="")
    meets_at = serializers.DateTimeField(allow_null=True, help_text="Null: no date is set.")

    class Meta:
        model = Group
        fields = ["meets_at", "where"]


class ForWholeSerializer(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60)
    kind = serializers.ChoiceField(choices=Group.Kind.choices)


class ProposedMemberSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class ProposedGroupSerializer(serializers.Serializer[Any]):
    people = ProposedMemberSerializer(many=True)
    why = serializers.CharField()


class GroupProposalSerializer(serializers.Serializer[Any]):
    groups = ProposedGroupSerializer(many=True)
    left_over = ProposedMemberSerializer(many=True)


class NamedGroupSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=60)
    people = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=LARGEST), max_length=20)


class PutTogetherSerializer(ForWholeSerializer):
    groups = serializers.ListField(child=NamedGroupSerializer(), min_length=1, max_length=300)

    def validate_groups(self, groups: list[dict[str, Any]]) -> dict[str, list[int]]:
        named = {one["name"]: one["people"] for one in groups}
        if len(named) < len(groups):
            raise serializers.ValidationError("Two groups have the same name.")
        return named


class Inside(viewsets.GenericViewSet[Group]):
    """The actions that `GroupViewSet` has for it."""

    request: ApiRequest

    def _own(self) -> Group:
        """A group that the caller is in, or any for admins; for everybody else there is nothing here."""
        row = self.get_object()
        if not self.request.user.is_admin and not row.joined().filter(membership__person=self.request.user).exists():
            raise Http404
        return row

    @extend_schema(responses=GroupLinkSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def links(self, request: ApiRequest, pk: str) -> Response:
        """What the group shares; for its members and admins."""
        return Response(GroupLinkSerializer(self._own().links.select_related("added_by"), many=True).data)

    @extend_schema(request=ShareLinkSerializer, responses={201: GroupLinkSerializer})
    @links.mapping.post
    def share_link(self, request: ApiRequest, pk: str) -> Response:
        """Share an address."""
        group, given = self._own(), ShareLinkSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = GroupLink.share(group, by=request.user, **given.validated_data)
        return Response(GroupLinkSerializer(row).data, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path=rf"links/(?P<link>{NUMBER})", url_name="remove-link")
    def remove_link(self, request: ApiRequest, pk: str, link: str) -> Response:
        """Take one of yours out; as an admin, anybody's."""
        rows = self._own().links.all() if request.user.is_admin else self._own().links.filter(added_by=request.user)
        get_object_or_404(rows.select_related("group__cohort"), pk=link).remove(by=request.user)
        return Response(status=204)

    @extend_schema(responses=MeetSerializer)
    @action(detail=True)
    def meeting(self, request: ApiRequest, pk: str) -> Response:
        """When the group meets next, and where; for its members and admins."""
        return Response(MeetSerializer(self._own()).data)

    @extend_schema(request=MeetSerializer, responses=MeetSerializer)
    @meeting.mapping.put
    def meet(self, request: ApiRequest, pk: str) -> Response:
        """Say when. The others are told of a new date."""
        group, given = self._own(), MeetSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        group.meet(by=request.user, meets_at=data["meets_at"], where=data["meets_where"])
        return Response(MeetSerializer(group).data)

    def _whole(self, form: serializers.Serializer[Any]) -> tuple[Cohort, dict[str, Any]]:
        if not self.request.user.is_admin:
            raise Http404
        form.is_valid(raise_exception=True)
        data = dict(form.validated_data)
        return get_object_or_404(Cohort.objects.administered_by(self.request.user), slug=data.pop("cohort")), data

    @extend_schema(parameters=[ForWholeSerializer], responses=GroupProposalSerializer)
    @action(detail=False)
    def proposal(self, request: ApiRequest) -> Response:
        """Groups of a kind for all mentees of a cohort who have none; for admins. Makes nothing."""
        cohort, data = self._whole(ForWholeSerializer(data=request.query_params))
        return Response(GroupProposalSerializer(propose(candidates(cohort, data["kind"]), data["kind"])).data)

    @extend_schema(request=PutTogetherSerializer, responses={201: None})
    @proposal.mapping.post
    def put_together(self, request: ApiRequest) -> Response:
        """Make these groups, all or, with 409, none; for admins. Everybody in them is told."""
        cohort, data = self._whole(PutTogetherSerializer(data=request.data))
        chosen = {pk for people in data["groups"].values() for pk in people}
        seats = cohort.memberships.mentees().select_related("person").in_bulk(list(chosen))
        if len(seats) < len(chosen):
            raise serializers.ValidationError({"groups": ["Only mentees of this cohort can be in its groups."]})
        groups = {name: [seats[pk] for pk in people] for name, people in data["groups"].items()}
        put_all_together(cohort=cohort, kind=data["kind"], groups=groups, by=request.user)
        return Response(status=201)
