"""A portfolio in two windows at once: nothing is there twice, nothing is overwritten unseen."""

import pytest

from mentorship.common.errors import Refused
from projects.models import OtherWork, Portfolio, PortfolioProject
from tests import factory
from tests.projects.test_at_once import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def accepted(submission, mateo):
    factory.make_review(submission, mateo, factory.accepting(submission))
    return submission


def test_put_on_twice_it_stands_there_once(accepted, amara):
    first, second = at_once(*[lambda: PortfolioProject.add(accepted, by=amara)] * 2)
    assert first.pk == second.pk
    assert PortfolioProject.objects.count() == 1


def test_of_two_saves_one_is_told(accepted, amara):
    row = PortfolioProject.add(accepted, by=amara)
    calls = [lambda why=why: row.change(by=amara, version=1, why=why) for why in ("here", "there")]
    assert refusals(at_once(*calls)) == ["changed_meanwhile"]
    calls = [lambda text=text: Portfolio.of(amara).change(by=amara, version=1, about=text) for text in ("a", "b")]
    assert refusals(at_once(*calls)) == ["changed_meanwhile"]


def test_two_moves_leave_an_order(cohort, amara, mateo):
    seat = cohort.memberships.get(person=amara)
    for name in "ABC":
        project = factory.make_project(factory.make_item(cohort.stream.units.get(), kind="project"))
        work = factory.make_submission(seat, project, title=name)
        factory.make_review(work, mateo, factory.accepting(work))
        PortfolioProject.add(work, by=amara)
    rows = {row.title: row for row in PortfolioProject.objects.all()}
    answers = at_once(lambda: rows["C"].move(by=amara, places=-2), lambda: rows["A"].move(by=amara, places=1))
    assert not any(isinstance(answer, Refused) for answer in answers)
    assert sorted(PortfolioProject.objects.values_list("position", flat=True)) == [1, 2, 3]


def test_thirty_works_are_the_most_at_once_too(amara):
    for number in range(29):
        OtherWork.add(by=amara, title=f"Paper {number}")
    answers = at_once(*[lambda n=n: OtherWork.add(by=amara, title=f"New {n}") for n in range(3)])
    assert refusals(answers) == ["too_many"] * 2


def test_removed_twice_it_is_removed_once(amara):
    work = OtherWork.add(by=amara, title="A paper")
    at_once(*[lambda: OtherWork.objects.filter(pk=work.pk).first() and work.remove(by=amara)] * 2)
    assert not OtherWork.objects.exists()
