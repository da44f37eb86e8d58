import pytest

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests.factory import days_ago, make_person, make_post


def test_the_author_asks_and_every_editor_is_told(amara, emre, ada):
    selin = make_person("Selin Kaya", groups=["editors"])
    post = make_post(amara)
    then = days_ago(3)
    post.ask_for_editing(by=amara, at=then)
    post.refresh_from_db()
    assert (post.state, post.in_editing_since, post.asked_at) == ("in_editing", then, then)
    told = Notification.objects.filter(kind="post_waits_for_editor")
    assert {row.person for row in told} == {emre, selin}
    assert {row.url for row in told} == {post.desk_url}


def test_admins_are_told_when_there_is_no_editor(amara, ada):
    make_post(amara).ask_for_editing(by=amara)
    assert Notification.objects.get().person == ada


def test_asking_again_after_it_came_back_tells_again(amara, emre):
    post = make_post(amara)
    post.ask_for_editing(by=amara)
    post.give_back(by=emre, comment="Show an example.")
    post.ask_for_editing(by=amara)
    assert Notification.objects.filter(person=emre, kind="post_waits_for_editor").count() == 2


def test_nothing_written_is_refused(amara, emre):
    with pytest.raises(Refused) as refusal:
        make_post(amara, body=" \n").ask_for_editing(by=amara)
    assert refusal.value.code == "nothing_written"
    assert not Notification.objects.exists()


@pytest.mark.parametrize("state", ["in_editing", "published"])
def test_only_a_draft_can_be_asked_for(amara, state):
    with pytest.raises(Refused):
        make_post(amara, state=state).ask_for_editing(by=amara)


def test_nobody_asks_for_another(amara, bela, emre, ada):
    post = make_post(amara)
    for person in (bela, emre, ada):
        with pytest.raises(Refused):
            post.ask_for_editing(by=person)
