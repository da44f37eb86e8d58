"""Exports and imports by the API: the same verbs and refusals as the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mentorship.cohorts.models import Transfer
from mentorship.cohorts.transfers.work import work
from mentorship.people.models import Event, User

API = "/api/v1/transfers/"


@pytest.fixture
def client(sign_in, ada):
    return sign_in(ada)


def upload(client, content, name="people.csv"):
    return client.post(f"{API}upload/", {"kind": "people", "file": SimpleUploadedFile(name, content)})


def test_an_export_is_ordered_and_taken_along(client, sign_in, ada, mateo, cohort):
    assert sign_in(mateo).post(f"{API}export/", {"kind": "people"}).status_code == 404
    assert client.post(f"{API}export/", {"kind": "shoes"}).status_code == 400
    made = client.post(f"{API}export/", {"kind": "people", "cohort": cohort.slug}).json()
    assert (made["state"], made["is_there"], made["cohort"]) == ("waiting", False, cohort.slug)
    address = f"{API}{made['id']}/"
    assert client.get(f"{address}download/").json()["code"] == "expired"
    work(made["id"])
    assert client.get(address).json()["is_there"]
    file = client.get(f"{address}download/")
    assert len(b"".join(file).decode("utf-8-sig").splitlines()) == 4
    assert Event.objects.get(verb="downloaded").actor == ada
    assert client.post(f"{address}cancel/").json()["code"] == "illegal_state"
    assert sign_in(mateo).get(address).status_code == 404
    assert [row["id"] for row in client.get(API).json()["results"]] == [made["id"]]


def test_an_import_is_checked_and_applied(client):
    made = upload(client, b"email,name\nnew@example.org,New\n").json()
    address = f"{API}{made['id']}/"
    assert client.post(f"{address}apply/").json()["code"] == "illegal_state"
    work(made["id"])
    checked = client.get(address).json()
    assert (checked["state"], checked["counts"]["new"], checked["can_apply"]) == ("checked", 1, True)
    assert "new@example.org" in checked["preview"][0]
    assert client.post(f"{address}apply/").json()["state"] == "applying"
    work(made["id"])
    assert client.get(address).json()["state"] == "done"
    assert User.objects.filter(email="new@example.org").exists()


def test_what_is_wrong_stands_by_row_and_column(client):
    made = upload(client, b"email,name\nx,X\n").json()
    work(made["id"])
    seen = client.get(f"{API}{made['id']}/").json()
    assert (seen["problem_count"], seen["problems"][0]["row"], seen["problems"][0]["column"]) == (1, 2, "email")
    assert client.post(f"{API}{made['id']}/apply/").json()["code"] == "problems"
    assert client.post(f"{API}{made['id']}/cancel/").json()["state"] == "cancelled"


def test_files_that_are_none(client):
    assert list(upload(client, b"x", name="virus.exe").json()) == ["file"]
    assert list(upload(client, b"").json()) == ["file"]
    assert client.post(f"{API}upload/", {"kind": "people"}).status_code == 400
    assert not Transfer.objects.exists()
