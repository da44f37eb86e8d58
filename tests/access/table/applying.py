"""Applying and triage: the form for who is signed in, its questions for admins, scores for those named as reviewers."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, API, application, pk, theirs


def question(w):
    return [w.open_cohort.slug, w.application_question.pk]


def said(w):
    return {"label": "Anything else?", "kind": "text"}


READERS = ADMIN | {"other_mentor": "in"}

API_READERS = API | {"other_mentor": "in"}

ROWS = [
    row("api:cohort-questions", "GET", theirs),
    row("api:cohort-questions", "POST", theirs, data=said, **API),
    row("api:cohort-question", "PATCH", question, **API),
    row("api:cohort-question", "DELETE", question, **API),
    row("api:cohort-move-question", "POST", question, **API),
    row("api:cohort-reviewers", "GET", theirs, **API),
    row("api:cohort-reviewers", "POST", theirs, data=lambda w: {"membership": w.reviewer.pk}, **API),
    *[row("api:cohort-draft", method, theirs, visitor="401") for method in ("GET", "PUT", "DELETE")],
    row("api:application-preview", "POST", pk, data=lambda w: {"verb": "accept"}, **API),
    row("api:application-preview-all", "POST", **API),
    row("api:application-score", "POST", pk, data=lambda w: {"score": 4}, **API_READERS),
    row("api:application-scores", "GET", pk, **API_READERS),
    row("api:application-move", "POST", pk, data=lambda w: {"to": 1}, **API),
    row("api:application-decide", "POST", **API),
    row("cohorts:applications", "GET", theirs, **READERS),
    row("cohorts:decide", "GET", application, **READERS),
    row("cohorts:board", "GET", theirs, **READERS),
    row("cohorts:compare", "GET", theirs, **READERS),
    row("cohorts:next_unscored", "GET", theirs, **READERS),
    row("cohorts:score", "POST", application, data=lambda w: {"score": 4}, **READERS),
    row("cohorts:preview_decision", "POST", application, **ADMIN),
    row("cohorts:move_in_line", "POST", application, data=lambda w: {"to": 1}, **ADMIN),
    row("cohorts:decide_chosen", "POST", theirs, data=lambda w: {"verb": "accept"}, **ADMIN),
    row("cohorts:reviewers", "GET", theirs, **ADMIN),
    row("cohorts:name_reviewer", "POST", lambda w: [w.open_cohort.slug, w.reviewer.pk], **ADMIN),
    row("cohorts:save_draft", "POST", theirs, visitor="login"),
    row("cohorts:drop_draft", "POST", theirs, visitor="login"),
    row("cohorts:questions", "GET", theirs, **ADMIN),
    row("cohorts:questions", "POST", theirs, data=said, **ADMIN),
    row("cohorts:question", "GET", question, **ADMIN),
    row("cohorts:question", "POST", question, data=said, **ADMIN),
    row("cohorts:move_question", "POST", question, **ADMIN),
    row("cohorts:remove_question", "POST", question, **ADMIN),
]
