"""Comments at a passage: in threads, resolved, and moving with the text."""

import pytest

from blog.anchors import Passage
from blog.writing import Text, revise
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests.factory import make_post

pytestmark = pytest.mark.django_db
BODY = "A cat sat on the mat. It purred all day long."


@pytest.fixture
def post(amara, emre):
    return make_post(amara, title="Why", body=BODY, state="in_editing", editor=emre)


def code_of(verb, **arguments):
    with pytest.raises(Refused) as refusal:
        verb(**arguments)
    return refusal.value.code


def test_a_thread_with_replies_is_resolved_and_opened_again(post, amara, emre):
    thread = post.comment(by=emre, text="*Which* cat?", passage=Passage("A cat"))
    reply = post.comment(by=amara, text="Mine.", parent=thread)
    assert post.comment(by=emre, text="Ah.", parent=reply).parent == thread
    thread.resolve(by=amara)
    assert code_of(thread.resolve, by=emre) == "turned_already"
    thread.reopen(by=emre)
    assert thread.resolved_at is None
    assert code_of(reply.resolve, by=emre) == "no_thread"
    assert Notification.objects.filter(person=emre, kind="thread_resolved").count() == 1
    assert Notification.objects.filter(person=amara, kind="post_commented").count() == 2


def test_it_moves_with_the_text_and_stays_when_its_place_is_gone(post, amara, emre):
    thread = post.comment(by=emre, text="Which?", passage=Passage("purred"))
    for body, found in (("So. " + BODY, "purred"), ("All new.", None), (BODY, "purred")):
        revise(post, by=amara, version=post.version, text=Text("Why", body=body))
        thread.refresh_from_db()
        assert thread.passage_in(post.body) == found


def test_others_are_refused(post, bela, emre):
    thread = post.comment(by=emre, text="Which?", passage=Passage("purred"))
    assert code_of(thread.resolve, by=bela) == "cannot_comment"
    assert code_of(post.comment, by=emre, text="Where?", passage=Passage("a dog")) == "passage_gone"
