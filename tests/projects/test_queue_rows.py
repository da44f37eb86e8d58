"""The page's statement and the queryset of the API say the same."""

from itertools import product

import pytest
from django.http import QueryDict
from django.utils import timezone

from mentorship.common.times import exact
from projects.queue import SORTS, TABS, Queue
from projects.queue_rows import Rows
from tests import factory

NOW = factory.days_ago(0)


@pytest.fixture
def work(cohort, mateo, ines, submission, other_cohort):
    """Work in every state: of Mateo's mentee and of others, claimed, run out, returned, accepted, withdrawn."""
    cohort.seats = 100
    cohort.save(update_fields=["seats"])
    seats = [factory.make_membership(cohort, factory.make_person(name)) for name in ("100%", "B_b", "Zoë", "Ada", "É")]
    made = [factory.make_submission(seat, at=factory.days_ago(n % 3 + 1)) for n, seat in enumerate(seats)]
    made[0].rounds.get().claim(by=mateo)
    made[1].rounds.get().claim(by=ines)
    made[2].rounds.get().claim(by=mateo, at=factory.days_ago(2))
    factory.make_review(made[3], mateo)
    factory.make_review(made[4], mateo, factory.accepting(made[4]))
    late = factory.make_submission(factory.make_membership(cohort, factory.make_person()), at=factory.days_ago(9))
    late.rounds.update(offered_at=factory.days_ago(1))
    made.append(late)
    return [submission, *made]


def both(person, query):
    """The primary keys by the statement, and by the queryset."""
    queue = Queue.of(person)
    asked, rows = queue.asked(QueryDict(query), NOW)
    return [row.submission for row in Rows(person, asked, NOW)[0:51]], list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("tab", [name for name, _label in TABS])
def test_each_tab_in_each_order(work, mateo, ines, noor, tab):
    for sort, person in product(SORTS, (mateo, ines, noor)):
        page, queryset = both(person, f"tab={tab}&sort={sort}")
        assert page == queryset, f"{sort} for {person}"
    assert both(noor, f"tab={tab}")[0] == []
    assert any(both(person, f"tab={tab}")[0] for person in (mateo, ines))


@pytest.mark.parametrize("tab", [name for name, _label in TABS])
def test_each_filter(work, mateo, project, tab):
    words = ("mentee=%25", "mentee=_", "mentee=ZO%C3%8B", "mentee=%5C", "round=first", "round=later")
    marks = ("only=late", "only=help", "only=new", "only=else")
    places = ("", f"project={project.key}", "project=else", f"stream={project.item.stream.number}", "stream=9999")
    for said, place in product((*words, *marks), places):
        page, queryset = both(mateo, f"tab={tab}&{said}&{place}")
        assert page == queryset, f"{said}, {place}"


def test_a_filter_finds_and_leaves_out(work, mateo):
    names = {"%25": "100%", "_": "B_b", "zo%C3%AB": "Zoë", "%C3%A9": "É"}
    for said, name in names.items():
        tab = "done" if name == "É" else "claimed" if name == "100%" else "unclaimed"
        found = both(mateo, f"tab={tab}&mentee={said}")[0]
        assert found == [row.pk for row in work if row.author.name == name and name != "B_b"]


def test_without_mentees_of_ones_own_the_longest_wait_stands_first(cohort, ines, work):
    waits = [row.awaiting_mentor_since for row in Queue.of(ines).rows("unclaimed", NOW)]
    assert waits == sorted(waits)


def test_a_row_says_who_holds_it(work, mateo, ines, sign_in):
    held = work[1].rounds.get()
    page = sign_in(mateo).get("/queue/?tab=claimed").content.decode()
    assert f"/rounds/{held.pk}/review/" in page
    with timezone.override(mateo.zone):
        assert exact(held.claimed_until) in page


def test_names_and_titles_are_escaped(cohort, mateo, sign_in):
    seat = factory.make_membership(cohort, factory.make_person("<b>'x'"))
    factory.make_submission(seat, title='<script>"&')
    page = sign_in(mateo).get("/queue/?tab=unclaimed").content.decode()
    assert "&lt;script&gt;&quot;&amp;" in page
    assert "&lt;b&gt;&#x27;x&#x27;" in page
    assert "<b>" not in page


def test_the_work_of_a_team_names_the_team(cohort, amara, bela, mateo, sign_in):
    factory.make_team_work(cohort, amara, bela)
    client = sign_in(mateo)
    assert "Amara Okafor, for The Gauss" in client.get("/queue/?tab=mine").content.decode()
    (row,) = client.get("/api/v1/queue/?tab=mine").json()["results"]
    assert (row["mentee"], row["team"]) == ("Amara Okafor", "The Gauss")
