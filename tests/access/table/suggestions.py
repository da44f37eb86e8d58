from tests.access.table import row
from tests.access.table.blog import API_EDIT, API_OWN, in_editing


def suggestion(w):
    return [w.edited_post.pk, w.suggestion.pk]


def comment(w):
    return [w.edited_post.pk, w.passage_comment.pk]


def change(w):
    return {"quote": "Some", "replacement": "Few"}


ROWS = [
    row("api:my-post-suggestions", "GET", in_editing, "404", **API_OWN),
    row("api:my-post-accept-suggestion", "POST", suggestion, "404", **API_OWN),
    row("api:my-post-refuse-suggestion", "POST", suggestion, "404", **API_OWN),
    row("api:my-post-resolve-comment", "POST", comment, "404", **API_OWN),
    row("api:my-post-reopen-comment", "POST", comment, "404", **API_OWN),
    row("api:editing-suggestions", "GET", in_editing, "404", **API_EDIT),
    row("api:editing-suggestions", "POST", in_editing, "404", data=change, **API_EDIT),
    row("api:editing-withdraw-suggestion", "POST", suggestion, "404", **API_EDIT),
    row("api:editing-resolve-comment", "POST", comment, "404", **API_EDIT),
    row("api:editing-reopen-comment", "POST", comment, "404", **API_EDIT),
]
