"""Nothing active survives, whatever it is written in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.common.rendering.notebook_cells import NotebookPage
from mentorship.common.rendering.notebook_file import read_notebook
from mentorship.common.rendering.sanitize import TAGS, sanitize
from mentorship.common.rendering.slots import Slots
from tests.common.rendering.hostile import hostile_notebook
from tests.common.rendering.inert import PROSE, faults
from tests.common.rendering.vectors import ALL

PIECES = [
    "$",
    "$$",
    "`",
    "```",
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "</",
    '="',
    '"',
    "'",
    "<!--",
    "-->",
    "&lt;",
    "&#",
    ";",
    "|",
    "\n\n",
]
PIECES += [
    "\n",
    "- ",
    "> ",
    "[^1]",
    "[^1]: ",
    "^[",
    "\\begin{align}",
    "\\end{align}",
    "\\text{",
    "}",
    "{",
    "^",
    "_",
    "*",
    "# ",
    "\t",
]
PIECES += [
    "script",
    "img",
    "onerror=x",
    "style",
    "svg",
    "math",
    "table",
    "td",
    "a href",
    "javascript:",
    "div",
    "title",
    "\ud800",
    "é",
]


@pytest.mark.parametrize("text", ALL)
def test_a_hostile_text_is_shown_inert(text):
    assert faults(render_markdown(text)) == []


@pytest.mark.parametrize("around", ["{0}", "![{0}](", '<img alt="{0}" src=', "<img src='{0}'>"])
def test_a_hostile_text_around_a_figure_of_ours_is_shown_inert(around):
    figure = "/blog/figures/00000000-0000-4000-8000-000000000000.webp"
    for text in ALL:
        mixed = f"{text}\n\n{around.format(text)}{figure})> ![{text}]({figure})"
        assert faults(render_markdown(mixed, images={figure: (4, 3)})) == [], text


def test_all_of_them_together_are_inert():
    assert faults(render_markdown("\n\n".join(ALL))) == []
    assert faults(render_markdown("\n".join(reversed(ALL)))) == []


def test_a_hostile_notebook_is_inert():
    page = NotebookPage(read_notebook(hostile_notebook()), "cell", 2).render()
    assert faults(str(page["html"])) == []
    assert len(page["cells"]) > 400


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join))
def test_any_text_is_rendered_inert(text):
    try:
        html = render_markdown(text)
    except RenderError:
        return
    assert faults(html) == []
    html.encode()


def test_the_allowlist_has_no_tag_that_the_tests_do_not_know():
    assert TAGS <= PROSE


def test_a_marker_in_an_attribute_is_dropped_with_it():
    slots = Slots()
    marker = slots.hold('<math><mi>" onclick="x</mi></math>')
    assert sanitize(f'<a href="https://a.test/{marker}">x {marker}</a>', slots) == (
        '<a rel="nofollow ugc noopener">x <math><mi>" onclick="x</mi></math></a>'
    )


def test_a_marker_of_another_rendering_is_only_text():
    marker = Slots().hold("<b>held</b>")
    assert sanitize(marker, Slots()) == marker


def test_links_lead_out_with_rel_and_without_anything_else():
    html = render_markdown('[x](https://a.test/?a=1&b=2 "title") and <mailto:me@a.test>')
    assert '<a href="https://a.test/?a=1&amp;b=2" rel="nofollow ugc noopener">x</a>' in html
    assert '<a href="mailto:me@a.test" rel="nofollow ugc noopener">' in html


@pytest.mark.parametrize("address", ["/admin/", "page.html", "#main", "//evil.test", "?x=1", "ftp://a.test/x", "tel:1"])
def test_other_links_lead_nowhere(address):
    assert "href" not in render_markdown(f'[x]({address}) <a href="{address}">y</a>')
