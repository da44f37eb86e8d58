"""What machines read of the blog: structured data, social cards, the sitemap; and what a page weighs."""

import gzip
import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from blog.writing import Text, begin
from mentorship.common.staticfiles import ENTRY, in_one_piece
from projects.models import Portfolio
from tests import factory

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
TITLES = ["</script><script>alert(1)</script>", "W" * 140, "word " * 28, "למה זה עובד", "🙂 why", "a & b < c", "\u2028"]


class Structured(HTMLParser):
    """The scripts of a page: the data in it, and how many that run without an address."""

    def __init__(self, page):
        super().__init__()
        self.data, self.inline, self.inside, self.meta = "", 0, "", {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.inside = given.get("type", "") if tag == "script" else ""
        self.inline += tag == "script" and "src" not in given and given.get("type") != "application/ld+json"
        if tag == "meta" and "property" in given:
            self.meta[given["property"]] = given["content"]

    def handle_data(self, text):
        self.data += text if self.inside == "application/ld+json" else ""

    def handle_endtag(self, tag):
        self.inside = ""


def read(client, address):
    found = Structured(client.get(address).content.decode())
    assert found.inline == 0
    posting, crumbs = json.loads(found.data)["@graph"]
    return posting, crumbs, found.meta


@pytest.mark.parametrize("title", TITLES)
def test_structured_data_and_card_hold_any_title(client, amara, emre, title):
    post = begin(by=amara, text=Text(f"{title[:138]}!", summary=title, category="on_trees", tags=("a", "b")))
    post.body = "x"
    post.save()
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    posting, crumbs, meta = read(client, post.get_absolute_url())
    assert posting["@type"] == "BlogPosting"
    assert posting["headline"] == meta["og:title"] == post.title
    assert posting["author"]["name"] == "Amara Okafor"
    assert posting["keywords"] == ["a", "b"]
    assert [step["name"] for step in crumbs["itemListElement"]] == ["Blog", "on trees", post.title]
    assert meta["og:image"] == posting["image"]
    card = client.get(meta["og:image"].removeprefix("http://127.0.0.1:8000"))
    assert Image.open(BytesIO(card.content)).size == (1200, 630)
    assert "max-age=31536000" in card["Cache-Control"]


def test_a_card_is_another_one_when_the_post_changes_and_only_for_published_ones(client, amara, emre):
    post = factory.make_post(amara, state="published", title="Why", slug="why")
    first = client.get("/blog/why/card.png")
    assert client.get("/blog/why/card.png", headers={"if-none-match": first["ETag"]}).status_code == 304
    type(post).objects.update(title="Why not")
    assert client.get("/blog/why/card.png", headers={"if-none-match": first["ETag"]}).status_code == 200
    post.refresh_from_db()
    post.move(by=emre, slug="because")
    assert client.get("/blog/why/card.png")["Location"] == "/blog/because/card.png"
    factory.make_post(amara, slug="draft")
    assert client.get("/blog/draft/card.png").status_code == 404


def addresses(client, path):
    found = ElementTree.fromstring(client.get(path).content)  # noqa: S314 (our own)
    return [one.text for one in found.iterfind(".//s:loc", NAMES)]


def test_the_sitemap_names_what_everybody_reads(client, amara, bela, settings, django_assert_max_num_queries):
    settings.BASE_URL = "https://mentorship.example"
    shown = [
        factory.make_post(amara, state="published").get_absolute_url(),
        factory.make_stream().get_absolute_url(),
        factory.make_cohort(state="open").get_absolute_url(),
        f"/portfolio/{amara.handle}/",
    ]
    hidden = [
        factory.make_post(amara).get_absolute_url(),
        factory.make_post(amara, state="published", canonical_url="https://a.example/x").get_absolute_url(),
        factory.make_cohort(state="draft").get_absolute_url(),
        f"/portfolio/{bela.handle}/",
    ]
    Portfolio.of(amara).change(by=amara, visibility="public")
    Portfolio.of(bela).change(by=bela, visibility="program")
    assert "Sitemap: https://mentorship.example/sitemap.xml" in client.get("/robots.txt").content.decode()
    with django_assert_max_num_queries(12):
        files = addresses(client, "/sitemap.xml")
    found = {one for file in files for one in addresses(client, file.removeprefix("https://mentorship.example"))}
    assert {f"https://mentorship.example{path}" for path in shown} <= found
    assert not {f"https://mentorship.example{path}" for path in hidden} & found
    for wrong in ("/sitemap-posts-2.xml", "/sitemap-x-1.xml", "/sitemap-posts-0.xml"):
        assert client.get(wrong).status_code == 404


REFERENCE = "\n\n".join(
    [
        "# A head",
        "Of $x_i^2$ and $$\\sum_{i=1}^n \\frac{1}{n} x_i$$",
        "```python\nfor x in range(3):\n    print(x)\n```",
    ]
    + [f"Paragraph {n}: " + " ".join(f"word{(n * 31 + k * 17) % 997}" for k in range(120)) for n in range(20)]
)


def test_a_page_weighs_60_kilobytes_at_most_and_is_read_without_a_script(client, amara, emre):
    """HTML and CSS of a first visit; mathematics is MathML, highlighting is classes that the stylesheet colours."""
    post = begin(by=amara, text=Text("Why", body=REFERENCE, tags=("a", "b")))
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    page = client.get(post.get_absolute_url()).content.decode()
    css = in_one_piece(lambda name: Path(finders.find(name)).read_text())
    assert ENTRY.endswith(".css")
    weight = len(gzip.compress(page.encode())) + len(gzip.compress(css.encode()))
    assert weight <= 60 * 1024, weight
    text = re.search(r'<div class="prose".*?</article>', page, re.DOTALL)[0]
    assert "<math" in text
    assert "<munderover" in text or "<munder" in text
    assert re.search(r'<span class="k[a-z]*">for</span>', text)
    assert not re.search(r"<script|<noscript| style=|<canvas|<iframe", text)
    assert re.search(r"\.kn?\b", css)
