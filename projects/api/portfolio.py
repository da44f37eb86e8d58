"""`/api/v1/portfolio/`, `portfolio-projects/`, `other-works/`: one's own portfolio, as the pages have it."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView

from mentorship.people.requests import ApiRequest
from projects.models import OtherWork, Portfolio, PortfolioProject, Submission
from projects.models.portfolio_project import SUMMARY
from projects.portfolio.pages import score_for, works_of
from projects.portfolio.steps import cheapest
from projects.portfolio.tables import tables

ID = OpenApiParameter("id", int, OpenApiParameter.PATH)
TABLES = list(tables())


class PortfolioSerializer(serializers.ModelSerializer[Portfolio]):
    """`version`: when it is sent, what was saved meanwhile is not overwritten (409)."""

    aims_at = serializers.ChoiceField(TABLES)
    address = serializers.SerializerMethodField()

    class Meta:
        model = Portfolio
        fields = ["visibility", "about", "shows_posts", "shows_score", "aims_at", "version", "address"]
        extra_kwargs = {"version": {"min_value": 0, "max_value": 10**9}}

    def get_address(self, row: Portfolio) -> str:
        return row.get_absolute_url()


class PortfolioView(APIView):
    """One's own portfolio. Nobody else sees it unless `visibility` says so."""

    @extend_schema(responses=PortfolioSerializer)
    def get(self, request: ApiRequest) -> Response:
        return Response(PortfolioSerializer(Portfolio.of(request.user)).data)

    @extend_schema(request=PortfolioSerializer, responses=PortfolioSerializer)
    def patch(self, request: ApiRequest) -> Response:
        row = Portfolio.of(request.user)
        said = PortfolioSerializer(row, data=request.data, partial=True)
        said.is_valid(raise_exception=True)
        row.change(by=request.user, **said.validated_data)
        return Response(PortfolioSerializer(row).data)


class ScoreLineSerializer(serializers.Serializer[Any]):
    work = serializers.CharField(source="work.title")
    kind = serializers.CharField(source="kind.key")
    base_points = serializers.IntegerField(source="kind.points")
    factors = serializers.SerializerMethodField()
    points = serializers.IntegerField()

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_factors(self, line: Any) -> dict[str, int]:
        return {factor.key: factor.factor for factor in line.factors}


class StepSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    what = serializers.CharField()
    hours = serializers.IntegerField()
    total = serializers.IntegerField()


class ShownScoreSerializer(serializers.Serializer[Any]):
    """The sum, line by line."""

    table = serializers.CharField(source="table.key")
    total = serializers.IntegerField()
    reached = serializers.CharField(source="level", allow_blank=True)
    lines = ScoreLineSerializer(many=True)


class ScoreOfPortfolioSerializer(ShownScoreSerializer):
    """The sum line by line, and the cheapest steps to the next threshold (hours are an estimate)."""

    hireable = serializers.IntegerField(source="table.hireable")
    competitive = serializers.IntegerField(source="table.competitive")
    next_steps = serializers.SerializerMethodField()

    @extend_schema_field(StepSerializer(many=True))
    def get_next_steps(self, score: Any) -> list[dict[str, Any]]:
        plan = cheapest(score)
        return list(StepSerializer(plan.steps, many=True).data) if plan else []


class PortfolioScoreView(APIView):
    """One's own score in one of the tables."""

    @extend_schema(parameters=[OpenApiParameter("table", str, enum=TABLES)], responses=ScoreOfPortfolioSerializer)
    def get(self, request: ApiRequest) -> Response:
        row = Portfolio.of(request.user)
        key = request.query_params.get("table", row.table.key)
        if key not in tables():
            raise serializers.ValidationError({"table": [f"One of {', '.join(TABLES)}."]})
        return Response(ScoreOfPortfolioSerializer(score_for(tables()[key], works_of(row))).data)


class TickSerializer(serializers.Serializer[Any]):
    """What a work is in one table ('' counts it no more), and those facts of the table that hold."""

    table = serializers.ChoiceField(TABLES)
    kind = serializers.CharField(allow_blank=True, max_length=40)
    facts = serializers.ListField(child=serializers.CharField(max_length=40), max_length=20)


