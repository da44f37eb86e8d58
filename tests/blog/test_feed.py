from xml.etree import ElementTree

from blog.writing import Text, begin
from tests.factory import days_ago, make_post

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(client):
    answer = client.get("/blog/feed/")
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314 (our own)


def publish(author, editor, **text):
    post = begin(by=author, text=Text(**text))
    post.ask_for_editing(by=author)
    post.publish(by=editor)
    return post


def test_entries_have_what_atom_asks_for_and_the_full_text(client, amara, emre, settings):
    settings.BASE_URL = "https://mentorship.example"
    post = publish(amara, emre, title="Why <k> & co?", body="Because $x^2$[^1] & so on.\n\n[^1]: A note.")
    feed = read(client)
    entry = feed.find("a:entry", ATOM)
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == "https://mentorship.example/blog/feed/"
    assert entry.findtext("a:title", None, ATOM) == "Why <k> & co?"
    assert entry.findtext("a:id", None, ATOM) == f"urn:uuid:{post.key}"
    assert entry.findtext("a:author/a:name", None, ATOM) == "Amara Okafor"
    assert entry.find("a:link", ATOM).get("href") == "https://mentorship.example/blog/why-k-co/"
    assert entry.findtext("a:updated", None, ATOM) >= entry.findtext("a:published", None, ATOM)
    html = entry.findtext("a:content", None, ATOM)
    assert "<math" in html
    assert 'href="https://mentorship.example/blog/why-k-co/#' in html
    assert 'href="#' not in html


def test_what_xml_cannot_hold_does_not_break_it(client, amara):
    make_post(amara, state="published", title="A\x0bB", body_html="<p>\x01 ok</p>", teaser="\x02 &lt;b&gt;")
    entry = read(client).find("a:entry", ATOM)
    assert entry.findtext("a:title", None, ATOM) == "AB"
    assert entry.findtext("a:summary", None, ATOM) == " &amp;lt;b&amp;gt;"


def test_only_published_posts_newest_first_twenty_at_most(client, amara, django_assert_max_num_queries):
    make_post(amara, title="A draft")
    for number in range(22):
        make_post(amara, title=f"Post {number}", state="published", published_at=days_ago(number))
    with django_assert_max_num_queries(2):
        titles = [entry.findtext("a:title", None, ATOM) for entry in read(client).iterfind("a:entry", ATOM)]
    assert titles == [f"Post {number}" for number in range(20)]


def test_unchanged_it_is_not_sent_again_and_a_removed_post_is(client, amara, emre):
    publish(amara, emre, title="Why", body="Because.")
    gone = publish(amara, emre, title="Gone", body="Soon.")
    tag = client.get("/blog/feed/")["ETag"]
    assert client.get("/blog/feed/", headers={"if-none-match": tag}).status_code == 304
    gone.unpublish(by=emre, reason="Wrong.")
    assert client.get("/blog/feed/", headers={"if-none-match": tag}).status_code == 200


def test_it_is_there_before_the_first_post(client, db):
    assert read(client).find("a:entry", ATOM) is None
