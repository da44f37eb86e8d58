"""Posts that begin from something that exists."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.table import row
from tests.access.table.blog import API, OWN, draft


def a_file(w):
    return {"chosen": SimpleUploadedFile("a.md", b"Text")}


ROWS = [
    row("blog:import", "GET", visitor="login"),
    row("blog:import-file", "GET", visitor="login"),
    row("blog:import-file", "POST", data=a_file, visitor="login"),
    row("blog:images", "GET", draft, "404", **OWN),
    row("blog:images", "POST", draft, "404", **OWN),
    row("api:post-file-list", "POST", data=a_file, **API),
    row("api:post-file-images", "GET", draft, "404", **API, mentee="in", admin="in"),
    row("api:post-file-images", "POST", draft, "404", **API, mentee="in", admin="in"),
]
