"""Applying and triage: the form for who is signed in, its questions for admins."""

from tests.access.table import row
from tests.access.table.cohorts import ADMIN, theirs


def question(w):
    return [w.open_cohort.slug, w.application_question.pk]


def said(w):
    return {"label": "Anything else?", "kind": "text"}


ROWS = [
    row("cohorts:save_draft", "POST", theirs, visitor="login"),
    row("cohorts:drop_draft", "POST", theirs, visitor="login"),
    row("cohorts:questions", "GET", theirs, **ADMIN),
    row("cohorts:questions", "POST", theirs, data=said, **ADMIN),
    row("cohorts:question", "GET", question, **ADMIN),
    row("cohorts:question", "POST", question, data=said, **ADMIN),
    row("cohorts:move_question", "POST", question, **ADMIN),
    row("cohorts:remove_question", "POST", question, **ADMIN),
]
