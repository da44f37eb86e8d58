"""What an apprentice publishes waits, signed, until another mentor countersigns it or returns it with a note."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from mentorship.cohorts.models import Apprenticeship
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from projects.countersigning import settle_all, to_countersign
from projects.escalation import escalate
from projects.examples import examples
from projects.models import Calibration, Review, Round, Signing, Submission
from projects.models.calibration import Judged
from projects.models.signing import TO_COUNTERSIGN
from tests import factory
from tests.projects.test_at_once import at_once, refusals

HOUR = timedelta(hours=1)


@pytest.fixture
def apprentice(cohort, mateo, ada):
    """Gita, graduate of an upper stream, whom Mateo countersigns for in Amara's cohort."""
    return factory.make_apprentice(cohort, cohort.memberships.get(person=mateo), ada, "Gita Rao")


@pytest.fixture
def gita(apprentice):
    return apprentice.membership.person


@pytest.fixture
def signed(submission, gita):
    """Her review of Amara's first round, which waits for Mateo."""
    return factory.make_review(submission, gita)


def refused(code, call, *args, **said):
    with pytest.raises(Refused) as refusal:
        call(*args, **said)
    assert refusal.value.code == code


def told(kind):
    return [row.person.name for row in Notification.objects.filter(kind=kind).order_by("pk")]


def held_by(submission):
    round = submission.rounds.get()
    return round.claimed_by if round.held() else None


def test_what_an_apprentice_publishes_waits(signed, submission, gita, mateo):
    assert (signed.state, signed.published_at) == ("signed", None)
    assert (submission.state, held_by(submission)) == ("awaiting_mentor", gita)
    assert told(TO_COUNTERSIGN) == ["Mateo Rojas"]
    assert told("reviewed") == []
    assert list(to_countersign(mateo)) == [signed]
    assert list(to_countersign(gita)) == []


def test_countersigned_it_is_published_with_both_names(signed, submission, mateo, amara):
    signed.countersign(by=mateo, version=signed.version)
    submission.refresh_from_db()
    assert (signed.state, signed.countersigned_by, submission.state) == ("published", mateo, "awaiting_mentee")
    assert submission.change_requests.count() == 1
    body = Notification.objects.get(kind="reviewed", person=amara).body
    assert body.startswith("Gita Rao and Mateo Rojas have reviewed")
    assert told("countersigned") == ["Gita Rao"]
    assert Event.objects.filter(verb="countersigned", actor=mateo).exists()
    assert not to_countersign(mateo).exists()


def test_returned_it_is_a_draft_with_a_note(signed, submission, gita, mateo):
    refused("note", signed.return_with, " ", by=mateo)
    signed.return_with("Kinder, please.", by=mateo)
    assert (signed.state, held_by(submission)) == ("draft", gita)
    assert "Kinder, please." in Notification.objects.get(kind="review_returned", person=gita).body
    draft = factory.make_draft(summary="A very good start.")
    signed.save_draft(by=gita, draft=draft, version=signed.version)
    signed.publish(by=gita)
    assert list(signed.signings.values_list("state", "note")) == [("returned", "Kinder, please."), ("waiting", "")]


def test_nobody_else_does_either(signed, gita, ines, ada, amara):
    for person in (gita, ines, ada, amara):
        refused("not_countersigner", signed.countersign, by=person)
        refused("not_countersigner", signed.return_with, "No.", by=person)


def test_it_is_another_once_it_was_changed(signed, gita, mateo):
    seen = signed.version
    signed.take_back(by=gita)
    signed.publish(by=gita)
    refused("changed_meanwhile", signed.countersign, by=mateo, version=seen)


