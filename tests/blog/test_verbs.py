"""Who may do what, in every state: the whole table, so that no permission can be lost or won unnoticed."""

import pytest

from tests.factory import make_person, make_post

# By state, and whether Emre has taken it: what author, other mentee, Emre, another editor and admin may do.
TABLE = {
    ("idea", False): {"author": "revise start discard", "mentee": "", "emre": "", "selin": "", "admin": "revise"},
    ("draft", False): {
        "author": "revise ask_for_editing discard", "mentee": "", "emre": "", "selin": "", "admin": "revise",
    },
    ("in_editing", False): {
        "author": "revise comment", "mentee": "", "emre": "take give_back mark_ready publish comment",
        "selin": "take give_back mark_ready publish comment",
        "admin": "revise take give_back mark_ready publish comment",
    },
    ("in_editing", True): {
        "author": "revise comment", "mentee": "", "emre": "revise give_back mark_ready publish comment",
        "selin": "comment", "admin": "revise take give_back mark_ready publish comment",
    },
    ("ready", True): {
        "author": "reopen comment", "mentee": "", "emre": "reopen schedule publish comment",
        "selin": "comment", "admin": "reopen schedule publish comment",
    },
    ("published", True): {
        "author": "comment", "mentee": "", "emre": "revise unpublish comment move feature",
        "selin": "revise unpublish comment move feature", "admin": "revise unpublish comment move feature",
    },
}  # fmt: skip


@pytest.mark.parametrize(("state", "taken"), list(TABLE))
def test_the_verbs_of_each(amara, bela, emre, ada, state, taken):
    selin = make_person("Selin Kaya", groups=["editors"])
    post = make_post(amara, state=state, editor=emre if taken else None)
    people = {"author": amara, "mentee": bela, "emre": emre, "selin": selin, "admin": ada}
    found = {name: post.verbs_of(person) for name, person in people.items()}
    assert found == {name: frozenset(verbs.split()) for name, verbs in TABLE[state, taken].items()}


def test_an_editor_has_no_more_rights_on_their_own_post_than_any_author(emre):
    assert make_post(emre, state="in_editing").verbs_of(emre) == {"revise", "comment"}


def test_what_was_published_once_is_not_discarded(amara, emre):
    post = make_post(amara, state="published")
    post.unpublish(by=emre, reason="A figure is wrong.")
    assert post.verbs_of(amara) == {"revise", "ask_for_editing"}
