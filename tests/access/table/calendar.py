"""One's own calendar, for everyone who is signed in; its secret address, for who knows it."""

from tests.access.table import row

DAY = {"day": "2099-01-01", "clock": "23:59"}
ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}
MEMBERS = ADMIN | {"mentee": "in", "other_mentee": "in", "mentor": "in"}
FOLLOWS = ADMIN | {"mentor": "in"}


def own(w):
    return [w.cohort.slug]


def due(w):
    return [w.cohort.slug, w.due.pk]


def asked(w):
    return [w.cohort.slug, w.due.pk, w.extension.pk]


ROWS = [
    row("cohorts:my_calendar", "GET", visitor="login"),
    row("cohorts:make_feed", "POST", visitor="login"),
    row("cohorts:revoke_feed", "POST", visitor="login"),
    row("cohorts:feed", "GET", lambda w: [w.feed_secret]),
    row("cohorts:calendar", "GET", own, **MEMBERS),
    row("cohorts:edit_schedule", "GET", own, **ADMIN),
    row("cohorts:edit_schedule", "POST", own, **ADMIN),
    row("cohorts:draft_schedule", "POST", own, data=lambda w: {"version": 0}, **ADMIN),
    row("cohorts:due", "GET", due, **MEMBERS),
    row("cohorts:set_due", "POST", due, data=lambda w: DAY, **ADMIN),
    row("cohorts:release_due", "POST", due, **ADMIN),
    row("cohorts:ask_extension", "POST", due, rest="404", visitor="login", mentee="in", other_mentee="in"),
    row("cohorts:give_extension", "POST", due, **FOLLOWS),
    row("cohorts:grant_extension", "POST", asked, **FOLLOWS),
    row("cohorts:decline_extension", "POST", asked, **FOLLOWS),
    row("cohorts:end_extension", "POST", asked, **FOLLOWS),
    row("cohorts:withdraw_extension", "POST", asked, rest="404", visitor="login", mentee="in"),
]
