"""What is scheduled publishes itself: once, in time or late, and not when something stands in the way."""

from datetime import UTC, datetime, timedelta

import pytest

from blog import publishing
from blog.models import Post
from blog.tasks import publish_due as task
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory
from tests.cohorts.test_at_once import at_once

MOMENT = datetime(2030, 5, 6, 7, 0, tzinfo=UTC)
BEFORE = MOMENT - timedelta(days=30)


@pytest.fixture
def scheduled(amara, emre):
    post = factory.make_post(amara, state="ready", editor=emre, title="Why")
    post.schedule(by=emre, moment=MOMENT, at=BEFORE)
    return post


def run(at):
    return publishing.publish_due(at=at)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=1)])
def test_it_is_published_once_its_moment_has_come(scheduled, amara, emre, late):
    assert run(MOMENT - timedelta(seconds=1)) == 0
    assert run(MOMENT + late) == 1
    assert run(MOMENT + late) == 0
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.published_at, scheduled.scheduled_for) == ("published", MOMENT + late, None)
    event = Event.objects.get(verb="published", subject_id=scheduled.pk)
    assert (event.actor, event.detail["scheduled"]) == (emre, True)
    assert amara.notifications.filter(kind="post_published").count() == 1


def test_an_editor_who_is_none_any_more_publishes_nothing_and_is_told_once(scheduled, emre, ada):
    emre.groups.clear()
    for minutes in range(3):
        assert run(MOMENT + timedelta(minutes=minutes)) == 0
    scheduled.refresh_from_db()
    assert scheduled.state == "scheduled"
    told = Notification.objects.filter(kind="post_stayed")
    assert {row.person for row in told} == {emre, ada}  # who can do something about it, too
    assert told.count() == 2


def test_one_that_stays_does_not_hold_up_the_others(scheduled, amara, emre):
    Post.objects.filter(pk=scheduled.pk).update(body="  ")
    other = factory.make_post(amara, state="ready", editor=emre)
    other.schedule(by=emre, moment=MOMENT, at=BEFORE)
    assert run(MOMENT) == 1
    row = Notification.objects.get(kind="post_stayed")
    assert row.person == emre
    assert "no text" in row.body


def test_the_beat_publishes(scheduled):
    Post.objects.update(scheduled_for=factory.days_ago(1))
    task()
    assert Post.objects.get().state == "published"


@pytest.mark.django_db(transaction=True)
def test_two_workers_publish_once(scheduled):
    results = at_once([lambda: run(MOMENT)] * 4)
    assert results == [None] * 4
    assert Event.objects.filter(verb="published", subject_id=scheduled.pk).count() == 1


@pytest.fixture
def ready(amara, emre):
    emre.timezone = "Europe/Berlin"
    emre.save()
    return factory.make_post(amara, state="ready", editor=emre)


def send(client, post, **data):
    return client.post(f"/blog/{post.pk}/schedule/", data)


def test_the_page_asks_in_ones_own_zone(sign_in, ready, emre):
    year = datetime.now(UTC).year + 1
    client, day = sign_in(emre), f"{year}-01-04"
    assert f'action="/blog/{ready.pk}/schedule/"' in client.get(ready.desk_url).content.decode()
    if datetime.fromisoformat(f"{day}T00:00+00:00") < datetime.now(UTC) + timedelta(days=365):
        assert send(client, ready, day=day, clock="09:30").status_code == 302
        ready.refresh_from_db()
        assert ready.scheduled_for == datetime(year, 1, 4, 8, 30, tzinfo=UTC)


def clocks_change(month):
    """The coming last Sunday of March or October, when clocks in Berlin change."""
    now = datetime.now(UTC)
    for year in (now.year, now.year + 1):
        last = max(day for day in range(25, 32) if datetime(year, month, day, tzinfo=UTC).weekday() == 6)
        if datetime(year, month, last, tzinfo=UTC) > now + timedelta(days=1):
            return f"{year}-{month:02}-{last}"
    raise AssertionError


def test_a_time_that_is_skipped_or_comes_twice_is_asked_about(sign_in, ready, emre):
    client = sign_in(emre)
    skipped = send(client, ready, day=clocks_change(3), clock="02:30")
    assert (skipped.status_code, "does not exist" in skipped.content.decode()) == (422, True)
    autumn = {"day": clocks_change(10), "clock": "02:30"}
    twice = send(client, ready, **autumn)
    assert twice.status_code == 422
    assert "exists twice" in twice.content.decode()
    assert 'value="second"' in twice.content.decode()
    assert send(client, ready, **autumn, which="second").status_code == 302
    ready.refresh_from_db()
    assert (ready.state, ready.scheduled_for.hour) == ("scheduled", 1)


@pytest.mark.parametrize("data", [{}, {"day": "2020-01-01", "clock": "10:00"}, {"day": "x", "clock": "99:99"}])
def test_what_is_no_moment_ahead_is_said_at_the_field(sign_in, ready, emre, data):
    answer = send(sign_in(emre), ready, **data)
    assert answer.status_code in (409, 422)
    assert "errorlist" in answer.content.decode()
    ready.refresh_from_db()
    assert ready.state == "ready"


def test_an_editor_moves_and_features_on_the_desk(sign_in, amara, emre):
    post = factory.make_post(amara, slug="why", state="published")
    client = sign_in(emre)
    assert client.post(f"/blog/{post.pk}/move/", {"slug": "../x"}).status_code == 422
    assert client.post(f"/blog/{post.pk}/move/", {"slug": "feed"}).status_code == 409
    assert client.post(f"/blog/{post.pk}/move/", {"slug": "because"}).status_code == 302
    assert client.get("/blog/why/").status_code == 301
    assert client.post(f"/blog/{post.pk}/feature/").status_code == 302
    assert "Feature it no more" in client.get(post.desk_url).content.decode()
    assert post.title in client.get("/").content.decode()
    client.post(f"/blog/{post.pk}/unfeature/")
    assert post.title not in client.get("/").content.decode()
