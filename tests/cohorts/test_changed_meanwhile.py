"""Two people change the same thing: the second one is told, reads both, and loses nothing."""

import re

import pytest

from mentorship.cohorts.models import Cohort, Meeting
from mentorship.common.times import exact
from tests import factory


def fields(page):
    """What the browser would send of the form that changes something: `seen` and the rest as they are typed."""
    return {"seen": re.search(r'name="seen" value="(\w+)"', page).group(1)}


@pytest.fixture
def form(cohort):
    return {name: cohort.serializable_value(name) for name in Cohort.EDITABLE}


def test_a_cohort(sign_in, ada, cohort, form):
    address, client = f"/cohorts/{cohort.slug}/edit/", sign_in(ada)
    seen = fields(client.get(address).text)
    assert client.post(address, form | seen | {"seats": 25}).status_code == 302
    response = client.post(address, form | seen | {"name": "Renamed"})
    assert response.status_code == 409
    assert 'value="Renamed"' in response.text
    assert re.search("What stands there now.*<dt>Seats</dt><dd>25</dd>", response.text, re.DOTALL)
    assert (Cohort.objects.get().seats, Cohort.objects.get().name) == (25, cohort.name)
    again = fields(response.text)
    assert client.post(address, form | again | {"name": "Renamed"}).status_code == 302
    assert (Cohort.objects.get().seats, Cohort.objects.get().name) == (10, "Renamed")


def test_minutes(sign_in, ada, amara, cohort, mentee):
    meeting = factory.make_meeting(cohort, coordinator=mentee)
    address = f"/cohorts/{cohort.slug}/meetings/{meeting.pk}/notes/"
    seen = fields(sign_in(amara).get(address).text)
    assert sign_in(ada).post(address, seen | {"notes": "Ada's."}).status_code == 302
    response = sign_in(amara).post(address, seen | {"notes": "Amara's."})
    assert response.status_code == 409
    assert "Ada&#x27;s." in response.text
    assert "Amara&#x27;s." in response.text
    assert Meeting.objects.get().notes == "Ada's."


def test_a_meeting_and_its_minutes_do_not_disturb_each_other(sign_in, ada, cohort):
    meeting = factory.make_meeting(cohort)
    address, client = f"/cohorts/{cohort.slug}/meetings/{meeting.pk}/", sign_in(ada)
    seen = fields(client.get(address + "edit/").text)
    client.post(address + "notes/", fields(client.get(address + "notes/").text) | {"notes": "Minutes."})
    form = {"title": "Renamed", "day": str(factory.days_ago(-10).date()), "clock": "18:00", "minutes_long": "60"}
    assert client.post(address + "edit/", form | seen).status_code == 302
    response = client.post(address + "edit/", form | seen | {"title": "Other", "clock": "19:00"})
    assert response.status_code == 409
    assert "<dd>Renamed</dd>" in response.text
    assert f"<dd>{exact(Meeting.objects.get().starts_at, cohort.zone)}</dd>" in response.text
    assert (Meeting.objects.get().title, Meeting.objects.get().notes) == ("Renamed", "Minutes.")
