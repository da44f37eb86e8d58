"""Two texts that grew from one: nothing of either side is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.merging import Clash, merge_text, merge_value

BASE = "# One\n\nFirst line here.\n\nSecond line here.\n"


def both(*changes):
    """BASE with each change (old, new) made on its own side."""
    return (BASE, *(BASE.replace(old, new) for old, new in changes))


def test_changes_in_different_places_are_both_taken():
    merged = merge_text(*both(("First", "My first"), ("Second", "Their second")))
    assert merged == ["# One\n\nMy first line here.\n\nTheir second line here.\n"]


def test_changes_of_different_words_of_one_line_are_both_taken():
    assert merge_text("Some old words here.", "Some new words here.", "Some old words there.") == [
        "Some new words there."
    ]


def test_the_same_change_on_both_sides_is_made_once():
    assert merge_text(*both(("First", "A"), ("First", "A"))) == [BASE.replace("First", "A")]


def test_what_clashes_is_given_with_both_sides():
    before, clash, after = merge_text(*both(("First", "My"), ("First", "Their")))
    assert clash == Clash("First line here.\n", "My line here.\n", "Their line here.\n")
    assert (before, after) == ("# One\n\n", "\nSecond line here.\n")
    assert clash.chosen("both") == "Their line here.\nMy line here.\n"
    assert clash.chosen("neither") is None


def test_two_endings_clash():
    assert any(isinstance(piece, Clash) for piece in merge_text(BASE, BASE + "Mine.\n", BASE + "Theirs.\n"))


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a", "b", "a", ("b", False)),
        ("a", "a", "b", ("b", False)),
        ("a", "b", "b", ("b", False)),
        ("a", "b", "c", ("b", True)),
    ],
)
def test_a_value_is_taken_whole(base, mine, theirs, merged):
    assert merge_value(base, mine, theirs) == merged


TEXTS = st.lists(st.sampled_from(["a b\n", "a c\n", "b\n", "\n", "x"]), max_size=8).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_each_side_alone_comes_out_whole(base, mine, theirs):
    assert "".join(merge_text(base, mine, base)) == mine
    assert "".join(merge_text(base, base, theirs)) == theirs
    assert "".join(merge_text(base, mine, mine)) == mine
    lines = {line for piece in merge_text(base, mine, theirs) for line in str(piece).split()}
    # What one side added stands in what comes out, merged or as a side of a clash.
    for side in (mine, theirs):
        assert set(side.split()) - set(base.split()) <= lines | {
            word
            for piece in merge_text(base, mine, theirs)
            if isinstance(piece, Clash)
            for word in f"{piece.mine} {piece.theirs}".split()
        }
