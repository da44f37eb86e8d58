from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from projects.draft import Said
from projects.models.review import Changed
from streams.models import Progress
from tests import factory


@pytest.fixture
def write(waiting, mateo):
    """`write(**fields)` gives Mateo's draft of the round that he holds."""

    def write(**fields):
        waiting.claim(by=mateo)
        draft = waiting.draft_of(mateo)
        draft.save_draft(by=mateo, draft=factory.make_draft(**fields), version=draft.version)
        return draft

    return write


def refused(review, by, code, **options):
    with pytest.raises(Refused) as refusal:
        review.publish(by=by, **options)
    assert refusal.value.code == code
    review.refresh_from_db()
    assert review.state == "draft"


def test_changes_requested_wait_for_the_mentee(write, submission, waiting, mateo, amara):
    now = timezone.now()
    review = write(summary="A *good* start.")
    review.publish(by=mateo, at=now)
    submission.refresh_from_db()
    waiting.refresh_from_db()
    assert (submission.state, submission.awaiting_mentee_since) == ("awaiting_mentee", now)
    assert submission.awaiting_mentor_since is None
    assert (waiting.state, waiting.claimed_by) == ("reviewed", None)
    assert (review.state, review.published_at) == ("published", now)
    assert "<em>good</em>" in review.summary_html
    request = submission.change_requests.get()
    assert (request.state, request.comment.text, request.opened_in) == ("open", "Why this metric?", waiting)
    told = Notification.objects.get(kind="reviewed")
    assert (told.person, told.email) == (amara, "queued")
    assert Event.objects.get(verb="published").detail == {"verdict": "changes_requested"}


def test_accepted_work_is_done(write, submission, mateo, amara, project):
    write(verdict="accepted", comments=(Said("a", "Well argued."),)).publish(by=mateo)
    submission.refresh_from_db()
    assert (submission.state, submission.awaiting_since) == ("accepted", None)
    assert submission.accepted_at
    assert Progress.objects.get(person=amara, item=project.item).state == "done"


def test_a_verdict_and_a_summary_are_needed(write, mateo):
    refused(write(verdict=""), mateo, "no_verdict")
    refused(write(summary=" "), mateo, "no_summary")


def test_changes_requested_says_which(write, mateo):
    refused(write(comments=(Said("a", "Nice."),)), mateo, "nothing_requested")


def test_a_blocking_comment_does_not_accept(write, mateo):
    refused(write(verdict="accepted"), mateo, "blocking_comments")


@pytest.fixture
def second(submission, mateo):
    """The second round, in which the one change request was addressed."""
    factory.make_review(submission, mateo)
    request = submission.change_requests.get()
    work = factory.make_work(submission.project, addressed={request.pk: "Done."})
    return submission.hand_in(by=submission.author, work=work)


def test_nothing_is_accepted_while_a_change_is_asked_for(second, submission, mateo):
    second.claim(by=mateo)
    review = second.draft_of(mateo)
    review.save_draft(by=mateo, draft=factory.make_draft(verdict="accepted", comments=()), version=0)
    refused(review, mateo, "change_requests_open")


@pytest.mark.parametrize("decision", ["accepted", "waived"])
def test_each_is_accepted_or_waived_first(second, submission, mateo, decision):
    request = submission.change_requests.get()
    draft = factory.make_draft(verdict="accepted", comments=(), decisions={request.pk: decision})
    factory.make_review(submission, mateo, draft)
    request.refresh_from_db()
    assert (request.state, request.settled_in) == (decision, second)
    assert submission.state == "accepted"


def test_a_decision_takes_effect_only_when_published(second, submission, mateo):
    second.claim(by=mateo)
    review = second.draft_of(mateo)
    review.save_draft(by=mateo, draft=factory.accepting(submission), version=0)
    assert submission.change_requests.get().state == "addressed"


def test_what_is_not_settled_is_open_again(second, submission, mateo):
    factory.make_review(submission, mateo, factory.make_draft(comments=()))
    assert submission.change_requests.get().state == "open"
    assert submission.state == "awaiting_mentee"


def test_a_claim_that_ran_out_still_publishes(write, mateo):
    write().publish(by=mateo, at=timezone.now() + timedelta(days=2))


def test_a_released_round_still_publishes_while_it_is_free(write, waiting, mateo):
    review = write()
    waiting.release(by=mateo)
    review.publish(by=mateo)


def test_somebody_elses_claim_is_respected(write, waiting, mateo, ines):
    review = write()
    waiting.release(by=mateo)
    waiting.claim(by=ines)
    refused(review, mateo, "claimed_by_other")


def test_only_the_writer_publishes(write, ines):
    refused(write(), ines, "not_yours")


def test_a_mentor_who_left_publishes_nothing(waiting, ines):
    waiting.claim(by=ines)
    review = waiting.draft_of(ines)
    review.save_draft(by=ines, draft=factory.make_draft(), version=0)
    ines.memberships.get().leave(by=ines)
    refused(review, ines, "not_a_mentor")


def test_published_is_published_once(submission, mateo):
    review = factory.make_review(submission, mateo)
    with pytest.raises(Refused) as refusal:
        review.publish(by=mateo)
    assert refusal.value.code == "already_published"


def test_what_was_looked_at_is_what_is_published(write, mateo):
    review = write()
    with pytest.raises(Changed):
        review.publish(by=mateo, version=review.version - 1)
    review.publish(by=mateo, version=review.version)
