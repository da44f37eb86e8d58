"""The pages of study that no story passes: clean in both themes, on a phone and on a desktop."""

import pytest

from tests.access.world import make_world
from tests.browser.conftest import check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return make_world()


def looked_at(open_page, world, *addresses):
    for address in addresses:
        check_looks(open_page, address, world.people["mentee"])


def test_time(open_page, world):
    slot = f"/study/plan/{world.plan_slot.pk}/"
    looked_at(open_page, world, "/study/timer/", "/study/goals/", slot, "/study/reports/", "/streams/")


def test_notes(open_page, world):
    note = f"/study/notes/{world.note.pk}/"
    looked_at(open_page, world, "/study/notes/", note, "/study/notes/import/", "/study/notes/shared/")


def test_papers_and_jobs(open_page, world):
    paper, job = f"/study/papers/{world.reading.pk}/", f"/study/jobs/{world.job.pk}/"
    looked_at(open_page, world, "/study/papers/", paper, "/study/jobs/", job, "/study/jobs/table/", "/study/resumes/")


def test_questions(open_page, world):
    question = f"/study/questions/{world.bank_question.pk}/"
    looked_at(open_page, world, "/study/questions/", question, "/study/practice/figures/", "/study/interviews/")


def test_the_library(open_page, world):
    resource, roadmap = world.resource.get_absolute_url(), world.roadmap.get_absolute_url()
    looked_at(open_page, world, "/study/library/", resource, "/study/library/mine/")
    looked_at(open_page, world, "/study/library/roadmaps/", roadmap)


def test_search(open_page, world):
    looked_at(open_page, world, "/search/?q=trees", "/search/?q=nothing-has-this")
