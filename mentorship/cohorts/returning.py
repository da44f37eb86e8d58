"""Who has left an earlier cohort of the stream, why, and whether they apply here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from mentorship.cohorts.models import Application, Cohort, Departure


class Returning(NamedTuple):
    """One row: `asked` is the state of their application, '' without one."""

    name: str
    cohort: str
    kind: str
    text: str
    left_at: datetime
    door_open: bool
    asked: str


def departed(cohort: Cohort) -> QuerySet[Departure]:
    """The latest first."""
    rows = Departure.objects.of_stream(cohort).select_related("membership__person", "membership__cohort")
    return rows.order_by("-created_at", "-pk")


def returned(cohort: Cohort, rows: Iterable[Departure]) -> list[Returning]:
    """`rows` with what they ask for here; one query."""
    found = list(rows)
    applications = Application.objects.filter(cohort=cohort, person__in=[row.membership.person_id for row in found])
    asked: dict[Any, str] = dict(applications.order_by("pk").values_list("person", "state"))
    return [
        Returning(
            row.membership.person.name, row.membership.cohort.name, row.kind, row.text, row.created_at, row.door_open,
            asked.get(row.membership.person_id, ""),
        )
        for row in found
    ]  # fmt: skip
