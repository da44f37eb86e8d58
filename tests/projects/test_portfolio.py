"""A portfolio: who sees it, what stands on it, and its owner's order."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from mentorship.common.errors import Refused
from projects.models import ChangedMeanwhile, Portfolio, PortfolioProject, Submission
from projects.portfolio.tables import tables
from tests import factory

SAYS = {"why": "Rents rise.", "what": "A forest.", "data": "2,000 flats.", "result": "9 % off."}


@pytest.fixture
def accepted(submission, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    return submission


@pytest.fixture
def shown(accepted, amara):
    row = PortfolioProject.add(accepted, by=amara)
    row.change(by=amara, shown=True, **SAYS)
    return row


@pytest.mark.parametrize(("visibility", "seen"), [("private", ""), ("program", "olga"), ("public", "olga visitor")])
def test_who_sees_it_is_its_owner_s(visibility, seen, amara, olga, ada):
    Portfolio.of(amara).change(by=amara, visibility=visibility)
    readers = {"olga": olga, "visitor": AnonymousUser()}
    found = {name for name, reader in readers.items() if Portfolio.objects.visible_to(reader).exists()}
    assert found == set(seen.split())
    assert Portfolio.objects.visible_to(amara).exists()
    assert Portfolio.objects.visible_to(ada).exists() == (visibility != "private")


def test_nobody_sees_it_at_first_and_nobody_changes_another_s(amara, olga):
    portfolio = Portfolio.of(amara)
    assert (portfolio.pk, portfolio.visibility) == (None, "private")
    with pytest.raises(Refused, match="own portfolio"):
        portfolio.change(by=olga, visibility="public")


def test_an_older_version_does_not_overwrite(amara):
    portfolio = Portfolio.of(amara)
    portfolio.change(by=amara, about="First", version=1)
    with pytest.raises(ChangedMeanwhile) as caught:
        Portfolio.of(amara).change(by=amara, about="Second", version=1)
    assert caught.value.saved.about == "First"


def test_only_accepted_work_of_one_s_own(submission, accepted, amara, bela, cohort):
    waiting = factory.make_submission(cohort.memberships.get(person=bela))
    for row, person in ((accepted, bela), (waiting, bela)):
        with pytest.raises(Refused, match="Only accepted"):
            PortfolioProject.add(row, by=person)
    row = PortfolioProject.add(accepted, by=amara)
    assert (row.slug, row.shown, row.write_up) == ("rent-in-lagos", False, "What the rent of a flat follows from.")
    assert PortfolioProject.add(accepted, by=amara).pk == row.pk


def test_work_that_is_no_longer_accepted_is_gone_from_the_page(shown, amara):
    assert list(Portfolio.of(amara).projects_shown()) == [shown]
    with connection.cursor() as cursor:  # as a verdict that is taken back leaves it
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE projects_submission DISABLE TRIGGER USER")
    Submission.objects.update(state="awaiting_mentor", awaiting_mentor_since=shown.added_at)
    assert not Portfolio.of(amara).projects_shown().exists()


@pytest.mark.parametrize("part", SAYS)
def test_it_is_shown_with_a_whole_summary_only(accepted, amara, part):
    row = PortfolioProject.add(accepted, by=amara)
    with pytest.raises(Refused, match=part):
        row.change(by=amara, shown=True, **SAYS | {part: ""})
    with pytest.raises(IntegrityError), transaction.atomic():
        PortfolioProject.objects.update(shown=True)


def test_the_summary_is_read_in_twenty_seconds(accepted, amara):
    row = PortfolioProject.add(accepted, by=amara)
    row.change(by=amara, why="w " * 67, what="a", data="b", result="c")
    with pytest.raises(Refused, match="71 words"):
        row.change(by=amara, result="two words")


def test_ticks_of_one_table_leave_the_others(shown, amara):
    engineering, applied = tables()["engineering"], tables()["applied"]
    shown.tick(by=amara, table=engineering, kind="unique", facts={"documentation", "kaggle_medal"})
    shown.tick(by=amara, table=applied, kind="sota_paper", facts={"article"})
    shown.refresh_from_db()
    assert shown.kinds == {"engineering": "unique", "applied": "sota_paper"}
    assert shown.facts == ["article", "kaggle_medal"]  # documentation is a fact of both tables
    with pytest.raises(Refused):
        shown.tick(by=amara, table=engineering, kind="sota_paper", facts=set())
    with pytest.raises(Refused):
        shown.tick(by=amara, table=engineering, kind="unique", facts={"first_author"})
