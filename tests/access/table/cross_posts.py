from tests.access.table import row

WHOSE = {"visitor": "login", "mentee": "in", "editor": "in", "admin": "in"}
EDITORS = {"visitor": "login", "editor": "in", "admin": "in"}
API = {"visitor": "401"}
API_WHOSE = API | {"mentee": "in", "editor": "in", "admin": "in"}
THERE = {"destination": "jekyll", "way": "program"}


def published(w):
    return [w.post.pk]


def sent(w):
    return [w.cross_post.pk]


def sends(w):
    return {"post": w.post.pk} | THERE


def links(w):
    return {"post": w.post.pk, "url": "https://github.com/ml/blog/pull/2"}


ROWS = [
    row("blog:cross-posts", "GET", rest="404", **EDITORS),
    row("blog:cross-post", "GET", published, "404", **WHOSE),
    row("blog:cross-post", "POST", published, "404", data=lambda w: THERE, **WHOSE),
    row("blog:cross-post-link", "POST", published, "404", data=lambda w: {"url": "x"}, **WHOSE),
    row("blog:cross-post-retry", "POST", sent, "404", **WHOSE),
    row("blog:cross-post-withdraw", "POST", sent, "404", **WHOSE),
    row("blog:cross-post-webhook", "POST", rest="403"),
    row("blog:take-along", "GET", lambda w: [w.post.pk, "markdown"], "404", **WHOSE),
    row("api:cross-post-list", "GET", **API),
    row("api:cross-post-list", "POST", rest="404", data=sends, **API_WHOSE),
    row("api:cross-post-link", "POST", rest="404", data=links, **API_WHOSE),
    row("api:cross-post-dry-run", "GET", rest="404", **API),
    row("api:cross-post-detail", "GET", sent, "404", **API_WHOSE),
    row("api:cross-post-retry", "POST", sent, "404", **API_WHOSE),
    row("api:cross-post-withdraw", "POST", sent, "404", **API_WHOSE),
]
