"""Social cards: the same words the same picture, and no words that break it."""

from io import BytesIO

import pytest
from PIL import Image

from mentorship.common.card import Card, drawn, font, from_the_right, printable, shortened, wrapped

PLAIN = Card("Amara Okafor", "Rent in Lagos", "Off by 9 %.", "Accepted after 2 rounds", 1)


def test_the_same_words_are_the_same_picture():
    drawn.cache_clear()
    first = drawn(PLAIN)
    drawn.cache_clear()
    assert drawn(Card("Amara Okafor", "Rent in Lagos", "Off by 9 %.", "Accepted after 2 rounds", 1)) == first
    assert Card("Amara Okafor", "Rent in Accra", "Off by 9 %.", "Accepted after 2 rounds", 1).digest != PLAIN.digest


@pytest.mark.parametrize(
    "text", ["", "W" * 5_000, "word " * 2_000, "\x00\u202e\ud800", "田中愛子", "Łódź Иван", "a\nb\tc", "🙂"]
)
def test_any_words_can_be_drawn(text):
    card = Card(text, text, text, text, 99)
    assert card.digest
    assert Image.open(BytesIO(drawn(card))).size == (1200, 630)


def test_words_stay_within_their_lines():
    face = font(58, bold=True)
    lines = wrapped("A long title " * 20, face, 3)
    assert len(lines) <= 3
    assert lines[-1].endswith("…")
    assert all(face.getlength(line) <= 1040 for line in lines)
    assert shortened("short", face, 1040) == "short"
    assert printable("a\u202eb\n c") == "a b c"


@pytest.mark.parametrize(
    ("text", "expected"), [("למה זה עובד", True), ("1. لماذا", True), ("Why למה", False), ("", False), ("123", False)]
)
def test_hebrew_and_arabic_begin_at_the_right(text, expected):
    assert from_the_right(text) is expected
