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


def one(w):
    return [w.due.pk]


def wish(w):
    return [w.extension.pk]


def asked(w):
    return [w.cohort.slug, w.due.pk, w.extension.pk]


def address(w):
    return [w.feed.pk]


ROWS = [
    row("cohorts:my_calendar", "GET", visitor="login"),
    row("cohorts:make_feed", "POST", visitor="login"),
    row("cohorts:revoke_feed", "POST", visitor="login"),
    row("cohorts:feed", "GET", lambda w: [w.feed_secret]),
    row("cohorts:feeds", "GET", **ADMIN),
    row("cohorts:end_feed", "POST", address, **ADMIN),
    row("api:feed-list", "GET", visitor="401"),
    row("api:feed-list", "POST", visitor="401"),
    row("api:feed-detail", "GET", address, **(ADMIN | {"visitor": "401", "mentee": "in"})),
    row("api:feed-detail", "DELETE", address, **(ADMIN | {"visitor": "401", "mentee": "in"})),
    row("cohorts:calendar", "GET", own, **MEMBERS),
    row("cohorts:edit_schedule", "GET", own, **ADMIN),
    row("cohorts:edit_schedule", "POST", own, **ADMIN),
    row("cohorts:draft_schedule", "POST", own, data=lambda w: {"version": 1}, **ADMIN),
    row("cohorts:due", "GET", due, **MEMBERS),
    row("cohorts:set_due", "POST", due, data=lambda w: DAY, **ADMIN),
    row("cohorts:release_due", "POST", due, **ADMIN),
    row("cohorts:ask_extension", "POST", due, rest="404", visitor="login", mentee="in", other_mentee="in"),
    row("cohorts:give_extension", "POST", due, **FOLLOWS),
    row("cohorts:grant_extension", "POST", asked, **FOLLOWS),
    row("cohorts:decline_extension", "POST", asked, **FOLLOWS),
    row("cohorts:end_extension", "POST", asked, **FOLLOWS),
    row("cohorts:withdraw_extension", "POST", asked, rest="404", visitor="login", mentee="in"),
    row("api:schedule-detail", "GET", own, **(MEMBERS | {"visitor": "401"})),
    row("api:schedule-detail", "PUT", own, **(ADMIN | {"visitor": "401"})),
    row("api:calendar", "GET", visitor="401"),
    row("api:schedule-draft", "POST", own, **(ADMIN | {"visitor": "401"})),
    row("api:due-date-release", "POST", one, **(ADMIN | {"visitor": "401"})),
    row("api:due-date-list", "GET", visitor="401"),
    row("api:due-date-detail", "GET", one, **(MEMBERS | {"visitor": "401"})),
    row("api:due-date-detail", "PATCH", one, **(ADMIN | {"visitor": "401"})),
    row("api:due-date-extend", "POST", one, **(FOLLOWS | {"visitor": "401"})),
    row("api:extension-list", "GET", visitor="401"),
    row("api:extension-list", "POST", visitor="401"),
    row("api:extension-detail", "GET", wish, **(FOLLOWS | {"visitor": "401", "mentee": "in"})),
    *[row(f"api:extension-{v}", "POST", wish, **(FOLLOWS | {"visitor": "401"})) for v in ("grant", "decline", "end")],
    row("api:extension-withdraw", "POST", wish, rest="404", visitor="401", mentee="in"),
]
