"""What changed between two rounds, in a real browser."""

import pytest

from projects import difference, notebooks
from projects.models import Difference, RoundFile
from tests import factory
from tests.browser.conftest import check_look, check_looks
from tests.projects.test_difference_page import cell, plot, printed, upload

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "exploring_everything_there_is_in_the_data.ipynb"  # wider than a phone
LONG = "\n".join(f"step({n})" for n in range(60))
MODEL = "model = Forest(trees=100, depth=4)\nmodel.fit(train[columns], train.rides)\nmodel.score(test)"


@pytest.fixture
def rounds(cohort, amara, mateo):
    """Two rounds, with a change of each kind."""
    first = upload(
        cell("import numpy"), cell(MODEL, printed("0.33\n")), cell("plot(x)", plot()), cell("old()"), cell("a"),
        cell("b"), cell("x" * 300), name=NAME,
    )  # fmt: skip
    second = upload(
        cell("import numpy"), cell("b"), cell(MODEL.replace("4", "9"), printed("0.41\n")),
        cell("plot(x)", plot(), plot()), cell(LONG), cell("a"), cell("x" * 300 + " " + "y" * 300), name=NAME,
    )  # fmt: skip
    submission = factory.make_submission(cohort.memberships.get(person=amara), files=(first,))
    factory.make_review(submission, mateo)
    work = factory.make_work(
        submission.project,
        files=(second, factory.make_upload("data.csv", b"a,b\n")),
        write_up="What the rent of a house follows from.\n\n" + "A sentence more. " * 20,
        repository_url="https://github.com/example/rent",
        commit="4b825dc",
    )
    submission.hand_in(by=amara, work=work)
    for file in RoundFile.objects.all():
        notebooks.render_file(file.pk)
    return submission.rounds.get(number=1), submission.rounds.get(number=2)


def test_it_is_compared_by_itself_and_shown_when_it_is_there(open_page, rounds, mateo):
    later = rounds[1]
    page = open_page(mateo)
    page.goto(later.get_absolute_url())
    page.get_by_role("link", name="What changed since round 1").click()
    page.get_by_text("are being compared").wait_for()
    check_look(page)
    difference.work_out(Difference.objects.get().pk)
    page.get_by_role("heading", name=NAME).wait_for()
    page.get_by_text("Output changed").first.click()
    page.get_by_text("0.41").wait_for()


def test_without_javascript_a_button_asks_for_it(open_page, rounds, amara):
    page = open_page(amara, java_script_enabled=False)
    page.goto(rounds[1].difference_url())
    page.get_by_role("button", name="Compare them").click()
    page.get_by_text("are being compared").wait_for()


def test_in_both_themes_and_sizes(open_page, rounds, amara):
    difference.work_out(Difference.ask(*rounds).pk)
    check_looks(open_page, rounds[1].difference_url(), amara)
