"""What the queue marks: late by what was promised, help wanted, a mentee's first hand-in, who else has it."""

import re

import pytest

from projects.escalation import escalate
from tests import factory


@pytest.fixture
def rows(sign_in, mateo):
    """`rows(tab, **filters)` gives the rows in Mateo's queue by title."""

    def rows(tab="mine", person=mateo, **filters):
        page = sign_in(person).get("/queue/", {"tab": tab, **filters}).text
        found = re.findall(r"<li data-row.*?</li>", page, re.S)
        return {re.search(r'class="title"[^>]*>([^<]+)<', row)[1]: row for row in found}

    return rows


def work(cohort, title, days, mentor=None):
    mentee = factory.make_membership(cohort, factory.make_person())
    if mentor:
        factory.make_assignment(mentee, cohort.memberships.get(person=mentor))
    return factory.make_submission(mentee, title=title, at=factory.days_ago(days))


def test_late_is_what_was_promised(cohort, mateo, rows):
    work(cohort, "Three days", 3, mateo)
    work(cohort, "Five days", 5, mateo)
    assert ["Late: " in row for row in rows().values()] == [True, False]
    cohort.memberships.get(person=mateo).promise(2, by=mateo)
    assert list(rows(only="late")) == ["Five days", "Three days"]


def test_days_away_are_not_late(cohort, mateo, rows):
    factory.make_away(mateo, -5, -3)
    work(cohort, "Five days", 5, mateo)
    assert rows(only="late") == {}


def test_help_wanted_is_seen_by_the_others(cohort, mateo, ines, rows):
    work(cohort, "A week", 7, mateo)
    work(cohort, "Today", 0, mateo)
    escalate(at=factory.days_ago(0))
    found = rows("unclaimed", person=ines)
    assert ["Help wanted" in row for row in found.values()] == [True, False]
    assert list(rows("unclaimed", person=ines, only="help")) == ["A week"]


def test_a_first_hand_in_is_marked(cohort, mateo, amara, seat, rows, project):
    factory.make_submission(seat, title="The first")
    second = factory.make_project(factory.make_item(project.item.unit, "second", kind="project"))
    factory.make_submission(seat, second, title="The second")
    assert {title: "First hand-in" in row for title, row in rows().items()} == {"The first": True, "The second": False}
    assert list(rows(only="new")) == ["The first"]


def test_what_others_hold_is_not_mine_to_do(cohort, mateo, ines, submission, waiting, rows):
    waiting.claim(by=ines)
    assert rows("mine") == {}
    assert "Inês Duarte has it, ends" in rows("others")["Rent in Lagos"]
    assert rows("others", person=ines) == {}


def test_what_i_hold_of_others_is_mine_to_do(cohort, mateo, ines, submission, waiting, rows):
    waiting.claim(by=ines)
    assert list(rows("mine", person=ines)) == ["Rent in Lagos"]


def test_the_api_says_the_same(cohort, mateo, sign_in, submission):
    row = sign_in(mateo).get("/api/v1/queue/?tab=mine&only=new").json()["results"][0]
    assert (row["late"], row["first_ever"], row["help_wanted"]) == (False, True, False)
    assert sign_in(mateo).get("/api/v1/queue/?tab=others").json()["results"] == []


def test_the_page_and_the_filter_agree_on_what_is_late(cohort, mateo, ines, rows):
    cohort.seats = 100
    cohort.save(update_fields=["seats"])
    cohort.memberships.filter(role="mentor").update(capacity=50)
    factory.make_away(mateo, -4, -4)
    factory.make_away(ines, -9, -8)
    for days in (1, 3.9, 4.1, 4.9, 5.1, 6.9, 9, 11):
        for mentor in (mateo, ines, None):
            work(cohort, f"{days} {mentor}", days, mentor)
    marked = {title for title, row in rows("unclaimed").items() if "Late: " in row}
    assert marked == set(rows("unclaimed", only="late"))
    assert 0 < len(marked) < 24
