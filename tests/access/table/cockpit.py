"""The cockpit: who has stalled, what they see of it themselves, and numbers of whole cohorts."""

from tests.access.table import row


def own(w):
    return [w.cohort.slug]


def said(w):
    return {"text": "Hello"}


ADMIN = {"rest": "404", "visitor": "login", "admin": "in"}
API = ADMIN | {"visitor": "401"}
MENTOR = ADMIN | {"mentor": "in"}
MENTEES = {"rest": "404", "visitor": "login", "mentee": "in", "other_mentee": "in"}

ROWS = [
    row("cohorts:stalled", "GET", own, **MENTOR),
    row("cohorts:thresholds", "GET", own, **ADMIN),
    row("cohorts:thresholds", "POST", own, **ADMIN),
    row("cohorts:standing", "GET", own, **MENTEES),
    row("cohorts:graduation", "GET", own, **ADMIN),
    row("cohorts:graduation", "POST", own, **ADMIN),
    row("cohorts:graduation_rules", "GET", **ADMIN),
    row("cohorts:graduation_rule", "GET", lambda w: [w.stream.key], **ADMIN),
    row("cohorts:graduation_rule", "POST", lambda w: [w.stream.key], **ADMIN),
    row("api:graduation-list", "GET", visitor="401"),
    row("api:graduation-detail", "GET", lambda w: [w.mentee.pk], **(API | {"mentor": "in", "mentee": "in"})),
    row("api:graduation-rule-list", "GET", visitor="401"),
    row("api:graduation-rule-detail", "GET", lambda w: [w.stream.key], visitor="401"),
    row("api:graduation-rule-detail", "PATCH", lambda w: [w.stream.key], **API),
    row("home:cockpit", "GET", **ADMIN),
    row("home:report", "GET", own, **MENTOR),
    row("home:report_csv", "GET", own, **MENTOR),
    row("api:cockpit-list", "GET", **API),
    row("api:cockpit-detail", "GET", own, **API),
    row("api:stalled-list", "GET", visitor="401"),
    row(
        "api:stalled-message",
        "POST",
        lambda w: [w.mentee.pk],
        data=said,
        **(API | {"mentor": "in"}),
    ),
    row("api:stalled-mine", "GET", visitor="401"),
    row("home:as_of", "GET", lambda w: [w.test_cohort.slug], **ADMIN),
    row("home:as_of", "POST", lambda w: [w.test_cohort.slug], **ADMIN),
    row("home:real_time", "POST", lambda w: [w.test_cohort.slug], rest="404", visitor="login"),
    row("api:as-of-list", "GET", visitor="401"),
    row("api:as-of-detail", "GET", lambda w: [w.test_cohort.slug], **API),
    row("api:as-of-advance", "POST", lambda w: [w.test_cohort.slug], **API),
    row("api:as-of-told", "GET", lambda w: [w.test_cohort.slug], **API),
    row("api:cockpit-report", "GET", own, **(MENTOR | {"visitor": "401"})),
    row("api:certificate-detail", "GET", lambda w: [w.outcome.code]),
    row("home:certificates", "GET"),
    row("home:certificate", "GET", lambda w: [w.outcome.code]),
    row("home:offer_to_mentor", "POST", lambda w: [w.outcome.code], "404", visitor="login", mentee="in"),
    row("api:certificate-offer", "POST", lambda w: [w.outcome.code], "404", visitor="401", mentee="in"),
    row("home:certificate_pdf", "GET", lambda w: [w.outcome.code]),
    row("cohorts:message", "POST", lambda w: [w.cohort.slug, w.mentee.pk], data=said, **MENTOR),
]
