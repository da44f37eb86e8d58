"""Apprentices: named by admins; what they have signed is read by who countersigns, and by nobody else."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, own


def theirs(w):
    return [w.cohort.slug, w.apprenticeship.pk]


def one(w):
    return [w.apprenticeship.pk]


def signed(w):
    return [w.signed.round_id]


COUNTERSIGNER = {"rest": "404", "visitor": "login", "mentor": "in"}
API = {"rest": "404", "visitor": "401"}
COHORT = {"cohort": lambda w: w.cohort.slug}

ROWS = [
    row("cohorts:apprentices", "GET", own, **ADMIN),
    row("cohorts:take_apprentice", "POST", own, **ADMIN),
    row("cohorts:name_countersigner", "POST", theirs, **ADMIN),
    row("cohorts:end_apprenticeship", "POST", theirs, **ADMIN),
    row("projects:countersign", "GET", signed, **COUNTERSIGNER),
    row("projects:countersign", "POST", signed, **COUNTERSIGNER),
    row("projects:return_review", "POST", signed, **COUNTERSIGNER),
    row("api:apprentice-list", "GET", visitor="401"),
    row("api:apprentice-list", "POST", **(API | {"admin": "in"})),
    row("api:apprentice-detail", "GET", one, **(API | {"mentor": "in", "admin": "in"})),
    row("api:apprentice-graduates", "GET", **API),
    row("api:apprentice-name", "POST", one, **(API | {"admin": "in"})),
    row("api:apprentice-end", "POST", one, **(API | {"admin": "in"})),
    row("api:queue-to-countersign", "GET", visitor="401"),
    row("api:round-countersign", "GET", signed, **(API | {"mentor": "in"})),
    row("api:round-countersign", "POST", signed, **(API | {"mentor": "in"})),
    row("api:round-return", "POST", signed, **(API | {"mentor": "in"})),
]
