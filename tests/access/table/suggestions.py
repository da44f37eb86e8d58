from tests.access.table import row
from tests.access.table.blog import API_EDIT, API_OWN, OWN, SAYS, in_editing


def suggestion(w):
    return [w.edited_post.pk, w.suggestion.pk]


def comment(w):
    return [w.edited_post.pk, w.passage_comment.pk]


def change(w):
    return {"quote": "Some", "replacement": "Few"}


EVERYONE = OWN | {"editor": "in", "mentor": "in"}

ROWS = [
    row("blog:suggest", "POST", in_editing, "404", data=change, **EVERYONE),
    row("blog:accept-suggestion", "POST", suggestion, "404", **EVERYONE),
    row("blog:refuse-suggestion", "POST", suggestion, "404", **EVERYONE),
    row("blog:withdraw-suggestion", "POST", suggestion, "404", **EVERYONE),
    row("blog:answer-comment", "POST", comment, "404", data=lambda w: SAYS, **EVERYONE),
    row("blog:resolve-comment", "POST", comment, "404", **EVERYONE),
    row("blog:reopen-comment", "POST", comment, "404", **EVERYONE),
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
