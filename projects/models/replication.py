"""The paper that a round replicates, and its figures. Handed in with the round, and never changed."""

from django.db import models
from django.db.models import Q

from projects.models.round import Round
from projects.papers import Paper


class Replication(models.Model):
    """What one round says of its paper."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="replication")
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=300)
    code_url = models.URLField(max_length=300, blank=True)
    seeds = models.CharField(max_length=200, blank=True)
    compute = models.CharField(max_length=300, blank=True)
    deviations = models.TextField(blank=True, max_length=10_000)
    deviations_html = models.TextField(blank=True, editable=False)
    ideas = models.TextField(blank=True, max_length=10_000, help_text="For the project that builds upon it.")
    ideas_html = models.TextField(blank=True, editable=False)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def keep(cls, round: Round, paper: Paper) -> None:
        """Write down what `round` says of its paper; part of the hand-in's transaction."""
        deviations, ideas = paper.rendered()
        names = ("title", "url", "code_url", "seeds", "compute", "deviations", "ideas")
        said = {name: getattr(paper, name) for name in names}
        row = cls.objects.create(round=round, deviations_html=deviations, ideas_html=ideas, **said)
        PaperFigure.objects.bulk_create(
            PaperFigure(replication=row, position=place, **vars(figure))
            for place, figure in enumerate(paper.figures, 1)
        )


class PaperFigure(models.Model):
    """One number that the paper claims, and what came of it."""

    replication = models.ForeignKey(Replication, models.PROTECT, related_name="figures")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    claimed = models.DecimalField(max_digits=16, decimal_places=6)
    reproduced = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    spread = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    lower_is_better = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint("replication", "position", name="paper_figure_position"),
            models.CheckConstraint(
                condition=Q(spread=None) | Q(spread__gte=0, reproduced__isnull=False), name="paper_figure_spread_of"
            ),
        ]

    def __str__(self) -> str:
        return self.name
