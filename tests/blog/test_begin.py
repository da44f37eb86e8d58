import threading
import uuid

import pytest
from django.db import connection

from blog.models import Post
from blog.text import RESERVED_SLUGS
from blog.writing import Text, begin, revise
from mentorship.common.errors import Refused
from tests.factory import make_person, make_post


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Why k-means?", "why-k-means"),
        ("Überraschung", "uberraschung"),
        ("注意", "post"),
        ("a_b -- c", "a-b-c"),
        ("Feed", "feed-post"),
        ("x" * 140, "x" * 80),
    ],
)
def test_the_address_comes_from_the_title(amara, title, slug):
    assert begin(by=amara, text=Text(title)).slug == slug


def test_a_second_post_of_that_title_gets_a_number(amara, bela):
    assert [begin(by=person, text=Text("Why")).slug for person in (amara, bela, amara)] == ["why", "why-2", "why-3"]


def test_a_form_sent_twice_is_one_post(amara):
    key = uuid.uuid4()
    first, second = (begin(by=amara, text=Text("Why"), key=key) for _ in range(2))
    assert first.pk == second.pk


def test_the_address_follows_the_title_until_one_is_chosen(amara):
    post = begin(by=amara, text=Text("Why"))
    revise(post, by=amara, version=1, text=Text("Why not"))
    assert post.slug == "why-not"
    revise(post, by=amara, version=2, text=Text("Why not", slug="because"))
    revise(post, by=amara, version=3, text=Text("Another title", slug="because"))
    assert post.slug == "because"


def test_an_address_that_is_taken_or_reserved_is_refused(amara):
    make_post(amara, slug="taken")
    post = begin(by=amara, text=Text("Why"))
    for slug in ("taken", *RESERVED_SLUGS):
        with pytest.raises(Refused) as refusal:
            revise(post, by=amara, version=1, text=Text("Why", slug=slug))
        assert refusal.value.code == "slug_taken"


def test_a_published_post_keeps_its_address(amara, emre):
    post = make_post(amara, slug="why", state="published")
    revise(post, by=emre, version=1, text=Text("A better title"))
    assert post.slug == "why"
    with pytest.raises(Refused) as refusal:
        revise(post, by=emre, version=2, text=Text("A better title", slug="better"))
    assert refusal.value.code == "slug_frozen"


@pytest.mark.django_db(transaction=True)
def test_posts_of_one_title_begun_at_once_all_get_an_address():
    amara = make_person("Amara Okafor")

    def work():
        begin(by=amara, text=Text("Why"))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Post.objects.values_list("slug", flat=True)) == {"why", *(f"why-{n}" for n in range(2, 7))}
