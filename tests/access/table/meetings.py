"""Meetings: read and written in by the cohort's members, arranged by admins, kept by who leads them."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, MEMBERS, meeting, own

# The world's meeting is led by its mentor.
KEPT = ADMIN | {"mentor": "in"}


def action(w):
    """The mentee's, written down by the mentor."""
    return [w.cohort.slug, w.action.pk]


def exchange(w):
    """The mentee asks the other one to lead."""
    return [w.cohort.slug, w.exchange.pk]


def visit(w):
    """The mentor of another cohort is asked to come."""
    return [w.visit.pk]


def action_item(w):
    return [w.action.pk]


AROUND = ("exchange", "visit", "point")
ASKED = ADMIN | {"admin": "404", "other_mentee": "in"}
VISITOR = {"rest": "404", "visitor": "login", "other_mentor": "in"}
API = MEMBERS | {"visitor": "401"}
API_KEPT = KEPT | {"visitor": "401"}
API_ADMIN = ADMIN | {"visitor": "401"}

API_ASKED = ASKED | {"visitor": "401"}
API_VISITOR = VISITOR | {"visitor": "401"}


def one(name):
    return lambda w: [getattr(w, name).pk]


ROWS = [
    *[row(f"api:{name}-list", method, visitor="401") for name in AROUND for method in ("GET", "POST")],
    row("api:exchange-detail", "GET", one("exchange"), **(API_ASKED | {"admin": "in", "mentee": "in"})),
    row("api:exchange-agree", "POST", one("exchange"), **API_ASKED),
    row("api:exchange-decline", "POST", one("exchange"), **API_ASKED),
    row("api:exchange-withdraw", "POST", one("exchange"), **(API_ASKED | {"other_mentee": "404", "mentee": "in"})),
    row("api:visit-detail", "GET", one("visit"), **(API | {"other_mentor": "in"})),
    row("api:visit-mentors", "GET", visitor="401"),
    row("api:visit-accept", "POST", one("visit"), **API_VISITOR),
    row("api:visit-decline", "POST", one("visit"), **API_VISITOR),
    row("api:visit-withdraw", "POST", one("visit"), **API_KEPT),
    row("api:point-detail", "GET", one("point"), **API),
    row("api:point-settle", "POST", one("point"), **(API_KEPT | {"mentee": "in"})),
    row("cohorts:visit", "GET", visit, **VISITOR),
    row("cohorts:accept_visit", "POST", visit, **VISITOR),
    row("cohorts:decline_visit", "POST", visit, **VISITOR),
    row("cohorts:ask_visit", "POST", meeting, **KEPT),
    row("cohorts:withdraw_visit", "POST", lambda w: [*meeting(w), w.visit.pk], **KEPT),
    row("cohorts:ask_exchange", "POST", meeting, **(ADMIN | {"admin": "404", "mentor": "in"})),
    row("cohorts:agree_exchange", "POST", exchange, **ASKED),
    row("cohorts:decline_exchange", "POST", exchange, **ASKED),
    row("cohorts:withdraw_exchange", "POST", exchange, **(ADMIN | {"admin": "404", "mentee": "in"})),
    row("cohorts:bring_up", "POST", meeting, **MEMBERS),
    row("cohorts:settle", "POST", lambda w: [*meeting(w), w.point.pk], **(KEPT | {"mentee": "in"})),
    row("api:meeting-minutes", "PUT", lambda w: [w.meeting.pk], **API),
    row("api:meeting-agenda", "PUT", lambda w: [w.meeting.pk], **API),
    row("api:meeting-close", "POST", lambda w: [w.meeting.pk], **API_KEPT),
    row("api:meeting-cancel", "POST", lambda w: [w.meeting.pk], **(ADMIN | {"visitor": "401"})),
    row("api:meeting-attendance", "GET", lambda w: [w.meeting.pk], **API),
    row("api:meeting-attendance", "PUT", lambda w: [w.meeting.pk], **API_KEPT),
    row("api:meeting-list", "POST", **API_ADMIN),
    row("api:meeting-detail", "PATCH", one("meeting"), **API_ADMIN),
    row("api:meeting-reopen", "POST", one("meeting"), **API_ADMIN),
    row("api:meeting-excuse", "POST", one("meeting"), **API),
    row("api:meeting-come", "POST", one("meeting"), **API),
    row("api:meeting-revisions", "GET", one("meeting"), **API),
    row("api:cohort-series", "GET", own, **API_ADMIN),
    row("api:cohort-series", "POST", own, **API_ADMIN),
    row("api:cohort-turns", "GET", own, **API_ADMIN),
    row("api:cohort-turns", "POST", own, **API_ADMIN),
    row("api:action-item-list", "GET", visitor="401"),
    row("api:action-item-list", "POST", visitor="401"),
    row("api:action-item-detail", "GET", action_item, **API),
    row("api:action-item-detail", "PATCH", action_item, **(API_KEPT | {"mentee": "in"})),
    row("api:action-item-tick", "POST", action_item, **(ADMIN | {"visitor": "401", "mentee": "in"})),
    row("api:action-item-drop", "POST", action_item, **(API_KEPT | {"mentee": "in"})),
    row("cohorts:attendance", "POST", meeting, **KEPT),
    row("cohorts:excuse", "POST", meeting, **MEMBERS),
    row("cohorts:come", "POST", meeting, **MEMBERS),
    row("cohorts:add_action", "POST", meeting, **MEMBERS),
    row("cohorts:action", "GET", action, **(KEPT | {"mentee": "in"})),
    row("cohorts:action", "POST", action, **(KEPT | {"mentee": "in"})),
    row("cohorts:tick_action", "POST", action, **(ADMIN | {"mentee": "in"})),
    row("cohorts:drop_action", "POST", action, **(KEPT | {"mentee": "in"})),
    row("cohorts:series", "GET", own, **ADMIN),
    row("cohorts:series", "POST", own, **ADMIN),
    row("cohorts:fill_turns", "POST", own, **ADMIN),
    row("cohorts:notes", "GET", meeting, **MEMBERS),
    row("cohorts:notes", "POST", meeting, **MEMBERS),
    row("cohorts:agenda", "GET", meeting, **MEMBERS),
    row("cohorts:agenda", "POST", meeting, **MEMBERS),
    row("cohorts:notes_history", "GET", meeting, **MEMBERS),
    row("cohorts:agenda_history", "GET", meeting, **MEMBERS),
    row("cohorts:close_minutes", "POST", meeting, **KEPT),
    row("cohorts:reopen_minutes", "POST", meeting, **ADMIN),
]
