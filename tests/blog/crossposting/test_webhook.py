"""GitHub tells what became of a pull request: signed, each delivery once, and a look when it says nothing."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.crossposting.work import look_around, work_on
from blog.models import CrossPost, CrossPostDelivery
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests.cohorts.test_at_once import at_once
from tests.factory import make_person, make_post

ADDRESS = "/blog/cross-posts/webhook/"


@pytest.fixture
def secrets(settings):
    settings.CROSSPOST_WEBHOOK_SECRETS = ["new", "old"]
    settings.CROSSPOST_GITHUB_REPOSITORY = "ml/blog"


@pytest.fixture
def row(secrets, amara, emre):
    return opened(amara, emre)


def opened(author, editor):
    post = make_post(author, state="published", editor=editor)
    return CrossPost.opened_by_hand(post, by=author, url="https://github.com/ml/blog/pull/7", number=7)


def said(action="closed", number=7, repository="ml/blog", **pull):
    return json.dumps(
        {"action": action, "repository": {"full_name": repository}, "pull_request": {"number": number, **pull}}
    )


def deliver(client, body, event="pull_request", delivery="one", secret="new", signature=None):  # noqa: S107
    signature = signature or "sha256=" + hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": signature, "X-GitHub-Event": event, "X-GitHub-Delivery": delivery}
    return client.post(ADDRESS, body, content_type="application/json", headers=headers).status_code


@pytest.mark.parametrize("secret", ["new", "old"])
def test_merged_is_told_once(client, row, secret, emre, amara):
    body = said(merged=True)
    assert deliver(client, body, secret=secret) == 204
    assert deliver(client, body, secret=secret, delivery="two") == 204
    row.refresh_from_db()
    assert row.state == "merged"
    assert Notification.objects.filter(kind="cross_post_merged").count() == 2  # author and editor
    assert Event.objects.get(subject_type="blog.crosspost", verb="merged").whom_id == amara.pk


@pytest.mark.parametrize(
    "signature",
    ["", "sha256=", "sha256=" + "0" * 64, "sha1=x", "sha256=é", hmac.new(b"", b"", hashlib.sha256).hexdigest()],
)
def test_forged_ones_change_nothing(client, row, signature):
    assert deliver(client, said(merged=True), signature=signature or "none") == 403
    row.refresh_from_db()
    assert (row.state, CrossPostDelivery.objects.count()) == ("open", 0)


def test_without_a_secret_nothing_is_believed(client, row, settings):
    settings.CROSSPOST_WEBHOOK_SECRETS = [""]
    assert deliver(client, said(merged=True), secret="") == 403


def test_a_replayed_one_changes_nothing(client, row):
    body = said()
    deliver(client, body)
    deliver(client, said("reopened"), delivery="two")
    assert deliver(client, body) == 204
    row.refresh_from_db()
    assert row.state == "open"


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", "null", said(repository="evil/blog", merged=True), said(number=8, merged=True), said(number="7"),
     said(number=2**40), said("labeled"), '{"pull_request": 1, "repository": 2}'],
)  # fmt: skip
def test_what_says_nothing_to_us_changes_nothing(client, row, body):
    assert deliver(client, body) == 204
    row.refresh_from_db()
    assert row.state == "open"


def test_changes_asked_for(client, row, amara):
    body = json.dumps(json.loads(said("submitted")) | {"review": {"state": "changes_requested"}})
    deliver(client, body, event="pull_request_review")
    row.refresh_from_db()
    assert row.state == "changes_requested"
    assert Notification.objects.filter(person=amara, kind="cross_post_changes_requested").exists()


def test_what_was_merged_stays_merged(client, row):
    deliver(client, said(merged=True))
    for number, body in enumerate((said(), said("reopened"))):
        deliver(client, body, delivery=f"late {number}")
    row.refresh_from_db()
    assert row.state == "merged"


def test_no_delivery_without_its_id(client, row):
    assert deliver(client, said(merged=True), delivery="") == 400
    assert deliver(client, said(merged=True), event="") == 400


def test_a_look_finds_what_no_webhook_said(configured, queued, hub, emre):
    work_on(queued.pk)
    now = timezone.now()
    assert look_around(at=now) == 0  # it was looked at just now
    hub.reviews[1] = [{"user": {"id": 1}, "state": "CHANGES_REQUESTED"}, {"user": {"id": 1}, "state": "COMMENTED"}]
    assert look_around(at=now + timedelta(minutes=31)) == 1
    queued.refresh_from_db()
    assert queued.state == "changes_requested"
    hub.reviews[1].append({"user": {"id": 1}, "state": "APPROVED"})
    look_around(at=now + timedelta(minutes=62))
    queued.refresh_from_db()
    assert queued.state == "open"
    hub.pulls[0].update(state="closed")
    look_around(at=now + timedelta(minutes=93))
    queued.refresh_from_db()
    assert (queued.state, queued.work) == ("closed", "")
    assert CrossPost.queue(queued.post, by=emre, destination="jekyll", way="program").turn == 2


def test_a_limit_ends_the_look(configured, queued, hub):
    work_on(queued.pk)
    hub.faults = [(429, {"Retry-After": "60"}, {})]
    assert look_around(at=timezone.now() + timedelta(hours=1)) == 1
    queued.refresh_from_db()
    assert queued.state == "open"


@pytest.mark.django_db(transaction=True)
def test_eight_deliveries_at_once_are_one(client, secrets):
    amara, emre = make_person("Amara Okafor"), make_person("Emre Demir", groups=["editors"])
    row = opened(amara, emre)
    results = at_once([lambda: deliver(client.__class__(), said(merged=True))] * 8)
    assert results == [None] * 8
    row.refresh_from_db()
    assert row.state == "merged"
    assert Event.objects.filter(subject_type="blog.crosspost", verb="merged").count() == 1
    assert CrossPostDelivery.objects.count() == 1
