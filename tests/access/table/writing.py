"""What belongs to a post's desk: its figures, its revisions."""

from tests.access.table import row
from tests.access.table.blog import API_EDIT, API_OWN, OWN, draft, in_editing


def own_figure(w):
    return [w.figure.key]


ROWS = [
    row("blog:figure", "GET", own_figure, "404", mentee="in", admin="in"),
    row("blog:figures", "POST", draft, "404", **OWN),
    row("blog:describe-figure", "POST", own_figure, "404", **OWN),
    row("blog:remove-figure", "POST", own_figure, "404", **OWN),
    row("blog:checks", "GET", draft, "404", **OWN),
    row("blog:check-links", "POST", draft, "404", **OWN),
    row("api:my-post-checks", "GET", draft, "404", **API_OWN),
    row("api:my-post-check-links", "POST", draft, "404", **API_OWN),
    row("api:editing-checks", "GET", in_editing, "404", **API_EDIT),
    row("api:editing-check-links", "POST", in_editing, "404", **API_EDIT),
    row("blog:revisions", "GET", draft, "404", **OWN),
    row("blog:restore", "POST", lambda w: [w.draft.pk, 1], "404", **OWN),
    row("api:my-post-revisions", "GET", draft, "404", **API_OWN),
    row("api:my-post-revision", "GET", draft, "404", **API_OWN, data=lambda w: {"version": 1}),
    row("api:my-post-difference", "GET", draft, "404", **API_OWN),
    row("api:my-post-restore", "POST", draft, "404", **API_OWN),
    row("api:my-post-figures", "GET", draft, "404", **API_OWN),
    row("api:my-post-figures", "POST", draft, "404", **API_OWN),
    row("api:post-figure-detail", "GET", own_figure, "404", **API_OWN, admin="in"),
    row("api:post-figure-detail", "PATCH", own_figure, "404", data=lambda w: {"alt": "A plot"}, **API_OWN, admin="in"),
    row("api:post-figure-detail", "DELETE", own_figure, "404", **API_OWN, admin="in"),
    row("api:editing-revisions", "GET", in_editing, "404", **API_EDIT),
    row("api:editing-revision", "GET", in_editing, "404", **API_EDIT),
    row("api:editing-difference", "GET", in_editing, "404", **API_EDIT),
    row("api:editing-restore", "POST", in_editing, "404", **API_EDIT),
    row("api:editing-figures", "GET", in_editing, "404", **API_EDIT),
    row("api:editing-figures", "POST", in_editing, "404", **API_EDIT),
]
