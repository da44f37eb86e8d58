from tests.access.table import row
from tests.access.table.projects import API_AUTHOR, API_MENTOR, API_OF_SUBMISSION, AUTHOR, MENTOR, OF_SUBMISSION

SAYS = {"text": "A word.", "version": 0}


def comment(w):
    return [w.comment.pk]


def remark(w):
    return [w.remark.pk]


def request(w):
    return [w.request.pk]


def round(w):
    return [w.round.pk]


def says(w):
    return SAYS


ROWS = [
    row("projects:comment", "GET", comment, "404", **OF_SUBMISSION),
    row("projects:comment", "POST", comment, "404", data=says, **OF_SUBMISSION),
    row("projects:edit_comment", "GET", comment, "404", **MENTOR),
    row("projects:edit_comment", "POST", comment, "404", data=says, **MENTOR),
    row("projects:delete_comment", "POST", comment, "404", **MENTOR),
    row("projects:edit_remark", "GET", remark, "404", **AUTHOR),
    row("projects:edit_remark", "POST", remark, "404", data=says, **AUTHOR),
    row("projects:delete_remark", "POST", remark, "404", **AUTHOR),
    row("projects:prepare", "POST", request, "404", data=lambda w: {"prepared": "So."}, **AUTHOR),
    row("projects:take_back", "POST", round, "404", **MENTOR),
    row("api:comment-detail", "GET", comment, "404", **API_OF_SUBMISSION),
    row("api:comment-detail", "PATCH", comment, "404", data=says, **API_MENTOR),
    row("api:comment-detail", "DELETE", comment, "404", **API_MENTOR),
    row("api:comment-reply", "POST", comment, "404", data=says, **API_OF_SUBMISSION),
    row("api:remark-detail", "PATCH", remark, "404", data=says, **API_AUTHOR),
    row("api:remark-detail", "DELETE", remark, "404", **API_AUTHOR),
    row("api:change-request-prepare", "PUT", request, "404", data=lambda w: {"text": "So."}, **API_AUTHOR),
    row("api:round-take-back", "POST", round, "404", **API_MENTOR),
]
