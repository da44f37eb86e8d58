"""A long way in a browser: a paper from replication to extension."""

import re

import pytest

from projects.models import Submission
from tests import factory
from tests.browser.conftest import check_look
from tests.browser.reviewing import publish, take

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_a_replication_to_its_extension(open_page, stream, cohort, amara, mateo):
    unit = stream.units.get()
    paper = factory.make_project(
        factory.make_item(unit, "paper", key=f"{stream.key}-paper", kind="project"), label="The paper", replicates=True
    )
    more = factory.make_project(
        factory.make_item(unit, "more", key=f"{stream.key}-more", kind="project"), label="Further", builds_on=paper
    )
    page, mentor = open_page(amara), open_page(mateo)
    page.goto(f"/projects/{more.key}/hand-in/")
    page.get_by_text("First comes The paper").wait_for()
    page.goto(f"/projects/{paper.key}/hand-in/")
    page.get_by_label("Title").fill("Attention, again")
    page.get_by_label("Write-up").fill("What came out.")
    page.get_by_label("Paper", exact=True).fill("Attention is all you need")
    page.get_by_label("Where to read it").fill("https://arxiv.org/abs/1706.03762")
    page.get_by_label("Ideas for the extension").fill("Fewer heads.")
    row = page.get_by_role("group", name="Figure 1", exact=True)
    row.get_by_label("What is measured").fill("BLEU")
    row.get_by_label("Claimed").fill("27.3")
    row.get_by_label("Reproduced").fill("26.1")
    hand_in(page)
    take(mentor)
    check_look(mentor)
    publish(mentor, "Accepted", "Close enough, and you say why.")
    mentor.wait_for_url(re.compile(r"/submissions/\d+/$"))
    page.goto(f"/projects/{more.key}/hand-in/")
    page.get_by_text("Ideas written down then").click()
    page.get_by_text("Fewer heads.").wait_for()
    page.get_by_label("Title").fill("Fewer heads")
    page.get_by_label("Write-up").fill("What came of it.")
    hand_in(page)
    check_look(page)
    first, second = Submission.objects.order_by("pk")
    assert second.starts_from == first
    page.get_by_role("link", name="Attention, again").first.click()
    page.get_by_role("link", name="Fewer heads").wait_for()


def hand_in(page):
    for question in ("Why 1?", "Why 2?"):
        page.get_by_label(question, exact=True).fill("Because.")
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))
