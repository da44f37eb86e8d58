"""Where a passage is once the text has changed."""

import pytest

from blog.anchors import Change, Passage, anchor_at, chosen, find
from mentorship.common.errors import Refused

TEXT = "First line here.\n\nThe cat sat on teh mat and it purred.\n\nAnother paragraph follows with more words.\n"
CAT = "The cat sat on teh mat and it purred.\n\n"


def followed(before, after, quote):
    """The state, and what stands at the place."""
    start = before.index(quote)
    place = Change(before, after).follow(anchor_at(before, start, start + len(quote)))
    return place.state, None if place.start is None else after[place.start : place.end]


@pytest.mark.parametrize(
    ("after", "state", "found"),
    [
        (TEXT, "same", "teh mat"),
        ("New. " + TEXT, "same", "teh mat"),
        (TEXT + "More.", "same", "teh mat"),
        (TEXT.replace("teh mat", "the mat"), "changed", "the mat"),
        (TEXT.replace(CAT, "") + CAT, "same", "teh mat"),
        (TEXT.replace(CAT, ""), "gone", None),
        (TEXT.replace("teh mat", "a sofa"), "gone", None),
        ("", "gone", None),
    ],
)
def test_a_passage_follows_the_text(after, state, found):
    assert followed(TEXT, after, "teh mat") == (state, found)


def test_changed_on_all_sides_it_is_found_by_likeness():
    after = TEXT.replace("First", "The 1st").replace("teh mat and", "teh big mat and").replace("more", "many")
    assert followed(TEXT, after, "sat on teh mat and it") == ("changed", "sat on teh big mat and it")


def test_of_the_same_words_those_in_the_same_surroundings():
    before = "One cat here. Two cats there, cat three. " * 3
    start = before.index("cat three", 50)
    after = "cat. " + before
    assert Change(before, after).follow(anchor_at(before, start, start + 3)).start == start + 5


def test_a_short_word_does_not_jump_to_the_next_one_like_it():
    assert (
        followed("Take the road. Then the bridge, far away.", "Take a road. Then the bridge, far.", "the road")[0]
        != "same"
    )
    after = "I like a sea and then the mill."
    assert followed("I like the sea and then the hill.", after, "the sea")[0] != "same"


def test_a_place_between_two_characters():
    anchor = anchor_at(TEXT, 5, 5)
    assert Change(TEXT, "A. " + TEXT).follow(anchor).start == 8
    moved = "Quite other.\n\n" + TEXT[:-8]
    assert moved[: Change(TEXT, moved).follow(anchor).start] == "Quite other.\n\nFirst"


def test_cut_in_one_save_and_pasted_in_the_next_it_is_there_again():
    without = TEXT.replace(CAT, "")
    anchor = anchor_at(TEXT, *[TEXT.index("teh mat"), TEXT.index("teh mat") + 7])
    gone = Change(TEXT, without).follow(anchor)
    assert gone.state == "gone"
    lost = type(anchor)(None, None, anchor.quote, anchor.prefix, anchor.suffix)
    assert Change(without, without + CAT).follow(lost).state == "same"


@pytest.mark.parametrize(
    ("text", "quote"), [("a" * 200_000, "a" * 2_000), ("ab" * 100_000, "ba" * 900), ("a b " * 50_000, "a")]
)
def test_hostile_texts_are_looked_at_in_bounds(monkeypatch, text, quote):
    """Counted: comparisons of likeness and places weighed, whatever the text repeats."""
    from blog import anchors

    count = {"alike": 0, "weighed": 0}

    def counted(name, function):
        def call(*given):
            count[name] += 1
            return function(*given)

        return call

    monkeypatch.setattr(anchors, "_alike", counted("alike", anchors._alike))
    monkeypatch.setattr(anchors, "_common_end", counted("weighed", anchors._common_end))
    anchor = type(anchor_at(text, 0, 0))(100, 100 + len(quote), quote, "x" * 40, "y" * 40)
    find(anchor, text, 100_000)
    assert count["alike"] <= 1
    assert count["weighed"] <= 2 * anchors.CANDIDATES


@pytest.mark.parametrize(
    ("passage", "code"),
    [
        (Passage("dog"), "passage_gone"),
        (Passage("line"), None),
        (Passage(" line \n"), None),
        (Passage("e"), "passage_ambiguous"),
        (Passage("e", 40), None),
        (Passage(), "passage_missing"),
        (Passage("x" * 2_001), "passage_too_long"),
        (Passage("", 4), None),
        (Passage("", 4_000), "passage_moved"),
    ],
)
def test_what_may_be_chosen(passage, code):
    if code is None:
        anchor = chosen(TEXT, passage, newest=True)
        assert TEXT[anchor.start : anchor.end] == anchor.quote == passage.quote.strip()
    else:
        with pytest.raises(Refused) as refusal:
            chosen(TEXT, passage, newest=True)
        assert refusal.value.code == code
