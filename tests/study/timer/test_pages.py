"""The timer on its page, on home with two taps, and in the API."""

from datetime import timedelta

import pytest

from mentorship.common import clock
from mentorship.study.models import Stretch, StudyEntry, Timer

HTMX = {"HX-Request": "true"}
HOME = {"place": "home", "next": "/home/"}


def ran(**time):
    """As if the timer had been started so long ago."""
    began = clock.now() - timedelta(**time)
    Timer.objects.update(started_at=began)
    Stretch.objects.update(began_at=began)


def test_two_taps_from_home(sign_in, amara, cohort):
    client = sign_in(amara)
    assert "Start the timer" in client.get("/home/").text
    running = client.post("/study/timer/start/", HOME, headers=HTMX).text
    assert 'id="quick-log"' in running
    ran(minutes=25)
    home = client.get("/home/").text
    assert "Stop and log" in home
    assert ">25 min</time>" in home
    stopped = client.post(f"/study/timer/{Timer.objects.get().pk}/stop/", HOME, headers=HTMX).text
    assert "25 min logged." in stopped
    assert "Start the timer" in stopped


def test_without_javascript(sign_in, amara, stream):
    client, item = sign_in(amara), stream.items.first()
    assert client.post("/study/timer/start/", {"item": item.key}).url == "/study/timer/"
    assert item.title in client.get("/study/timer/").text
    base = f"/study/timer/{Timer.objects.get().pk}/"
    for verb in ("pause", "resume"):
        assert client.post(f"{base}{verb}/").url == "/study/timer/"
    ran(seconds=20)
    assert client.post(f"{base}stop/", {"next": "/home/"}).url == "/home/"
    assert "less than a minute" in client.get("/study/timer/").text
    assert client.post("/study/timer/start/", {"item": "none"}).url == "/study/timer/"
    assert not Timer.objects.open().exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Say how many minutes"),
        ({"minutes": "0"}, "at least 1"),
        ({"minutes": "9", "day": "2099-01-01"}, "not come"),
    ],
)
def test_a_forgotten_one_asks_and_keeps_what_was_typed(sign_in, amara, sent, said):
    client, timer = sign_in(amara), Timer.start(by=amara)
    ran(days=2)
    assert "more than a day" in client.get("/study/timer/").text
    answer = client.post(f"/study/timer/{timer.pk}/stop/", {"note": "Typed.", **sent})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Typed." in answer.text
    client.post(f"/study/timer/{timer.pk}/stop/", {"minutes": 50})
    assert StudyEntry.objects.get().minutes == 50


def test_what_was_stopped_in_another_tab_says_so(sign_in, amara):
    client, timer = sign_in(amara), Timer.start(by=amara)
    timer.discard()
    answer = client.post(f"/study/timer/{timer.pk}/stop/", HOME, headers=HTMX)
    assert (answer.status_code, "ended already" in answer.text) == (409, True)
    client.post(f"/study/timer/{timer.pk}/stop/")
    assert "ended already" in client.get("/study/timer/").text


def test_the_api_has_the_same_verbs(sign_in, amara, bela, stream):
    client, item = sign_in(amara), stream.items.first()
    made = client.post("/api/v1/timers/", {"item": item.key}, content_type="application/json")
    assert (made.status_code, made.json()["state"], made.json()["item"]) == (201, "running", item.key)
    assert client.post("/api/v1/timers/", {}, content_type="application/json").json()["code"] == "timer_runs"
    base = f"/api/v1/timers/{made.json()['id']}/"
    assert sign_in(bela).post(f"{base}stop/").status_code == 404
    assert client.post(f"{base}pause/").json()["state"] == "paused"
    assert client.post(f"{base}resume/").json()["state"] == "running"
    ran(days=3)
    Stretch.objects.filter(ended_at__isnull=False).delete()
    assert client.post(f"{base}stop/").json()["code"] == "timer_forgotten"
    stopped = client.post(f"{base}stop/", {"minutes": 30}, content_type="application/json").json()
    assert (stopped["timer"]["outcome"], [row["minutes"] for row in stopped["entries"]]) == ("logged", [30])
    assert client.post(f"{base}discard/").status_code == 409
