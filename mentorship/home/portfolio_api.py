"""`/api/v1/portfolios/<handle>/`: portfolios as others read them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import AllowAny

from blog.posts import posts_published_by
from mentorship.home.portfolio import POSTS, shown_projects
from mentorship.people.models import HANDLE
from projects.api.portfolio import ShownScoreSerializer
from projects.models import Portfolio, PortfolioProject
from projects.portfolio.pages import score_for, works_of


class ShownProjectSerializer(serializers.ModelSerializer[PortfolioProject]):
    project = serializers.CharField(source="submission.project.key")
    accepted_at = serializers.DateTimeField(source="submission.accepted_at")
    rounds = serializers.IntegerField(source="submission.rounds_count")
    address = serializers.SerializerMethodField()

    class Meta:
        model = PortfolioProject
        fields = [
            "title",
            "slug",
            "why",
            "what",
            "data",
            "result",
            "link",
            "project",
            "accepted_at",
            "rounds",
            "address",
        ]
        read_only_fields = fields

    def get_address(self, row: PortfolioProject) -> str:
        return row.get_absolute_url()


class ShownPostSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    slug = serializers.CharField()
    teaser = serializers.CharField()


class PublicPortfolioSerializer(serializers.ModelSerializer[Portfolio]):
    handle = serializers.CharField(source="person.handle")
    name = serializers.CharField(source="person.name")
    headline = serializers.CharField(source="person.headline")
    projects = serializers.SerializerMethodField()
    posts = serializers.SerializerMethodField()
    score = serializers.SerializerMethodField()

    class Meta:
        model = Portfolio
        fields = ["handle", "name", "headline", "about_html", "projects", "posts", "score"]
        read_only_fields = fields

    @extend_schema_field(ShownProjectSerializer(many=True))
    def get_projects(self, row: Portfolio) -> Any:
        return ShownProjectSerializer(shown_projects(row), many=True).data

    @extend_schema_field(ShownPostSerializer(many=True))
    def get_posts(self, row: Portfolio) -> Any:
        posts = posts_published_by(row.person)[:POSTS] if row.shows_posts else []
        return ShownPostSerializer(posts, many=True).data

    @extend_schema_field(ShownScoreSerializer(allow_null=True))
    def get_score(self, row: Portfolio) -> Any:
        """null unless its owner shows it."""
        return ShownScoreSerializer(score_for(row.table, works_of(row))).data if row.shows_score else None


class PublicPortfolioViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet[Portfolio]):
    """Those that one may open. There is no list of them."""

    permission_classes = [AllowAny]
    serializer_class = PublicPortfolioSerializer
    queryset = Portfolio.objects.none()
    lookup_field = "person__handle"
    lookup_url_kwarg = "handle"
    lookup_value_regex = HANDLE.pattern.strip("^$")

    def get_queryset(self) -> QuerySet[Portfolio]:
        return Portfolio.objects.visible_to(self.request.user).select_related("person")
