"""dev.to and Hashnode, as their documented APIs answer."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from blog.crossposting import by_hand
from blog.crossposting.source import source_of
from blog.crossposting.work import look_around, work_on
from blog.models import CrossPost
from tests.blog.crossposting.conftest import edit
from tests.factory import make_post

LATER = timedelta(days=1)
HERE = "http://127.0.0.1:8000/blog/why/"


class Places:
    """Both APIs on one port; `faults` are answered first."""

    def __init__(self):
        self.articles, self.posts, self.faults, self.calls, self.lose = [], {}, [], [], False
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")
                outer.calls.append((self.command, self.path, dict(self.headers), body))
                if outer.faults:
                    status, said = outer.faults.pop(0)
                else:
                    status, said = outer.graphql(body) if self.path == "/gql" else outer.forem(self, body)
                if (
                    outer.lose
                    and self.command == "POST"
                    and "mutation" in json.dumps(body) + "mutation" * (self.path != "/gql")
                ):
                    outer.lose = False
                    self.close_connection = True
                    return
                data = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = answer

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def forem(self, request, body):
        path = request.path.partition("?")[0]
        if request.command == "POST":
            self.articles.append(body["article"] | {"id": len(self.articles) + 1, "url": "https://dev.to/amara/why-1"})
            return 201, self.articles[-1]
        if path == "/articles/me/all":
            return 200, self.articles
        article = self.articles[int(path.rpartition("/")[2]) - 1]
        if request.command == "PUT":
            article.update(body["article"])
        elif not article["published"]:
            return 404, {"error": "not found", "status": 404}
        return 200, article

    def graphql(self, body):
        said = body["variables"]
        if "publication(" in body["query"]:
            found = self.posts.get(said["slug"])
            return 200, {
                "data": {"publication": {"id": "pub", "post": found} if said["host"] == "amara.hashnode.dev" else None}
            }
        said = said["input"]
        name = "updatePost" if "id" in said else "publishPost"
        self.posts[said["slug"]] = {
            "id": "p1",
            "url": "https://amara.hashnode.dev/why",
            "canonicalUrl": said["originalArticleURL"],
            "text": said["contentMarkdown"],
        }
        return 200, {"data": {name: {"post": self.posts[said["slug"]]}}}


@pytest.fixture
def there(settings):
    found = Places()
    settings.CROSSPOST_DEVTO_API, settings.CROSSPOST_HASHNODE_API = f"http://{found.host}", f"http://{found.host}/gql"
    settings.FETCH_TRUSTED = [found.host]
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def post(amara, emre):
    fields = {"slug": "why", "title": "Why", "body": "With $x$ and [a](/blog/b/).", "tags": ["deep-learning"]}
    return make_post(amara, state="published", editor=emre, **fields)


def send(post, destination, **options):
    row = CrossPost.queue(post, by=post.author, destination=destination, way="account", secret="key",
                          publication="amara.hashnode.dev", **options)  # fmt: skip
    return work(row)


def work(row, at=None):
    work_on(row.pk, at=at)
    row.refresh_from_db()
    return row


def test_devto_has_a_draft_with_the_canonical_link(there, post):
    row = send(post, "devto")
    (article,) = there.articles
    assert (article["canonical_url"], article["published"], article["tags"]) == (HERE, False, "deeplearning")
    assert "{% katex inline %} x {% endkatex %} and [a](http://127.0.0.1:8000/blog/b/)" in article["body_markdown"]
    assert (row.state, row.remote_id, row.sealed) == ("open", "1", "")
    assert {call[2].get("api-key") for call in there.calls} == {"key"}


def test_devto_published_there_it_is_out_and_no_token_is_needed_to_see_it(there, post):
    row = send(post, "devto")
    look_around(at=timezone.now() + LATER)
    row.refresh_from_db()
    assert row.state == "open"
    there.articles[0]["published"] = True
    look_around(at=timezone.now() + 2 * LATER)
    row.refresh_from_db()
    assert (row.state, row.url) == ("merged", "https://dev.to/amara/why-1")
    assert "api-key" not in there.calls[-1][2]


def test_devto_an_edit_changes_the_same_article(there, post):
    send(post, "devto")
    edit(post)
    assert send(post, "devto").sent_version == 2
    assert len(there.articles) == 1
    assert there.articles[0]["body_markdown"].startswith("Another text.")


@pytest.mark.parametrize("destination", ["devto", "hashnode"])
def test_after_an_answer_that_was_lost_there_is_still_one(there, post, destination):
    there.lose = True
    row = send(post, destination)
    assert (row.state, bool(row.sealed)) == ("queued", True)
    work(row, at=timezone.now() + LATER)
    assert row.state == ("open" if destination == "devto" else "merged")
    assert len(there.articles) + len(there.posts) == 1
    assert row.sealed == ""


def graphql_error(code):
    return {"errors": [{"message": "No.", "extensions": {"code": code}}]}


@pytest.mark.parametrize(
    ("destination", "fault", "state", "words"),
    [
        ("devto", (401, {"error": "unauthorized", "status": 401}), "failed", "does not accept the key"),
        ("devto", (422, {"error": "Title is too short", "status": 422}), "failed", "Title is too short"),
        ("devto", (429, {}), "queued", "too many requests"),
        ("devto", (500, {}), "queued", "500"),
        ("hashnode", (200, graphql_error("UNAUTHENTICATED")), "failed", "does not accept"),
        ("hashnode", (200, graphql_error("FORBIDDEN")), "failed", "plan"),
        ("hashnode", (200, {"errors": [{"message": "Bad tag"}]}), "failed", "Bad tag"),
        ("hashnode", (200, {"data": {"publication": None}}), "failed", "knows no blog"),
        ("hashnode", (502, {}), "queued", "502"),
        ("hashnode", (200, []), "failed", "answered with 200"),
    ],
)  # fmt: skip
def test_what_they_may_answer(there, post, destination, fault, state, words):
    there.faults = [fault]
    row = send(post, destination)
    assert (row.state, words in row.reason) == (state, True), row.reason
    assert bool(row.sealed) == (state == "queued")


def test_hashnode_publishes_and_changes_the_same_post(there, post):
    row = send(post, "hashnode")
    assert (row.state, row.url) == ("merged", "https://amara.hashnode.dev/why")
    assert there.posts["why"]["canonicalUrl"] == HERE
    edit(post)
    again = send(post, "hashnode")
    assert (again.turn, again.state) == (2, "merged")
    assert there.posts["why"]["text"].startswith("Another text.")


def test_hashnode_leaves_another_post_at_the_address_alone(there, post):
    there.posts["why"] = {"id": "other", "url": "x", "canonicalUrl": None}
    row = send(post, "hashnode")
    assert "another post at the address why" in row.reason
    assert there.posts["why"]["id"] == "other"


def test_code_keeps_its_dollars_and_addresses(post):
    post.body = "`$x$` and $5, $6\n\n```\n[a](/b) $y$\n```\n\n$$\nz\n$$\n"
    written = by_hand.markdown(source_of(post), formulas=by_hand.KATEX)
    assert "`$x$` and $5, $6" in written
    assert "[a](/b) $y$" in written
    assert "{% katex %}\nz\n{% endkatex %}" in written
