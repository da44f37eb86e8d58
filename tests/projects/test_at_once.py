"""Two at once: one wins, the other is told, nothing is done twice."""

import threading

import pytest
from django.db import connection

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from projects.models import Review, Round, Submission
from tests import factory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run each call in a thread of its own, all starting together; what each returned or refused with."""
    start, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            start.wait()
            answers[number] = call()
        except Refused as refusal:
            answers[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def refusals(answers):
    return [answer.code for answer in answers if isinstance(answer, Refused)]


def test_of_two_mentors_one_gets_the_round(waiting, mateo, ines):
    answers = at_once(
        lambda: Round.objects.get().claim(by=mateo),
        lambda: Round.objects.get().claim(by=ines),
    )
    assert refusals(answers) == ["claimed_by_other"]


def test_one_mentor_gets_four_of_eight(cohort, mateo):
    for _ in range(8):
        factory.make_submission(factory.make_membership(cohort, factory.make_person()))
    keys = list(Round.objects.values_list("pk", flat=True))
    answers = at_once(*[lambda pk=pk: Round.objects.get(pk=pk).claim(by=mateo) for pk in keys])
    assert refusals(answers) == ["too_many_claims"] * 4
    assert Round.objects.held_by(mateo).count() == 4


def test_one_draft_is_published_once(waiting, mateo, submission):
    waiting.claim(by=mateo)
    waiting.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(), version=0)
    answers = at_once(*[lambda: Review.objects.get().publish(by=mateo)] * 3)
    assert refusals(answers) == ["already_published"] * 2
    assert submission.change_requests.count() == 1
    assert Notification.objects.filter(kind="reviewed").count() == 1


def test_a_verdict_and_a_withdrawal_do_not_both_happen(waiting, mateo, amara, submission):
    waiting.claim(by=mateo)
    waiting.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(verdict="accepted", comments=()), version=0)
    answers = at_once(
        lambda: Review.objects.get().publish(by=mateo),
        lambda: Submission.objects.get().withdraw(by=amara),
    )
    assert len(refusals(answers)) == 1
    submission.refresh_from_db()
    assert submission.state in ("accepted", "withdrawn")


def test_a_form_sent_twice_is_handed_in_once(project, seat, amara):
    def send():
        work = factory.make_work(project)
        return project.hand_in(by=amara, membership=seat, work=work, key="one form")

    answers = at_once(*[send] * 4)
    assert refusals(answers) == []
    assert len({answer.pk for answer in answers}) == 1
    assert Round.objects.count() == 1


def test_two_forms_make_one_submission(project, seat, amara):
    def send(key):
        return project.hand_in(by=amara, membership=seat, work=factory.make_work(project), key=key)

    answers = at_once(lambda: send("a"), lambda: send("b"))
    assert refusals(answers) == ["already_handed_in"]
    assert Submission.objects.count() == 1


def test_two_next_rounds_make_one(submission, mateo, amara):
    factory.make_review(submission, mateo)

    def send():
        return Submission.objects.get().hand_in(by=amara, work=factory.make_work(submission.project))

    answers = at_once(send, send)
    assert refusals(answers) == ["not_your_turn"]
    assert submission.rounds.count() == 2


def test_two_windows_save_and_one_is_told(waiting, mateo):
    waiting.claim(by=mateo)

    def save(text):
        draft = Round.objects.get().draft_of(mateo)
        draft.save_draft(by=mateo, draft=factory.make_draft(summary=text), version=0)
        return text

    answers = at_once(lambda: save("One"), lambda: save("Two"))
    assert refusals(answers) == ["changed_meanwhile"]
    assert Review.objects.get().summary in answers
