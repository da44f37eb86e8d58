"""A published post gets another address; the old one leads there and is nobody else's."""

import pytest
from django.db import IntegrityError, transaction

from blog.models import Address, Post
from blog.writing import Text, begin, revise
from mentorship.common.errors import Refused
from tests import factory
from tests.cohorts.test_at_once import at_once, codes


@pytest.fixture
def post(amara, db):
    return factory.make_post(amara, slug="why", title="Why", state="published")


def test_the_old_address_leads_to_the_new_one_for_ever(client, post, emre):
    key = post.key
    post.move(by=emre, slug="why-not", at=factory.days_ago(1))
    post.move(by=emre, slug="because")
    for old in ("why", "why-not"):
        answer = client.get(f"/blog/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/blog/because/")
    assert client.get("/blog/because/").status_code == 200
    post.refresh_from_db()
    assert post.key == key
    post.unpublish(by=emre, reason="Wrong.")
    assert client.get("/blog/why/").status_code == 410
    assert client.get("/blog/never/").status_code == 404


def test_it_may_go_back(client, post, emre):
    post.move(by=emre, slug="because")
    post.move(by=emre, slug="why")
    assert client.get("/blog/why/").status_code == 200
    assert client.get("/blog/because/")["Location"] == "/blog/why/"


@pytest.mark.parametrize("slug", ["feed", "taken", "left"])
def test_what_is_not_free_is_refused(post, amara, emre, slug):
    factory.make_post(amara, slug="taken")
    other = factory.make_post(amara, slug="left", state="published")
    other.move(by=emre, slug="elsewhere")
    with pytest.raises(Refused) as refused:
        post.move(by=emre, slug=slug)
    assert refused.value.code == "slug_taken"
    post.refresh_from_db()
    assert post.slug == "why"
    assert not post.addresses.exists()


def test_only_editors_move(post, amara):
    with pytest.raises(Refused):
        post.move(by=amara, slug="because")


def test_a_new_post_does_not_get_an_address_that_was_left(post, amara, emre):
    post.move(by=emre, slug="because")
    assert begin(by=amara, text=Text("Why")).slug == "why-2"
    draft = begin(by=amara, text=Text("Another"))
    with pytest.raises(Refused):
        revise(draft, by=amara, version=1, text=Text("Another", slug="why"))


@pytest.mark.parametrize("change", [{"slug": "because"}, {"slug": "left"}])
def test_the_database_holds_it_too(post, amara, change):
    Address.objects.create(post=factory.make_post(amara, state="published"), slug="left")
    with pytest.raises(IntegrityError, match="keeps its address"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(**change)
    with pytest.raises(IntegrityError, match="once"), transaction.atomic():
        factory.make_post(amara, slug="left")


@pytest.mark.django_db(transaction=True)
def test_one_who_leaves_and_one_who_comes_at_once(post, amara, emre):
    draft = factory.make_post(amara, slug="draft", title="Draft")
    results = at_once(
        [
            lambda: Post.objects.get(pk=post.pk).move(by=emre, slug="because"),
            lambda: revise(draft, by=amara, version=1, text=Text("Draft", slug="why")),
        ]
    )
    assert codes(results) == ["done", "slug_taken"]
    assert Post.objects.filter(slug="why").count() + Address.objects.filter(slug="why").count() == 1
