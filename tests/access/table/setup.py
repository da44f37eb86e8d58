"""Setting a cohort up, and making one of another: admins only."""

from tests.access.table import row

ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}


def own(w):
    return [w.cohort.slug]


def first_step(w):
    return [w.draft_cohort.slug, 1]


def draft(w):
    return [w.draft_cohort.slug]


API = ADMIN | {"visitor": "401"}
MENTEES = {"rest": "404", "visitor": "401", "mentee": "in", "other_mentee": "in"}

ROWS = [
    row("api:cohort-list", "POST", **API),
    row("api:cohort-detail", "PATCH", draft, **API),
    row("api:cohort-set-up", "GET", draft, **API),
    row("api:cohort-moving-up", "GET", own, **API),
    *[row(f"api:cohort-{verb}", "POST", own, **API) for verb in ("open", "start", "finish", "archive", "mentors")],
    row("api:cohort-mentors", "GET", own, **API),
    row("api:cohort-capacity", "POST", lambda w: [w.cohort.slug, w.mentor.pk], **API),
    row("api:cohort-try-thresholds", "POST", own, **API),
    row("api:cohort-topics", "GET", own, **MENTEES),
    row("api:cohort-topics", "PUT", own, **MENTEES),
    row("api:cohort-progress", "GET", own, **(API | {"mentor": "in"})),
    row("api:cohort-clone", "GET", own, **API),
    row("api:cohort-clone", "POST", own, **API),
    row("api:charter-write", "POST", own, **API),
    row("api:cohort-outcomes", "GET", own, **API),
    row("api:cohort-outcomes", "POST", own, **API),
    row("api:cohort-thresholds", "GET", own, **API),
    row("api:cohort-thresholds", "POST", own, **API),
    row(
        "api:cohort-leave",
        "POST",
        own,
        data=lambda w: {"membership": w.mentee.pk},
        **(API | {"mentee": "in"}),
    ),
    row("cohorts:set_up", "GET", first_step, **ADMIN),
    row("cohorts:set_up", "POST", first_step, **ADMIN),
    row(
        "cohorts:show_mentor",
        "POST",
        lambda w: [w.cohort.slug, w.mentor.pk],
        **(ADMIN | {"admin": "404", "mentor": "in"}),
    ),
    row("cohorts:clone", "GET", own, **ADMIN),
    row("cohorts:clone", "POST", own, **ADMIN),
]
