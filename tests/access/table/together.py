"""Being together in a cohort: for its members; a pause for who takes it and admins."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, mentee, own

OWN = ADMIN | {"mentee": "in"}
ONLY = {"rest": "404", "visitor": "login", "mentee": "in"}


def departed(w):
    return [w.other_cohort.slug, w.departure.membership_id]


ROWS = [
    row("cohorts:pause", "GET", mentee, **OWN),
    row("cohorts:pause", "POST", mentee, **OWN),
    row("cohorts:end_pause", "POST", mentee, **OWN),
    row("cohorts:leaving", "GET", mentee, **ONLY),
    row("cohorts:leaving", "POST", mentee, **ONLY),
    row("cohorts:left", "GET", departed, **ONLY),
    row("cohorts:returning", "GET", own, **ADMIN),
]
