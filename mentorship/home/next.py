"""What to do next: one thing and why, then two others.

Each source gives candidates from what home knows already; who has another kind of thing to do writes one function and
puts it into `BY_PRIORITY`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mentorship.home.facts import Facts
from mentorship.study.plan.slots import What

SOON = timedelta(days=3)  # before which something due comes first
EARLY = 15  # minutes before a slot of the plan begins
# Where a slot of the plan leads that is for no item; the others to the timer.
PLACES = {"papers": ("/study/papers/", "Open your papers"), "exercises": ("/study/practice/", "Practise")}
SHOWN = 3


@dataclass(frozen=True)
class Step:
    """One thing to do, and why it is that."""

    title: str
    url: str
    why: str
    action: str


@dataclass(frozen=True)
class Known:
    """What home knows of a mentee; rows as `sections/mentee.py` makes them."""

    facts: Facts
    places: list[dict[str, Any]]
    work: list[dict[str, Any]]
    due: list[dict[str, Any]]
    at: datetime


Source = Callable[[Known], Iterable[Step]]


def asked_for_changes(known: Known) -> Iterator[Step]:
    """Somebody waits for them."""
    for row in known.work:
        if row["mine"]:
            why = "Your mentor asked for changes; the next round is yours."
            yield Step(f"Answer the review of “{row['title']}”", row["url"], why, "Read the review")


def due_soon(known: Known) -> Iterator[Step]:
    for row in known.due:
        if row["moment"] - known.at <= SOON:
            why = "Its date has passed; handing it in still counts." if row["late"] else f"Due {row['exact']}"
            yield Step(f"Hand in {row['title']}", row["url"], why, "Open it")


def called_questions(known: Known) -> Iterator[Step]:
    """A review or an interview found them weak, and they were not practised since."""
    if count := known.facts.practice["called"]:
        title = "Practise a weak question" if count == 1 else f"Practise {count} weak questions"
        why = known.facts.practice["reason"] or "A review or an interview asked for it."
        yield Step(title, "/study/practice/", why, "Practise")


def planned_now(known: Known) -> Iterator[Step]:
    """The slot of the plan that goes on or is about to begin; nothing while the timer runs."""
    if known.facts.timer:
        return
    local = known.facts.local
    minute = local.hour * 60 + local.minute
    for slot in known.facts.plan:
        if slot["begins"] - EARLY <= minute < slot["begins"] + slot["minutes"]:
            why = f"In your plan until {clock_text(slot['begins'] + slot['minutes'])}"
            if slot["item"]:
                yield Step(slot["item"], f"/streams/{slot['stream']}/items/{slot['key']}/", why, "Open it")
            else:
                url, action = PLACES.get(slot["what"], ("/study/timer/", "Start the timer"))
                yield Step(str(What(slot["what"]).label), url, why, action)


def due_questions(known: Known) -> Iterator[Step]:
    if count := known.facts.practice["due"] - known.facts.practice["called"]:
        title = "Practise one question" if count == 1 else f"Practise {count} questions"
        yield Step(title, "/study/practice/", "They come back today, before you forget them.", "Practise")


def next_items(known: Known) -> Iterator[Step]:
    for place in known.places:
        if place["next"]:
            title, url = place["next"]
            yield Step(title, url, f"Next in {place['stream']}", "Open it")


def weak_question(known: Known) -> Iterator[Step]:
    if weak := known.facts.weak:
        yield Step(
            f"“{weak['question']}”", f"/why/#{weak['key']}", "A review found this answer weak.", "See what helps"
        )


def due_later(known: Known) -> Iterator[Step]:
    for row in known.due:
        yield Step(f"Hand in {row['title']}", row["url"], f"Due {row['exact']}", "Open it")


def first_post(known: Known) -> Iterator[Step]:
    for place in known.places:
        if place["goal"].state not in ("done", "in_editing"):
            yield Step("Write your first post", place["goal_url"], "Each mentee publishes one.", "Go on writing")


def planned_later(known: Known) -> Iterator[Step]:
    local = known.facts.local
    for slot in known.facts.plan:
        if slot["begins"] > local.hour * 60 + local.minute:
            title = slot["item"] or str(What(slot["what"]).label)
            yield Step(title, "/study/plan/", f"In your plan today at {clock_text(slot['begins'])}", "See the plan")


BY_PRIORITY: tuple[Source, ...] = (
    asked_for_changes,
    due_soon,
    called_questions,
    planned_now,
    due_questions,
    next_items,
    weak_question,
    first_post,
    planned_later,
    due_later,
)


def next_steps(known: Known) -> list[Step]:
    """The first is the one next thing; the others, from other sources as far as there are any, stand beside it."""
    found: list[Step] = []
    spare: list[Step] = []
    for source in BY_PRIORITY:
        for number, step in enumerate(source(known)):
            (found if not number else spare).append(step)
    steps: dict[str, Step] = {}
    for step in [*found, *spare]:
        steps.setdefault(step.url, step)
    return list(steps.values())[:SHOWN]


def clock_text(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
