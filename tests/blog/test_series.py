"""Series: an author's own posts, in an order."""

import pytest
from django.db import IntegrityError, transaction

from blog.models import Part, Series
from mentorship.common.errors import Refused
from tests import factory


def parts(series):
    return list(series.parts.values_list("post_id", flat=True))


def test_an_author_arranges_own_posts(amara):
    one, two, three = (factory.make_post(amara) for _ in range(3))
    series = Series.make(by=amara, title="Trees", posts=[one.pk, two.pk])
    assert series.slug == "trees"
    assert Series.make(by=amara, title="Trees").slug == "trees-2"
    series.change(by=amara, title="Trees and forests", posts=[three.pk, one.pk])
    assert (parts(series), series.slug) == ([three.pk, one.pk], "trees")
    series.discard(by=amara)
    assert not Part.objects.exists()


def test_nobody_arranges_anothers_posts_or_series(amara, bela):
    post, series = factory.make_post(bela), Series.make(by=amara, title="Trees")
    with pytest.raises(Refused):
        series.change(by=bela, title="Mine", posts=[])
    with pytest.raises(Refused):
        series.change(by=amara, title="Trees", posts=[post.pk])
    with pytest.raises(IntegrityError, match="posts of its author"), transaction.atomic():
        Part.objects.create(series=series, post=post, position=1)


@pytest.mark.parametrize("title", ["", " \u202e ", "x" * 141])
def test_a_title_says_something(amara, title):
    with pytest.raises(Refused):
        Series.make(by=amara, title=title)


def test_a_post_is_part_of_one_series(amara):
    post = factory.make_post(amara)
    first = Series.make(by=amara, title="Trees", posts=[post.pk])
    with pytest.raises(Refused) as refused:
        Series.make(by=amara, title="Forests", posts=[post.pk])
    assert refused.value.code == "in_series"
    assert parts(first) == [post.pk]
    with pytest.raises(Refused):
        first.change(by=amara, title="Trees", posts=[post.pk, post.pk])


def test_it_is_seen_once_a_part_is_published(amara, bela, emre):
    post = factory.make_post(amara, state="in_editing")
    series = Series.make(by=amara, title="Trees", posts=[post.pk])
    assert list(Series.objects.visible_to(amara)) == [series]
    assert not Series.objects.visible_to(bela).exists()
    post.publish(by=emre)
    assert list(Series.objects.visible_to(bela)) == [series]
