from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.study.days import today_of
from mentorship.study.models import StudyEntry
from streams.models import Progress
from tests.factory import make_study_entry

HTMX = {"HX-Request": "true"}


@pytest.fixture
def client(sign_in, amara):
    return sign_in(amara)


def test_logged_without_javascript(client, amara, stream):
    item = stream.items.first()
    answer = client.post("/study/", {"minutes": 45, "item": item.pk, "note": "Chapter 5", "day": ""})
    assert answer.url == "/study/"
    page = client.get("/study/").content.decode()
    for text in ("45 min", "Chapter 5", item.title, "Today"):
        assert text in page


def test_logged_in_place(client, amara):
    page = client.post("/study/", {"minutes": 45}, headers=HTMX).content.decode()
    assert "<html" not in page
    assert "45 min logged." in page


def test_logged_from_home_with_one_tap(client, amara):
    page = client.post("/study/", {"minutes": 30, "place": "home"}, headers=HTMX).content.decode()
    assert 'id="quick-log"' in page
    assert "30 min logged." in page
    assert client.post("/study/", {"minutes": 30, "next": "/home/"}).url == "/home/"
    assert client.post("/study/", {"minutes": 30, "next": "https://evil.example/"}).url == "/study/"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"minutes": ""}, "Say how many minutes."),
        ({"minutes": "0"}, "Log at least 1 minute."),
        ({"minutes": "1441"}, "A day has 1440 minutes."),
        ({"minutes": "1400"}, "1000 are logged already"),
        ({"minutes": "5", "day": "future"}, "has not come yet"),
        ({"minutes": "5", "day": "old"}, "open for seven days back"),
        ({"minutes": "5", "day": "2026-02-30"}, "Enter a valid date."),
        ({"minutes": "5", "item": "999999"}, "Select a valid choice."),
        ({"minutes": "5", "note": "n" * 201}, "at most 200 characters"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_refused_is_kept(client, amara, data, words, headers):
    make_study_entry(amara, minutes=1000)
    today = today_of(amara)
    days = {"future": today + timedelta(days=1), "old": today - timedelta(days=8)}
    data = {"note": "Typed."} | data | ({"day": str(days.get(data["day"], data["day"]))} if "day" in data else {})
    answer = client.post("/study/", data, headers=headers)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert data["note"] in answer.content.decode()
    assert StudyEntry.objects.count() == 1


def test_what_is_in_progress_and_the_item_one_comes_from_are_offered(client, amara, stream):
    items = list(stream.items.all()[:3])
    Progress.objects.create(person=amara, item=items[0], state="in_progress")
    page = client.get("/study/", {"item": items[1].key}).content.decode()
    assert f'<option value="{items[0].pk}">' in page
    assert f'<option value="{items[1].pk}" selected>' in page
    assert f'<option value="{items[2].pk}"' not in page
    assert client.get("/study/", {"item": "\x00"}).status_code == 200


def test_an_entry_is_corrected_and_taken_out(client, amara):
    entry = make_study_entry(amara)
    page = client.get(f"/study/{entry.pk}/").content.decode()
    assert 'value="30"' in page
    assert client.post(f"/study/{entry.pk}/", {"minutes": 0}).status_code == 422
    client.post(f"/study/{entry.pk}/", {"minutes": 50, "day": entry.day.isoformat()})
    entry.refresh_from_db()
    assert entry.minutes == 50
    client.post(f"/study/{entry.pk}/remove/")
    assert not StudyEntry.objects.exists()


def test_an_old_entry_stays_as_it_is(client, amara):
    old = make_study_entry(amara, day=today_of(amara) - timedelta(days=9))
    answer = client.post(f"/study/{old.pk}/", {"minutes": 50, "day": old.day.isoformat()})
    assert answer.status_code == 422
    client.post(f"/study/{old.pk}/remove/")
    assert StudyEntry.objects.get().minutes == 30
    assert f"/study/{old.pk}/" not in client.get("/study/").content.decode()


def test_the_log_costs_the_same_with_years_of_entries(client, amara, stream, django_assert_max_num_queries):
    item = stream.items.first()
    day = timezone.localdate()
    StudyEntry.objects.bulk_create(
        StudyEntry(person=amara, minutes=30, item=item, day=day - timedelta(days=number)) for number in range(400)
    )
    with django_assert_max_num_queries(9):
        client.get("/study/?weeks=year")


def test_the_api_has_the_same_rules(client, amara, bela, stream):
    item, json = stream.items.first(), "application/json"
    answer = client.post("/api/v1/study-entries/", {"minutes": 30, "item": item.key}, content_type=json)
    assert answer.status_code == 201
    address = f"/api/v1/study-entries/{answer.json()['id']}/"
    assert client.patch(address, {"minutes": 45, "person": bela.pk}, content_type=json).json()["minutes"] == 45
    assert StudyEntry.objects.get().person == amara
    assert client.patch(address, {"day": "2020-01-01"}, content_type=json).status_code == 409
    for data in ({"minutes": 0}, {"minutes": 5, "item": "none"}, {"minutes": 5, "note": "\x00"}, {}):
        assert client.post("/api/v1/study-entries/", data, content_type=json).status_code == 400
    streak = client.get("/api/v1/study-entries/streak/").json()
    assert (streak["days"], streak["goal"], streak["rest_today"]) == (1, 120, False)
    assert sum(part["minutes"] for part in client.get("/api/v1/study-entries/hours/").json()["by_kind"]) > 0
    assert client.delete(address).status_code == 204


def test_a_log_is_its_owners_alone(sign_in, amara, bela):
    entry = make_study_entry(amara)
    assert sign_in(bela).get(f"/study/{entry.pk}/").status_code == 404
    assert sign_in(bela).post(f"/study/{entry.pk}/remove/").status_code == 404
