import threading

import pytest
from django.db import connection

from blog.models import Post, Revision
from blog.writing import ChangedMeanwhile, Text, begin, revise
from mentorship.common.errors import Refused
from tests.factory import make_person, make_post


def typed(body, **fields):
    return Text(**({"title": "Why"} | fields), body=body)


def test_each_save_is_a_version_with_its_revision(amara):
    post = begin(by=amara, text=Text("Why"))
    revise(post, by=amara, version=1, text=typed("First."))
    revise(post, by=amara, version=2, text=typed("Second. $x^2$"))
    assert (post.version, post.words) == (3, 2)
    assert "<math" in post.body_html
    assert list(post.revisions.values_list("version", "body")) == [(3, "Second. $x^2$"), (2, "First."), (1, "")]


def test_typing_is_one_revision_until_somebody_presses_save(amara):
    post = begin(by=amara, text=Text("Why"))
    for version, body in enumerate(["F", "Fi", "Fir"], start=1):
        revise(post, by=amara, version=version, text=typed(body), by_itself=True)
    revise(post, by=amara, version=4, text=typed("First"))
    revise(post, by=amara, version=5, text=typed("First."), by_itself=True)
    kept = [(row.version, row.body, row.by_itself) for row in post.revisions.all()]
    assert kept == [(6, "First.", True), (5, "First", False), (4, "Fir", True), (1, "", False)]


def test_the_loser_of_two_saves_is_told_and_the_winners_text_stays(amara, emre):
    post = make_post(amara, state="in_editing", editor=emre, body="Old")
    stale = Post.objects.get(pk=post.pk)
    revise(post, by=emre, version=1, text=typed("The editor's"))
    with pytest.raises(ChangedMeanwhile):
        revise(stale, by=amara, version=1, text=typed("The author's"))
    assert stale.body == "The editor's"
    assert Revision.objects.filter(post=post).count() == 1


def test_saving_what_is_there_already_changes_nothing(amara):
    post = begin(by=amara, text=Text("Why"))
    revise(post, by=amara, version=1, text=typed("Same"))
    revise(post, by=amara, version=1, text=typed("Same"))  # the same form, sent twice
    assert post.version == 2


@pytest.mark.parametrize("state", ["draft", "in_editing", "published"])
def test_who_may_revise(amara, bela, emre, ada, state):
    other = make_person("Selin Kaya", groups=["editors"])
    post = make_post(amara, state=state, editor=None if state == "draft" else emre)
    may = {
        "draft": {amara, ada},
        "in_editing": {amara, emre, ada},
        "published": {emre, other, ada},
    }[state]
    for person in (amara, bela, emre, other, ada):
        post.refresh_from_db()
        if person in may:
            revise(post, by=person, version=post.version, text=typed(person.name))
        else:
            with pytest.raises(Refused) as refusal:
                revise(post, by=person, version=post.version, text=typed(person.name))
            assert refusal.value.code == "cannot_revise"


def test_what_cannot_be_printed_is_taken_out(amara):
    post = begin(by=amara, text=Text("Why\x0b \u202eso\n\tnow", body="a\x00b\r\nc\ufffe"))
    assert (post.title, post.body) == ("Why so now", "ab\nc")


def test_a_text_that_cannot_be_shown_is_refused(amara):
    post = begin(by=amara, text=Text("Why"))
    with pytest.raises(Refused) as refusal:
        revise(post, by=amara, version=1, text=typed("ö" * 150_000))
    assert refusal.value.code == "cannot_be_shown"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_from_one_version_make_one_new_version():
    amara = make_person("Amara Okafor")
    post = begin(by=amara, text=Text("Why"))
    results = []

    def save(body):
        mine = Post.objects.get(pk=post.pk)
        try:
            revise(mine, by=amara, version=1, text=typed(body))
            results.append("saved")
        except ChangedMeanwhile:
            results.append("lost")
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=[f"Text {number}"]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["lost"] * 3 + ["saved"]
    assert Revision.objects.filter(post=post, version=2).count() == 1
