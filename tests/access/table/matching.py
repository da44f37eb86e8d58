"""Matching: for admins; what people say of themselves, for themselves."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, API, own
from tests.access.table.cohorts import assignment as pair


def said(w):
    return [w.wish.pk]


def proposed(w):
    return [w.proposal.pk]


MEMBERS = {"rest": "404", "visitor": "login", "mentee": "in", "other_mentee": "in", "mentor": "in"}
VERBS = ("propose", "solve", "place", "release", "apply_proposal", "discard")
PROPOSAL = ("place", "release", "solve", "apply", "discard")

ROWS = [
    row("cohorts:proposal", "GET", own, **ADMIN),
    *[row(f"cohorts:{verb}", "POST", own, **ADMIN) for verb in VERBS],
    row("api:availability", "GET", visitor="401"),
    row("api:availability", "PUT", visitor="401"),
    row("api:wish-list", "GET", visitor="401"),
    row("api:wish-list", "POST", visitor="401"),
    row("api:wish-detail", "GET", said, **(API | {"mentee": "in"})),
    row("api:wish-detail", "DELETE", said, **(API | {"mentee": "in", "admin": "404"})),
    row("api:proposal-list", "GET", visitor="401"),
    row("api:proposal-list", "POST", **API),
    row("api:proposal-detail", "GET", proposed, **API),
    *[
        row(f"api:proposal-{verb}", "POST", proposed, **API)
        for verb in ("place", "release", "solve", "apply", "discard")
    ],
    row("api:assignment-summary", "POST", lambda w: [w.assignment.pk], **(API | {"mentor": "in"})),
    row("cohorts:history", "GET", own, **ADMIN),
    row("cohorts:summary", "GET", pair, **(ADMIN | {"mentor": "in"})),
    row("cohorts:summary", "POST", pair, **(ADMIN | {"mentor": "in"})),
    row("cohorts:wishes", "GET", own, **MEMBERS),
    row("cohorts:say_wishes", "POST", own, **MEMBERS),
    row("cohorts:wish", "POST", own, **MEMBERS),
    row("cohorts:unwish", "POST", lambda w: [w.cohort.slug, w.wish.pk], rest="404", visitor="login", mentee="in"),
    row("cohorts:say_offer", "POST", rest="404", visitor="login", mentor="in", other_mentor="in"),
]
