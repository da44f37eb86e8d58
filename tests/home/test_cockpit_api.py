"""The cockpit and the stalled by the API: the same numbers, rules and scopes as the pages."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Membership
from mentorship.notifications.models import Notification

NOW = timezone.now()


@pytest.fixture
def quiet(cohort):
    Membership.objects.filter(cohort=cohort).update(joined_at=NOW - timedelta(days=9, hours=1))
    return cohort


def test_numbers_are_for_admins(sign_in, ada, mateo, quiet):
    client = sign_in(ada)
    (row,) = client.get("/api/v1/cockpit/").json()["results"]
    assert (row["slug"], row["accepted"], row["load"], row["capacity"]) == (quiet.slug, 2, 1, 4)
    assert client.get(f"/api/v1/cockpit/{quiet.slug}/").json() == row
    for address in ("/api/v1/cockpit/", f"/api/v1/cockpit/{quiet.slug}/"):
        assert sign_in(mateo).get(address).status_code == 404


def test_the_stalled_of_each(sign_in, ada, mateo, amara, quiet):
    names = {person: [row["name"] for row in stalled(sign_in(person))] for person in (ada, mateo, amara)}
    assert names == {ada: ["Amara Okafor", "Béla Kovács"], mateo: ["Amara Okafor"], amara: []}
    assert stalled(sign_in(ada), cohort="another") == []
    assert sign_in(ada).get("/api/v1/stalled/?cohort=no slug").status_code == 400
    row = stalled(sign_in(mateo))[0]
    assert [signal["kind"] for signal in row["signals"]] == ["progress", "study"]
    assert (row["listed"], row["silent"], row["weight"]) == (True, True, 2)


def stalled(client, **query):
    return client.get("/api/v1/stalled/", query).json()["results"]


def test_what_mentors_see_about_oneself(sign_in, amara, olga, quiet):
    (row,) = sign_in(amara).get("/api/v1/stalled/mine/").json()
    assert row["name"] == "Amara Okafor"
    assert sign_in(olga).get("/api/v1/stalled/mine/").json() == []


def test_a_word_once(sign_in, mateo, bela, amara, mentee, quiet):
    said = {"text": "How are you?", "key": str(uuid.uuid4())}
    for _ in range(2):
        answer = sign_in(mateo).post(f"/api/v1/stalled/{mentee.pk}/message/", said, content_type="application/json")
        assert answer.status_code == 204
    assert Notification.objects.filter(person=amara, kind="message").count() == 1
    other = quiet.memberships.get(person=bela)
    assert sign_in(mateo).post(f"/api/v1/stalled/{other.pk}/message/", said).status_code == 404
    assert sign_in(mateo).post(f"/api/v1/stalled/{mentee.pk}/message/", {"text": " "}).status_code == 400


@pytest.fixture
def mentee(cohort, amara):
    return cohort.memberships.get(person=amara)
