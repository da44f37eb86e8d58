"""What people of the running cohort made of the library: stars, notes, lists, a roadmap, and what Mateo recommends."""

from datetime import datetime, timedelta
from typing import Any

from mentorship.people.models import User
from mentorship.study.library.models import Annotation, ListEntry, Rating, Resource, Roadmap
from mentorship.study.library.models.recommendation import recommend

NOTES = [
    ("chiara", "Read it with a notebook open, and **do** the exercises: half of what it says is in them."),
    ("dmitri", "The first third was enough for my project. I came back for the rest a month later."),
]
SUGGESTED: dict[str, Any] = {
    "url": "https://scikit-learn.org/stable/common_pitfalls.html",
    "title": "Common pitfalls and recommended practices",
    "author": "The scikit-learn developers",
    "kind": "documentation",
    "topic": "classical",
    "level": 2,
    "cost": "free",
    "about": "Two pages on leaking data and on random states. I wish that I had read them before my first project.",
}


def make_library(people: dict[str, User], now: datetime) -> None:
    """Nothing where the library is not loaded."""
    shown = list(
        Resource.objects.listed().filter(kind__in=["book", "course"]).exclude(url="").order_by("level", "key")[:6]
    )
    if not shown:
        return
    amara, mentor = people["amara"], people["mateo"]
    for place, resource in enumerate(shown):
        for name in ("amara", "chiara", "dmitri", "esi")[: 4 - place // 2]:
            Rating.give(
                resource, by=people[name], stars=5 - (place + len(name)) % 3, at=now - timedelta(days=9 + place)
            )
    for name, text in NOTES:
        Annotation.write(shown[0], by=people[name], text=text, at=now - timedelta(days=8))
    for resource, state in zip(shown, ("reading", "done", "to_read", "to_read"), strict=False):
        ListEntry.put(resource, by=amara, state=state, at=now - timedelta(days=6))
    recommend(
        shown[0], by=mentor, to=[amara], note="Chapter 2 before our next meeting; skip the appendix.",
        at=now - timedelta(days=5),
    )  # fmt: skip
    roadmap = Roadmap.objects.published().first()
    if roadmap is not None:
        for step in roadmap.steps.filter(retired_at=None).order_by("position")[:2]:
            step.mark(by=amara, done=True, at=now - timedelta(days=4))
    Resource.suggest(by=people["esi"], at=now - timedelta(days=1), **SUGGESTED)
