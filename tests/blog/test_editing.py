"""What editors do: take, give back, comment, publish, unpublish."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from blog.models import Post
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests.factory import make_person, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def selin(db):
    """Another editor."""
    return make_person("Selin Kaya", groups=["editors"])


@pytest.fixture
def post(amara):
    return make_post(amara, state="in_editing")


def told(person):
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def refused(verb, **arguments):
    with pytest.raises(Refused) as refusal:
        verb(**arguments)
    return refusal.value


def test_one_editor_takes_it(post, amara, emre, selin, ada):
    post.take(by=emre)
    assert told(amara) == ["post_taken"]
    assert refused(post.take, by=selin).message == "Emre Demir edits this post."
    assert refused(post.publish, by=selin).code == "cannot_publish"
    assert refused(post.give_back, by=selin, comment="No.").code == "cannot_give_back"
    post.take(by=ada)  # an admin may, when an editor is away
    assert post.editor == ada


def test_nobody_edits_their_own_post_alone(emre, ada):
    for verb, extra in (("take", {}), ("publish", {}), ("give_back", {"comment": "Me."})):
        post = make_post(emre, state="in_editing")
        assert refused(getattr(post, verb), by=emre, **extra).code == f"cannot_{verb}"
    make_post(ada, state="in_editing").publish(by=ada)


def test_given_back_it_is_a_draft_with_the_comment(post, amara, emre):
    post.take(by=emre)
    post.give_back(by=emre, comment="Show an *example*.")
    assert (post.state, post.editor, post.in_editing_since) == ("draft", None, None)
    assert "<em>example</em>" in post.editor_comments.get().html
    assert told(amara) == ["post_taken", "post_given_back"]
    assert refused(post.give_back, by=emre, comment="Again.").code == "cannot_give_back"


def test_giving_back_needs_words(post, emre):
    assert refused(post.give_back, by=emre, comment=" \n").code == "comment_missing"
    post.refresh_from_db()
    assert post.state == "in_editing"


def test_published_once_with_its_first_date_for_ever(post, amara, emre):
    post.publish(by=emre)
    first = post.published_at
    assert (post.state, post.editor) == ("published", emre)
    assert refused(post.publish, by=emre).code == "cannot_publish"
    post.unpublish(by=emre, reason="A figure is wrong.")
    post.ask_for_editing(by=amara)
    post.publish(by=emre)
    assert post.published_at == first
    assert told(amara) == ["post_published", "post_unpublished", "post_published"]
    verbs = list(Event.objects.filter(subject_type="blog.post").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["published", "unpublished", "asked_for_editing", "published"]


def test_only_editors_unpublish_and_say_why(post, amara, bela, emre):
    post.publish(by=emre)
    for person in (amara, bela):
        assert refused(post.unpublish, by=person, reason="Mine.").code == "cannot_unpublish"
    assert refused(post.unpublish, by=emre, reason="").code == "comment_missing"


def test_each_side_is_told_of_the_others_comments(post, amara, bela, emre):
    post.take(by=emre)
    post.comment(by=emre, text="Why?")
    post.comment(by=emre, text="And how?")
    post.comment(by=amara, text="Because.")
    assert told(amara) == ["post_taken", "post_commented", "post_commented"]
    assert told(emre) == ["post_commented"]
    assert refused(post.comment, by=bela, text="Me too.").code == "cannot_comment"


def test_an_editor_who_spoke_before_is_told_too_while_they_are_one(post, amara, emre, selin):
    for editor in (emre, selin):
        post.comment(by=editor, text="Why?")
    selin.groups.clear()
    post.comment(by=amara, text="Because.")
    assert told(emre) == ["post_commented", "post_commented"]  # Selin's words, and Amara's
    assert told(selin) == []


@pytest.mark.parametrize(
    ("before", "after"), [("draft", "published"), ("published", "in_editing"), ("draft", "draft ")]
)
def test_the_database_refuses_other_ways(amara, before, after):
    post = make_post(amara, state=before)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(state=after, published_at="2026-01-01T00:00Z")


@pytest.mark.parametrize("change", [{"slug": "moved"}, {"published_at": None}, {"author_id": None}])
def test_the_database_keeps_address_date_and_author(amara, bela, change):
    post = make_post(amara, state="published")
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(**(change if "author_id" not in change else {"author": bela}))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("verb", "kind"), [("take", "post_taken"), ("publish", "post_published")])
def test_editors_at_once_one_does_it(verb, kind):
    post = make_post(make_person("Amara Okafor"), state="in_editing")
    editors = [make_person(groups=["editors"]) for _ in range(4)]
    results = []

    def act(editor):
        try:
            getattr(Post.objects.get(pk=post.pk), verb)(by=editor)
            results.append("done")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[editor]) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done"] + ["refused"] * 3
    assert Notification.objects.filter(kind=kind).count() == 1