def test_signed_words_stand_until_they_are_taken_back(signed, submission, gita, mateo, ines):
    refused("already_signed", signed.save_draft, by=gita, draft=factory.make_draft(), version=signed.version)
    refused("already_signed", signed.publish, by=gita)
    refused("signed", submission.rounds.get().release, by=gita)
    refused("not_yours", signed.take_back, by=mateo)
    signed.take_back(by=gita)
    assert signed.state == "draft"
    assert told(TO_COUNTERSIGN) == []  # he had not noticed, and never hears of it
    submission.rounds.get().release(by=gita)


def test_nobody_takes_the_round_meanwhile(signed, submission, mateo, ines):
    Round.objects.update(claimed_until=timezone.now() - HOUR)
    refused("claimed_by_other", submission.rounds.get().claim, by=ines)
    mine = submission.rounds.get().draft_of(mateo)
    Review.objects.bulk_create([mine])
    refused("claimed_by_other", mine.publish, by=mateo)


def test_a_countersigned_verdict_can_be_taken_back(signed, gita, mateo):
    signed.countersign(by=mateo)
    refused("not_yours", signed.take_back, by=mateo)
    signed.take_back(by=gita)
    assert (signed.state, signed.countersigned_by) == ("draft", None)
    assert "Mateo Rojas" in told("taken_back")
    signed.publish(by=gita)
    assert signed.state == "signed"


def test_withdrawn_work_asks_for_no_countersign(signed, submission, amara, mateo):
    submission.withdraw(by=amara)
    signed.refresh_from_db()
    assert (signed.state, signed.signings.get().state) == ("draft", "settled")
    refused("not_signed", signed.countersign, by=mateo)


def test_without_a_countersigner_nothing_is_published(submission, cohort, gita, apprentice, ada):
    third = factory.make_membership(cohort, factory.make_person("Inês Duarte"), role="mentor")
    apprentice.name_countersigner(third, by=ada)
    third.leave(by=third.person)
    refused("no_countersigner", factory.make_review, submission, gita)
    apprentice.name_countersigner(cohort.memberships.get(person__name="Mateo Rojas"), by=ada)
    submission.rounds.get().draft_of(gita).publish(by=gita)


def test_who_is_named_countersigns_what_waits(signed, cohort, apprentice, ines, mateo, ada):
    apprentice.name_countersigner(cohort.memberships.get(person=ines), by=ada)
    refused("not_countersigner", signed.countersign, by=mateo)
    signed.countersign(by=ines)


def test_the_database_lets_nothing_through(signed, apprentice, mateo):
    rows = Review.objects.filter(pk=signed.pk)
    wrong = [
        lambda: rows.update(state="published", published_at=timezone.now()),
        lambda: rows.update(countersigned_by=mateo),
        lambda: rows.update(state="published", published_at=timezone.now(), countersigned_by=signed.mentor),
        lambda: Signing.objects.update(state="returned", decided_at=timezone.now(), by=mateo),
        lambda: Signing.objects.update(state="countersigned"),
        lambda: Signing.objects.create(review=signed),
    ]
    for change in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    signed.return_with("No.", by=mateo)
    with pytest.raises(DatabaseError), transaction.atomic():
        Signing.objects.update(note="Yes.")


def test_ordinary_mentors_publish_as_before(submission, mateo, apprentice):
    review = factory.make_review(submission, mateo)
    assert (review.state, review.countersigned_by, review.signings.count()) == ("published", None, 0)


# --- nothing waits unseen -------------------------------------------------------------------------------------------


def test_the_countersigner_is_reminded_and_the_admins_hear_when_it_is_late(seat, gita, ada):
    now = timezone.now()
    submission = factory.make_submission(seat, at=now)
    factory.make_review(submission, gita, at=now + 2 * HOUR)
    for half_days in range(1, 16):
        escalate(at=now + timedelta(days=half_days / 2, minutes=1))
    reminded = Notification.objects.filter(kind="countersign_waiting")
    assert [(row.person.name, row.threshold) for row in reminded.order_by("pk")] == [
        ("Mateo Rojas", 1),
        ("Mateo Rojas", 2),
    ]
    assert told("countersign_stuck") == ["Ada Lindqvist"]
    assert told("round_waiting") == told("round_offered") == told("claim_ends") == []
    assert submission.rounds.get().held_for(gita, now + timedelta(days=7, hours=13))


