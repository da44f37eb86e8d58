"""What of the library is shown, and in which order: the same for page and API."""

from typing import Any

from mentorship.study.library.choices import LEVELS, Cost, Kind, Topic
from mentorship.study.library.models import ResourceQuerySet

FIELDS = ("topic", "kind", "level", "cost")
TITLE, RATING, MATCH = "title", "rating", "match"
SORTS = [(MATCH, "Best match"), (RATING, "Rating"), (TITLE, "Title")]
CHOICES: dict[str, list[tuple[Any, str]]] = {
    "topic": list(Topic.choices),
    "kind": list(Kind.choices),
    "level": list(LEVELS.items()),
    "cost": list(Cost.choices),
}


def filtered(rows: ResourceQuerySet, asked: dict[str, Any]) -> ResourceQuerySet:
    """`rows` by the checked values of `asked`: q, topic, kind, level, cost, source (its key), sort; '' for any."""
    words, sort = asked.get("q") or "", asked.get("sort") or ""
    rows = rows.filter(**{name: asked[name] for name in FIELDS if asked.get(name)})
    if asked.get("source"):
        rows = rows.filter(sources__key=asked["source"])
    if words:
        rows = rows.holding(words)
    if sort == TITLE or (sort != RATING and not words):
        return rows.order_by("title", "pk")
    return rows.best_first() if sort == RATING else rows.order_by("-rank", "title", "pk")  # type: ignore[misc]
