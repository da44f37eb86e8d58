"""What a mentee sees first: the next thing to do, and who waits for whom."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from blog.goal import DONE, Written, goal_from
from mentorship.cohorts.own_time import Why
from mentorship.common.times import exact, time_html
from mentorship.home.facts import Facts
from mentorship.home.next import Known, Step, next_steps
from mentorship.study.quick import QuickLog


@dataclass(frozen=True)
class Mentee:
    steps: list[Step]  # the next thing to do, and two others
    places: list[dict[str, Any]]
    work: list[dict[str, Any]]
    quick: QuickLog
    weak: dict[str, Any] | None = None
    due: list[dict[str, Any]] = field(default_factory=list)

    @property
    def others(self) -> list[Step]:
        return self.steps[1:]


def mentee_section(facts: Facts, at: datetime) -> Mentee | None:
    """The section, or None for who is a mentee nowhere."""
    if not facts.seats:
        return None
    places = [place_of(seat, at) for seat in facts.seats]
    work = [work_row(row, at) for row in facts.work]
    due = [due_row(row, at) for row in facts.due]
    return Mentee(
        next_steps(Known(facts, places, work, due, at)), places, work, QuickLog(facts.streak, facts.timer), facts.weak,
        due,
    )  # fmt: skip


def place_of(seat: dict[str, Any], at: datetime) -> dict[str, Any]:
    """One cohort, with the state of its stream and of the blog goal."""
    progress, post = seat["progress"], seat["post"]
    goal = goal_from(
        date.fromisoformat(seat["starts_on"]),
        datetime.fromisoformat(seat["joined_at"]),
        seat["timezone"],
        Written(post["id"], post["title"], post["state"]) if post else None,
        at,
    )
    following = progress["next"]
    return {
        "name": seat["cohort"],
        "url": f"/cohorts/{seat['slug']}/",
        "stream": f"Stream {seat['number']}: {seat['stream']}",
        "stream_url": f"/streams/{seat['key']}/",
        "number": seat["number"],
        # Texts: a template asks for each number how it is written here.
        "done": str(progress["done"]),
        "required": str(progress["required"]),
        "hours_left": str(round(Decimal(str(progress["hours_left"])))) if progress["hours_left"] else "",
        "id": f"home-place-{seat['key']}-{seat['slug']}",
        "next": (following[2], f"/streams/{seat['key']}/items/{following[1]}/") if following else None,
        "goal": goal,
        "goal_url": f"/blog/{goal.post.pk}/edit/" if goal.post and goal.state != DONE else "/blog/board/",
    }


def work_row(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Work that is under way, with whose move it is."""
    return {
        "title": row["title"],
        "url": f"/submissions/{row['pk']}/",
        "project": row["project"],
        "round": row["round"],
        "mine": row["state"] == "awaiting_mentee",
        "since": time_html(datetime.fromisoformat(row["since"]), at),
    }


def due_row(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    moment, plain = (datetime.fromisoformat(row[name]) for name in ("due_at", "all_at"))
    until, until_at = (datetime.fromisoformat(row[name]) if row[name] else None for name in ("until", "until_at"))
    why = str(Why.of(plain, moment, until, until_at))
    return row | {
        "moment": moment,
        "when": time_html(moment, at),
        "exact": exact(moment),
        "late": moment < at,
        "why": why,
    }
