"""Working together in a real browser: a group by consent, one draft of two, who did what, and a paper's figures."""

import re

import pytest

from mentorship.cohorts.models import Group
from projects.models import Replication, SharedDraft, Submission
from tests import factory
from tests.browser.conftest import check_look, check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seats(cohort):
    factory.make_membership(cohort, factory.make_person("Chiara Conti"))
    return list(cohort.memberships.mentees().select_related("person").order_by("pk"))


def test_a_team_is_formed_and_joined(open_page, cohort, seats, amara, bela):
    page = open_page(amara)
    page.goto(f"/cohorts/{cohort.slug}/groups/")
    page.get_by_role("link", name="Form a group").click()
    page.get_by_label("Name").fill("The Gauss")
    page.get_by_label("Béla Kovács").check()
    page.get_by_role("button", name="Ask them").click()
    page.get_by_text("Such a group has 3 to 4 people").wait_for()
    assert page.get_by_label("Name").input_value() == "The Gauss"
    check_look(page)
    page.get_by_label("Chiara Conti").check()
    page.get_by_role("button", name="Ask them").click()
    page.get_by_role("heading", name="The Gauss").wait_for()
    asked = open_page(bela)
    asked.goto(Group.objects.get().get_absolute_url())
    asked.get_by_role("button", name="Join").click()
    asked.get_by_text("You are in.").wait_for()
    assert Group.objects.get().joined().count() == 2


def test_two_write_one_draft_and_no_word_is_lost(open_page, stream, cohort, seats, amara, bela):
    project = factory.make_team_project(stream)
    factory.make_group(cohort, seats)
    here, there = open_page(amara), open_page(bela)
    for page in (here, there):
        page.goto(f"/projects/{project.key}/hand-in/")
    here.get_by_label("Title").fill("Buses")
    here.get_by_text("Saved for the team by you").wait_for()
    there.get_by_label("Title").fill("Trams")
    there.get_by_text("Your team changed this draft meanwhile").wait_for()
    assert there.get_by_label("Title").input_value() == "Trams"
    assert there.locator("#shared").get_by_text("Buses").count() == 1
    check_look(there)
    there.get_by_role("button", name="Save what is typed here").click()
    there.get_by_text("Saved for the team by you").wait_for()
    assert SharedDraft.objects.get().content["title"] == "Trams"
    there.get_by_label("Write-up").fill("What we did.")
    for question in ("Why 1?", "Why 2?"):
        there.get_by_label(question, exact=True).fill("Because.")
    there.get_by_role("button", name="Hand in for the team").click()
    there.wait_for_url(re.compile(r"/submissions/\d+/$"))
    assert Submission.objects.get().team.count() == 3


def test_parts_are_stated_confirmed_and_approved(open_page, cohort, amara, bela, mateo):
    work = factory.make_team_work(cohort, amara, bela)
    third = work.team.exclude(person__in=[amara, bela]).get().person
    address = f"/submissions/{work.pk}/team/"
    page = open_page(amara)
    page.goto(address)
    page.get_by_label("My part").fill("I collected *everything*.")
    page.get_by_role("button", name="Save my part").click()
    page.get_by_text("The others are asked to confirm it.").wait_for()
    for person in (bela, third):
        other = open_page(person)
        other.goto(address)
        other.get_by_role("button", name=re.compile("So it is")).click()
        other.get_by_text("You confirm Amara Okafor's part.").wait_for()
    mentor = open_page(mateo)
    mentor.goto(address)
    mentor.get_by_role("button", name="Approve it").click()
    mentor.get_by_text("1 part approved.").wait_for()
    check_look(mentor)
    assert work.team.get(person=amara).approved_by == mateo


def test_figures_of_a_paper_row_by_row(open_page, stream, cohort, amara):
    item = factory.make_item(stream.units.get(), "paper", key=f"{stream.key}-paper", kind="project")
    project = factory.make_project(item, replicates=True)
    page = open_page(amara)
    page.goto(f"/projects/{project.key}/hand-in/")
    page.get_by_label("Title").fill("Attention, again")
    page.get_by_label("Write-up").fill("What came out.")
    page.get_by_label("Paper", exact=True).fill("Attention is all you need")
    page.get_by_label("Where to read it").fill("https://arxiv.org/abs/1706.03762")
    row = page.get_by_role("group", name="Figure 1", exact=True)
    row.get_by_label("What is measured").fill("BLEU")
    row.get_by_label("Claimed").fill("27.3")
    row.get_by_label("Reproduced").fill("26,1")
    page.get_by_role("button", name="More figures").click()
    page.get_by_role("group", name="Figure 4", exact=True).wait_for()
    assert row.get_by_label("What is measured").input_value() == "BLEU"
    assert page.get_by_label("Title").input_value() == "Attention, again"
    check_look(page)
    for question in ("Why 1?", "Why 2?"):
        page.get_by_label(question, exact=True).fill("Because.")
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))
    page.get_by_text("Falls short", exact=True).wait_for()
    check_look(page)
    assert Replication.objects.get().figures.count() == 1


@pytest.mark.parametrize("which", ["groups", "group", "contributions", "submission"])
def test_every_page_in_both_themes_and_sizes(open_page, cohort, amara, bela, mateo, which):
    work = factory.make_team_work(cohort, amara, bela)
    factory.make_study_entry(amara, item=work.project.item, minutes=600)
    own = work.team.get(person=bela)
    own.state_contribution("The model.", by=bela)
    own.confirm(by=amara, agrees=False, note="We did it together.")
    person, address = {
        "groups": (amara, f"/cohorts/{cohort.slug}/groups/"),
        "group": (amara, work.group.get_absolute_url()),
        "contributions": (amara, f"/submissions/{work.pk}/team/"),
        "submission": (mateo, work.get_absolute_url()),
    }[which]
    check_looks(open_page, address, person)
