"""One's own calendar, for everyone who is signed in; its secret address, for who knows it."""

from tests.access.table import row

ROWS = [
    row("cohorts:my_calendar", "GET", visitor="login"),
    row("cohorts:make_feed", "POST", visitor="login"),
    row("cohorts:revoke_feed", "POST", visitor="login"),
    row("cohorts:feed", "GET", lambda w: [w.feed_secret]),
]
