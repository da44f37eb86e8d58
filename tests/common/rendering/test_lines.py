"""Numbered lines of code cells and text files, and what is kept of each cell."""

import json

import pytest

from mentorship.common.rendering import text_file
from mentorship.common.rendering.notebook import render_notebook, render_text
from mentorship.common.rendering.notebook_cells import NotebookPage
from mentorship.common.rendering.notebook_file import read_notebook
from mentorship.common.rendering.source_lines import numbered
from tests.common.rendering.inert import faults
from tests.common.rendering.notebooks import code, notebook, printed
from tests.common.rendering.vectors import ALL

TRICKY = [
    'def f():\n    """One\n\n    two"""\n    return 1',
    "\n\nx = 1\n\n",
    "x = '''\n<b>\n'''",
    "print('a')  # no newline at the end",
    "%%bash\nls | grep x",
    "",
]


@pytest.mark.parametrize("source", TRICKY + ALL)
def test_each_line_has_its_number(source):
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\ud800", "")
    html = numbered(source, "python", "cell-3")
    assert faults(html) == []
    count = source.count("\n") + 1
    assert html.count('<span class="line"') == count
    assert f'<span class="line" id="cell-3-L{count}">' in html


def cells_of(*cells) -> list[dict]:
    return NotebookPage(read_notebook(notebook(*cells)), "cell", 2).entries()


def test_a_cell_is_known_by_what_it_says():
    one, two, three = cells_of(code("x = 1"), code("x = 1", printed("1")), "x = 1")
    assert one["digest"] == two["digest"] != three["digest"]
    assert (one["outputs"], len(two["outputs"])) == ("", 16)
    assert (one["kind"], three["kind"], one["source"]) == ("code", "markdown", "x = 1")


def test_ids_are_kept_where_they_are_somebodys():
    cells = [{"cell_type": "code", "source": "x", "outputs": [], "id": ident} for ident in ("a", "b", "b", 7, "<x>")]
    raw = json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": [*cells, {"cell_type": "raw", "source": ""}]})
    assert [cell.ident for cell in read_notebook(raw.encode()).cells] == ["a", "", "", "", "", ""]


def test_the_way_back_brings_it_all():
    found = render_notebook(notebook(code("a\r\nb", printed("x\n" * 100))), anchor="n7")
    assert found.cells[0]["source"] == "a\nb"
    assert 'id="n7-1-L2"' in found.html
    assert len(found.outputs) == 1


def test_a_text_file_is_one_cell():
    found = render_text(b"\xef\xbb\xbfimport x\r\nx.f('<b>')\r\n", name="a.py", anchor="n7")
    assert faults(found.html.replace("n7-", "cell-")) == []
    assert '<section class="nb-cell nb-file" id="n7-1" data-cell="1"' in found.html
    assert found.html.endswith("<!--/cell 1--></section>\n")
    assert '<span class="kn">import</span>' in found.html
    assert found.cells[0]["source"] == "import x\nx.f('<b>')"
    assert found.cells[0]["kind"] == "text"


def test_a_long_text_is_cut_and_known_as_a_whole():
    lines = [f"{n}" for n in range(5_000)]
    long, longer = (
        text_file.render("\n".join(lines), "a.csv", "n7"),
        text_file.render("\n".join([*lines, "x"]), "a.csv", "n7"),
    )
    assert "The first 3,000 of 5,000 lines are shown" in str(long["html"])
    assert long["cells"][0]["source"] == longer["cells"][0]["source"]
    assert long["cells"][0]["digest"] != longer["cells"][0]["digest"]


@pytest.mark.parametrize("raw", [b"caf\xe9;1\n", b"x" * 5_000_000, b"\x0c\nx", b""])
def test_any_text_is_shown(raw):
    found = render_text(raw, name="a.csv")
    assert len(found.html) < 20_000
    assert "\x0c" not in found.cells[0]["source"]


def test_a_name_cannot_break_out():
    html = str(text_file.render("x", '"><script>.py', "n7")["html"])
    assert "<script" not in html
