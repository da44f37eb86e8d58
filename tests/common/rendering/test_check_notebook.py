"""Files that are no notebooks, or too much of one, each end in one sentence."""

import json

import pytest

from mentorship.common.rendering import notebook_file
from mentorship.common.rendering.errors import NotebookError, RenderError, Unshowable
from mentorship.common.rendering.notebook import check_notebook, render_notebook
from tests.common.rendering.notebooks import code, notebook, printed, shown


def file(**extra) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [], **extra}).encode()


def cells(count: int) -> list[dict]:
    return [{"cell_type": "code", "source": "x", "outputs": []}] * count


BAD = {
    "no json": (b"hello", notebook_file.NOT_JSON),
    "empty": (b"", notebook_file.NOT_JSON),
    "not utf-8": (b'{"nbformat": 4, "cells": "\xff"}', notebook_file.NOT_JSON),
    "a list": (b"[]", notebook_file.NOT_A_NOTEBOOK),
    "other json": (b'{"a": 1}', notebook_file.NOT_A_NOTEBOOK),
    "version in words": (file(nbformat="4"), notebook_file.NOT_A_NOTEBOOK),
    "version true": (file(nbformat=True), notebook_file.NOT_A_NOTEBOOK),
    "no cells": (file(cells=None), notebook_file.NOT_A_NOTEBOOK),
    "cells of text": (file(cells=["x"]), notebook_file.NOT_A_NOTEBOOK),
    "cell without a type": (file(cells=[{}]), notebook_file.NOT_A_NOTEBOOK),
    "cell of a strange type": (file(cells=[{"cell_type": ["code"]}]), notebook_file.NOT_A_NOTEBOOK),
    "version 3 without sheets": (file(nbformat=3), notebook_file.NOT_A_NOTEBOOK),
    "version 2": (file(nbformat=2), notebook_file.TOO_OLD),
    "NUL": (file().replace(b"{", b"\0{", 1), notebook_file.HAS_NUL),
    "an endless number": (file().replace(b'"nbformat": 4', b'"nbformat": ' + b"4" * 5000), notebook_file.NOT_JSON),
    "deep, and nothing else": (b"[" * 100_000, notebook_file.TOO_DEEP),
    "deep objects": (b'{"a":' * 100_000, notebook_file.TOO_DEEP),
    "much too deep and large": (b"[" * 5_000_000, notebook_file.TOO_DEEP),
    "over 20 MB": (notebook(code("x", printed("x" * 20_000_000))), notebook_file.TOO_LARGE),
}
BOMBS = {
    "escaped NUL": (file(cells=[{"cell_type": "raw", "source": "\0"}]), notebook_file.HAS_NUL),
    "NUL in a key": (file(metadata={"\0": 1}), notebook_file.HAS_NUL),
    "NaN": (file(metadata={"a": float("nan")}), notebook_file.NOT_A_NUMBER),
    "Infinity": (file(metadata={"a": float("-inf")}), notebook_file.NOT_A_NUMBER),
    "infinite by size": (
        file().replace(b'"nbformat_minor": 5', b'"nbformat_minor": 1e999'),
        notebook_file.NOT_A_NUMBER,
    ),
    "lone surrogate": (file(metadata={"a": "\ud800"}), notebook_file.BROKEN_TEXT),
    "lone surrogate in a key": (file(metadata={"\udfff": 1}), notebook_file.BROKEN_TEXT),
    "deep": (file(metadata={"a": 1}).replace(b"1}", b"[" * 102 + b"]" * 102 + b"}"), notebook_file.TOO_DEEP),
    "very deep": (b'{"nbformat": 4, "cells": ' + b"[" * 100_000, notebook_file.TOO_DEEP),
    "2,001 cells": (file(cells=cells(2001)), notebook_file.TOO_MANY_CELLS),
    "20,000 cells": (file(cells=cells(20_000)), notebook_file.TOO_MANY_CELLS),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_sentence(name):
    raw, sentence = BAD[name]
    with pytest.raises(NotebookError) as refusal:
        check_notebook(raw)
    assert refusal.value.message == sentence


@pytest.mark.parametrize("name", BOMBS)
def test_a_notebook_that_cannot_be_shown_may_be_handed_in(name):
    raw, sentence = BOMBS[name]
    check_notebook(raw)
    with pytest.raises(Unshowable) as refusal:
        render_notebook(raw)
    assert refusal.value.message == sentence


@pytest.mark.parametrize("name", ["no json", "deep objects", "over 20 MB"])
def test_rendering_refuses_in_the_same_words(name):
    raw, sentence = BAD[name]
    with pytest.raises(NotebookError) as refusal:
        render_notebook(raw)
    assert refusal.value.message == sentence


@pytest.mark.parametrize(
    "raw", [file(), file(cells=cells(2000)), file(nbformat=5), file(nbformat_minor=99), b"\xef\xbb\xbf" + file()]
)
def test_a_good_file_is_taken(raw):
    check_notebook(raw)


def test_a_large_good_file_is_checked_apart():
    check_notebook(notebook(code("x", printed("x" * 5_000_000))))


def test_small_values_by_the_million_end():
    raw = file(metadata={"a": [{}]}).replace(b"[{}]", b"[" + b"{}," * 4_500_000 + b"{}]")
    check_notebook(raw)
    with pytest.raises(RenderError):
        render_notebook(raw)


def test_much_text_is_shown_cut():
    found = render_notebook(notebook(*[code("x", printed("line\n" * 250_000)) for _ in range(2)]))
    assert len(found.html) < 10_000


def test_a_notebook_of_many_long_outputs_ends():
    many = [code("x", *[shown(text_plain="y" * 90_000) for _ in range(4)]) for _ in range(40)]
    found = render_notebook(notebook(*many))
    assert len(found.html) < 500_000
    assert len(found.outputs) == 160


def test_hostile_code_is_shown_plain_and_the_rest_still_stands():
    found = render_notebook(notebook(code("\n ".join(["x"] + [""] * 15_000 + ["y"])), code("def f(): pass")))
    assert '<span class="k">def</span>' in found.html
