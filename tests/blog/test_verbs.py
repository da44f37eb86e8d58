"""Who may do what, in every state: the whole table, so that no permission can be lost or won unnoticed."""

import pytest

from tests.factory import make_person, make_post

# By state, and whether Emre has taken it: what author, other mentee, Emre, another editor and admin may do.
TABLE = {
    ("idea", False): {
        "author": "revise start discard", "mentee": "", "mentor": "", "emre": "", "selin": "", "admin": "revise",
    },
    ("draft", False): {
        "author": "revise ask_for_editing discard", "mentee": "", "mentor": "", "emre": "", "selin": "",
        "admin": "revise",
    },
    ("in_editing", False): {
        "author": "revise comment decide", "mentee": "", "mentor": "take give_back mark_ready comment suggest",
        "emre": "take give_back mark_ready publish comment suggest",
        "selin": "take give_back mark_ready publish comment suggest",
        "admin": "revise take give_back mark_ready publish comment suggest",
    },
    ("in_editing", True): {
        "author": "revise comment decide", "mentee": "", "mentor": "comment suggest",
        "emre": "revise give_back mark_ready publish comment suggest",
        "selin": "comment suggest", "admin": "revise take give_back mark_ready publish comment suggest",
    },
    ("ready", True): {
        "author": "reopen comment", "mentee": "", "mentor": "comment", "emre": "reopen schedule publish comment",
        "selin": "comment", "admin": "reopen schedule publish comment",
    },
    ("published", True): {
        "author": "comment", "mentee": "", "mentor": "", "emre": "revise unpublish comment move feature",
        "selin": "revise unpublish comment move feature", "admin": "revise unpublish comment move feature",
    },
}  # fmt: skip


@pytest.mark.parametrize(("state", "taken"), list(TABLE))
def test_the_verbs_of_each(cohort, amara, bela, mateo, emre, ada, state, taken):
    selin = make_person("Selin Kaya", groups=["editors"])
    post = make_post(amara, state=state, editor=emre if taken else None)
    people = {"author": amara, "mentee": bela, "mentor": mateo, "emre": emre, "selin": selin, "admin": ada}
    found = {name: post.verbs_of(person) for name, person in people.items()}
    assert found == {name: frozenset(verbs.split()) for name, verbs in TABLE[state, taken].items()}


def test_an_editor_has_no_more_rights_on_their_own_post_than_any_author(emre):
    assert make_post(emre, state="in_editing").verbs_of(emre) == {"revise", "comment", "decide"}


def test_what_was_published_once_is_not_discarded(amara, emre):
    post = make_post(amara, state="published")
    post.unpublish(by=emre, reason="A figure is wrong.")
    assert post.verbs_of(amara) == {"revise", "ask_for_editing"}
