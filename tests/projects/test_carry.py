"""Where a comment's cell is in the next round."""

import hashlib

import pytest
from rapidfuzz.distance import Indel

from projects.anchors import Anchor, Place, carry, quoted


def cell(source, ident="", kind="code"):
    digest = hashlib.sha256(f"{kind}{source}".encode()).hexdigest()[:16]
    return {"id": ident, "kind": kind, "source": source, "digest": digest, "outputs": ""}


LOAD = "import pandas as pd\nrides = pd.read_csv('rides.csv')\nrides.head()"
SPLIT = "train, test = train_test_split(rides, test_size=0.2)\nlen(train), len(test)"
FIT = "forest = RandomForestRegressor(n_estimators=200)\nforest.fit(train)\nforest.score(test)"


def anchor(cells, number, lines=(None, None)):
    found = cells[number - 1]
    return Anchor(number, found["id"], found["digest"], quoted(found, *lines), *lines)


@pytest.fixture(params=["with ids", "without ids"])
def before(request):
    ids = ("a", "b", "c") if request.param == "with ids" else ("", "", "")
    return [cell(source, ident) for source, ident in zip((LOAD, SPLIT, FIT), ids, strict=True)]


def test_a_cell_that_stays_is_the_same(before):
    assert carry(anchor(before, 2), before, before) == Place("same", 2)


def test_its_lines_stay_with_it(before):
    assert carry(anchor(before, 2, (2, 2)), before, before) == Place("same", 2, 2, 2)


def test_a_cell_goes_along_when_others_come_before_it(before):
    after = [cell("# Rent", "x", "markdown"), *before]
    assert carry(anchor(before, 2, (1, 2)), after, before) == Place("moved", 3, 1, 2)


def test_a_changed_cell_is_found(before):
    after = [before[0], cell(SPLIT.replace("0.2", "0.3"), before[1]["id"]), before[2]]
    assert carry(anchor(before, 2), after, before) == Place("changed", 2)


def test_lines_that_stand_are_found_in_a_changed_cell(before):
    after = [before[0], before[1], cell("np.random.seed(7)\n" + FIT, before[2]["id"])]
    assert carry(anchor(before, 3, (2, 3)), after, before) == Place("changed", 3, 3, 4)


def test_lines_that_changed_are_not(before):
    after = [before[0], before[1], cell(FIT.replace("200", "500"), before[2]["id"])]
    assert carry(anchor(before, 3, (1, 1)), after, before) == Place("changed", 3)


def test_a_cell_that_was_taken_out_is_gone(before):
    assert carry(anchor(before, 2), [before[0], before[2]], before) == Place("gone")


def test_a_cell_is_not_taken_for_one_that_stood_beside_it():
    before = [cell("x = 1\nprint(x)"), cell("x = 2\nprint(x)")]
    assert carry(anchor(before, 1), [before[1]], before) == Place("gone")


def test_of_two_like_cells_the_one_with_its_id_or_the_nearest():
    before = [cell("plt.show()", "a"), cell("fit()", "b"), cell("plt.show()", "c")]
    assert carry(anchor(before, 3), before, before).cell == 3
    bare = [cell(one["source"]) for one in before]
    assert carry(anchor(bare, 3), bare, bare).cell == 3
    assert carry(anchor(bare, 3), bare[:2], bare) == Place("moved", 1)


def test_a_text_file_is_one_cell_however_much_of_it_changed():
    before, after = [cell("a = 1\nb = 2", kind="text")], [cell("def f():\n    pass\n\nb = 2", kind="text")]
    assert carry(anchor(before, 1), after, before) == Place("changed", 1)
    assert carry(anchor(before, 1, (2, 2)), after, before) == Place("changed", 1, 4, 4)


def test_nothing_goes_nowhere():
    before = [cell("   ")]
    assert carry(anchor(before, 1), [cell("fit()")], before) == Place("gone")
    assert carry(anchor(before, 1), [], before) == Place("gone")


def test_of_two_thousand_changed_cells_only_the_nearest_are_compared(monkeypatch):
    before = [cell(f"x{n} = " + "abc " * 1000) for n in range(2000)]
    after = [cell(f"y{n} = " + "bca " * 1000) for n in range(2000)]
    compared = []

    class Counted:
        @staticmethod
        def normalized_similarity(*pair):
            compared.append(pair)
            return Indel.normalized_similarity(*pair)

    monkeypatch.setattr("projects.anchors.Indel", Counted)
    assert carry(anchor(before, 1000), after, before).state in ("changed", "gone")
    assert 0 < len(compared) <= 30
    assert max(len(text) for pair in compared for text in pair) <= 2000
