"""Being together in a cohort, as it is lived: read when seen, asked already, a clean page everywhere."""

import pytest

from mentorship.cohorts.models import Announcement, AnnouncementRead, CohortQuestion, GroupPost, Listing
from tests import factory
from tests.browser.conftest import check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(cohort, amara, bela):
    pair = factory.make_pair(cohort, amara, bela)
    pair.join(by=bela)
    for member in pair.members.select_related("membership__person"):
        member.share_week(True, by=member.membership.person)
    factory.make_study_entry(bela, minutes=90)
    GroupPost.write(pair, by=amara, text="Shall we begin, @bela-kovacs?")
    return pair


def test_an_announcement_counts_as_read_once_it_was_seen(open_page, cohort, amara, mateo):
    row = Announcement.announce(cohort, by=mateo, title="A guest", text="Come early.")
    page = open_page(amara)
    page.goto(f"/cohorts/{cohort.slug}/announcements/")
    page.get_by_role("status").get_by_text("Read").wait_for()
    assert AnnouncementRead.objects.filter(announcement=row, person=amara).count() == 1


def test_what_was_asked_already_shows_while_typing(open_page, cohort, amara, bela):
    CohortQuestion.ask(cohort, by=amara, title="How do I split time series?", text="Random is wrong.")
    page = open_page(bela)
    page.goto(f"/cohorts/{cohort.slug}/asked/ask/")
    page.get_by_label("Your question in a sentence").press_sequentially("splitting a series")
    page.get_by_role("link", name="How do I split time series?").click()
    page.get_by_role("heading", name="Answers").wait_for()


@pytest.mark.parametrize("name", ["announcements/", "announcements/new/", "asked/", "asked/ask/", "directory/me/"])
def test_pages_of_a_cohort_are_clean(open_page, cohort, mateo, amara, name):
    Announcement.announce(cohort, by=mateo, title="A guest", text="Come *early*.", pinned=True)
    CohortQuestion.ask(cohort, by=amara, title="How do I split?", text="By time?")
    check_looks(open_page, f"/cohorts/{cohort.slug}/{name}", mateo)


def test_pages_of_ones_own_are_clean(open_page, cohort, pair, amara, ada):
    seat = cohort.memberships.get(person=amara)
    Listing.show(seat, by=amara, listed=True, on_web=True, says="Ask me", shows_zone=True, shows_email=True)
    question = CohortQuestion.ask(cohort, by=amara, title="How do I split?", text="By time?")
    question.answer(by=ada, text="Forward.")
    base = cohort.get_absolute_url()
    own = [f"{base}members/{seat.pk}/pause/", f"{base}members/{seat.pk}/leaving/", f"{base}directory/"]
    own += [pair.posts.get().get_absolute_url(), f"{pair.get_absolute_url()}meet/"]
    for address in (pair.get_absolute_url(), question.get_absolute_url(), *own, "/mentees/"):
        check_looks(open_page, address, amara)
    check_looks(open_page, f"{base}groups/propose/?kind=interview", ada)
