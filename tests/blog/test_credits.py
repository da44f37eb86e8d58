"""The names of all who wrote a published post: on its page, in lists, search, feed and API, and on their own pages."""

from xml.etree import ElementTree

import pytest

from blog.models import Coauthor
from blog.posts import read_published
from tests.factory import make_coauthor, make_post

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def post(amara, bela, mateo, cohort, emre):
    post = make_post(amara, title="Bagging", slug="bagging", body="Bagging helps.")
    for person in (bela, mateo):
        make_coauthor(post, person)
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    return post


@pytest.mark.parametrize("address", ["/blog/bagging/", "/blog/", "/blog/search/?q=bagging", "/blog/by/{}/"])
def test_all_names_stand_there_each_a_link(client, post, bela, address):
    page = client.get(address.format(bela.handle)).content.decode()
    places = [page.index(f'/blog/by/{one.handle}/">{one.name}</a>') for one in post.authors()]
    assert places == sorted(places)


def test_in_the_feed_and_the_api(client, post, amara, bela, mateo):
    entry = ElementTree.fromstring(client.get("/blog/feed/").content).find("a:entry", ATOM)  # noqa: S314 (our own)
    assert [one.text for one in entry.findall("a:author/a:name", ATOM)] == [amara.name, bela.name, mateo.name]
    found = client.get(f"/api/v1/posts/?author={bela.handle}").json()["results"]
    assert [one["handle"] for one in found[0]["authors"]] == [amara.handle, bela.handle, mateo.handle]


def test_the_statement_by_hand_says_the_same(post, amara, bela, mateo, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = read_published(post.slug).authors()
        assert [one.handle for one in found] == [amara.handle, bela.handle, mateo.handle]


def test_who_was_only_asked_is_not_named(client, amara, bela, cohort, emre):
    post = make_post(amara)
    Coauthor.ask(post, by=amara, handle=bela.handle)
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    assert bela.name not in client.get(post.get_absolute_url()).content.decode()
    assert client.get(f"/blog/by/{bela.handle}/").status_code == 404
