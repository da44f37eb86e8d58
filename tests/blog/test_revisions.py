"""The list of revisions, the difference between two, and the way back."""

import pytest

from blog.models import Post
from blog.writing import Text, begin, revise


@pytest.fixture
def post(amara):
    post = begin(by=amara, text=Text("Why", "Short.", "First line.\n\nSecond line.\n", category="data"))
    revise(post, by=amara, version=1, text=Text("Why not", "", "First line.\n\nAnother line.\n", tags=("ml",)))
    return post


def test_the_page_lists_them_and_shows_what_changed(sign_in, amara, post, django_assert_max_num_queries):
    client = sign_in(amara)
    with django_assert_max_num_queries(10):
        page = client.get(f"/blog/{post.pk}/revisions/?from=1&to=2").content.decode()
    assert "<b>Second</b> line." in page
    assert "<b>Another</b> line." in page
    assert "Stands now" in page


@pytest.mark.parametrize("asked", ["from=1&to=1", "from=1", "from=1&to=9", "from=x&to=%00"])
def test_two_have_to_be_chosen(sign_in, amara, post, asked):
    answer = sign_in(amara).get(f"/blog/{post.pk}/revisions/?{asked}")
    assert answer.status_code == 422
    assert "Choose two different revisions" in answer.content.decode()


def test_an_earlier_text_comes_back_as_a_new_revision(sign_in, amara, post):
    answer = sign_in(amara).post(f"/blog/{post.pk}/revisions/1/restore/", {"version": 2})
    assert answer.url == post.desk_url
    post.refresh_from_db()
    assert (post.version, post.title, post.summary, post.category, post.tags) == (3, "Why", "Short.", "data", [])
    assert list(post.revisions.values_list("version", flat=True)) == [3, 2, 1]


def test_not_over_a_text_that_one_has_not_seen(sign_in, amara, post):
    sign_in(amara).post(f"/blog/{post.pk}/revisions/1/restore/", {"version": 1})
    post.refresh_from_db()
    assert post.version == 2


def test_not_by_who_may_not_write_in_it(sign_in, amara, emre, post):
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    client = sign_in(amara)
    assert "Restore" not in client.get(f"/blog/{post.pk}/revisions/").content.decode()
    client.post(f"/blog/{post.pk}/revisions/1/restore/", {"version": 2})
    assert Post.objects.get(pk=post.pk).version == 2


def test_by_the_api(sign_in, amara, post):
    client, here = sign_in(amara), f"/api/v1/my-posts/{post.pk}"
    assert [row["version"] for row in client.get(f"{here}/revisions/").json()["results"]] == [2, 1]
    assert client.get(f"{here}/revision/?version=1").json()["body"].startswith("First line.")
    assert client.get(f"{here}/revision/?version=x").status_code == 400
    assert set(client.get(f"{here}/difference/?from=1&to=2").json()) == {"title", "summary", "body"}
    assert client.get(f"{here}/difference/?from=1").status_code == 400
    sent = {"revision": 1, "version": 2}
    assert client.post(f"{here}/restore/", sent, content_type="application/json").json()["title"] == "Why"
