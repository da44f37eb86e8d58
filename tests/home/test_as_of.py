"""A test cohort's clock is put ahead: what falls due on the way is told, and to nobody real."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.models import Post
from mentorship.cohorts import reminders
from mentorship.cohorts.models import Cohort, Membership
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.home.as_of import advance, now_of
from mentorship.notifications.models import Notification
from mentorship.people import tokens
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def tried(stream):
    return factory.make_cohort(stream=stream, test=True)


@pytest.fixture
def aiko(tried):
    """A mentee of the test cohort, silent since she joined today."""
    person = factory.make_person("Aiko Tanaka")
    factory.make_membership(tried, person, joined_at=timezone.now())
    return person


def in_days(cohort, days):
    return now_of(cohort) + timedelta(days=days)


def told_kinds(person):
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", "threshold"))


def test_what_falls_due_on_the_way_is_told_on_its_day_and_not_mailed(tried, aiko, ada):
    advance(tried, in_days(tried, 15), by=ada)
    silent = Notification.objects.filter(person=aiko, kind="mentee_silent").order_by("pk")
    assert [row.threshold for row in silent] == [7, 14]
    assert silent[1].created_at - silent[0].created_at > timedelta(days=6)
    assert {(row.email, row.test_cohort) for row in silent} == {("none", tried.slug)}


def test_and_nobody_of_a_real_cohort_is_told(tried, cohort, amara, ada):
    Membership.objects.filter(cohort=cohort).update(joined_at=timezone.now() - timedelta(days=6))
    advance(tried, in_days(tried, 60), by=ada)
    assert told_kinds(amara) == []


def test_the_beat_leaves_a_test_cohort_alone(tried, aiko, cohort, amara):
    reminders.remind(at=timezone.now() + timedelta(days=60))
    assert (told_kinds(aiko), bool(told_kinds(amara))) == ([], True)


def test_the_clock_shows_what_it_was_put_to(tried, ada):
    until = in_days(tried, 3)
    advance(tried, until, by=ada)
    tried.refresh_from_db()
    assert abs(now_of(tried) - until) < timedelta(minutes=5)


@pytest.mark.parametrize(("days", "code"), [(-1, "backwards"), (93, "too_far")])
def test_it_goes_forward_and_not_too_far(tried, ada, days, code):
    with pytest.raises(Refused) as refusal:
        advance(tried, in_days(tried, days), by=ada)
    assert refusal.value.code == code


def test_a_real_cohort_has_no_such_clock(cohort, ada):
    with pytest.raises(Refused) as refusal:
        advance(cohort, timezone.now() + timedelta(days=1), by=ada)
    assert refusal.value.code == "real"
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.filter(pk=cohort.pk).update(clock_ahead=timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one_step(tried, ada):
    until = in_days(tried, 1)
    results = at_once([lambda: advance(tried, until, by=ada, seen=timedelta(0))] * 2)
    assert codes(results) == ["done", "moved_meanwhile"]


# --- who goes by it -------------------------------------------------------------------------------------------
def test_its_people_live_by_its_clock(tried, aiko, ada, sign_in):
    advance(tried, in_days(tried, 40), by=ada)
    page = sign_in(aiko).get("/home/").content.decode()
    assert f"Test cohort: {tried.name}." in page
    assert f"{now_of(tried):%B %Y}" in page


def test_what_they_are_told_is_in_their_inbox(tried, aiko, ada, sign_in):
    advance(tried, in_days(tried, 8), by=ada)
    assert "Shall we pick it up again?" in sign_in(aiko).get("/notifications/").content.decode()


def test_they_may_go_back_to_the_real_time_and_return(tried, aiko, sign_in):
    client = sign_in(aiko)
    assert client.post(f"/cohorts/{tried.slug}/as-of/real/").status_code == 302
    assert "Test cohort:" not in client.get("/home/").content.decode()
    assert client.post(f"/cohorts/{tried.slug}/as-of/real/").status_code == 302
    assert "Test cohort:" in client.get("/home/").content.decode()


def test_once_it_is_archived_they_are_back_in_the_real_time(tried, aiko, sign_in):
    client = sign_in(aiko)
    for state in ("finished", "archived"):
        Cohort.objects.filter(pk=tried.pk).update(state=state)
    assert "Test cohort:" not in client.get("/home/").content.decode()


def test_who_joins_while_signed_in_goes_by_it_at_once(tried, olga, ada, sign_in):
    client = sign_in(olga)
    assert "Test cohort:" not in client.get("/home/").content.decode()
    tried.add_mentor(person=olga, capacity=2, by=ada)
    assert "Test cohort:" in client.get("/home/").content.decode()


def test_an_applicant_of_it_who_is_in_a_real_cohort_stays_in_the_real_time(stream, amara, cohort, sign_in):
    factory.make_application(factory.make_cohort(stream=stream, test=True, state="open"), amara)
    assert "Test cohort:" not in sign_in(amara).get("/home/").content.decode()


def test_an_admin_goes_by_it_on_its_pages_only(tried, ada, sign_in):
    client = sign_in(ada)
    assert "Test cohort:" in client.get(f"/cohorts/{tried.slug}/cockpit/").content.decode()
    assert "Test cohort:" not in client.get("/home/").content.decode()
    assert clock.test_cohort() == ""


def asked_by_token(client, person, path, **issued):
    secret = tokens.issue(person=person, name="notebook", **issued)[1]
    return client.get(f"/api/v1/{path}", HTTP_AUTHORIZATION=f"Token {secret}")


def test_the_api_goes_by_it_by_token_too(tried, aiko, ada, amara, cohort, client):
    coming = factory.make_meeting(tried, starts_at=timezone.now() + timedelta(days=5))
    factory.make_meeting(cohort, starts_at=timezone.now() + timedelta(days=5))
    assert [row["uid"].split("@")[0] for row in asked_by_token(client, aiko, "calendar/").json()] == [
        f"meeting-{coming.pk}"
    ]
    advance(tried, in_days(tried, 10), by=ada)
    assert asked_by_token(client, aiko, "calendar/").json() == []
    assert len(asked_by_token(client, amara, "calendar/").json()) == 1  # a real one stays in the real time


def test_a_token_ends_by_the_real_time(tried, aiko, ada, client):
    advance(tried, in_days(tried, 4), by=ada)
    assert asked_by_token(client, aiko, "me/", days=3).status_code == 200
    assert client.get("/api/v1/me/", HTTP_AUTHORIZATION="Token mlm_wrong").status_code == 401


# --- apart from real ones -------------------------------------------------------------------------------------
def test_nobody_is_in_a_test_cohort_and_in_a_real_one(tried, cohort, amara, ada):
    with pytest.raises(Refused) as refusal:
        tried.add_mentor(person=amara, capacity=2, by=ada)
    assert refusal.value.code == "test_or_real"
    with pytest.raises(IntegrityError), transaction.atomic():
        factory.make_membership(tried, amara, role="mentor")


def test_what_its_people_write_does_not_appear_in_public(tried, aiko, emre, sign_in):
    post = factory.make_post(aiko, state="ready", editor=emre)
    with pytest.raises(Refused, match="test cohort"):
        post.publish(by=emre)
    assert sign_in(None).get(f"/blog/{post.slug}/").status_code == 404
    Cohort.objects.filter(pk=tried.pk).update(state="finished")
    Post.objects.get().publish(by=emre)
    assert sign_in(None).get(f"/blog/{post.slug}/").status_code == 200


def test_nor_the_other_way_round(tried, aiko, ada):
    with pytest.raises(Refused) as refusal:
        factory.make_cohort().add_mentor(person=aiko, capacity=2, by=ada)
    assert refusal.value.code == "test_or_real"


def test_only_who_has_its_address_sees_an_open_one(stream, olga, sign_in):
    tried = factory.make_cohort(stream=stream, test=True, state="open")
    assert sign_in(None).get(tried.get_absolute_url()).status_code == 404
    assert sign_in(olga).get(tried.get_absolute_url()).status_code == 200
    assert tried.name not in sign_in(olga).get("/cohorts/").content.decode()


def test_its_certificates_certify_nothing(tried, aiko, ada, sign_in):
    member = tried.memberships.get(person=aiko)
    outcome = factory.make_outcome(member, ada)
    assert sign_in(None).get(f"/certificates/{outcome.code}/").status_code == 404


# --- the page -------------------------------------------------------------------------------------------------
def step(client, cohort, **data):
    fresh = Cohort.objects.get(pk=cohort.pk)
    return client.post(f"/cohorts/{cohort.slug}/as-of/", {"ahead": fresh.clock_ahead.total_seconds()} | data)


def test_a_step_keeps_the_hour_and_says_what_was_told(tried, aiko, ada, sign_in):
    client = sign_in(ada)
    before = now_of(tried).astimezone(tried.zone)
    assert step(client, tried, step="week").status_code == 302
    page = client.get(f"/cohorts/{tried.slug}/as-of/").content.decode()
    after = now_of(Cohort.objects.get(pk=tried.pk)).astimezone(tried.zone)
    assert (after.date() - before.date(), after.hour) == (timedelta(days=7), before.hour)
    assert "Shall we pick it up again?" in page
    assert "on the way" in page


def test_a_stale_page_is_told_so(tried, ada, sign_in):
    client = sign_in(ada)
    assert step(client, tried, step="day").status_code == 302
    answer = step(client, tried, step="day", ahead=0)
    assert answer.status_code == 409
    assert "meanwhile" in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"day": "2000-01-01", "clock": "09:00"},
        {"day": "2000-01-01"},
        {"day": "yesterday"},
        {"step": "year"},
        {"ahead": "x"},
    ],
)
def test_what_is_wrong_is_said_and_moves_nothing(tried, ada, sign_in, data):
    assert step(sign_in(ada), tried, **data).status_code in (409, 422)
    assert Cohort.objects.get(pk=tried.pk).clock_ahead == timedelta(0)


def test_a_real_cohort_has_no_such_page(cohort, ada, sign_in):
    assert sign_in(ada).get(f"/cohorts/{cohort.slug}/as-of/").status_code == 404


def test_the_same_by_the_api(tried, aiko, ada, sign_in):
    client, base = sign_in(ada), f"/api/v1/as-of/{tried.slug}/"
    until = in_days(tried, 8).isoformat()
    assert client.post(f"{base}advance/", {"until": until, "ahead": 0}).status_code == 200
    assert client.post(f"{base}advance/", {"until": until}).json()["code"] == "backwards"
    (told,) = [row for row in client.get(f"{base}told/").json()["results"] if row["kind"] == "mentee_silent"]
    assert told["to"] == str(aiko)


# --- making one -----------------------------------------------------------------------------------------------
def test_a_cohort_can_be_cloned_as_a_test(cohort, ada, sign_in):
    data = {"name": "Trial", "first_day": "2030-01-07", "test": "on", "make": "yes"}
    assert sign_in(ada).post(f"/cohorts/{cohort.slug}/clone/", data).status_code == 302
    made = Cohort.objects.get(name="Trial")
    assert (made.slug, made.clock_ahead) == ("test-trial", timedelta(0))


def test_no_mentor_comes_along_into_it(cohort, mateo, ada, sign_in):
    seat = cohort.memberships.get(person=mateo)
    data = {"name": "Trial", "first_day": "2030-01-07", "test": "on", "make": "yes", "mentors": seat.pk}
    assert sign_in(ada).post(f"/cohorts/{cohort.slug}/clone/", data).status_code == 422


def test_a_real_cohort_may_not_be_called_a_test(cohort, ada, sign_in):
    data = {"name": "Trial", "slug": "test-trial", "first_day": "2030-01-07", "make": "yes"}
    answer = sign_in(ada).post(f"/cohorts/{cohort.slug}/clone/", data)
    assert (answer.status_code, "those of test cohorts" in answer.content.decode()) == (422, True)


def test_a_new_one_in_steps(stream, ada, sign_in):
    data = {
        "name": "Trial", "stream": stream.pk, "starts_on": "2030-01-07", "ends_on": "2030-06-07",
        "applications_close_on": "2030-01-01", "test": "on",
    }  # fmt: skip
    assert sign_in(ada).post("/cohorts/new/", data).status_code == 302
    assert Cohort.objects.get(name="Trial").is_test


def test_and_by_the_api(cohort, stream, ada, sign_in):
    client, dates = sign_in(ada), {"starts_on": "2030-01-07", "ends_on": "2030-06-07"}
    fields = {"name": "Trial", "stream": stream.key, "applications_close_on": "2030-01-01", **dates}
    assert client.post("/api/v1/cohorts/", fields | {"test": True}).json()["slug"] == "test-trial"
    assert client.post("/api/v1/cohorts/", fields | {"slug": "test-real"}).json()["code"] == "cohort_test_by_address"
    cloned = client.post(f"/api/v1/cohorts/{cohort.slug}/clone/", {"name": "Again", "test": True})
    assert Cohort.objects.get(slug=cloned.json()["slug"]).is_test
