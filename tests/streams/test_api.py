"""The API of streams: the same rules as the pages."""

import pytest

from streams.models import Progress, Stream

pytestmark = pytest.mark.django_db


def test_everyone_reads_the_streams(stream, client):
    row = client.get("/api/v1/streams/").json()["results"][0]
    assert (row["key"], row["number"]) == (stream.key, stream.number)


def test_a_stream_comes_with_its_items_in_reading_order(stream, client):
    body = client.get(f"/api/v1/streams/{stream.key}/").json()
    items = body["units"][0]["items"]
    assert [item["key"].rpartition(".")[2] for item in items[:3]] == ["topic", "intro", "chapter-5"]
    assert items[1]["parent"] == items[0]["key"]
    assert {item["state"] for item in items} == {"not_started"}


def test_states_are_ones_own(stream, amara, bela, sign_in):
    stream.items.get(key__endswith="intro").mark(by=amara, state="done")
    own = sign_in(amara).get(f"/api/v1/streams/{stream.key}/").json()
    others = sign_in(bela).get(f"/api/v1/streams/{stream.key}/").json()
    assert (own["progress"]["done"], others["progress"]["done"]) == (1, 0)


def test_a_mark_answers_with_what_follows(stream, amara, sign_in):
    key = stream.items.get(key__endswith="intro").key
    body = sign_in(amara).post(f"/api/v1/items/{key}/mark/", {"state": "done"}, "application/json").json()
    assert body["item"]["state"] == "done"
    assert [above["state"] for above in body["above"]] == ["in_progress"]
    assert body["progress"] == {"done": 1, "required": 3, "percent": 33, "hours_left": "4.0"}


@pytest.mark.parametrize(
    ("name", "state", "status"), [("topic", "done", 409), ("project", "done", 409), ("intro", "finished", 400)]
)
def test_a_mark_that_may_not_be_is_refused(stream, amara, sign_in, name, state, status):
    key = stream.items.get(key__endswith=name).key
    response = sign_in(amara).post(f"/api/v1/items/{key}/mark/", {"state": state}, "application/json")
    assert response.status_code == status
    assert not Progress.objects.exists()


def test_a_mark_sets_nothing_but_the_state(stream, amara, bela, sign_in):
    key = stream.items.get(key__endswith="intro").key
    sent = {"state": "in_progress", "person": bela.pk, "cause": "accepted", "since": "2020-01-01T00:00Z"}
    sign_in(amara).post(f"/api/v1/items/{key}/mark/", sent, "application/json")
    row = Progress.objects.exclude(item__key__endswith="topic").get()
    assert (row.person, row.since.year > 2020) == (amara, True)


def test_a_visitor_marks_nothing(stream, client):
    key = stream.items.get(key__endswith="intro").key
    assert client.post(f"/api/v1/items/{key}/mark/", {"state": "done"}, "application/json").status_code == 401


def test_progress_is_ones_own_by_stream_and_in_pages(stream, amara, bela, sign_in):
    stream.items.get(key__endswith="intro").mark(by=amara, state="done")
    stream.items.get(key__endswith="extra").mark(by=bela, state="done")
    client = sign_in(amara)
    body = client.get(f"/api/v1/progress/?stream={stream.key}&page_size=1").json()
    assert body["count"] == 2
    assert len(body["results"]) == 1
    assert {row["state"] for row in client.get("/api/v1/progress/").json()["results"]} == {"done", "in_progress"}
    for nothing in ("nowhere", "%00", "'"):
        assert client.get(f"/api/v1/progress/?stream={nothing}").json()["count"] == 0


def test_what_is_retired_is_absent(stream, amara, bela, sign_in):
    extra = stream.items.get(key__endswith="extra")
    extra.mark(by=amara, state="done")
    stream.items.filter(pk=extra.pk).update(retired_at="2026-11-01T00:00Z")
    address = f"/api/v1/items/{extra.key}/"
    assert sign_in(amara).get(address).json()["retired"] is True
    assert sign_in(bela).get(address).status_code == 404
    assert sign_in(bela).post(f"{address}mark/", {"state": "done"}, "application/json").status_code == 404
    assert sign_in(amara).post(f"{address}mark/", {"state": "done"}, "application/json").status_code == 409
    Stream.objects.filter(pk=stream.pk).update(retired_at="2026-11-01T00:00Z")
    assert sign_in(amara).get("/api/v1/streams/").json()["count"] == 0
    assert sign_in(amara).get(f"/api/v1/streams/{stream.key}/").status_code == 404
