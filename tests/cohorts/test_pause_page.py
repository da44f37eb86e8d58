"""The pages of a pause: taken, ended, shown as a pause to who follows."""

from datetime import date, timedelta

from mentorship.cohorts.cockpit import overview
from mentorship.cohorts.models import Membership, Pause
from tests import factory


def days(until):
    today = date.today()  # noqa: DTZ011 - as the factory's cohorts
    return {"first_day": today - timedelta(days=1), "returns_on": today + timedelta(days=until)}


def address(seat):
    return f"/cohorts/{seat.cohort.slug}/members/{seat.pk}/pause/"


def test_taking_one_and_coming_back(sign_in, amara, mentee):
    client = sign_in(amara)
    assert address(mentee) in client.get(f"/cohorts/{mentee.cohort.slug}/").content.decode()
    assert client.post(address(mentee), days(9) | {"reason": "work", "note": "A launch"}).status_code == 302
    page = client.get(address(mentee)).content.decode()
    assert "You are on a pause until" in page
    assert "A launch" in page
    answer = client.post(f"{address(mentee)}end/", follow=True)
    assert b"Welcome back." in answer.content
    assert Pause.objects.get().ended_at
    assert b"There is no pause to end." in client.post(f"{address(mentee)}end/", follow=True).content


def test_what_is_wrong_is_said_at_the_field(sign_in, amara, mentee):
    client = sign_in(amara)
    for until, data in ((-1, {"reason": "work"}), (99, {"reason": "work"}), (9, {"reason": "\x00"})):
        answer = client.post(address(mentee), days(until) | {"note": "A launch"} | data)
        assert answer.status_code == 422
        assert "A launch" in answer.content.decode()
    client.post(address(mentee), days(9) | {"reason": "work"})
    assert client.post(address(mentee), days(3) | {"reason": "work"}).status_code == 409
    assert client.post(address(mentee), days(9) | {"reason": "work", "first_day": "never"}).status_code == 422
    assert Pause.objects.count() == 1


def test_it_shows_as_a_pause_and_not_as_a_silence(sign_in, ada, mateo, mentee, cohort):
    Membership.objects.filter(pk=mentee.pk).update(joined_at=factory.days_ago(9))
    assert overview(cohort).silent_count == 1
    factory_days = days(9)
    Pause.take(mentee, by=mentee.person, reason="work", **factory_days)
    assert overview(cohort).silent_count == 0
    for person in (ada, mateo):
        assert b"Pause until" in sign_in(person).get(f"/cohorts/{cohort.slug}/progress/").content


def test_only_the_mentee_and_admins_open_it(sign_in, bela, mateo, noor, ada, mentee, mentor):
    for person in (bela, mateo, noor):
        assert sign_in(person).get(address(mentee)).status_code == 404
        assert sign_in(person).post(address(mentee), days(9) | {"reason": "work"}).status_code == 404
    assert b"A pause for Amara Okafor" in sign_in(ada).get(address(mentee)).content
    assert sign_in(ada).get(address(mentor)).status_code == 404
