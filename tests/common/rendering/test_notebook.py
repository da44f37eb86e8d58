"""What a notebook becomes."""

import json

import pytest
from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell

from mentorship.common.rendering.notebook import Heading, place, render_notebook
from mentorship.common.rendering.notebook_cells import NotebookPage
from mentorship.common.rendering.notebook_file import read_notebook
from tests.common.rendering.inert import faults
from tests.common.rendering.notebooks import code, encoded, notebook, picture, printed, shown


def html_of(*cells, **metadata) -> str:
    """In this process, which is quicker; the tests with `render_notebook` go the whole way."""
    html = str(NotebookPage(read_notebook(notebook(*cells, **metadata)), "cell", 2).render()["html"])
    assert faults(html) == []
    return html


def test_cells_have_anchors_numbers_and_counts():
    html = html_of("# Title", code("x = 1", count=7))
    assert '<section class="nb-cell nb-markdown" id="cell-1" data-cell="1">' in html
    assert '<a class="nb-number" href="#cell-2">Cell 2</a><span class="nb-count">In [7]</span>' in html
    assert '<span class="n">x</span>' in html
    assert html.count("<!--/cell 1--></section>") == html.count("<!--/cell 2--></section>") == 1


def test_two_notebooks_on_a_page_have_their_own_anchors():
    html = render_notebook(notebook("a[^1]\n\n[^1]: b"), anchor="cell-f2").html
    assert 'id="cell-f2-1"' in html
    assert 'id="note-cell-f2-1-1"' in html
    with pytest.raises(ValueError, match="anchor"):
        render_notebook(notebook("a"), anchor='x" onclick="')


def test_the_outline_is_told():
    found = render_notebook(notebook("# One", "## Two\n\n### Three", code("x")), heading_level=3)
    assert found.outline == [Heading(3, "One", 1), Heading(4, "Two", 2), Heading(5, "Three", 2)]


@pytest.mark.parametrize(
    "tex",
    ["$ x $", "$$x$$", r"\\(x\\)", r"\(x\)", r"\\[x\\]", r"\[x\]", "so \\begin{align}x\\end{align}", "a\n$$\nx\n$$\nb"],
)
def test_tex_is_read_as_jupyter_reads_it(tex):
    html = html_of(tex)
    assert "<math" in html
    assert "<mi>x</mi>" in html


def test_printed_text_keeps_its_colours_and_joins():
    html = html_of(code("x", printed("a \x1b[31mred\x1b[0m "), printed("b\n"), printed("warn", "stderr")))
    assert '<pre class="nb-text nb-stdout">a <span class="ansi-red">red</span> b\n</pre>' in html
    assert '<pre class="nb-text nb-stderr">warn</pre>' in html


def test_a_progress_bar_keeps_its_last_state():
    assert ">100%\n</pre>" in html_of(code("x", printed("10%\r50%\r100%\n")))


def test_an_error_shows_its_traceback():
    error = new_output("error", ename="E", evalue="no", traceback=["\x1b[1;31mE\x1b[0m: no"])
    found = render_notebook(notebook(code("x", error)))
    assert '<pre class="nb-text nb-error"><span class="ansi-red ansi-bold">E</span>: no</pre>' in found.html


def test_tables_are_kept_without_their_style():
    html = html_of(code("df", shown(text_html="<style>td {color: red}</style><table><td style='x'>1</td></table>")))
    assert "<table><tbody><tr><td>1</td></tr></tbody></table>" in html
    assert "color" not in html


def test_an_image_comes_before_a_table_and_a_table_before_text():
    png = encoded(picture())
    html = html_of(code("x", shown(image_png=png, text_html="<b>t</b>", text_plain="<Figure at 0x7f00ab12>")))
    assert '<img class="nb-image" src="nb-image:0" alt="Output: Figure" width="4" height="3" loading="lazy"' in html
    assert "<b>t</b>" not in html
    assert "<b>t</b>" in html_of(code("x", shown(text_html="<b>t</b>", text_plain="t")))


def test_formulas_of_outputs_become_mathml():
    assert "<math" in html_of(code("x", shown(text_latex="$\\displaystyle x$", text_plain="x")))
    assert "<math" in html_of(code("x", shown(text_latex="\\frac{1}{2}")))


def test_raw_cells_are_text():
    assert '<span class="line" id="cell-1-L1">&lt;b&gt;\n</span>' in html_of(new_raw_cell("<b>"))


def test_a_lexer_follows_the_language_of_the_notebook():
    assert '<span class="k">SELECT</span>' in html_of(code("SELECT 1"), language_info={"name": "sql"})
    assert "SELECT 1" in html_of(code("SELECT 1"), language_info={"name": "<script>"})


def test_images_get_their_addresses_and_text_that_looks_like_one_does_not():
    cell = new_markdown_cell('![p](attachment:p.png) `<img class="nb-image" src="nb-image:0"`')
    cell["attachments"] = {"p.png": {"image/png": encoded(picture())}}
    found = render_notebook(notebook(cell))
    html = place(found.html, image=lambda number: f"/files/{found.images[number].name}?a&b", output=str)
    assert f'<img class="nb-image" src="/files/{found.images[0].name}?a&amp;b" alt="p"' in html
    assert html.count("/files/") == 1


def test_version_3_is_read_too():
    sheet = {
        "cells": [
            {"cell_type": "heading", "level": 2, "source": ["Old"]},
            {
                "cell_type": "code",
                "input": ["print(1)"],
                "prompt_number": 4,
                "outputs": [
                    {"output_type": "stream", "stream": "stdout", "text": ["1\n"]},
                    {"output_type": "pyout", "text": ["two"], "html": ["<b>two</b>"], "prompt_number": 4},
                    {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": []},
                ],
            },
        ]
    }
    found = render_notebook(json.dumps({"nbformat": 3, "nbformat_minor": 0, "worksheets": [sheet]}).encode())
    assert "<h2>Old</h2>" in found.html
    assert "In [4]" in found.html
    assert "<b>two</b>" in found.html
    assert ">E: v</pre>" in found.html


def test_cells_that_are_not_quite_right_are_still_shown():
    cells = [
        {"cell_type": "code", "source": 5, "outputs": [{}, "x", {"output_type": "display_data", "data": [1]}]},
        {"cell_type": "mystery", "source": ["a", 1, "b"]},
        {"cell_type": "code", "outputs": {"a": 1}, "execution_count": "x", "metadata": None},
    ]
    raw = json.dumps({"nbformat": 4, "nbformat_minor": 99, "cells": cells, "metadata": []}).encode()
    found = render_notebook(raw)
    assert faults(found.html) == []
    assert ">ab\n</span>" in found.html
