"""The check list beside a text, and the links that a task looks at."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from blog.checking import check
from blog.links import check_links
from blog.models import Link
from blog.text_facts import facts_of
from mentorship.common import clock
from tests.factory import make_figure, make_post

LONG = "This sentence goes on and on " + "and on " * 20 + "until it stops. "


def state_of(post, name) -> str:
    return next(one.state for one in check(post).checks if one.name == name)


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("Images say what they show", "![](https://a.test/x.png)", "![A plot](https://a.test/x.png)"),
        ("Images say what they show", '<img src="/x.png" alt="">', '<img src="/x.png" alt="A plot">'),
        ("Images are there", "![a](/blog/figures/00000000-0000-4000-8000-000000000000.webp)", ""),
        ("Code names its language", "```\nx\n```", "```python\nx\n```"),
        ("Headings in order", "## a\n\n#### b", "## a\n\n### b\n\n## c"),
    ],
)
def test_what_is_worth_a_look(amara, name, bad, good):
    assert state_of(make_post(amara, body=bad), name) == "look"
    found = check(make_post(amara, body=good)).checks
    assert all(one.state == "good" for one in found if one.name == name)


def test_a_figure_of_the_post_is_there(amara):
    post = make_post(amara, title="Two words", summary="Short.")
    post.body = make_figure(post, alt="A plot").markdown
    assert check(post).to_look_at == 0


def test_title_summary_and_where_it_stood_first(amara):
    bare = make_post(amara, title="Why", origin="feed", origin_key="x")
    assert {one.name for one in check(bare).checks if one.state == "look"} == {
        *("Title", "Summary", "First published elsewhere"),
    }


def test_sentences_are_counted_without_code_and_formulas(amara):
    body = f"Short one. Another `a b c d e` one. And $a + b$ too.\n\n{LONG}\n\n```\n{LONG}\n```\n\n| {LONG} |\n|---|\n"
    found = check(make_post(amara, body=body))
    assert len(found.long) == 1
    assert "1 is longer than 30" in found.hint


def test_long_and_hostile_texts_are_read_apart(amara):
    assert check(make_post(amara, body="[a](https://a.test/) *b* " * 8000)).sentence_words == 16_000


@pytest.fixture
def web(settings):
    """A server on this machine that may be fetched from: /ok answers, all else is gone."""
    asked = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200 if self.path == "/ok" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET

        def log_message(self, *args):
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    where = f"127.0.0.1:{server.server_port}"
    settings.FETCH_TRUSTED = [where]
    yield f"http://{where}", asked
    server.shutdown()
    server.server_close()


def test_links_are_looked_at_once_a_day(amara, web):
    here, asked = web
    post = make_post(amara, body=f"[a]({here}/ok) [b]({here}/gone#x) [c](http://10.0.0.1/)")
    assert state_of(post, "Links are alive") == "open"
    assert check_links(post.pk) == 3
    assert asked == ["/ok", "/gone", "/gone"]
    assert state_of(post, "Links are alive") == "look"
    assert dict(Link.objects.values_list("url", "state")) == {
        f"{here}/ok": "alive", f"{here}/gone": "dead", "http://10.0.0.1/": "dead",
    }  # fmt: skip
    assert check_links(post.pk) == 0
    Link.objects.filter(state="alive").update(checked_at=clock.now() - timedelta(days=2))
    assert check_links(post.pk) == 1


def test_it_is_read_in_a_thread_of_a_server_too():
    body = "A text that no other test reads."
    with ThreadPoolExecutor() as threads:
        assert threads.submit(facts_of, body).result()["sentences"] == 1


def test_fifty_at_most(amara):
    body = " ".join(f"[a](http://10.0.0.1/{number})" for number in range(60))
    assert check_links(make_post(amara, body=body).pk) == 50


def test_by_page_and_api(sign_in, amara, django_assert_max_num_queries):
    post, client = make_post(amara, title="Why", body="<b>x</b> [a](https://a.test/)"), sign_in(amara)
    with django_assert_max_num_queries(8):
        page = client.get(f"/blog/{post.pk}/checks/").content.decode()
    assert "One word says little" in page
    assert (
        "not looked at yet"
        in client.post(f"/blog/{post.pk}/check-links/", headers={"HX-Request": "true"}).content.decode()
    )
    names = [one["name"] for one in client.get(f"/api/v1/my-posts/{post.pk}/checks/").json()["checks"]]
    assert names[:2] == ["Title", "Summary"]
    assert client.post(f"/api/v1/my-posts/{post.pk}/check-links/").status_code == 202