def test_without_anybody_to_countersign_the_admins_hear_at_once(signed, mateo, ada):
    mateo.is_active = False
    mateo.save(update_fields=["is_active"])
    escalate(at=timezone.now() + HOUR)
    assert told("countersign_stuck") == ["Ada Lindqvist"]


def test_ended_by_hand_what_waits_is_published(signed, apprentice, submission, ada, mateo):
    apprentice.end(by=ada, reason="Ready.")
    refused("not_countersigner", signed.countersign, by=mateo)
    assert settle_all(apprentice.pk) == 1
    assert settle_all(apprentice.pk) == 0
    signed.refresh_from_db()
    assert (signed.state, signed.countersigned_by) == ("published", None)
    assert told("reviewed") == ["Amara Okafor"]


def test_the_reminders_find_what_the_worker_missed(signed, apprentice, ada):
    apprentice.end(by=ada, reason="Ready.")
    assert escalate(at=timezone.now()) == 1
    signed.refresh_from_db()
    assert signed.state == "published"


def test_when_the_apprentice_leaves_the_round_waits_again(signed, apprentice, submission, gita):
    apprentice.membership.leave(by=gita)
    settle_all(apprentice.pk)
    signed.refresh_from_db()
    assert (signed.state, held_by(submission)) == ("draft", None)


def calibrate(person, agrees):
    for one in examples():
        said = {question.key: Judged(question.level) for question in one.questions}
        said[one.questions[0].key] = Judged("yes", "Say why.", one.verdict != "accepted")
        if not agrees:
            said = {key: Judged("yes", "", judged.blocking) for key, judged in said.items()}
            said = {key: Judged("not_yet", "Why?", judged.blocking) for key, judged in said.items()}
        Calibration.submit(one, by=person, verdict=one.verdict, summary="So.", said=said)


def test_who_calibrates_and_agrees_needs_nobody(apprentice, gita, submission):
    calibrate(gita, agrees=True)
    apprentice.refresh_from_db()
    assert apprentice.how == "calibrated"
    assert sorted(told("apprenticeship_ended")) == ["Gita Rao", "Mateo Rojas"]
    assert factory.make_review(submission, gita).state == "published"


def test_who_calibrates_and_differs_is_countersigned_as_before(apprentice, gita, ada):
    calibrate(gita, agrees=False)
    apprentice.refresh_from_db()
    assert apprentice.ended_at is None
    assert sorted(told("apprentice_calibrated")) == ["Ada Lindqvist", "Mateo Rojas"]


def test_who_is_calibrated_is_no_apprentice(apprentice, gita, stream, ada, mateo):
    calibrate(gita, agrees=True)
    another = factory.make_cohort(stream=stream)
    mentor = factory.make_membership(another, mateo, role="mentor")
    outcome = apprentice.outcome
    refused(
        "calibrated", Apprenticeship.take, another, outcome=outcome, countersigner=mentor, capacity=1, by=ada
    )  # fmt: skip


# --- pages ----------------------------------------------------------------------------------------------------------


def test_the_countersigner_finds_reads_and_countersigns(
    signed, submission, sign_in, mateo, amara, django_assert_max_num_queries
):
    address = f"/rounds/{signed.round_id}/review/countersign/"
    page = sign_in(mateo)
    assert address in page.get("/queue/").content.decode()
    assert address in page.get("/home/").content.decode()
    with django_assert_max_num_queries(16):
        shown = page.get(address).content.decode()
    assert "Why this metric?" in shown
    version = re.search(r'name="version" value="(\d+)"', shown).group(1)
    assert page.post(address, {"version": version}).url == submission.get_absolute_url()
    assert page.get(submission.get_absolute_url()).status_code == 200
    assert page.get(address).url == f"/rounds/{signed.round_id}/"
    read = sign_in(amara).get(submission.get_absolute_url()).content.decode()
    assert "countersigned by <strong>Mateo Rojas</strong>" in read


