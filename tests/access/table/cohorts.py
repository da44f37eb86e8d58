"""Cohorts: open ones for everyone, the rest for members, everything about running them for admins."""

from tests.access.table import row


def own(w):
    return [w.cohort.slug]


def theirs(w):
    """The cohort with the applicant's application."""
    return [w.open_cohort.slug]


def application(w):
    return [w.open_cohort.slug, w.application.pk]


def assignment(w):
    return [w.cohort.slug, w.assignment.pk]


def meeting(w):
    return [w.cohort.slug, w.meeting.pk]


def mentee(w):
    return [w.cohort.slug, w.mentee.pk]


def note(w):
    """Mateo's private note about Amara."""
    return [*mentee(w), w.mentor_note.pk]


def pk(w):
    return [w.application.pk]


ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}
API = ADMIN | {"visitor": "401"}
MEMBERS = ADMIN | {"mentee": "in", "other_mentee": "in", "mentor": "in"}

MENTOR = {"rest": "404", "visitor": "login", "mentor": "in"}
SAYS = {"text": "A word.", "version": 1}

ROWS = [
    row("cohorts:cohorts", "GET"),
    row("cohorts:new", "GET", **ADMIN),
    row("cohorts:new", "POST", **ADMIN),
    row("cohorts:cohort", "GET", own, **(MEMBERS | {"visitor": "404"})),
    row("cohorts:edit", "GET", own, **ADMIN),
    row("cohorts:edit", "POST", own, **ADMIN),
    *[row(f"cohorts:{verb}", "POST", own, **ADMIN) for verb in ("open", "start", "finish", "archive")],
    row("cohorts:leave", "POST", lambda w: [w.cohort.slug, w.mentee.pk], **(ADMIN | {"mentee": "in"})),
    row("cohorts:apply", "GET", theirs, visitor="login"),
    row("cohorts:apply", "POST", theirs, visitor="login"),
    row("cohorts:application", "GET", theirs, rest="404", visitor="login", applicant="in"),
    row("cohorts:withdraw", "POST", theirs, rest="404", visitor="login", applicant="in"),
    *[row(f"cohorts:{verb}", "POST", application, **ADMIN) for verb in ("accept", "waitlist", "decline")],
    row("cohorts:assignments", "GET", own, **ADMIN),
    row("cohorts:assign", "POST", own, **ADMIN),
    row("cohorts:assignment", "GET", assignment, **ADMIN),
    row("cohorts:reassign", "POST", assignment, **ADMIN),
    row("cohorts:end", "POST", assignment, data=lambda w: {"reason": "Moved"}, **ADMIN),
    row("cohorts:add_mentor", "POST", own, **ADMIN),
    row("cohorts:set_capacity", "POST", lambda w: [w.cohort.slug, w.mentor.pk], **ADMIN),
    row("cohorts:progress", "GET", own, **(ADMIN | {"mentor": "in"})),
    row("cohorts:cockpit", "GET", own, **ADMIN),
    row("cohorts:meetings", "GET", own, **MEMBERS),
    row("cohorts:schedule", "GET", own, **ADMIN),
    row("cohorts:schedule", "POST", own, **ADMIN),
    row("cohorts:meeting", "GET", meeting, **MEMBERS),
    row("cohorts:edit_meeting", "GET", meeting, **ADMIN),
    row("cohorts:edit_meeting", "POST", meeting, **ADMIN),
    row("cohorts:cancel", "POST", meeting, **ADMIN),
    row("api:cohort-list", "GET"),
    row("api:cohort-detail", "GET", own, **(MEMBERS | {"visitor": "404"})),
    row("api:cohort-roster", "GET", own, **(MEMBERS | {"visitor": "401"})),
    row("api:application-list", "GET", visitor="401"),
    row("api:application-list", "POST", visitor="401"),
    row("api:application-detail", "GET", pk, **(API | {"applicant": "in", "other_mentor": "in"})),
    row("api:application-detail", "PATCH", pk, rest="404", visitor="401", applicant="in"),
    row("api:application-withdraw", "POST", pk, rest="404", visitor="401", applicant="in"),
    *[row(f"api:application-{verb}", "POST", pk, **API) for verb in ("accept", "waitlist", "decline")],
    row("api:assignment-list", "GET", visitor="401"),
    row("api:assignment-list", "POST", **API),
    row("api:assignment-detail", "GET", lambda w: [w.assignment.pk], **(API | {"mentee": "in", "mentor": "in"})),
    row("api:assignment-end", "POST", lambda w: [w.assignment.pk], **API),
    row("api:assignment-reassign", "POST", lambda w: [w.assignment.pk], **API),
    row("api:meeting-list", "GET", visitor="401"),
    row("api:meeting-detail", "GET", lambda w: [w.meeting.pk], **(MEMBERS | {"visitor": "401"})),
    row("cohorts:mentor_notes", "GET", mentee, **(MENTOR | {"admin": "in"})),
    row("cohorts:mentor_notes", "POST", mentee, data=lambda w: SAYS, **MENTOR),
    row("cohorts:edit_mentor_note", "GET", note, **MENTOR),
    row("cohorts:edit_mentor_note", "POST", note, data=lambda w: SAYS, **MENTOR),
    row("cohorts:remove_mentor_note", "POST", note, **MENTOR),
    row("api:mentor-note-list", "GET", visitor="401"),
    row("api:mentor-note-list", "POST", visitor="401"),
    row("api:mentor-note-detail", "GET", lambda w: [w.mentor_note.pk], **(API | {"mentor": "in"})),
    row(
        "api:mentor-note-detail",
        "PATCH",
        lambda w: [w.mentor_note.pk],
        data=lambda w: SAYS,
        **(API | {"mentor": "in", "admin": "404"}),
    ),
    row("api:mentor-note-detail", "DELETE", lambda w: [w.mentor_note.pk], **(API | {"mentor": "in", "admin": "404"})),
]
