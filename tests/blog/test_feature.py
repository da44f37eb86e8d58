"""One post is featured, or none."""

import pytest

from blog.models import Post
from mentorship.common.errors import Refused
from tests import factory
from tests.cohorts.test_at_once import at_once


def test_one_takes_the_place_of_the_other(amara, emre):
    first, second = (factory.make_post(amara, state="published") for _ in range(2))
    first.feature(by=emre)
    second.feature(by=emre)
    assert list(Post.objects.filter(featured_at__isnull=False)) == [second]
    second.unfeature(by=emre)
    assert not Post.objects.filter(featured_at__isnull=False).exists()


def test_who_is_taken_off_the_blog_is_featured_no_more(amara, emre):
    post = factory.make_post(amara, state="published")
    post.feature(by=emre)
    post.unpublish(by=emre, reason="Wrong.")
    assert post.featured_at is None


@pytest.mark.parametrize("state", ["draft", "published"])
def test_authors_do_not_feature_nor_is_a_draft(amara, emre, state):
    with pytest.raises(Refused):
        factory.make_post(amara, state=state).feature(by=amara if state == "published" else emre)


@pytest.mark.django_db(transaction=True)
def test_two_at_once(amara, emre):
    posts = [factory.make_post(amara, state="published") for _ in range(2)]
    results = at_once([lambda post=post: post.feature(by=emre) for post in posts])
    assert all(result is None or result.code == "featured" for result in results)
    assert Post.objects.filter(featured_at__isnull=False).count() == 1
