"""Groups at `/api/v1/groups/`: the same querysets and verbs as their pages."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from mentorship.cohorts.api_club import Club
from mentorship.cohorts.api_partners import Partners
from mentorship.cohorts.models import Cohort, Group, GroupMember, Membership
from mentorship.people.models import User

NUMBER = r"[0-9]{1,18}"


class GroupMemberSerializer(serializers.ModelSerializer[GroupMember]):
    name = serializers.CharField(source="membership.person.name")

    class Meta:
        model = GroupMember
        fields = ["id", "membership", "name", "asked_at", "joined_at"]
        read_only_fields = fields


class GroupSerializer(serializers.ModelSerializer[Group]):
    cohort = serializers.CharField(source="cohort.slug")
    members = GroupMemberSerializer(many=True, source="present", help_text="Who is in it, or asked.")

    class Meta:
        model = Group
        fields = ["id", "cohort", "kind", "name", "made_at", "members"]
        read_only_fields = fields


class GroupInputSerializer(serializers.Serializer[Any]):
    """A new group. A mentee is in their own anyway and the others are asked; an admin's are in it at once."""

    cohort = serializers.SlugField(max_length=60)
    kind = serializers.ChoiceField(choices=Group.Kind.choices)
    name = serializers.CharField(max_length=60)
    people = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=10**18), max_length=20)


class InviteSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(min_value=1, max_value=10**18, help_text="The id of a mentee's membership.")


class GroupFilter(serializers.Serializer[Any]):
    cohort = serializers.SlugField(max_length=60, required=False)


def seats_of(cohort: Cohort, ids: list[int]) -> list[Membership]:
    found = list(cohort.memberships.mentees().filter(pk__in=ids).select_related("person").order_by("pk"))
    if len(found) != len(set(ids)):
        raise serializers.ValidationError({"people": ["Only mentees of this cohort can be in its groups."]})
    return found


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("cohort", str, description="The slug of one.")]))
class GroupViewSet(
    Partners, Club, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Group]
):  # fmt: skip
    """The groups of your cohorts, with whoever is in them or asked."""

    queryset = Group.objects.none()
    serializer_class = GroupSerializer
    permission_classes = [IsAuthenticated]
    lookup_value_regex = NUMBER

    def get_queryset(self) -> QuerySet[Group]:
        members = GroupMember.objects.filter(left_at=None).select_related("membership__person").order_by("pk")
        rows = Group.objects.visible_to(self.request.user).select_related("cohort")
        return rows.prefetch_related(Prefetch("members", members, to_attr="present")).order_by("-pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.action != "list":
            return queryset
        asked = GroupFilter(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        slug = asked.validated_data.get("cohort")
        return queryset.live().filter(**({"cohort__slug": slug} if slug else {}))  # type: ignore[attr-defined]

    @extend_schema(request=GroupInputSerializer, responses={201: GroupSerializer})
    def create(self, request: Request) -> Response:
        """Form a group of your cohort; as an admin, put one together."""
        asked = GroupInputSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        data, by = asked.validated_data, cast(User, request.user)
        cohorts = Cohort.objects.all() if by.is_admin else Cohort.objects.of(by)
        cohort = get_object_or_404(cohorts, slug=data["cohort"])
        seats = seats_of(cohort, data["people"])
        what = {"by": by, "cohort": cohort, "name": data["name"], "kind": data["kind"]}
        made = Group.put_together(people=seats, **what) if by.is_admin else Group.propose(others=seats, **what)
        return Response(GroupSerializer(self.get_queryset().get(pk=made.pk)).data, status=201)

    @extend_schema(request=None, responses=GroupSerializer)
    @action(detail=True, methods=["post"])
    def join(self, request: Request, pk: str) -> Response:
        """Say yes to being asked."""
        self.get_object().join(by=cast(User, request.user))
        return Response(GroupSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=GroupSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Say no to being asked."""
        self.get_object().decline(by=cast(User, request.user))
        return Response(GroupSerializer(self.get_object()).data)

    @extend_schema(request=InviteSerializer, responses=GroupSerializer)
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: str) -> Response:
        """Ask somebody to join; an admin's word puts them in."""
        found = self.get_object()
        asked = InviteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found.invite(seats_of(found.cohort, [asked.validated_data["membership"]])[0], by=cast(User, request.user))
        return Response(GroupSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=GroupSerializer)
    @action(detail=True, methods=["post"], url_path=rf"members/(?P<member>{NUMBER})/leave")
    def leave(self, request: Request, pk: str, member: str) -> Response:
        """End your own place in it; as an admin, anybody's."""
        by = cast(User, request.user)
        found = get_object_or_404(self.get_object().members.select_related("group", "membership__person"), pk=member)
        if not by.is_admin and found.membership.person_id != by.pk:
            raise Http404
        found.leave(by=by)
        return Response(GroupSerializer(self.get_object()).data)
