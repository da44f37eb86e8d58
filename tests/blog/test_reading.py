"""The statement that reads a published post says what the queryset says."""

import pytest

from blog.models import Post
from blog.posts import read_published
from tests import factory


def test_a_published_post_is_read_with_its_author(amara, django_assert_num_queries):
    made = factory.make_post(amara, state="published")
    with django_assert_num_queries(1):
        found = read_published(made.slug)
        said = (found.title, found.summary, found.teaser, found.body_html, found.canonical_url, found.words)
        who = (found.author.name, found.author.handle)
    expected = Post.objects.published().select_related("author").get(slug=made.slug)
    assert said == (
        expected.title, expected.summary, expected.teaser, expected.body_html, expected.canonical_url, expected.words,
    )  # fmt: skip
    assert who == (amara.name, amara.handle)


@pytest.mark.parametrize("state", ["draft", "in_editing"])
def test_what_is_not_published_is_not_read(amara, state):
    assert read_published(factory.make_post(amara, state=state).slug) is None


def test_the_page_still_shows_the_author_their_draft(sign_in, amara, bela):
    address = factory.make_post(amara).get_absolute_url()
    assert sign_in(amara).get(address).status_code == 200
    assert sign_in(bela).get(address).status_code == 404
