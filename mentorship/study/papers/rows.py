"""Papers as pages show them, every value ready to print."""

from datetime import datetime
from typing import Any

from mentorship.common.times import time_html
from mentorship.study.papers.models import PaperPass, Reading
from mentorship.study.papers.passes import PASSES

BADGES = {
    "to_read": "", "first": "accent", "second": "accent", "third": "accent", "done": "good", "aside": "",
}  # fmt: skip
FEW_AUTHORS = 3


def few(authors: str) -> str:
    """The first three of them."""
    names = [name.strip() for name in authors.split(",") if name.strip()]
    return ", ".join(names[:FEW_AUTHORS]) + (" and others" if len(names) > FEW_AUTHORS else "")


def described(reading: Reading) -> dict[str, Any]:
    """What is known of the paper: by hand first, else what was fetched, else its number."""
    paper = reading.paper
    authors = reading.authors or paper.authors
    year = reading.year or paper.year
    return {
        "title": str(reading), "authors": authors, "few": few(authors), "year": year, "venue": paper.venue,
        "name": paper.name, "link": reading.link, "unnamed": not (reading.title or paper.title),
    }  # fmt: skip


def listed(readings: list[Reading], now: datetime) -> list[dict[str, Any]]:
    return [
        described(row) | {
            "url": f"/study/papers/{row.pk}/", "state": row.get_state_display(), "badge": BADGES[row.state],
            "since": time_html(row.state_since, now),
        }
        for row in readings
    ]  # fmt: skip


def passes(reading: Reading, forms: dict[int, Any], rows: dict[int, PaperPass]) -> list[dict[str, Any]]:
    """The three of them: how far each is, and its form."""
    here = {"first": 1, "second": 2, "third": 3}.get(reading.state, 0)
    return [
        {
            "of": one, "form": forms[one.number], "row": rows.get(one.number), "here": one.number == here,
            "open": one.number == here or forms[one.number].is_bound,
            "done": len(rows[one.number].ticked) if one.number in rows else 0, "all": len(one.items),
        }
        for one in PASSES
    ]  # fmt: skip