def test_the_mentee_reads_nothing_before(signed, submission, sign_in, amara):
    page = sign_in(amara)
    assert "Why this metric?" not in page.get(submission.get_absolute_url()).content.decode()
    assert page.get(f"/rounds/{signed.round_id}/review/countersign/").status_code == 404


def test_a_note_is_asked_for_and_stands_in_the_draft(signed, sign_in, gita, mateo):
    page, base = sign_in(mateo), f"/rounds/{signed.round_id}/review/"
    assert page.post(f"{base}return/", {"note": ""}).status_code == 422
    assert page.post(f"{base}return/", {"note": "Kinder, please."}).url == "/queue/"
    page = sign_in(gita)
    assert page.get(f"{base}countersign/").url == base
    assert "Kinder, please." in page.get(base).content.decode()


def test_the_apprentice_reads_who_countersigns(submission, waiting, sign_in, gita):
    page, base = sign_in(gita), f"/rounds/{waiting.pk}/review/"
    waiting.claim(by=gita)
    assert "Mateo Rojas countersigns this review" in page.get(base).content.decode()
    draft = waiting.draft_of(gita)
    draft.save_draft(by=gita, draft=factory.make_draft(), version=0)
    assert "Mateo Rojas countersigns this review" in page.get(f"{base}preview/").content.decode()
    assert page.post(f"{base}publish/").url == f"{base}countersign/"
    assert "waits to be countersigned" in page.get(f"{base}countersign/").content.decode()
    assert page.get(base).url == f"{base}countersign/"
    assert page.post(f"{base}take-back/").url == base


def test_the_api_says_the_same(signed, sign_in, gita, mateo):
    api = sign_in(mateo)
    (row,) = api.get("/api/v1/queue/to-countersign/").json()
    assert (row["round"], row["mentor"], row["comments"][0]["text"]) == (
        signed.round_id, gita.handle, "Why this metric?",
    )  # fmt: skip
    base = f"/api/v1/rounds/{signed.round_id}/"
    assert api.get(f"{base}countersign/").json() == row
    said = {"content_type": "application/json"}
    assert api.post(f"{base}return/", {"note": ""}, **said).status_code == 400
    assert api.post(f"{base}return/", {"note": "No."}, **said).status_code == 204
    assert sign_in(gita).get(f"{base}draft/").json()["returned"] == "No."
    signed.publish(by=gita)
    assert sign_in(mateo).post(f"{base}countersign/", {"version": 0}, **said).status_code == 409
    assert api.post(f"{base}countersign/", {}, **said).status_code == 204
    assert api.get(base).json()["reviews"][0]["countersigned_by"] == mateo.handle


# --- at once --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_countersigned_and_returned_at_once_is_one_of_them(signed, mateo):
    answers = at_once(
        lambda: Review.objects.get(pk=signed.pk).countersign(by=mateo),
        lambda: Review.objects.get(pk=signed.pk).return_with("No.", by=mateo),
    )
    assert refusals(answers) == ["not_signed"]
    assert Signing.objects.get().state in ("countersigned", "returned")


@pytest.mark.django_db(transaction=True)
def test_countersigned_and_ended_at_once_is_published_once(signed, apprentice, mateo, ada):
    def end():
        Apprenticeship.objects.get(pk=apprentice.pk).end(by=ada, reason="Ready.")
        settle_all(apprentice.pk)

    answers = at_once(lambda: Review.objects.get(pk=signed.pk).countersign(by=mateo), end)
    assert set(refusals(answers)) <= {"not_signed", "not_countersigner"}
    assert Review.objects.get().state == "published"
    assert told("reviewed") == ["Amara Okafor"]
    assert Submission.objects.get().state == "awaiting_mentee"
