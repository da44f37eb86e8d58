"""A paper that was replicated: what it claims, what was reproduced, and the gap between the two."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from mentorship.common.rendering.markdown import render_markdown

HEADINGS = 4


@dataclass(frozen=True)
class Claimed:
    """One figure of the paper: its value there, what came out here (None: not reproduced), and how far that spreads."""

    name: str
    claimed: Decimal
    reproduced: Decimal | None = None
    spread: Decimal | None = None
    lower_is_better: bool = False


@dataclass(frozen=True)
class Paper:
    """What a round says of the paper that it replicates."""

    title: str
    url: str
    code_url: str = ""
    seeds: str = ""
    compute: str = ""
    deviations: str = ""
    ideas: str = ""
    figures: tuple[Claimed, ...] = ()

    def rendered(self) -> tuple[str, str]:
        """The HTML of the deviations and of the ideas."""
        deviations, ideas = (render_markdown(text, heading_level=HEADINGS) for text in (self.deviations, self.ideas))
        return deviations, ideas

    def said(self) -> str:
        """For the fingerprint of a hand-in."""
        return repr(astuple(self))


@dataclass(frozen=True)
class Row:
    """A figure as the table shows it."""

    name: str
    claimed: str
    reproduced: str
    gap: str
    relative: str
    tone: str
    verdict: str
    better: str


def number(value: Decimal) -> str:
    """Without the zeros that the database adds: 27.3, not 27.300000."""
    return f"{value.normalize():f}" if value else "0"


def row_of(figure: Any) -> Row:
    """`figure` has the fields of `Claimed`."""
    better = "lower is better" if figure.lower_is_better else "higher is better"
    claimed = number(figure.claimed)
    if figure.reproduced is None:
        return Row(figure.name, claimed, "", "", "", "", "Not reproduced", better)
    gap = figure.reproduced - figure.claimed
    shown = number(figure.reproduced) + (f" ± {number(figure.spread)}" if figure.spread else "")
    relative = f"{gap / abs(figure.claimed) * 100:+.1f} %" if figure.claimed else ""
    gained = -gap if figure.lower_is_better else gap
    if gap == 0:
        tone, verdict = "good", "The same"
    elif figure.spread and abs(gap) <= figure.spread:
        tone, verdict = "good", "Within the spread"
    elif gained > 0:
        tone, verdict = "good", "Better than claimed"
    else:
        tone, verdict = "warn", "Falls short"
    sign = "+" if gap > 0 else "−" if gap < 0 else ""
    return Row(
        figure.name, claimed, shown, f"{sign}{number(abs(gap))}", relative.replace("-", "−"), tone, verdict, better
    )


def summary(rows: Iterable[Row]) -> str:
    """'2 of 3 figures reproduced: 1 falls short, 1 was not reproduced.'"""
    rows = list(rows)
    good = sum(row.tone == "good" for row in rows)
    short = sum(row.tone == "warn" for row in rows)
    missing = len(rows) - good - short
    rest = [f"{short} fall{'s' if short == 1 else ''} short"] if short else []
    rest += [f"{missing} {'was' if missing == 1 else 'were'} not reproduced"] if missing else []
    said = f"{good} of {len(rows)} figure{'' if len(rows) == 1 else 's'} reproduced"
    return f"{said}: {', '.join(rest)}." if rest else f"{said}."


def attach(rounds: Iterable[Any]) -> None:
    """Give each round its `paper`, with the rows of its table; two queries for all of them."""
    from projects.models import PaperFigure, Replication

    rounds = list(rounds)
    rows = Replication.objects.filter(round__in=[round.pk for round in rounds])
    found = {row.round_id: row for row in rows.prefetch_related(Prefetch("figures", PaperFigure.objects.all()))}
    for round in rounds:
        round.paper = shown(found.get(round.pk))


def shown(replication: Any) -> dict[str, Any] | None:
    if replication is None:
        return None
    rows = [row_of(figure) for figure in replication.figures.all()]
    return {"of": replication, "rows": rows, "summary": summary(rows)}
