"""What everyone reads: index, author, post."""

import gzip
import json
from html.parser import HTMLParser

import pytest
from django.utils.html import escape

from blog.writing import Text, begin, revise
from tests.factory import make_person, make_post

EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "{{ 7|add:7 }}{% load x %}",
    "<a href=javascript:alert(1)>x</a>",
    "<p style=position:fixed hx-get=/ data-x=1 id=main>x</p>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
]


class Dangers(HTMLParser):
    """Collects what a page of ours never holds, wherever it came from. Data in a script is JSON, with no tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.data = False

    def handle_data(self, text):
        if self.data:
            self.data = False
            self.found += ["data"] if "<" in text or not json.loads(text) else []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.data = tag == "script" and given == {"type": "application/ld+json"}
        if self.data:
            return
        self.found += [tag] if tag in ("iframe", "object", "img") else []
        self.found += [tag] if tag == "script" and not (given.get("src") or "").startswith("/static/") else []
        self.found += [name for name in given if name.startswith(("on", "hx-get", "data-x")) or name == "style"]
        self.found += [value for value in given.values() if value and value.strip().lower().startswith("javascript:")]
        self.found += ["id"] if given.get("id") == "main" and tag != "main" else []


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_that_a_person_writes_is_run(client, emre, evil):
    author = make_person(name=evil[:100])
    post = begin(by=author, text=Text(evil, summary=evil, body=f"{evil}\n\n# {evil}\n\n[x]({evil}) `{evil}`\n"))
    post.ask_for_editing(by=author)
    post.publish(by=emre)
    for address in (post.get_absolute_url(), "/blog/", f"/blog/by/{author.handle}/"):
        dangers, page = Dangers(), client.get(address).content.decode()
        dangers.feed(page)
        assert not dangers.found
        assert escape(evil) in page  # shown as it was written


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "//evil", "x y"])
def test_a_canonical_link_is_of_the_web(sign_in, amara, address):
    post = begin(by=amara, text=Text("Why"))
    answer = sign_in(amara).post(post.desk_url, {"title": "Why", "version": 1, "canonical_url": address})
    post.refresh_from_db()
    assert post.canonical_url in ("", "https://evil")  # Django completes the last one
    assert answer.status_code == (302 if post.canonical_url else 422)


def test_the_canonical_link_is_the_original_if_there_is_one(client, amara, settings):
    settings.BASE_URL = "https://mentorship.example"
    make_post(amara, slug="here", state="published")
    make_post(amara, slug="there", state="published", canonical_url="https://amara.example/why?a=1&b=2")
    assert '<link rel="canonical" href="https://mentorship.example/blog/here/">' in body(client, "/blog/here/")
    assert '<link rel="canonical" href="https://amara.example/why?a=1&amp;b=2">' in body(client, "/blog/there/")


def body(client, address):
    return client.get(address).content.decode()


def test_a_post_shows_mathematics_code_and_how_long_it_takes(client, amara, emre):
    text = "Look: $$\\sum_i x_i^2$$\n\n```python\nx = 1\n```\n\n" + "word " * 500
    post = begin(by=amara, text=Text("Why", body=text))
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    page = body(client, post.get_absolute_url())
    assert "<math" in page
    assert 'class="mi"' in page
    assert "3 min read" in page
    assert '<meta property="og:title" content="Why">' in page


def test_before_it_is_published_only_those_who_work_on_it_read_it(sign_in, amara, bela, emre, ada):
    draft, edited = make_post(amara), make_post(amara, state="in_editing")
    readers = {None: (404, 404), bela: (404, 404), amara: (200, 200), emre: (404, 200), ada: (200, 200)}
    for person, expected in readers.items():
        client = sign_in(person)
        assert tuple(client.get(post.get_absolute_url()).status_code for post in (draft, edited)) == expected
    assert "noindex" in body(sign_in(amara), draft.get_absolute_url())
    assert draft.title not in body(sign_in(amara), "/blog/")


def test_taken_off_it_is_gone(client, amara, emre):
    post = make_post(amara, state="published")
    post.unpublish(by=emre, reason="A figure is wrong.")
    gone = client.get(post.get_absolute_url())
    assert gone.status_code == 410
    assert "taken off the blog" in gone.content.decode()
    assert post.title not in gone.content.decode()
    assert client.get(f"/blog/by/{amara.handle}/").status_code == 404


def test_an_author_page_is_there_only_with_posts(client, amara, bela):
    make_post(amara, state="published")
    make_post(bela)
    assert client.get(f"/blog/by/{amara.handle}/").status_code == 200
    for handle in (bela.handle, "nobody"):
        assert client.get(f"/blog/by/{handle}/").status_code == 404


def test_lists_cost_the_same_with_many_posts(sign_in, client, amara, django_assert_max_num_queries):
    for number in range(50):
        make_post(amara, state="published", title=f"Post {number}")
    one = amara.posts.first().get_absolute_url()
    with django_assert_max_num_queries(1):
        client.get("/blog/")
    with django_assert_max_num_queries(2):
        client.get(f"/blog/by/{amara.handle}/")
    with django_assert_max_num_queries(1):
        client.get(one)
    signed_in = sign_in(amara)
    for address, most in (("/blog/mine/", 8), ("/blog/", 6), (one, 6)):
        with django_assert_max_num_queries(most):
            signed_in.get(address)
    assert 'rel="next"' in body(client, "/blog/")
    assert 'rel="prev"' in body(client, "/blog/?page=3")


def test_a_long_post_stays_within_60_kilobytes(client, amara, emre):
    words = " ".join(f"word{number % 997}" for number in range(20_000))
    paragraphs = words.replace(" word7 ", "\n\n## A head\n\n$x^2$ `code` ")
    post = begin(by=amara, text=Text("Why", body=paragraphs))
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    assert len(gzip.compress(client.get(post.get_absolute_url()).content)) < 60_000


def test_a_published_post_is_rendered_again_when_an_editor_changes_it(client, amara, emre):
    post = make_post(amara, state="published")
    revise(post, by=emre, version=1, text=Text(post.title, body="Now with $x^2$."))
    assert "<math" in body(client, post.get_absolute_url())
