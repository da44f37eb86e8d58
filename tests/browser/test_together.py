"""Long ways in a browser: a capstone that counts for everybody, and a paper from replication to extension."""

import re

import pytest

from projects.models import Submission
from streams.models import Progress
from tests import factory
from tests.browser.conftest import check_look
from tests.browser.reviewing import publish, take

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_capstone_counts_for_everybody_whose_part_is_approved(open_page, cohort, amara, bela, mateo):
    work = factory.make_team_work(cohort, amara, bela)
    team = {member.person.name: open_page(member.person) for member in work.team.select_related("person")}
    assert len(team) == 3
    for name, page in team.items():
        page.goto(f"/submissions/{work.pk}/team/")
        page.get_by_label("My part").fill(f"{name} trained a model.")
        page.get_by_role("button", name="Save my part").click()
        page.get_by_text("The others are asked to confirm it.").wait_for()
    for name, page in team.items():
        page.reload()
        for other in sorted(set(team) - {name}):
            page.get_by_role("button", name=f"So it is with the part of {other}", exact=True).click()
            page.get_by_text(f"You confirm {other}'s part.").wait_for()
    mentor = open_page(mateo)
    mentor.goto(f"/submissions/{work.pk}/team/")
    mentor.get_by_role("button", name="Approve them").click()
    mentor.get_by_text("3 parts approved.").wait_for()
    take(mentor, "unclaimed")
    publish(mentor, "Accepted", "Each of you can explain it.", reader="the team")
    mentor.wait_for_url(re.compile(r"/submissions/\d+/$"))
    done = Progress.objects.filter(item=work.project.item, state="done")
    assert set(done.values_list("person__name", flat=True)) == set(team)


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
