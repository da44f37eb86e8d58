"""Hours for the members of a cohort, what is booked for the two of them; talks for everyone, planned by admins."""

from tests.access.table import row


def slot(w):
    return [w.cohort.slug, w.slot.pk]


def booked(w):
    return [w.cohort.slug, w.booking.slot_id]


def booking(w):
    return [w.booking.pk]


def talk(w):
    return [w.talk.slug]


MEMBERS = {"rest": "404", "visitor": "login", "mentee": "in", "other_mentee": "in", "mentor": "in"}
TWO = {"rest": "404", "visitor": "login", "mentee": "in", "mentor": "in"}
ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}
API = {"visitor": "401"}
OFFER = {"kind": "interview", "interview_round": "coding", "starts": ["2030-01-01T10:00:00Z"]}

ROWS = [
    row("cohorts:hours", "GET", lambda w: [w.cohort.slug], **(MEMBERS | {"admin": "in"})),
    row("cohorts:offer", "GET", lambda w: [w.cohort.slug], **MEMBERS),
    row("cohorts:offer", "POST", lambda w: [w.cohort.slug], **MEMBERS),
    row("cohorts:slot", "GET", slot, **(MEMBERS | {"admin": "in"})),
    row("cohorts:book", "POST", slot, **(MEMBERS | {"admin": "in"})),
    row("cohorts:withdraw_slot", "POST", slot, rest="404", visitor="login", mentor="in"),
    row("cohorts:call_off", "POST", booked, **TWO),
    row("cohorts:say", "POST", booked, **TWO),
    row("talks:talks", "GET"),
    row("talks:talk", "GET", talk),
    row("talks:new", "GET", **ADMIN),
    row("talks:new", "POST", **ADMIN),
    row("talks:edit", "GET", talk, **ADMIN),
    row("talks:edit", "POST", talk, **ADMIN),
    *[row(f"talks:{verb}", "POST", talk, **ADMIN) for verb in ("invite", "announce", "cancel", "record")],
    row("talks:sign_up", "POST", talk, visitor="login"),
    row("talks:leave", "POST", talk, visitor="login"),
    row("talks:speaker", "GET", lambda w: [w.talk_secret]),
    row("talks:speaker", "POST", lambda w: [w.talk_secret]),
    row("api:slot-list", "GET", **API),
    row("api:slot-list", "POST", data=lambda w: OFFER | {"cohort": w.cohort.slug}, **(MEMBERS | API)),
    row("api:slot-detail", "GET", lambda w: [w.slot.pk], **(MEMBERS | API | {"admin": "in"})),
    row("api:slot-book", "POST", lambda w: [w.slot.pk], **(MEMBERS | API | {"admin": "in"})),
    row("api:slot-withdraw", "POST", lambda w: [w.slot.pk], rest="404", visitor="401", mentor="in"),
    row("api:booking-list", "GET", **API),
    row("api:booking-detail", "GET", booking, **(TWO | API)),
    row("api:booking-call-off", "POST", booking, **(TWO | API)),
    row("api:booking-feedback", "GET", booking, **(TWO | API)),
    row("api:booking-feedback", "POST", booking, **(TWO | API)),
    row("api:talk-list", "GET"),
    row("api:talk-list", "POST", **(ADMIN | API)),
    row("api:talk-detail", "PATCH", talk, **(ADMIN | API)),
    row("api:talk-plan", "GET", talk, **(ADMIN | API)),
    *[row(f"api:talk-{verb}", "POST", talk, **(ADMIN | API)) for verb in ("invite", "announce", "cancel", "record")],
    row("api:talk-detail", "GET", talk),
    row("api:talk-sign-up", "POST", talk, visitor="401"),
    row("api:talk-leave", "POST", talk, visitor="401"),
]
