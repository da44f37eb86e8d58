"""Drafts from the feed of one's own blog: fetched in a task, read safely, each entry once."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from blog.importing import feed as feeds
from blog.importing.feed_file import read
from blog.models import Feed, ImageFetch, Post
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from tests.blog.importing.notebooks import png
from tests.factory import make_feed, make_post

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Jo &amp; Co</title><item><title>One</title><link>/one/</link><guid>g1</guid><category>K means</category>
<pubDate>Tue, 01 Mar 2016 10:00:00 GMT</pubDate><content:encoded><![CDATA[
<p>Let <script type="math/tex">x_i * y_i</script> and \\(a_b\\).</p>
<div class="language-python"><pre><code><span>x</span> = 1</code></pre></div>
<img src="/a.png" alt="A" onerror="x"><img src="/gone.png" alt=""><script>alert(1)</script>]]></content:encoded></item>
<item><title>Two</title><link>/two/</link><description>Only its beginning.</description></item></channel></rss>"""
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hi</body></html>'
BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><rss version="2.0"><channel>
<title>&c;</title></channel></rss>"""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        bodies = {"/": PAGE, "/feed.xml": RSS, "/a.png": png(), "/bomb": BOMB, "/none": b"nothing"}
        self.send_response(200 if self.path in bodies else 404)
        self.end_headers()
        self.wfile.write(bodies.get(self.path, b""))

    def log_message(self, *args):
        pass


@pytest.fixture
def blog(settings):
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        settings.FETCH_TRUSTED = [f"127.0.0.1:{found.server_port}"]
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def fetched(person, address):
    feed = Feed.ask(by=person, address=address)
    feeds.fetch_feed(feed.pk)
    feed.refresh_from_db()
    return feed


def test_an_entry_as_markdown():
    found = read(RSS, "https://jo.example/feed.xml")
    one, two = found["entries"]
    assert found["title"] == "Jo & Co"
    assert (one["title"], one["url"], one["day"], one["tags"]) == (
        "One", "https://jo.example/one/", "2016-03-01", ["k-means"],
    )  # fmt: skip
    assert one["text"] == (
        "Let $x_i * y_i$ and $a_b$.\n\n```python\nx = 1\n```\n\n"
        "![A](https://jo.example/a.png)![](https://jo.example/gone.png)\n"
    )
    assert two["note"] == "The feed has only its beginning."


def test_a_page_names_its_feed():
    assert read(PAGE, "https://jo.example/x/") == {"link": "https://jo.example/feed.xml"}


@pytest.mark.parametrize("raw", [BOMB, b"", b"/etc/passwd", b"http://127.0.0.1/", b"\xff\xfe\x00"])
def test_what_is_no_feed_is_refused(raw):
    with pytest.raises(RenderError):
        read(raw, "https://jo.example/")


def test_from_an_address_to_drafts_with_their_images(blog, amara):
    feed = fetched(amara, f"{blog}/")
    assert (feed.state, feed.title, len(feed.entries)) == ("fetched", "Jo & Co", 2)
    (post,) = feeds.begin(feed, by=amara, keys=[feed.entries[0]["key"]])
    assert (post.state, post.origin, post.canonical_url) == ("draft", "feed", f"{blog}/one/")
    row = ImageFetch.objects.get(post=post)
    for _ in range(2):
        feeds.fetch_images(row.pk)
    row.refresh_from_db()
    post.refresh_from_db()
    assert (row.state, row.problems) == ("fetched", ["gone.png: the server answered 404."])
    assert post.figures.get().address in post.body
    assert post.version == 2
    assert feeds.begin(feed, by=amara, keys=[feed.entries[0]["key"]]) == [post]
    assert Post.objects.count() == 1


@pytest.mark.parametrize(("path", "reason"), [("/bomb", "entities"), ("/none", "no feed"), ("/away", "answered 404")])
def test_why_it_failed_is_said(blog, amara, path, reason):
    feed = fetched(amara, blog + path)
    assert feed.state == "failed"
    assert reason in feed.reason


def test_what_is_not_on_the_public_internet_is_not_fetched(amara):
    assert "not on the public internet" in fetched(amara, "http://127.0.0.1:1/").reason


def test_it_is_asked_again_by_hand_only(amara):
    feed = Feed.ask(by=amara, address="http://127.0.0.1:1/")
    with pytest.raises(Refused, match="being fetched"):
        feed.ask_again()
    feeds.fetch_feed(feed.pk)
    feed.refresh_from_db()
    assert feed.state == "failed"
    feeds.fetch_feed(feed.pk)
    feed.ask_again()
    assert (feed.state, feed.reason) == ("asked", "")


def test_on_the_pages(sign_in, amara):
    client = sign_in(amara)
    assert client.post("/blog/import/feed/", {"address": "ftp://a.example"}).status_code == 422
    asked = client.post("/blog/import/feed/", {"address": "http://127.0.0.1:1/"})
    assert "every 2s" in client.get(asked.url).content.decode()
    feed = make_feed(amara)
    address = f"/blog/import/feed/{feed.pk}/"
    assert "every 2s" not in client.get(address, headers={"HX-Request": "true"}).content.decode()
    refused = client.post(address)
    assert refused.status_code == 422
    assert "at least one entry" in refused.content.decode()
    assert client.post(address, {"entry": "1"}).url == Post.objects.get().desk_url
    assert "your post already" in client.get(address).content.decode()


def test_images_of_any_draft_can_be_fetched(sign_in, amara):
    post = make_post(amara, body="![A](http://127.0.0.1:1/a.png)")
    client = sign_in(amara)
    assert "Fetch the one that is on the web" in client.get(f"/blog/{post.pk}/images/").content.decode()
    client.post(f"/blog/{post.pk}/images/fetch/")
    feeds.fetch_images(ImageFetch.objects.get().pk)
    page = client.get(f"/blog/{post.pk}/images/").content.decode()
    assert "None of the images came" in page
    assert "not on the public internet" in page
