"""Formulas become MathML of ours, or are shown as they were written."""

import pytest

from mentorship.common.rendering.markdown import render_markdown
from mentorship.common.rendering.parser import MOST_FORMULAS
from mentorship.common.rendering.tex import tex_to_html


def test_inline_and_display_formulas_become_mathml():
    assert '<math display="inline"><mrow><msub><mi>x</mi><mi>i</mi></msub></mrow></math>' in render_markdown("$x_i$")
    assert '<div class="math-block"><math display="block">' in render_markdown("$$\n\\frac{1}{2}\n$$")
    assert render_markdown("$$\nx\n$$").startswith("<figure ")
    assert '<p>so <math display="block">' in render_markdown("so $$x$$ it is")


def test_an_environment_needs_no_dollars():
    html = render_markdown("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}")
    assert html.count("<mtr>") == 2
    assert "(1)" not in html


def test_bold_letters_are_characters_because_browsers_know_no_variant():
    assert "<mi>𝐱</mi>" in tex_to_html(r"\mathbf{x}", display=False)
    assert "<mi>𝜽</mi>" in tex_to_html(r"\boldsymbol{\theta}", display=False)


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{",
        r"\unknown{x}",
        "x" * 2001,
        "{" * 1000,
        r"\frac{" * 300 + "}" * 300,
        "a_{" * 600,
        "^" * 1500,
        r"\newcommand{\a}{xx}\a",
        r"\def\a{\a\a}\a",
        r"\begin{align}a",
        r"\unicode{x110000}",
        "",
    ],
)
def test_what_cannot_be_read_is_shown_as_written(tex):
    assert tex_to_html(tex, display=False).startswith('<code class="tex">')


def test_lengths_stay_on_the_page():
    assert "9999" not in tex_to_html(r"x\hspace{9999em}\rule{9999em}{1em}", display=True)
    assert 'width="1em"' in tex_to_html(r"x\hspace{1em}y", display=True)


def test_there_is_an_end_to_formulas():
    html = render_markdown("$x$ " * (MOST_FORMULAS + 2))
    assert html.count("<math") == MOST_FORMULAS
    assert html.count('<code class="tex">x</code>') == 2


@pytest.mark.parametrize(
    "text", ["$" * 80_000, "$a " * 25_000, "$\\frac{" * 10_000, "$$\n" * 6_000, "\\begin{align}\n" * 1_500]
)
def test_many_dollars_end(text):
    assert render_markdown(text) is not None


def test_a_long_formula_in_a_line_scrolls_by_itself():
    long = render_markdown("so $a + b + c + d + e + f + g + h + i + j + k + l + m = n$ holds")
    assert '<p>so <span class="math-wide" tabindex="0"><math' in long
    assert "math-wide" not in render_markdown("so $a + b = c$ holds")


def test_mathematics_of_the_author_is_dropped():
    assert render_markdown("a <math><mi>x</mi></math> b") == "<p>a  b</p>\n"
