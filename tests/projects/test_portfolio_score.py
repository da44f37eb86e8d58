"""Scores computed by hand, and the cheapest way on."""

import pytest

from projects.portfolio.score import Work, points_of, score_of
from projects.portfolio.steps import cheapest
from projects.portfolio.tables import tables

ENGINEERING, APPLIED, SCIENTIST = (tables()[key] for key in ("engineering", "applied", "scientist"))
FULL = ("documentation", "article", "relevancy")


def work(kind, *facts, title="Bikes"):
    return Work(title, title, kind, frozenset(facts))


def total(table, *works):
    return score_of(table, works).total


@pytest.mark.parametrize(
    ("table", "kind", "facts", "points"),
    [
        (ENGINEERING, "", FULL, 0),
        (ENGINEERING, "common", (), -1),
        (ENGINEERING, "common", FULL, -500),
        (ENGINEERING, "unique", (), 10),
        (ENGINEERING, "unique", ("documentation",), 50),
        (ENGINEERING, "unique", ("documentation", "article"), 250),
        (ENGINEERING, "unique", FULL, 5_000),
        (ENGINEERING, "unique", (*FULL, "kaggle_medal"), 50_000),
        (APPLIED, "common", ("relevancy",), -200),
        (APPLIED, "unique", FULL, 500),
        (APPLIED, "sota_paper", (), 20),
        (APPLIED, "sota_paper", (*FULL, "sota_performance"), 50_000),
        (SCIENTIST, "common", ("first_author", "relevancy"), -20_000),
        (SCIENTIST, "unpublished", ("relevancy",), 100),
        (SCIENTIST, "publication", ("first_author", "relevancy"), 10_000),
        (SCIENTIST, "top_publication", ("first_author", "relevancy"), 100_000),
    ],
)
def test_base_points_times_every_factor(table, kind, facts, points):
    assert points_of(table, kind, facts) == points


def test_facts_of_other_tables_do_nothing():
    assert points_of(SCIENTIST, "publication", ("documentation", "kaggle_medal")) == 50
    assert points_of(ENGINEERING, "sota_paper", FULL) == 0


def test_works_are_added_up_with_a_line_each():
    score = score_of(ENGINEERING, [work("unique", *FULL), work("unique", "documentation", "article"), work("")])
    assert [line.points for line in score.lines] == [5_000, 250]
    assert [factor.factor for factor in score.lines[0].factors] == [5, 5, 20]
    assert (score.total, score.level, score.next_level) == (5_250, "hireable", "competitive")


@pytest.mark.parametrize(
    ("table", "works", "level"),
    [
        (ENGINEERING, [work("unique", *FULL), work("unique", "documentation", "article"), work("common")], ""),
        (ENGINEERING, [work("unique", *FULL)] * 3, "competitive"),
        (ENGINEERING, [work("unique", *FULL)] * 3 + [work("common")], "hireable"),
        (APPLIED, [work("sota_paper", *FULL, "sota_performance"), work("sota_paper", *FULL)], "hireable"),
        (APPLIED, [work("sota_paper", *FULL, "sota_performance")] * 3, "competitive"),
        (SCIENTIST, [work("publication", "first_author", "relevancy")] * 2, "hireable"),
        (SCIENTIST, [work("top_publication", "first_author", "relevancy")] * 2, "competitive"),
        (SCIENTIST, [], ""),
    ],
)
def test_thresholds_are_reached_at_their_number(table, works, level):
    assert score_of(table, works).level == level


def test_the_cheapest_step_may_cost_nothing():
    score = score_of(ENGINEERING, [work("unique", *FULL), work("unique", "documentation", "article"),
                                   work("common", title="Titanic")])  # fmt: skip
    (step,) = cheapest(score).steps
    assert (step.title, step.hours, step.total) == ("Titanic", 0, 5_250)
    assert "leave it out" in step.what


def test_the_fewest_hours_and_not_the_fewest_steps():
    score = score_of(ENGINEERING, [work("unique", *FULL), work("unique", title="Rent")])
    plan = cheapest(score)  # 240 are missing: relevancy brings 190 in 20 hours, documentation 950 more in 10
    assert [(step.title, step.hours, step.total) for step in plan.steps] == [("Rent", 10, 5_050), ("Rent", 20, 6_000)]
    assert plan.hours == 30


def test_from_nothing_new_works_are_begun():
    plan = cheapest(score_of(ENGINEERING, []))
    assert plan.steps[0].what == "begin it: unique project"
    assert plan.steps[-1].total >= 5_250
    assert plan.hours == sum(step.hours for step in plan.steps) == 60 + 10 + 20 + 60 + 10 + 20 + 30


def test_who_is_first_author_is_not_a_next_step_of_a_paper_that_is_there():
    plan = cheapest(score_of(SCIENTIST, [work("publication", "relevancy")]))
    assert not any(step.title == "Bikes" and "first author" in step.what for step in plan.steps)


def test_beyond_the_last_threshold_there_is_no_plan():
    assert cheapest(score_of(ENGINEERING, [work("unique", *FULL)] * 3)) is None


@pytest.mark.parametrize("table", tables().values(), ids=list(tables()))
@pytest.mark.parametrize("works", [[], [work("common", *FULL)], [work("common")] * 60], ids=["none", "one", "many"])
def test_every_plan_arrives(table, works):
    score = score_of(table, works)
    plan = cheapest(score)
    assert plan.steps[-1].total >= score.next_threshold
