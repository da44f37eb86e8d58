"""Applying, changing one's answers, withdrawing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Application
from mentorship.notifications.models import Notification
from tests import factory

ANSWERS = {"motivation": "To switch.", "background": "Physics.", "goal": "A job.", "hours_a_week": "10", "link": ""}


def test_a_person_applies_and_admins_are_told_in_the_app(sign_in, olga, ada, open_cohort):
    client = sign_in(olga)
    assert b"Send the application" in client.get(f"/cohorts/{open_cohort.slug}/apply/").content
    response = client.post(f"/cohorts/{open_cohort.slug}/apply/", ANSWERS)
    assert response.url == f"/cohorts/{open_cohort.slug}/application/"
    application = Application.objects.get(person=olga)
    assert (application.state, application.hours_a_week) == ("submitted", 10)
    told = Notification.objects.get()
    assert (told.person, told.kind, told.email) == (ada, "application_submitted", "none")
    assert b"Waiting for a decision" in client.get(response.url).content


def test_a_wrong_form_keeps_what_was_typed(sign_in, olga, open_cohort):
    response = sign_in(olga).post(f"/cohorts/{open_cohort.slug}/apply/", ANSWERS | {"hours_a_week": "200"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "To switch." in page
    assert 'aria-invalid="true"' in page
    assert not Application.objects.exists()


def test_a_second_application_changes_the_first(sign_in, olga, open_cohort):
    client, address = sign_in(olga), f"/cohorts/{open_cohort.slug}/apply/"
    client.post(address, ANSWERS)
    client.post(address, ANSWERS | {"goal": "A better job."})
    assert Application.objects.get(person=olga).goal == "A better job."


def test_after_the_decision_nothing_changes(sign_in, olga, ada, open_cohort):
    application = factory.make_application(open_cohort, olga)
    application.accept(by=ada)
    response = sign_in(olga).post(f"/cohorts/{open_cohort.slug}/apply/", ANSWERS)
    assert response.status_code == 422
    assert b"stays as it was" in response.content
    assert Application.objects.get().goal != "A job."


@pytest.mark.parametrize("state", ["draft", "running", "finished", "archived"])
def test_only_open_cohorts_take_applications(sign_in, olga, stream, state):
    cohort = factory.make_cohort(stream=stream, state=state)
    assert sign_in(olga).post(f"/cohorts/{cohort.slug}/apply/", ANSWERS).status_code == 404
    assert not Application.objects.exists()


def test_the_last_day_is_the_cohort_s_own(sign_in, olga, stream):
    """At 23:30 UTC it is tomorrow in Auckland and still today in Honolulu."""
    at = timezone.now().replace(hour=23, minute=30)
    fields = {"stream": stream, "state": "open", "applications_close_on": at.date()}
    east = factory.make_cohort(timezone="Pacific/Auckland", **fields)
    west = factory.make_cohort(timezone="Pacific/Honolulu", **fields)
    assert not east.takes_applications(at)
    assert west.takes_applications(at)
    assert list(type(east).objects.taking_applications(at)) == [west]
    assert not west.takes_applications(at + timedelta(days=1))


def test_a_member_does_not_apply(sign_in, mateo, stream):
    cohort = factory.make_cohort(stream=stream, state="open")
    factory.make_membership(cohort, mateo, role="mentor")
    response = sign_in(mateo).post(f"/cohorts/{cohort.slug}/apply/", ANSWERS)
    assert response.status_code == 422
    assert b"You already belong" in response.content


def test_who_was_declined_does_not_ask_again(sign_in, olga, ada, open_cohort):
    factory.make_application(open_cohort, olga).decline(by=ada)
    response = sign_in(olga).post(f"/cohorts/{open_cohort.slug}/apply/", ANSWERS)
    assert response.status_code == 422
    assert Application.objects.count() == 1


def test_withdrawing_and_asking_again(sign_in, olga, open_cohort):
    client, address = sign_in(olga), f"/cohorts/{open_cohort.slug}/"
    client.post(address + "apply/", ANSWERS)
    client.post(address + "application/withdraw/")
    assert b"You took it back" in client.get(address + "application/").content
    client.post(address + "apply/", ANSWERS)
    states = Application.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "submitted"]


def test_an_accepted_application_is_not_withdrawn(sign_in, olga, ada, open_cohort):
    application = factory.make_application(open_cohort, olga)
    application.accept(by=ada)
    page = sign_in(olga).post(f"/cohorts/{open_cohort.slug}/application/withdraw/", follow=True)
    assert b"cannot be withdrawn" in page.content
    assert Application.objects.get().state == "accepted"


def test_the_waiting_list_tells_one_s_place(sign_in, olga, bela, ada, open_cohort):
    factory.make_application(open_cohort, bela, submitted_at=factory.days_ago(2)).waitlist(by=ada)
    factory.make_application(open_cohort, olga).waitlist(by=ada)
    assert b"number 2 in line" in sign_in(olga).get(f"/cohorts/{open_cohort.slug}/application/").content
