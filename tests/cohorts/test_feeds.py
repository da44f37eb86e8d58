"""Whose secret addresses are open is for admins to know and to end; whose it was is told."""

import pytest

from mentorship.cohorts.models import Feed
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory


@pytest.fixture
def opened(amara):
    """Amara's row and secret."""
    return Feed.make(by=amara)


def test_an_admin_revokes_somebody_s_address(sign_in, ada, amara, mateo, opened, client):
    row, secret = opened
    page = sign_in(ada).get("/cohorts/calendar/feeds/")
    assert "Amara Okafor" in page.text
    assert secret not in page.text
    assert sign_in(mateo).post(f"/cohorts/calendar/feeds/{row.pk}/revoke/").status_code == 404
    assert client.get(f"/cohorts/calendar/{secret}.ics").status_code == 200
    assert "They are told" in sign_in(ada).post(f"/cohorts/calendar/feeds/{row.pk}/revoke/", follow=True).text
    assert client.get(f"/cohorts/calendar/{secret}.ics").status_code == 404
    event = Event.objects.get(verb="revoke_feed")
    assert (event.actor, event.whom) == (ada, amara)
    assert Notification.objects.get(kind="feed_revoked").person == amara
    again = sign_in(ada).post(f"/cohorts/calendar/feeds/{row.pk}/revoke/", follow=True)
    assert "opens nothing already" in again.text


def test_one_s_own_is_told_to_nobody(amara, mateo, opened):
    with pytest.raises(Refused, match="Only whose"):
        opened[0].end(by=mateo)
    Feed.revoke(by=amara)
    assert not Notification.objects.filter(kind="feed_revoked").exists()


def test_the_page_of_many(sign_in, ada, django_assert_max_num_queries):
    for _ in range(12):
        Feed.make(by=factory.make_person())
    client = sign_in(ada)
    client.get("/cohorts/")
    with django_assert_max_num_queries(5):
        assert client.get("/cohorts/calendar/feeds/").text.count("data-row") == 12


def test_the_api_makes_lists_and_revokes(sign_in, ada, amara, mateo, client):
    made = sign_in(amara).post("/api/v1/feeds/")
    assert made["Cache-Control"] == "no-store"
    address = made.json()["address"]
    assert client.get(address[address.index("/cohorts/") :]).status_code == 200
    own = f"/api/v1/feeds/{made.json()['id']}/"
    assert "address" not in sign_in(ada).get(own).json()
    assert [sign_in(who).get("/api/v1/feeds/").json()["count"] for who in (amara, ada, mateo)] == [1, 1, 0]
    assert sign_in(mateo).delete(own).status_code == 404
    assert sign_in(ada).delete(own).status_code == 204
    assert sign_in(amara).delete(own).json()["code"] == "revoked_already"
    assert client.get(address[address.index("/cohorts/") :]).status_code == 404
