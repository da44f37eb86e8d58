"""A plain line skips the parser and comes out the same."""

import random

import pytest

from mentorship.common.rendering.markdown import PLAIN, render_here, render_markdown
from mentorship.common.rendering.parser import Writing

PIECES = [
    *"abXéß中ı  ,.;?()'-*_`#&<>\"[]$\\~|:!\n",
    "1. ",
    "- ",
    "a) ",
    "www.example.com",
    "http",
    "\n===",
    "\n\n",
    "\xa0",
]


def parsed(text):
    return render_here(text, Writing(heading_level=3))


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_written_it_is_rendered_as_the_parser_does(seed):
    chance = random.Random(seed)
    for _ in range(100):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 6)))
        assert render_markdown(text, heading_level=3) == parsed(text)


def test_what_counts_as_plain():
    for text in ("Because.", "It's so (mostly), isn't it?  ", "Zürich 2024; 中文 - so"):
        assert PLAIN.fullmatch(text)
        assert render_markdown(text, heading_level=3) == parsed(text)
    for text in (
        "",
        "1. x",
        "- x",
        "a*b*",
        "a\nb",
        "a &amp; b",
        "<b>",
        "a_b_",
        "$x$",
        "`x`",
        " a",
        "(a)",
        "a: b",
        'a "b"',
    ):
        assert not PLAIN.fullmatch(text)
