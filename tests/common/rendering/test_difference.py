"""What changed between two notebooks, found in the killable process."""

import json

import pytest

from mentorship.common.rendering.difference import compare_files, compare_notebooks, compare_texts, plain_sources
from mentorship.common.rendering.errors import NotebookError, RenderError


def code(source, *, ident="", out=""):
    outputs = [{"output_type": "stream", "name": "stdout", "text": out}] if out else []
    cell = {"cell_type": "code", "metadata": {}, "source": source, "execution_count": 1, "outputs": outputs}
    return cell | ({"id": ident} if ident else {})


def prose(source, **fields):
    return {"cell_type": "markdown", "metadata": {}, "source": source, **fields}


def notebook(*cells, minor=4):
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": minor}).encode()


def kinds(old, new):
    return [(e["kind"], e["old"], e["new"]) for e in compare_notebooks(notebook(*old), notebook(*new))]


LOAD, SPLIT, PLOT = code("df = load()"), code("train, test = split(df)"), code("plot(model, test)")


def test_what_stayed_is_counted_together():
    (entry,) = compare_notebooks(notebook(LOAD, SPLIT, PLOT), notebook(LOAD, SPLIT, PLOT))
    assert (entry["kind"], entry["old"], entry["new"], entry["count"]) == ("same", 1, 1, 3)


def test_added_and_removed():
    assert kinds([LOAD, SPLIT], [LOAD, prose("# Why"), SPLIT]) == [("same", 1, 1), ("added", None, 2), ("same", 2, 3)]
    assert kinds([LOAD, SPLIT, PLOT], [LOAD, PLOT]) == [("same", 1, 1), ("removed", 2, None), ("same", 3, 2)]


def test_a_changed_cell_shows_its_lines_and_words():
    old, new = notebook(code("x = 1\ny = load('a')\nz = 3")), notebook(code("x = 1\ny = load('b')\nz = 3"))
    (entry,) = compare_notebooks(old, new)
    same, changed, _ = entry["rows"]
    assert (entry["kind"], same["kind"], changed["kind"]) == ("changed", "same", "changed")
    assert (changed["was"], changed["now"]) == ("y = load('a')", "y = load('b')")
    start, end = changed["now_marks"][0]
    assert changed["now"][start:end] == "b"
    assert (changed["old"], changed["new"]) == (2, 2)


def test_a_moved_cell_is_one_change():
    assert kinds([LOAD, SPLIT, PLOT, code("end()")], [SPLIT, PLOT, LOAD, code("end()")]) == [
        ("left", 1, 3), ("same", 2, 1), ("moved", 1, 3), ("same", 4, 4),
    ]  # fmt: skip


def test_an_id_finds_a_cell_whatever_became_of_it():
    old = [code("a = 1", ident="one"), code("b = 2", ident="two"), code("c = 3", ident="three")]
    new = [code("c = 3", ident="three"), code("a = 1", ident="one"), code("nothing like it", ident="two")]
    assert ("changed", 2, 3) in kinds(old, new)
    assert ("moved", 3, 1) in kinds(old, new)


def test_ids_that_stand_there_twice_or_are_none_are_left_aside():
    old = [code("a = 1", ident="one"), code("b = 2", ident="one"), {**LOAD, "id": 7}]
    assert [kind for kind, _, _ in kinds(old, old)] == ["same"]


def test_moved_and_edited_is_found_by_likeness():
    long = "model = Forest(trees=100, depth=4, seed=7)\nmodel.fit(train[columns], train.rides)"
    found = kinds([code(long), SPLIT, PLOT], [SPLIT, PLOT, code(long.replace("depth=4", "depth=9"))])
    assert ("moved", 1, 3) in found


def test_an_output_that_changed_is_a_change_and_a_new_address_in_memory_is_none():
    old, new = notebook(code("score()", out="0.33")), notebook(code("score()", out="0.41"))
    (entry,) = compare_notebooks(old, new)
    assert (entry["kind"], entry["rows"], entry["outputs"]) == ("changed", [], True)
    old, new = (notebook(code("f", out=f"<function f at 0x7f{n}aabbccdd>")) for n in (1, 2))
    assert compare_notebooks(old, new)[0]["kind"] == "same"


def test_long_stretches_without_a_change_are_left_out():
    lines = [f"line {n}" for n in range(40)]
    old, new = "\n".join(lines), "\n".join([*lines[:20], "another", *lines[21:]])
    rows = compare_texts({"a": (old, new)})["a"]
    assert [row["kind"] for row in rows] == ["skipped", *["same"] * 3, "removed", "added", *["same"] * 3, "skipped"]
    assert (rows[0]["count"], rows[-1]["count"]) == (17, 16)


def test_equal_texts_cost_nothing_and_ends_of_lines_are_no_change():
    assert compare_texts({"a": ("same", "same")}) == {}
    assert {row["kind"] for row in compare_texts({"a": ("one\r\ntwo", "one\ntwo\n")})["a"]} <= {"skipped"}


def test_files_of_text():
    (row,) = compare_files(b"a;b\n", b"a;c\n")
    assert (row["was"], row["now"]) == ("a;b", "a;c")
    with pytest.raises(RenderError, match="no text"):
        compare_files(b"\0", b"a")
    with pytest.raises(RenderError, match="too large"):
        compare_files(b"a" * 2_000_001, b"a")


def test_plain_sources():
    assert plain_sources(notebook(LOAD, prose("# Why\n"))) == "df = load()\n\n# Why"


@pytest.mark.parametrize("raw", [b"[" * 100_000, b"{}", notebook(*[LOAD] * 2_001), b"\xff", b'{"cells": 3}'])
def test_what_is_no_notebook_is_refused(raw):
    with pytest.raises(NotebookError):
        compare_notebooks(notebook(LOAD), raw)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([code(f"x{n} = " + "a b " * 400) for n in range(300)], [code(f"y{n} = " + "b a " * 400) for n in range(290)]),
        ([code("ab"[n % 2]) for n in range(2000)], [code("abb"[n % 3]) for n in range(2000)]),
        ([code("\n".join("ab"[n % 2] for n in range(40_000)))], [code("\n".join("abb"[n % 3] for n in range(40_000)))]),
        ([code("a b " * 40_000)], [code("b a " * 40_000)]),
    ],
    ids=["alike", "two of all", "many lines", "one line"],
)
def test_what_would_take_for_ever_comes_to_an_end_and_stays_small(old, new):
    assert len(json.dumps(compare_notebooks(notebook(*old), notebook(*new)))) < 2_000_000