class Ticked(viewsets.GenericViewSet[Any]):
    """What a work counts in the score is said in the same way for both kinds of works."""

    @extend_schema(request=TickSerializer, parameters=[ID])
    @action(detail=True, methods=["post"])
    def tick(self, request: ApiRequest, pk: str = "") -> Response:
        work = self.get_object()
        said = TickSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        table = tables()[said.validated_data["table"]]
        facts = set(said.validated_data["facts"])
        work.tick(by=request.user, table=table, kind=said.validated_data["kind"], facts=facts)
        return Response(self.get_serializer(work).data)


class PortfolioProjectSerializer(serializers.ModelSerializer[PortfolioProject]):
    kinds = serializers.DictField(child=serializers.CharField(), read_only=True)
    facts = serializers.ListField(child=serializers.CharField(), read_only=True)
    address = serializers.SerializerMethodField()

    class Meta:
        model = PortfolioProject
        written = ["title", *SUMMARY, "link", "write_up", "shown", "version"]
        fields = ["id", "submission", "slug", "position", *written, "write_up_html", "kinds", "facts", "address"]
        read_only_fields = ["submission", "slug", "position", "write_up_html"]
        extra_kwargs = {"version": {"min_value": 0, "max_value": 10**9}}

    def get_address(self, row: PortfolioProject) -> str:
        return row.get_absolute_url()


class AddSerializer(serializers.Serializer[Any]):
    submission = serializers.IntegerField(min_value=1, max_value=2**62)


class MoveSerializer(serializers.Serializer[Any]):
    places = serializers.IntegerField(min_value=-1000, max_value=1000)


class PortfolioProjectViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, Ticked, viewsets.GenericViewSet[PortfolioProject]
):
    """The accepted projects on one's own portfolio, in their order."""

    serializer_class = PortfolioProjectSerializer
    queryset = PortfolioProject.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[PortfolioProject]:
        if not self.request.user.is_authenticated:
            return PortfolioProject.objects.none()
        rows = PortfolioProject.objects.of(self.request.user).select_related("portfolio__person")
        return rows.order_by("position", "pk")

    @extend_schema(request=AddSerializer, responses={201: PortfolioProjectSerializer})
    def create(self, request: ApiRequest) -> Response:
        said = AddSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        found = get_object_or_404(Submission.objects.accepted_of(request.user), pk=said.validated_data["submission"])
        row = PortfolioProject.add(found, by=request.user)
        return Response(self.get_serializer(row).data, status=201)

    @extend_schema(parameters=[ID])
    def partial_update(self, request: ApiRequest, pk: str = "") -> Response:
        row = self.get_object()
        said = self.get_serializer(row, data=request.data, partial=True)
        said.is_valid(raise_exception=True)
        row.change(by=request.user, **said.validated_data)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=MoveSerializer, parameters=[ID])
    @action(detail=True, methods=["post"])
    def move(self, request: ApiRequest, pk: str = "") -> Response:
        """Down the page by `places`, or up by a negative number, as far as there are others."""
        said = MoveSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        self.get_object().move(by=request.user, places=said.validated_data["places"])
        return Response(self.get_serializer(self.get_object()).data)


class OtherWorkSerializer(serializers.ModelSerializer[OtherWork]):
    kinds = serializers.DictField(child=serializers.CharField(), read_only=True)
    facts = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = OtherWork
        fields = ["id", "title", "kinds", "facts"]


class OtherWorkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Ticked, viewsets.GenericViewSet[OtherWork]):
    """Works from outside of the program that count in one's score."""

    serializer_class = OtherWorkSerializer
    queryset = OtherWork.objects.none()
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[OtherWork]:
        if not self.request.user.is_authenticated:
            return OtherWork.objects.none()
        return OtherWork.objects.filter(portfolio__person=self.request.user).order_by("pk")

    @extend_schema(responses={201: OtherWorkSerializer})
    def create(self, request: ApiRequest) -> Response:
        said = self.get_serializer(data=request.data)
        said.is_valid(raise_exception=True)
        row = OtherWork.add(by=request.user, title=said.validated_data["title"])
        return Response(self.get_serializer(row).data, status=201)

    @extend_schema(parameters=[ID])
    def destroy(self, request: ApiRequest, pk: str = "") -> Response:
        self.get_object().remove(by=request.user)
        return Response(status=204)
