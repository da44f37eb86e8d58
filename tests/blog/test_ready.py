"""From ready to published: by hand, or at a moment that was set."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from blog.models import Post
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests.factory import make_post

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def ready(amara, emre):
    post = make_post(amara, state="in_editing", editor=emre)
    post.mark_ready(by=emre, at=NOON)
    return post


def test_ready_is_told_and_stands_still(ready, amara, emre):
    assert Notification.objects.get(person=amara).kind == "post_ready"
    for person in (amara, emre):
        assert "revise" not in ready.verbs_of(person)


def test_an_empty_text_is_never_ready(amara, emre):
    post = make_post(amara, state="in_editing", editor=emre, body=" ")
    with pytest.raises(Refused) as refusal:
        post.mark_ready(by=emre)
    assert refusal.value.code == "nothing_written"


def test_the_author_takes_it_back_into_editing(ready, amara, emre):
    ready.reopen(by=amara, at=NOON)

    assert (ready.state, ready.ready_at, ready.editor) == ("in_editing", None, emre)
    assert Notification.objects.get(person=emre).kind == "post_reopened"


def test_a_moment_is_set_and_moved_and_told_in_the_author_s_zone(ready, amara, emre):
    amara.timezone = "Africa/Lagos"
    amara.save()
    ready.author.refresh_from_db()
    ready.schedule(by=emre, moment=NOON + timedelta(days=2), at=NOON)
    ready.schedule(by=emre, moment=NOON + timedelta(days=3), at=NOON)

    assert ready.scheduled_for == NOON + timedelta(days=3)
    assert "at 13:00 (Africa/Lagos)" in Notification.objects.filter(kind="post_scheduled").last().body


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=-1), timedelta(days=400)])
def test_a_moment_that_makes_no_sense_is_refused(ready, emre, ahead):
    with pytest.raises(Refused) as refusal:
        ready.schedule(by=emre, moment=NOON + ahead, at=NOON)
    assert refusal.value.code == "not_ahead"


def test_published_before_its_moment_it_keeps_no_moment(ready, emre):
    ready.schedule(by=emre, moment=NOON + timedelta(days=2), at=NOON)
    ready.publish(by=emre, at=NOON)
    assert (ready.state, ready.scheduled_for, ready.published_at) == ("published", None, NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "scheduled"},
        {"state": "draft"},
        {"state": "idea"},
        {"editor": None},
        {"scheduled_for": NOON},
        {"category": "../x"},
    ],
)
def test_the_database_refuses_what_the_verbs_never_do(ready, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=ready.pk).update(**change)


def test_an_idea_becomes_a_draft_once(amara):
    post = make_post(amara, state="idea")
    post.start(by=amara)
    assert post.state == "draft"
    with pytest.raises(Refused):
        post.start(by=amara)
