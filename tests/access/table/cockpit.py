"""The cockpit: who has stalled, what they see of it themselves, and numbers of whole cohorts."""

from tests.access.table import row


def own(w):
    return [w.cohort.slug]


ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}
MENTOR = ADMIN | {"mentor": "in"}
MENTEES = {"rest": "404", "visitor": "login", "mentee": "in", "other_mentee": "in"}

ROWS = [
    row("cohorts:stalled", "GET", own, **MENTOR),
    row("cohorts:thresholds", "GET", own, **ADMIN),
    row("cohorts:thresholds", "POST", own, **ADMIN),
    row("cohorts:standing", "GET", own, **MENTEES),
    row("cohorts:message", "POST", lambda w: [w.cohort.slug, w.mentee.pk], data=lambda w: {"text": "Hello"}, **MENTOR),
]
