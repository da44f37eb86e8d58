"""What the page of a proposal shows: rows of mentees with a choice of mentor each, and the mentors' load as bars."""

from dataclasses import dataclass
from html import escape
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.utils.safestring import SafeString

from mentorship.cohorts.matching.pairing import FOR_STAYING, MOST_POINTS
from mentorship.cohorts.models import Cohort, Proposal
from mentorship.cohorts.models.proposal import outcome_of
from mentorship.common.pages import paginate
from mentorship.people.requests import Request

PAGE = 50
SHOWN = {"": "All", "alone": "Without a mentor", "hand": "Chosen by hand"}
ALONE, CHANGES = Q(mentor=None, before=None), Q(mentor__isnull=False, before__isnull=False) & ~Q(mentor=F("before"))
ARRIVES = Q(mentor__isnull=False) & (Q(before=None) | CHANGES)
BADGES = {"stays": ("Stays", "good"), "changes": ("Changes", "warn")}


@dataclass(frozen=True)
class Load:
    """A mentor's bar: what they have, and what the proposal adds."""

    pk: int
    name: str
    load: int
    capacity: int
    added: int

    @property
    def full(self) -> bool:
        return self.load + self.added >= self.capacity

    @property
    def over(self) -> bool:
        return self.load + self.added > self.capacity

    @property
    def said(self) -> str:
        both = f"{self.load} + {self.added}" if self.added else str(self.load)
        return f"{both} of {self.capacity}"

    @property
    def widths(self) -> tuple[int, int]:
        """Of 100: what they have, what is added."""
        most = max(self.capacity, self.load + self.added, 1)
        return 100 * self.load // most, 100 * self.added // most


def proposal_context(request: Request, cohort: Cohort, row: Proposal) -> dict[str, Any]:
    """Everything of the open proposal `row`; seven queries, however many people."""
    shown = request.GET.get("show", "")
    labels = SHOWN | ({"changes": "Change their mentor"} if row.everyone else {})
    shown = shown if shown in labels else ""
    counts = row.pairs.aggregate(
        mentees=Count("pk"), paired=Count("pk", filter=ARRIVES), hand=Count("pk", filter=Q(pinned=True)),
        total=Sum("points"), mentors=Count("mentor", distinct=True, filter=ARRIVES), alone=Count("pk", filter=ALONE),
        changes=Count("pk", filter=CHANGES),
    )  # fmt: skip
    changing = counts.pop("changes")
    bars = loads(cohort, row)
    choose = chooser(bars)
    pairs = row.pairs.order_by("mentee__person__name", "mentee")
    pairs = pairs.filter(ALONE) if shown == "alone" else pairs
    pairs = pairs.filter(CHANGES) if shown == "changes" else pairs
    pairs = pairs.filter(pinned=True) if shown == "hand" else pairs
    names = (
        "mentee", "mentee__person__name", "mentee__person__handle", "mentor", "points", "sentence", "pinned", "before",
        "before__person__name",
    )  # fmt: skip
    found = paginate(request, pairs.values_list(*names), PAGE)
    numbers = {"": counts["mentees"], "alone": counts["alone"], "hand": counts["hand"], "changes": changing}
    stamp = (("proposal", row.pk), ("version", row.version))
    return {
        "stamp": SafeString("".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in stamp)),
        "proposal": row, **counts, "total": counts["total"] or 0, "changing": changing, "bars": bars, "found": found,
        "shown": shown, "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "most_points": MOST_POINTS + (FOR_STAYING if row.everyone else 0),
        "stays": counts["mentees"] - counts["paired"] - counts["alone"],
        "tabs_of_rows": [(f"?show={key}" if key else "?", labels[key], numbers[key], key == shown) for key in labels],
        "rows": [
            {
                "pk": mentee, "name": name or handle, "mentor": mentor, "points": points, "sentence": sentence,
                "pinned": pinned, "options": choose(mentor, "Nobody" if before is None else "As it is"),
                "badge": BADGES.get(outcome_of(mentor, before)), "instead": instead if mentor != before else "",
            }
            for mentee, name, handle, mentor, points, sentence, pinned, before, instead in found
        ],
    }  # fmt: skip


def loads(cohort: Cohort, row: Proposal) -> list[Load]:
    """Every mentor of the cohort, and those of the proposal who have left, by name."""
    added = dict(row.pairs.filter(ARRIVES).order_by().values_list("mentor").annotate(Count("pk")))
    given_up = dict(row.pairs.filter(CHANGES).order_by().values_list("before").annotate(Count("pk")))
    there = Q(left_at=None, role="mentor", person__is_active=True) | Q(pk__in=row.pairs.values("mentor"))
    rows = cohort.memberships.filter(there).order_by("person__name", "pk")
    names = ("pk", "person__name", "person__handle", "load", "capacity")
    return [
        Load(pk, name or handle, load - given_up.get(pk, 0), capacity, added.get(pk, 0))
        for pk, name, handle, load, capacity in rows.values_list(*names)
    ]


def chooser(bars: list[Load]) -> Any:
    """A function that gives the options of a row's select. Written once: a page has fifty times sixty of them."""
    parts = {
        bar.pk: (f'<option value="{bar.pk}"', f">{escape(bar.name)} ({bar.load + bar.added} of {bar.capacity})")
        for bar in bars
    }
    plain = {key: begin + end for key, (begin, end) in parts.items()}
    whole = "".join(plain.values())

    def options(mentor: int | None, nobody: str) -> SafeString:
        if mentor is None:
            return SafeString(f'<option value="" selected>{nobody}{whole}')
        begin, end = parts[mentor]
        return SafeString(f'<option value="">{nobody}{whole.replace(plain[mentor], f"{begin} selected{end}", 1)}')

    return options
