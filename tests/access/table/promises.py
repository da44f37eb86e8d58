"""Promises to review: what mentors say of their time."""

from tests.access.table import row

MENTORS = {"rest": "404", "visitor": "login", "mentor": "in", "other_mentor": "in"}
MEMBERS = MENTORS | {"mentee": "in", "other_mentee": "in"}
MENTOR = {"rest": "404", "visitor": "login", "mentor": "in"}
API_MENTOR = MENTOR | {"visitor": "401"}
API_OF_SUBMISSION = {"rest": "404", "visitor": "401", "mentee": "in", "mentor": "in", "admin": "in"}
PAIR = {"rest": "404", "visitor": "login", "mentee": "in", "mentor": "in"}
ASKER = {"rest": "404", "visitor": "login", "mentee": "in"}
ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}
DAYS = {"first_day": "2099-01-01", "last_day": "2099-01-02"}


def seat(w):
    return [w.mentor.pk]


def away(w):
    return [w.away.pk]


def pair(w):
    return [w.cohort.slug, w.assignment.pk]


def swap(w):
    return [w.cohort.slug, w.swap.pk]


def accepted(w):
    return [w.accepted.pk]


def testimonial(w):
    return [w.feedback.pk]


def asked(w):
    return {"assignment": w.assignment.pk}


ROWS = [
    row("cohorts:availability", "GET", **MEMBERS),
    row("cohorts:away", "POST", data=lambda w: DAYS, **MEMBERS),
    row("cohorts:back", "POST", away, **MENTOR),
    row("cohorts:promise", "POST", seat, data=lambda w: {"days": 3}, **MENTOR),
    row("api:away-list", "GET", visitor="401"),
    row("api:away-list", "POST", data=lambda w: DAYS, **(MEMBERS | {"visitor": "401"})),
    row("api:away-detail", "GET", away, **(API_MENTOR | {"admin": "in"})),
    row("api:away-back", "POST", away, **API_MENTOR),
    row("api:submission-expectation", "GET", lambda w: [w.submission.pk], **API_OF_SUBMISSION),
    row("projects:hand_over", "POST", lambda w: [w.unclaimed.pk], rest="404", visitor="login", admin="in"),
    row("api:round-hand-over", "POST", lambda w: [w.unclaimed.pk], rest="404", visitor="401", admin="in"),
    row("cohorts:another_mentor", "GET", lambda w: [w.cohort.slug], **PAIR),
    row("cohorts:ask_for_another", "POST", pair, **PAIR),
    row("cohorts:take_back", "POST", swap, **ASKER),
    row("cohorts:keep_pair", "POST", swap, data=lambda w: {"note": "Talk first."}, **ADMIN),
    row("api:swap-list", "GET", visitor="401"),
    row("api:swap-list", "POST", data=asked, **(PAIR | {"visitor": "401", "admin": "in"})),
    row("api:swap-detail", "GET", lambda w: [w.swap.pk], **(ASKER | {"visitor": "401", "admin": "in"})),
    row("api:swap-withdraw", "POST", lambda w: [w.swap.pk], **(ASKER | {"visitor": "401"})),
    row("api:swap-decline", "POST", lambda w: [w.swap.pk], **(ADMIN | {"visitor": "401"})),
    row("projects:feedback", "POST", lambda w: [w.accepted.pk, w.people["mentor"].pk], **ASKER),
    row("projects:figures", "GET", **MENTORS),
    row("projects:show_testimonial", "POST", testimonial, **MENTOR),
    row("projects:hide_testimonial", "POST", testimonial, **MENTOR),
    row("api:submission-feedback", "POST", accepted, **(ASKER | {"visitor": "401"})),
    row("api:figures", "GET", **(MENTORS | {"visitor": "401"})),
    row("api:testimonial-list", "GET", visitor="401"),
    row("api:testimonial-detail", "GET", testimonial, **API_MENTOR),
    row("api:testimonial-show", "POST", testimonial, **API_MENTOR),
    row("api:testimonial-hide", "POST", testimonial, **API_MENTOR),
    row("api:mentoring-list", "GET", visitor="401"),
    row("api:mentoring-detail", "GET", seat, **API_MENTOR),
    row("api:mentoring-detail", "PATCH", seat, data=lambda w: {"promise_days": 3}, **API_MENTOR),
]
