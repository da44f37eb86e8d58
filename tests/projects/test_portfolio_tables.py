"""The three tables, number for number, as their source has them."""

import pytest

from projects.portfolio.tables import effort, source, tables

THE_TABLES = {
    "engineering": (
        {"Common project": -1, "Unique project": 10},
        {"Strong documentation": 5, "5000-word article": 5, "Kaggle medal": 10, "Employer relevancy": 20},
        (5_250, 15_000),
    ),
    "applied": (
        {"Common project": -10, "Unique project": 1, "SOTA paper implementation": 20},
        {"Strong documentation": 5, "5000-word article": 5, "SOTA performance": 5, "Employer relevancy": 20},
        (52_500, 150_000),
    ),
    "scientist": (
        {
            "Common project": -100,
            "An unpublished paper": 5,
            "ICML, ICLR or NeurIPS publication": 500,
            "Any other publication": 50,
        },
        {"First author paper": 10, "Employer relevancy": 20},
        (20_000, 200_000),
    ),
}


@pytest.mark.parametrize("key", THE_TABLES)
def test_every_number_is_the_source_s(key):
    kinds, factors, thresholds = THE_TABLES[key]
    table = tables()[key]
    assert {kind.title: kind.points for kind in table.kinds} == kinds
    assert {factor.title: factor.factor for factor in table.factors} == factors
    assert (table.hireable, table.competitive) == thresholds


def test_there_are_these_three_and_where_they_come_from():
    assert list(tables()) == list(THE_TABLES)
    assert source().author == "Emil Wallner"
    assert source().url.startswith("https://github.com/emilwallner/How-to-learn-Deep-Learning")


def test_every_step_has_an_estimate():
    for table in tables().values():
        for factor in table.factors:
            assert effort().facts[factor.key] % 5 == 0
            assert effort().how[factor.key]
        assert any(kind.key in effort().new for kind in table.kinds)
