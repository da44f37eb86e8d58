"""Posts that begin from something that exists."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.table import row
from tests.access.table.blog import API, OWN, draft


def a_file(w):
    return {"chosen": SimpleUploadedFile("a.md", b"Text")}


def a_notebook(w):
    return [w.cells.pk]


ONLY = {"visitor": "login", "mentee": "in"}


def a_feed(w):
    return [w.own_feed.pk]


ROWS = [
    row("blog:import-feed", "GET", visitor="login"),
    row("blog:import-feed", "POST", data=lambda w: {"address": "https://jo.example/"}, visitor="login"),
    row("blog:import-entries", "GET", a_feed, "404", **ONLY),
    row("blog:import-entries", "POST", a_feed, "404", data=lambda w: {"entry": "1"}, **ONLY),
    row("blog:import-feed-again", "POST", a_feed, "404", **ONLY),
    row("blog:fetch-images", "POST", draft, "404", **OWN),
    row("api:post-file-fetch", "POST", draft, "404", **API, mentee="in", admin="in"),
    row("api:post-feed-list", "GET", **API),
    row("api:post-feed-list", "POST", data=lambda w: {"address": "https://jo.example/"}, **API),
    row("api:post-feed-detail", "GET", a_feed, "404", **API, mentee="in"),
    row("api:post-feed-again", "POST", a_feed, "404", **API, mentee="in"),
    row("api:post-feed-begin", "POST", a_feed, "404", data=lambda w: {"entries": ["1"]}, **API, mentee="in"),
    row("blog:import-notebook", "GET", visitor="login"),
    row("blog:import-notebook", "POST", visitor="login"),
    row("blog:import-cells", "GET", a_notebook, "404", **ONLY),
    row("blog:import-cells", "POST", a_notebook, "404", **ONLY),
    row("blog:import-notebook-again", "GET", draft, "404", **OWN),
    row("blog:import-notebook-again", "POST", draft, "404", **OWN),
    row("home:own_notebooks", "GET", visitor="login"),
    row("home:take_notebook", "POST", lambda w: [w.notebook.pk], "404", **ONLY),
    row("api:own-notebook-list", "GET", **API),
    row("api:own-notebook-take", "POST", lambda w: [w.notebook.pk], "404", **API, mentee="in"),
    row("api:post-notebook-list", "POST", **API),
    row("api:post-notebook-detail", "GET", a_notebook, "404", **API, mentee="in"),
    row("api:post-notebook-difference", "POST", a_notebook, "404", **API, mentee="in"),
    row("api:post-notebook-use", "POST", a_notebook, "404", **API, mentee="in"),
    row("blog:import", "GET", visitor="login"),
    row("blog:import-file", "GET", visitor="login"),
    row("blog:import-file", "POST", data=a_file, visitor="login"),
    row("blog:images", "GET", draft, "404", **OWN),
    row("blog:images", "POST", draft, "404", **OWN),
    row("api:post-file-list", "POST", data=a_file, **API),
    row("api:post-file-images", "GET", draft, "404", **API, mentee="in", admin="in"),
    row("api:post-file-images", "POST", draft, "404", **API, mentee="in", admin="in"),
]
