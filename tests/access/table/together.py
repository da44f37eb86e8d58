"""Being together in a cohort: for its members; a pause for who takes it and admins."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, mentee, own

OWN = ADMIN | {"mentee": "in"}
ONLY = {"rest": "404", "visitor": "login", "mentee": "in"}


def departed(w):
    return [w.other_cohort.slug, w.departure.membership_id]


def pair(w):
    return [w.cohort.slug, w.pair.pk]


def post(w):
    return [*pair(w), w.group_post.pk]


ROWS = [
    row("cohorts:write_post", "POST", pair, data=lambda w: {"text": "A word"}, **OWN),
    row("cohorts:group_post", "GET", post, **OWN),
    row("cohorts:group_post", "POST", post, data=lambda w: {"text": "A word"}, **OWN),
    row("cohorts:edit_post", "GET", post, **ONLY),
    row("cohorts:edit_post", "POST", post, **ONLY),
    row("cohorts:remove_post", "POST", post, **OWN),
    row("cohorts:share_link", "POST", pair, **OWN),
    row("cohorts:remove_link", "POST", lambda w: [*pair(w), w.group_link.pk], **OWN),
    row("cohorts:group_meets", "GET", pair, **OWN),
    row("cohorts:group_meets", "POST", pair, **OWN),
    *[row(f"cohorts:{name}", "POST", pair, **ONLY) for name in ("week_goal", "share_week", "hide_week", "nudge")],
    row("cohorts:pause", "GET", mentee, **OWN),
    row("cohorts:pause", "POST", mentee, **OWN),
    row("cohorts:end_pause", "POST", mentee, **OWN),
    row("cohorts:leaving", "GET", mentee, **ONLY),
    row("cohorts:leaving", "POST", mentee, **ONLY),
    row("cohorts:left", "GET", departed, **ONLY),
    row("cohorts:returning", "GET", own, **ADMIN),
]
