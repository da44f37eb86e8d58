"""What was promised, as it is lived: two windows, the clock on a claim, and every page of it clean."""

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Membership, Swap
from projects.escalation import escalate
from projects.models import Feedback, Round
from tests import factory
from tests.browser.conftest import check_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ines(cohort):
    ines = factory.make_person("Inês Duarte", timezone="Europe/Lisbon")
    factory.make_membership(cohort, ines, role="mentor")
    return ines


@pytest.fixture
def late(cohort, amara):
    """Amara's work, a week after it was handed in; the others are asked to help."""
    seat = Membership.objects.get(cohort=cohort, person=amara)
    submission = factory.make_submission(seat, at=factory.days_ago(7))
    escalate(at=timezone.now())
    return submission


def test_days_away_are_seen_by_who_waits(open_page, cohort, amara, mateo):
    submission = factory.make_submission(Membership.objects.get(cohort=cohort, person=amara))
    mentor, mentee = open_page(mateo), open_page(amara)
    mentee.goto(submission.get_absolute_url())
    assert mentee.get_by_text("Mateo Rojas promises").is_visible()
    today = timezone.localdate(timezone.now(), mateo.zone).isoformat()
    mentor.goto("/cohorts/availability/")
    mentor.get_by_label("First day").fill(today)
    mentor.get_by_label("Last day").fill(today)
    mentor.get_by_role("button", name="Keep these days").click()
    assert mentor.get_by_text("Away now").is_visible()
    mentee.reload()
    assert mentee.get_by_text("these days are counted in").is_visible()


def test_a_late_round_is_taken_on_and_its_mentor_keeps_the_mentee(open_page, late, mateo, ines):
    helper, own = open_page(ines), open_page(mateo)
    helper.goto("/queue/?tab=unclaimed")
    row = helper.locator("[data-row]", has_text="Rent in Lagos")
    assert row.get_by_text("Help wanted").is_visible()
    row.get_by_role("button", name="Claim").click()
    helper.wait_for_url("**/review/")
    own.goto("/notifications/")
    assert own.get_by_text("Inês Duarte reviews round 1 of Rent in Lagos").is_visible()
    own.goto("/queue/?tab=others")
    assert own.get_by_text("Inês Duarte has it").is_visible()
    helper.goto(late.get_absolute_url())
    assert helper.get_by_text("instead of Mateo Rojas").is_visible()


def test_the_clock_of_a_claim_runs_and_ends(open_page, late, mateo):
    waiting = Round.objects.get()
    waiting.claim(by=mateo)
    page = open_page(mateo)
    page.clock.install()
    page.goto(f"/rounds/{waiting.pk}/review/")
    assert page.get_by_text("h 0 min left").or_(page.get_by_text("59 min left")).first.is_visible()
    page.clock.fast_forward("25:00:00")
    assert page.get_by_text("Your claim has ended").is_visible()


def test_a_wish_for_another_mentor_reaches_the_cockpit(open_page, cohort, amara, ada):
    mentee, admin = open_page(amara), open_page(ada)
    mentee.goto(f"/cohorts/{cohort.slug}/")
    mentee.get_by_role("link", name="Would another mentor suit you better?").click()
    mentee.get_by_label("What would help").fill("Other hours.")
    mentee.get_by_role("button", name="Ask for another mentor").click()
    assert mentee.get_by_text("With the admins").is_visible()
    admin.goto(f"/cohorts/{cohort.slug}/cockpit/")
    admin.get_by_role("region", name="Another pairing").or_(
        admin.locator("section", has_text="Another pairing")
    ).get_by_role("link", name="Amara Okafor").first.click()
    assert admin.get_by_text("Other hours.").is_visible()


@pytest.mark.parametrize(
    "address", ["/cohorts/availability/", "/queue/figures/", "/queue/?tab=unclaimed&only=help", "/queue/?tab=others"]
)
def test_a_mentors_pages_are_clean(open_page, late, mateo, address):
    factory.make_away(mateo, 0, 3)
    check_looks(open_page, address, mateo)


def test_the_pages_of_a_mentee_and_an_admin_are_clean(open_page, late, cohort, amara, mateo, ada):
    check_looks(open_page, late.get_absolute_url(), amara)
    check_looks(open_page, late.get_absolute_url(), ada)
    pair = cohort.assignments.get()
    Swap.ask(assignment=pair, by=mateo, reason="Other hours.")
    check_looks(open_page, f"/cohorts/{cohort.slug}/another-mentor/", mateo)
    check_looks(open_page, f"/cohorts/{cohort.slug}/assignments/{pair.pk}/", ada)
    factory.make_review(late, mateo, factory.accepting(late))
    check_looks(open_page, late.get_absolute_url(), amara)
    said = {"rating": 4, "testimonial": "Asked why, kindly."}
    Feedback.give(submission=late, mentor=mateo, by=amara, **said).show(by=mateo, shown=True)
    check_looks(open_page, "/queue/figures/", mateo)
    check_looks(open_page, f"/people/{mateo.handle}/", mateo)


def test_a_claim_that_ran_out_goes_to_another_and_the_first_words_are_kept(open_page, late, amara, mateo, ines):
    waiting = Round.objects.get()
    first, second, mentee = open_page(mateo), open_page(ines), open_page(amara)
    waiting.claim(by=mateo, at=factory.days_ago(2))
    draft = factory.make_draft(summary="Half a thought of mine.")
    waiting.draft_of(mateo).save_draft(by=mateo, draft=draft, version=0, at=factory.days_ago(1.5))
    second.goto("/queue/?tab=unclaimed")
    second.locator("[data-row]", has_text="Rent in Lagos").get_by_role("button", name="Claim").click()
    second.wait_for_url("**/review/")
    waiting.refresh_from_db()
    review = waiting.draft_of(ines)
    review.save_draft(by=ines, draft=factory.make_draft(summary="I stepped in."), version=0)
    review.publish(by=ines)
    mentee.goto(late.get_absolute_url())
    assert mentee.get_by_text("I stepped in.").first.is_visible()
    assert mentee.get_by_text("Mateo Rojas", exact=True).first.is_visible()
    first.goto(f"/rounds/{waiting.pk}/review/")
    assert first.get_by_text("What you wrote is kept here").first.is_visible()
    assert "Half a thought of mine." in first.content()


def test_an_admin_hands_a_round_over(open_page, late, ada, ines):
    admin, mentor = open_page(ada), open_page(ines, size="phone")
    admin.goto(late.get_absolute_url())
    admin.get_by_label("To", exact=True).select_option("Inês Duarte")
    admin.get_by_role("button", name="Hand it over").click()
    assert admin.get_by_text("Inês Duarte has the round for 24 hours").is_visible()
    mentor.goto("/notifications/")
    mentor.get_by_text("Could you review round 1 of Rent in Lagos?").first.click()
    mentor.goto(late.get_absolute_url())
    assert mentor.get_by_role("heading", name="What was said so far").is_visible()
