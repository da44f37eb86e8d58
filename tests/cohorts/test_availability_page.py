"""A mentor's page of days away and promises, by its forms, without JavaScript; and the same by the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Away, Membership
from tests import factory

PAGE = "/cohorts/availability/"


@pytest.fixture
def mateos(sign_in, mateo, cohort):
    return sign_in(mateo)


def test_the_page_is_for_members(sign_in, cohort, mateo, amara, olga):
    assert "Your promise" in sign_in(mateo).get(PAGE).text
    assert "Your promise" not in sign_in(amara).get(PAGE).text
    assert sign_in(olga).get(PAGE).status_code == 404


def test_a_mentee_is_away_by_page_and_api(sign_in, cohort, amara, bela, olga):
    today = str(timezone.localdate(timezone.now(), amara.zone))
    days, client = {"first_day": today, "last_day": today}, sign_in(amara)
    assert "What is due stays due" in client.post(PAGE + "away/", days, follow=True).text
    assert client.post("/api/v1/away/", days).json()["code"] == "overlaps"
    theirs = sign_in(bela)
    assert theirs.post("/api/v1/away/", days | {"cover": True}).json()["code"] == "cover"
    assert theirs.post("/api/v1/away/", days).status_code == 201
    assert sign_in(olga).post("/api/v1/away/", days).status_code == 404
    assert theirs.post(f"{PAGE}offer/", {}).status_code == 404


def test_what_is_booked_on_these_days_is_said(mateos, mateo, amara, cohort):
    now = timezone.now()
    factory.make_slot(cohort.memberships.get(person=mateo), 3, at=now).book(by=amara, at=now)
    day = str(timezone.localdate(now, mateo.zone) + timedelta(days=3))
    page = mateos.post(PAGE + "away/", {"first_day": day, "last_day": day}, follow=True)
    assert "you have an hour that is booked" in page.text


def test_being_away_and_being_back(mateos, mateo):
    days = {"first_day": "2090-01-01", "last_day": "2090-01-02"}
    assert mateos.post(PAGE + "away/", days).status_code == 409  # more than a year ahead
    today = timezone.localdate(timezone.now(), mateo.zone)
    assert mateos.post(PAGE + "away/", {"first_day": today, "last_day": today}).status_code == 302
    page = mateos.get(PAGE)
    assert "Away now" in page.text
    assert mateos.post(f"{PAGE}away/{Away.objects.get().pk}/back/").status_code == 302
    assert "No days away are planned" in mateos.get(PAGE).text


@pytest.mark.parametrize("last", ["2026-01-01", "", "soon"])
def test_what_is_wrong_stands_at_the_field_and_nothing_is_lost(mateos, last):
    answer = mateos.post(PAGE + "away/", {"first_day": "2026-11-20", "last_day": last})
    assert answer.status_code == 422
    assert 'value="2026-11-20"' in answer.text
    assert "errorlist" in answer.text


def test_a_promise_is_kept_for_one_cohort(mateos, mateo, stream):
    second = factory.make_membership(factory.make_cohort(stream=stream), mateo, role="mentor")
    assert mateos.post(f"{PAGE}promise/{second.pk}/", {"days": "2"}).status_code == 302
    assert sorted(Membership.objects.mentors().values_list("promise_days", flat=True)) == [2, 4]


@pytest.mark.parametrize("days", ["0", "22", "x", ""])
def test_a_promise_that_makes_no_sense(mateos, mentor, days):
    answer = mateos.post(f"{PAGE}promise/{mentor.pk}/", {"days": days})
    assert answer.status_code == 422
    assert "errorlist" in answer.text


def test_nobody_promises_for_others(sign_in, noor, other_cohort, mentor):
    assert sign_in(noor).post(f"{PAGE}promise/{mentor.pk}/", {"days": "2"}).status_code == 404


def test_the_api_says_and_does_the_same(mateos, mateo, mentor, sign_in, noor, other_cohort):
    today = str(timezone.localdate(timezone.now(), mateo.zone))
    made = mateos.post("/api/v1/away/", {"first_day": today, "last_day": today})
    assert made.status_code == 201
    assert mateos.post("/api/v1/away/", {"first_day": today, "last_day": today}).json()["code"] == "overlaps"
    assert sign_in(noor).get("/api/v1/away/").json()["results"] == []
    assert mateos.post(f"/api/v1/away/{made.json()['id']}/back/").status_code == 204
    answer = mateos.patch(f"/api/v1/mentoring/{mentor.pk}/", {"promise_days": 7}, content_type="application/json")
    assert answer.json()["promise_days"] == 7
    wrong = mateos.patch(f"/api/v1/mentoring/{mentor.pk}/", {"promise_days": 99}, content_type="application/json")
    assert wrong.status_code == 400


def test_the_page_asks_as_much_for_many_days_as_for_one(mateos, mateo, django_assert_max_num_queries):
    for number in range(10):
        factory.make_away(mateo, 2 * number, 2 * number)
    with django_assert_max_num_queries(8):
        mateos.get(PAGE)
