"""Matching: for admins; what people say of themselves, for themselves."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, own

VERBS = ("propose", "solve", "place", "release", "apply_proposal", "discard")

ROWS = [
    row("cohorts:proposal", "GET", own, **ADMIN),
    *[row(f"cohorts:{verb}", "POST", own, **ADMIN) for verb in VERBS],
]
