"""The blog as everyone reads it, and what editors do with what is published."""

from tests.access.table import row

EDITORS = {"visitor": "login", "editor": "in", "admin": "in"}
API = {"visitor": "401"}
API_EDITORS = API | {"editor": "in", "admin": "in"}
ELSEWHERE = {"slug": "elsewhere"}
WHEN = {"day": "2030-01-01", "clock": "09:00"}


def published(w):
    return [w.post.pk]


def ready(w):
    return [w.ready_post.pk]


def handle(w):
    return [w.people["mentee"].handle]


def series(w):
    return [w.series.slug]


def trees(w):
    return {"title": "Trees", "posts": []}


ROWS = [
    row("blog:author-feed", "GET", handle),
    row("blog:category", "GET", lambda w: ["trees"]),
    row("blog:category-feed", "GET", lambda w: ["trees"]),
    row("blog:tag", "GET", lambda w: ["forests"]),
    row("blog:tag-feed", "GET", lambda w: ["forests"]),
    row("blog:search", "GET"),
    row("blog:card", "GET", lambda w: [w.post.slug]),
    row("home:robots", "GET"),
    row("home:sitemap", "GET"),
    row("home:sitemap_section", "GET", lambda w: ["posts", 1]),
    row("blog:all-series", "GET"),
    row("blog:series", "GET", series),
    row("blog:new-series", "GET", visitor="login"),
    row("blog:new-series", "POST", data=trees, visitor="login"),
    row("blog:arrange", "GET", series, "404", visitor="login", mentee="in"),
    row("blog:arrange", "POST", series, "404", data=trees, visitor="login", mentee="in"),
    row("blog:discard-series", "POST", series, "404", visitor="login", mentee="in"),
    row("api:series-list", "GET"),
    row("api:series-list", "POST", data=trees, **API),
    row("api:series-detail", "GET", series),
    row("api:series-detail", "PUT", series, data=trees, **API),
    row("api:series-detail", "DELETE", series, **API),
    row("blog:schedule", "POST", ready, "404", data=lambda w: WHEN, **EDITORS),
    row("blog:move", "POST", published, "404", data=lambda w: ELSEWHERE, **EDITORS),
    row("blog:feature", "POST", published, "404", **EDITORS),
    row("blog:unfeature", "POST", published, "404", **EDITORS),
    row("api:editing-move", "POST", published, "404", data=lambda w: ELSEWHERE, **API_EDITORS),
    row("api:editing-feature", "POST", published, "404", **API_EDITORS),
    row("api:editing-unfeature", "POST", published, "404", **API_EDITORS),
]
