"""What is read from a notebook for whoever wants to run it."""

import pytest
from nbformat.v4 import new_code_cell, new_output

from mentorship.common.rendering.notebook_facts import facts_of
from mentorship.common.rendering.notebook_file import read_notebook
from tests.common.rendering.notebooks import code, notebook, printed

ERROR = new_output("error", ename="E", evalue="no", traceback=[])


def facts(*cells, **metadata) -> dict[str, list[int]]:
    return {fact["code"]: fact["cells"] for fact in facts_of(read_notebook(notebook(*cells, **metadata)))}


def test_a_tidy_notebook_has_nothing_to_say():
    assert facts("# Rent", code("import pandas", count=1), code("fit()", count=2), code("", count=None)) == {}


def test_cells_run_in_another_order():
    found = facts(code("a", count=1), code("b", count=5), "x", code("c", count=3), code("d", count=6))
    assert found == {"out_of_order": [4]}


def test_cells_not_run():
    assert facts(code("a"), code("b", count=None), code("# later", count=None)) == {"not_run": [2]}
    assert facts(code("a", count=None), code("b", count=None)) == {"not_run": []}


def test_errors_left_but_those_that_are_meant():
    meant = new_code_cell("x", outputs=[ERROR], execution_count=2, metadata={"tags": ["raises-exception"]})
    assert facts(code("a", ERROR, count=1), meant) == {"errors_left": [1]}


@pytest.mark.parametrize(
    "source", ["np.random.rand(3)", "train_test_split(X)", "RandomForestClassifier()", "df.sample(5)"]
)
def test_chance_without_a_seed(source):
    assert facts(code(source)) == {"no_seed": [1]}
    assert facts(code(source, printed("x")), code("np.random.seed(7)", count=2)) == {}
    assert facts(code(source), code("f(random_state=42)", count=2)) == {}
    assert facts(code(source), code("f(random_state=None)", count=2)) == {"no_seed": [1]}
    assert facts(code(source), language_info={"name": "julia"}) == {}


@pytest.mark.parametrize("path", ["/home/me/x.csv", "/Users/me/x.csv", r"C:\\data\\x.csv", "~/x.csv", "/content/x.csv"])
def test_paths_of_one_computer(path):
    assert facts(code(f'open("{path}")')) == {"absolute_paths": [1]}
    assert facts(code(f'# open("{path}")\nopen("data/x.csv")')) == {}


@pytest.mark.parametrize(
    "source",
    [
        "sns.load_dataset('titanic')",
        "load_iris()",
        "read_csv('iris.csv')",
        "fetch_openml('mnist_784')",
        "Fashion_MNIST()",
    ],
)
def test_data_that_everybody_uses(source):
    assert facts("Iris and Titanic in prose", code(source)) == {"common_data": [2]}


@pytest.mark.parametrize("source", ["irises = 1", "read('bikes.csv')", "cifar100()"])
def test_other_data(source):
    assert facts(code(source)) == {}


def test_hostile_sources_end():
    assert facts(code('"/home/' * 20_000 + "random." * 20_000)) is not None
