"""Meetings: read and written in by the cohort's members, arranged by admins, kept by who leads them."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, MEMBERS, meeting, own

# The world's meeting is led by its mentor.
KEPT = ADMIN | {"mentor": "in"}


def action(w):
    """The mentee's, written down by the mentor."""
    return [w.cohort.slug, w.action.pk]


ROWS = [
    row("cohorts:attendance", "POST", meeting, **KEPT),
    row("cohorts:excuse", "POST", meeting, **MEMBERS),
    row("cohorts:come", "POST", meeting, **MEMBERS),
    row("cohorts:add_action", "POST", meeting, **MEMBERS),
    row("cohorts:action", "GET", action, **(KEPT | {"mentee": "in"})),
    row("cohorts:action", "POST", action, **(KEPT | {"mentee": "in"})),
    row("cohorts:tick_action", "POST", action, **(ADMIN | {"mentee": "in"})),
    row("cohorts:drop_action", "POST", action, **(KEPT | {"mentee": "in"})),
    row("cohorts:series", "GET", own, **ADMIN),
    row("cohorts:series", "POST", own, **ADMIN),
    row("cohorts:fill_turns", "POST", own, **ADMIN),
    row("cohorts:notes", "GET", meeting, **MEMBERS),
    row("cohorts:notes", "POST", meeting, **MEMBERS),
    row("cohorts:agenda", "GET", meeting, **MEMBERS),
    row("cohorts:agenda", "POST", meeting, **MEMBERS),
    row("cohorts:notes_history", "GET", meeting, **MEMBERS),
    row("cohorts:agenda_history", "GET", meeting, **MEMBERS),
    row("cohorts:close_minutes", "POST", meeting, **KEPT),
    row("cohorts:reopen_minutes", "POST", meeting, **ADMIN),
]
