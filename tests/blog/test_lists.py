"""Lists of published posts: of a category, a tag, an author, a series; found by words; each a page and a feed."""

from xml.etree import ElementTree

import pytest

from blog.models import Post, Series
from tests import factory

HOSTILE = [
    "../x",
    "' OR 1=1 --",
    "\x00",
    "a & | ! ( ) : *",
    '"',
    "-",
    "the",
    "x" * 9_000,
    "<script>",
    "%",
    "\u202e",
    "🙂",
]


@pytest.fixture
def posts(amara):
    fields = {"state": "published", "category": "data_science"}
    return [
        factory.make_post(
            amara, title=f"Tree {n}", tags=["trees", f"only-{n}"], **fields, published_at=factory.days_ago(n)
        )
        for n in range(3)
    ]


def titles(answer):
    return [row["title"] for row in answer.context["rows"]]


@pytest.mark.parametrize("address", ["in/data_science/", "tagged/trees/", "by/amara-okafor/"])
def test_a_list_and_its_feed(client, posts, amara, django_assert_max_num_queries, address):
    factory.make_post(amara, title="A draft", category="data_science", tags=["trees"])
    address = f"/blog/{address.replace('amara-okafor', amara.handle)}"
    with django_assert_max_num_queries(2):
        answer = client.get(address)
    assert titles(answer) == ["Tree 0", "Tree 1", "Tree 2"]
    assert f'href="{address}feed/"' in answer.content.decode()
    with django_assert_max_num_queries(3):
        feed = client.get(f"{address}feed/")
    read = ElementTree.fromstring(feed.content)  # noqa: S314 (our own)
    assert len(read.findall("{http://www.w3.org/2005/Atom}entry")) == 3
    assert client.get(f"{address}feed/", headers={"if-none-match": feed["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "address", ["in/nothing/", "tagged/nothing/", "tagged/..%2Fx/", "in/nothing/feed/", "series/nothing/"]
)
def test_where_no_post_is_there_is_no_page(client, posts, address):
    assert client.get(f"/blog/{address}").status_code == 404


def test_lists_follow_what_becomes_of_a_post(client, posts, emre):
    posts[0].unpublish(by=emre, reason="Wrong.")
    Post.objects.filter(pk=posts[1].pk).update(tags=["leaves"])
    assert titles(client.get("/blog/tagged/trees/")) == ["Tree 2"]
    assert titles(client.get("/blog/tagged/leaves/")) == ["Tree 1"]
    assert titles(client.get("/blog/search/?q=trees")) == ["Tree 2", "Tree 1"]


def test_words_are_found_where_they_stand_and_shown_escaped(client, amara, django_assert_max_num_queries):
    html = "<p>One &lt;script&gt; and a <em>forest</em> of &amp; trees</p>"
    factory.make_post(amara, title="Why", body="One <script> and a *forest*.", body_html=html, state="published")
    factory.make_post(amara, title="Forests", state="published")
    factory.make_post(amara, title="A forest in a draft")
    with django_assert_max_num_queries(1):
        answer = client.get("/blog/search/", {"q": "forest"})
    assert titles(answer) == ["Forests", "Why"]  # the title counts most
    assert "One &lt;script&gt; and a <mark>forest</mark> of &amp; trees" in answer.content.decode()
    assert titles(client.get("/blog/search/", {"q": "forest -script"})) == ["Forests"]


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_queries_are_words(client, posts, asked):
    answer = client.get("/blog/search/", {"q": asked})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace('<script type="module"', "")
    assert client.get("/api/v1/posts/", {"q": asked, "tag": asked, "category": asked}).status_code == 200


def test_a_series_is_read_in_its_order(client, sign_in, posts, amara, bela):
    one, two, three = posts
    draft = factory.make_post(amara, title="Not yet")
    series = Series.make(by=amara, title="On trees", posts=[three.pk, draft.pk, one.pk, two.pk])
    assert titles(client.get(series.get_absolute_url())) == ["Tree 2", "Tree 0", "Tree 1"]
    page = client.get(one.get_absolute_url()).content.decode()
    assert "Part 2 of 3" in page
    assert f'<a rel="prev" href="{three.get_absolute_url()}">' in page
    assert f'<a rel="next" href="{two.get_absolute_url()}">' in page
    assert "Not yet" not in page
    assert "On trees" in client.get("/blog/series/").content.decode()


def test_an_author_arranges_a_series_on_its_page(sign_in, posts, amara, bela):
    client = sign_in(amara)
    places = {f"place_{posts[0].pk}": 2, f"place_{posts[1].pk}": 1}
    answer = client.post("/blog/series/new/", {"title": "On trees"} | places)
    series = Series.objects.get()
    assert (answer.status_code, answer.url) == (302, "/blog/series/on-trees/")
    assert list(series.parts.values_list("post_id", flat=True)) == [posts[1].pk, posts[0].pk]
    wrong = client.post("/blog/series/on-trees/arrange/", {"title": "", f"place_{posts[0].pk}": "x"})
    assert wrong.status_code == 422
    assert "Give the series a title." in wrong.content.decode()
    assert client.post("/blog/series/on-trees/arrange/", {"title": "Trees"} | places).status_code == 302
    assert sign_in(bela).get("/blog/series/on-trees/arrange/").status_code == 404


def test_related_posts_share_most_and_are_few(client, amara, django_assert_num_queries):
    def make(title, tags, category="", **fields):
        fields = {"state": "published", "title": title, "tags": tags, "category": category} | fields
        return factory.make_post(amara, **fields)

    for number in range(30):
        make(f"Old {number}", ["trees"], published_at=factory.days_ago(60 + number))
    here = make("Here", ["trees", "leaves"], "woods")
    make("Nothing shared", ["rivers"])
    make("Both tags", ["trees", "leaves"], published_at=factory.days_ago(3))
    make("All", ["trees", "leaves"], "woods", published_at=factory.days_ago(9))
    make("Category", [], "woods")
    part = make("In its series", ["trees", "leaves"], "woods")
    Series.make(by=amara, title="On trees", posts=[here.pk, part.pk])
    make("A draft", ["trees", "leaves"], "woods", state="draft", published_at=None)
    with django_assert_num_queries(1):
        related = client.get(here.get_absolute_url()).context["related"]
    assert [row["title"] for row in related] == ["All", "Both tags", "Category"]


def test_the_last_page_of_many_is_there(client, amara):
    Post.objects.bulk_create(
        Post(author=amara, title=f"P {n}", slug=f"p-{n}", state="published", published_at=factory.days_ago(n))
        for n in range(205)
    )
    assert titles(client.get("/blog/?page=11")) == [f"P {n}" for n in range(200, 205)]
