"""Charters are read with their cohort; admins invite; what opens with a link is for its holder, and tells no more."""

from tests.access.table import row


def own(w):
    return [w.cohort.slug]


def one(w):
    return [w.cohort.slug, w.invitation.pk]


def pk(w):
    return [w.invitation.pk]


def token(w):
    return [w.invitation_token]


ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}
API = ADMIN | {"visitor": "401"}
MEMBERS = ADMIN | {"mentee": "in", "other_mentee": "in", "mentor": "in"}

ROWS = [
    row("cohorts:charter", "GET", own, **(MEMBERS | {"visitor": "404"})),
    row("cohorts:accept_charter", "POST", own, **(MEMBERS | {"admin": "404"})),
    row("cohorts:write_charter", "POST", own, **ADMIN),
    row("cohorts:invitations", "GET", own, **ADMIN),
    row("cohorts:invite_person", "POST", own, **ADMIN),
    row("cohorts:invite_many", "GET", own, **ADMIN),
    row("cohorts:invite_many", "POST", own, **ADMIN),
    row("cohorts:resend", "POST", one, **ADMIN),
    row("cohorts:revoke", "POST", one, **ADMIN),
    row("cohorts:invitation", "GET", token),
    row("cohorts:sign_up_invited", "POST", token),
    row("api:invitation-list", "GET", visitor="401"),
    row("api:invitation-list", "POST", **API),
    row("api:invitation-look", "POST", **API),
    row("api:invitation-many", "POST", **API),
    row("api:invitation-accept", "POST", visitor="401"),
    row("api:invitation-detail", "GET", pk, **API),
    row("api:invitation-resend", "POST", pk, **API),
    row("api:invitation-revoke", "POST", pk, **API),
    row("api:charter-detail", "GET", own, **(MEMBERS | {"visitor": "404"})),
    row("api:charter-accept", "POST", own, **(MEMBERS | {"visitor": "401", "admin": "404"})),
    row("cohorts:accept_invitation", "POST", token, visitor="login"),
]
