"""Being together in a cohort: for its members; a pause for who takes it and admins."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, API, MEMBERS, mentee, own

OWN = ADMIN | {"mentee": "in"}
ONLY = {"rest": "404", "visitor": "login", "mentee": "in"}


def departed(w):
    return [w.other_cohort.slug, w.departure.membership_id]


def pair(w):
    return [w.cohort.slug, w.pair.pk]


def post(w):
    return [*pair(w), w.group_post.pk]


def announcement(w):
    return [w.cohort.slug, w.announcement.pk]


def asked(w):
    """Amara's question."""
    return [w.cohort.slug, w.asked.pk]


def answer(w):
    """Mateo's answer to it."""
    return [*asked(w), w.answer.pk]


def key(name):
    return lambda w: [getattr(w, name).pk]


HERE = MEMBERS
TALK = ("announcement", "question", "group-post")
API_HERE = MEMBERS | {"visitor": "401"}
# Questions are read in every cohort of the stream, also in that of the other mentor.
API_STREAM = API_HERE | {"other_mentor": "in"}
MENTORS = ADMIN | {"mentor": "in"}
LISTED = HERE | {"admin": "404"}
# Béla has not answered yet: the pair is Amara alone.
ALONE = {"rest": "404", "visitor": "401"}
SAYS = {"text": "A word", "title": "One", "day": "", "clock": ""}

ROWS = [
    row("cohorts:propose_groups", "GET", own, **ADMIN),
    row("cohorts:propose_groups", "POST", own, **ADMIN),
    row("mentees", "GET"),
    row("cohorts:directory", "GET", own, **HERE),
    row("cohorts:listing", "GET", own, **LISTED),
    row("cohorts:listing", "POST", own, **LISTED),
    row("api:mentee-list", "GET"),
    row("api:group-links", "GET", key("pair"), **(API | {"mentee": "in"})),
    row("api:group-links", "POST", key("pair"), **(API | {"mentee": "in"})),
    row("api:group-remove-link", "DELETE", lambda w: [w.pair.pk, w.group_link.pk], **(API | {"mentee": "in"})),
    row("api:group-meeting", "GET", key("pair"), **(API | {"mentee": "in"})),
    row("api:group-meeting", "PUT", key("pair"), **(API | {"mentee": "in"})),
    row("api:group-proposal", "GET", **API),
    row("api:group-proposal", "POST", **API),
    row("api:announcement-earlier", "GET", key("announcement"), **API_HERE),
    row("api:question-earlier", "GET", key("asked"), **API_STREAM),
    row("api:group-post-earlier", "GET", key("group_post"), **(API | {"mentee": "in"})),
    row("api:answer-list", "GET", visitor="401"),
    row("api:answer-detail", "GET", key("answer"), **API_STREAM),
    row("api:answer-detail", "PATCH", key("answer"), **(API | {"admin": "404", "mentor": "in"})),
    row("api:answer-detail", "DELETE", key("answer"), **(API | {"mentor": "in"})),
    row("api:answer-earlier", "GET", key("answer"), **API_STREAM),
    row("api:cohort-directory", "GET", own, **API_HERE),
    row("api:cohort-listing", "GET", own, **(API_HERE | {"admin": "404"})),
    row("api:cohort-listing", "PATCH", own, **(API_HERE | {"admin": "404"})),
    row("cohorts:announcements", "GET", own, **HERE),
    row("cohorts:announce", "GET", own, **MENTORS),
    row("cohorts:announce", "POST", own, data=lambda w: SAYS, **MENTORS),
    row("cohorts:announcement", "GET", announcement, **HERE),
    row("cohorts:edit_announcement", "GET", announcement, **(MENTORS | {"admin": "404"})),
    row("cohorts:edit_announcement", "POST", announcement, data=lambda w: SAYS, **(MENTORS | {"admin": "404"})),
    row("cohorts:remove_announcement", "POST", announcement, **MENTORS),
    row("cohorts:read_announcement", "POST", announcement, **HERE),
    row("cohorts:asked", "GET", own, **HERE),
    row("cohorts:ask", "GET", own, **LISTED),
    row("cohorts:ask", "POST", own, data=lambda w: SAYS, **LISTED),
    row("cohorts:like", "GET", own, **HERE),
    row("cohorts:asked_one", "GET", asked, **HERE),
    row("cohorts:asked_one", "POST", asked, data=lambda w: SAYS, **HERE),
    row("cohorts:edit_asked", "GET", asked, **ONLY),
    row("cohorts:edit_asked", "POST", asked, data=lambda w: SAYS, **ONLY),
    row("cohorts:remove_asked", "POST", asked, **OWN),
    row("cohorts:edit_answer", "GET", answer, **(ONLY | {"mentee": "404", "mentor": "in"})),
    row("cohorts:edit_answer", "POST", answer, data=lambda w: SAYS, **(ONLY | {"mentee": "404", "mentor": "in"})),
    row("cohorts:remove_answer", "POST", answer, **(OWN | {"mentee": "404", "mentor": "in"})),
    row("cohorts:accept_answer", "POST", answer, **(OWN | {"mentor": "in"})),
    row("cohorts:unaccept_answer", "POST", answer, **(OWN | {"mentor": "in"})),
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
    *[row(f"api:{name}-list", method, visitor="401") for name in ("pause", "departure") for method in ("GET", "POST")],
    row("api:pause-detail", "GET", key("pause"), **(API | {"mentee": "in", "mentor": "in"})),
    row("api:pause-end", "POST", key("pause"), **(API | {"mentee": "in"})),
    row("api:departure-detail", "GET", key("departure"), **(API | {"mentee": "in"})),
    row("api:cohort-returning", "GET", own, **API),
    row("api:group-week", "GET", key("pair"), **ALONE),
    row("api:group-goal", "PUT", key("pair"), **(ALONE | {"mentee": "in"})),
    row("api:group-share-week", "POST", key("pair"), **(ALONE | {"mentee": "in"})),
    row("api:group-nudge", "POST", key("pair"), **(ALONE | {"mentee": "in"})),
    *[row(f"api:{name}-list", method, visitor="401") for name in TALK for method in ("GET", "POST")],
    row("api:announcement-detail", "GET", key("announcement"), **API_HERE),
    row("api:announcement-detail", "PATCH", key("announcement"), **(API | {"admin": "404", "mentor": "in"})),
    row("api:announcement-detail", "DELETE", key("announcement"), **(API | {"mentor": "in"})),
    row("api:announcement-read", "POST", key("announcement"), **API_HERE),
    row("api:question-detail", "GET", key("asked"), **API_STREAM),
    row("api:question-detail", "PATCH", key("asked"), **(API | {"admin": "404", "mentee": "in"})),
    row("api:question-detail", "DELETE", key("asked"), **(API | {"mentee": "in"})),
    row("api:question-answer", "POST", key("asked"), **API_HERE),
    row("api:question-accept", "POST", key("asked"), **(API | {"mentee": "in", "mentor": "in"})),
    row("api:group-post-detail", "GET", key("group_post"), **(API | {"mentee": "in"})),
    row("api:group-post-detail", "PATCH", key("group_post"), **(API | {"admin": "404", "mentee": "in"})),
    row("api:group-post-detail", "DELETE", key("group_post"), **(API | {"mentee": "in"})),
]
