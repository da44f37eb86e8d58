"""`/api/v1/me/`, `people/`, `tokens/`, and the description of the whole API."""

import pytest
from django.core.management import call_command
from django.test import Client

from mentorship.people import tokens
from mentorship.people.models import User
from tests.factory import PASSWORD

JSON = "application/json"


@pytest.fixture
def api(olga):
    """A client that calls as Olga, with a token."""
    _token, secret = tokens.issue(person=olga, name="laptop")
    return Client(headers={"Authorization": f"Token {secret}"})


def test_oneself(api, olga):
    assert api.get("/api/v1/me/").json() == {
        "name": "Olga Ivanova", "handle": olga.handle, "headline": "", "bio": "", "website": "", "github": "",
        "visibility": "program", "timezone": "Europe/Riga", "email": olga.email, "roles": [],
        "date_joined": api.get("/api/v1/me/").json()["date_joined"],
    }  # fmt: skip


def test_only_the_profile_changes(api, olga):
    before = User.objects.values().get(pk=olga.pk)
    everything = dict.fromkeys(before, True) | {
        "headline": "Chemist", "email": "evil@example.org", "is_superuser": True, "is_staff": True, "id": 1,
        "name": "Olga", "handle": "olga", "bio": "", "website": "", "github": "", "timezone": "Europe/Riga",
        "visibility": "public", "groups": ["admins"], "roles": ["admins"],
    }  # fmt: skip
    assert api.patch("/api/v1/me/", everything, JSON).status_code == 200
    after = User.objects.values().get(pk=olga.pk)
    assert {name for name in after if after[name] != before[name]} == {"headline", "name", "handle", "visibility"} - {
        name for name in ("handle",) if before["handle"] == "olga"
    }
    assert not User.objects.get(pk=olga.pk).is_editor


@pytest.mark.parametrize(
    ("field", "value"), [("handle", "admin"), ("handle", "béla"), ("timezone", "Moon"), ("website", "javascript:x")]
)
def test_what_is_wrong_is_400_at_its_field(api, field, value):
    answer = api.patch("/api/v1/me/", {field: value}, JSON)
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_a_taken_handle_is_said_at_its_field(api, bela):
    assert api.patch("/api/v1/me/", {"handle": bela.handle}, JSON).json() == {"handle": ["This handle is taken."]}


def test_people_are_those_one_may_open(api, bela, client):
    assert api.get(f"/api/v1/people/{bela.handle}/").json()["name"] == bela.name
    assert "email" not in api.get(f"/api/v1/people/{bela.handle}/").json()
    assert client.get(f"/api/v1/people/{bela.handle}/").status_code == 404
    User.objects.filter(pk=bela.pk).update(visibility="private")
    hidden, missing = api.get(f"/api/v1/people/{bela.handle}/"), api.get("/api/v1/people/nobody-here/")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


def test_a_token_lists_and_revokes_but_makes_none(api, bela):
    tokens.issue(person=bela, name="not hers")
    rows = api.get("/api/v1/tokens/").json()["results"]
    assert [row["name"] for row in rows] == ["laptop"]
    assert not {"digest", "secret"} & set(rows[0])
    assert api.post("/api/v1/tokens/", {"name": "more"}, JSON).status_code == 403
    assert api.delete(f"/api/v1/tokens/{rows[0]['id']}/").status_code == 204
    assert api.get("/api/v1/tokens/").status_code == 401


def test_a_session_makes_one_after_the_password(sign_in, olga):
    client = sign_in(olga)
    assert client.post("/api/v1/tokens/", {"name": "laptop"}, JSON).status_code == 403
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.post("/api/v1/tokens/", {"name": "laptop", "days": 7}, JSON)
    assert answer.status_code == 201
    assert answer.json()["secret"].startswith(tokens.PREFIX)
    assert client.post("/api/v1/tokens/", {"name": "laptop", "days": 366}, JSON).status_code == 400


def test_a_session_needs_the_csrf_token(olga):
    client = Client(enforce_csrf_checks=True)
    client.force_login(olga)
    assert client.patch("/api/v1/me/", {"headline": "x"}, JSON).status_code == 403


def test_the_description_has_no_warnings(tmp_path):
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(tmp_path / "schema.yaml"))
