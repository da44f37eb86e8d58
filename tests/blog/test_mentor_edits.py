"""The author's mentor edits as an editor does, and publishes nothing."""

import pytest

from blog.models import Post
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests.factory import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(cohort, amara):
    return make_post(amara, title="Why", state="in_editing")


def code_of(verb, **arguments):
    with pytest.raises(Refused) as refusal:
        verb(**arguments)
    return refusal.value.code


def test_the_mentor_is_told_and_only_of_their_own_mentees(cohort, amara, bela, mateo, noor, emre):
    for author in (amara, bela):
        make_post(author).ask_for_editing(by=author)
    titles = Notification.objects.filter(person=mateo, kind="post_waits_for_editor").values_list("title", flat=True)
    assert len(titles) == 1
    assert titles[0].startswith("Amara Okafor, your mentee,")
    assert Notification.objects.filter(person=emre).count() == 2
    assert not Notification.objects.filter(person=noor).exists()


def test_the_mentor_takes_it_writes_in_it_and_calls_it_ready(post, mateo, noor, emre):
    assert code_of(post.take, by=noor) == "cannot_take"
    post.take(by=mateo)
    assert post.by_mentor
    assert post.verbs_of(mateo) == {"revise", "comment", "give_back", "mark_ready", "suggest"}
    assert code_of(post.publish, by=mateo) == "cannot_publish"
    assert post.verbs_of(emre) == {"take", "comment", "suggest"}
    post.mark_ready(by=mateo)
    assert post.verbs_of(mateo) == {"reopen", "comment"}
    post.publish(by=emre)
    assert (post.state, post.editor) == ("published", mateo)


def test_an_editor_takes_it_over_from_a_mentor_and_no_mentor_from_an_editor(post, mateo, emre):
    post.take(by=mateo)
    post.take(by=emre)
    assert (post.editor, post.by_mentor) == (emre, False)
    assert code_of(post.take, by=mateo) == "cannot_take"


def test_a_mentor_gives_back(post, mateo):
    post.take(by=mateo)
    post.give_back(by=mateo, comment="An example, please.")
    assert (post.state, post.editor, post.by_mentor) == ("draft", None, False)
    assert not Post.objects.in_hands_of(mateo).exists()


def test_who_is_no_longer_the_mentor_sees_nothing(post, cohort, mateo, ada):
    post.take(by=mateo)
    cohort.assignments.get().end(by=ada, reason="Another one.")
    assert not Post.objects.in_hands_of(mateo).exists()
    assert not Post.objects.visible_to(mateo).exists()
    assert code_of(post.comment, by=mateo, text="Still here.") == "cannot_comment"


@pytest.mark.parametrize("state", ["idea", "draft", "in_editing", "ready", "published"])
def test_what_a_mentor_sees(cohort, amara, mateo, emre, state):
    make_post(amara, state=state, editor=emre)
    assert Post.objects.in_hands_of(mateo).exists() == (state in ("in_editing", "ready"))
    assert Post.objects.visible_to(mateo).exists() == (state not in ("idea", "draft"))


def test_the_board_of_a_mentor(sign_in, cohort, amara, bela, mateo, django_assert_max_num_queries):
    for number in range(5):
        make_post(amara, title=f"Why {number}", state="in_editing")
    make_post(bela, title="Not theirs", state="in_editing")
    client = sign_in(mateo)
    with django_assert_max_num_queries(12):
        page = client.get("/blog/editing/").content.decode()
    assert page.count("data-row") == 5
    assert "Not theirs" not in page
    with django_assert_max_num_queries(8):
        found = client.get("/api/v1/editing/").json()["results"]
    assert [row["verbs"] for row in found] == [["comment", "give_back", "mark_ready", "suggest", "take"]] * 5
    assert "Why 0" in client.get("/home/").content.decode()
