"""Scores: what a mentor says of each question, in the draft and once it stands; and how sure the mentee was."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.http import QueryDict

from mentorship.common.errors import Refused
from projects.draft import Draft
from projects.models import Answer, Score
from projects.weak import weak_of
from tests import factory


@pytest.fixture
def held(waiting, mateo):
    """The round that waits, held by Mateo."""
    waiting.claim(by=mateo)
    return waiting


@pytest.fixture
def first(project):
    return project.criteria.first()


def save(round, mentor, **fields):
    review = round.draft_of(mentor)
    review.save_draft(by=mentor, draft=factory.make_draft(**fields), version=review.version)
    return review


def test_a_draft_keeps_its_scores(held, mateo, first):
    review = save(held, mateo, scores={first.pk: "partly"})
    assert review.as_draft().scores == {first.pk: "partly"}
    save(held, mateo, scores={first.pk: "yes"})
    assert Score.objects.get().level == "yes"
    save(held, mateo)
    assert not Score.objects.exists()


def test_what_the_form_says_is_read(first):
    typed = Draft.read(QueryDict(f"score-{first.pk}=beyond&score-999=&score-x=yes"))
    assert typed.checked().scores == {first.pk: "beyond"}


def test_other_levels_are_refused(first):
    with pytest.raises(ValidationError):
        Draft(scores={first.pk: "excellent"}).checked()


def test_questions_of_other_projects_are_refused(held, mateo):
    other = factory.make_stream().items.get(kind="project").project.criteria.first()
    with pytest.raises(Refused) as refusal:
        save(held, mateo, scores={other.pk: "yes"})
    assert refusal.value.code == "unknown_criterion"
    assert not Score.objects.exists()


def test_the_database_knows_the_levels_and_one_score_a_question(held, mateo, first):
    review = save(held, mateo, scores={first.pk: "yes"})
    for wrong in (
        lambda: Score.objects.update(level="nobly"),
        lambda: Score.objects.create(review=review, criterion=first, level="yes"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_published_scores_stand(submission, mateo, first):
    factory.make_review(submission, mateo, factory.make_draft(scores={first.pk: "yes"}))
    for wrong in (lambda: Score.objects.update(level="beyond"), lambda: Score.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
    assert Score.objects.get().level == "yes"


def test_how_sure_one_was_is_kept_as_it_was(project, seat, first):
    submission = factory.make_submission(seat, confidence={first.pk: 4})
    answer = Answer.objects.get(round__submission=submission, criterion=first)
    assert answer.confidence == 4
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.update(confidence=5)


def test_sureness_goes_from_one_to_five(project, seat, first):
    with pytest.raises(IntegrityError):
        factory.make_submission(seat, confidence={first.pk: 6})


def test_the_forms_of_both_sides(sign_in, amara, mateo, project, seat, first):
    address = f"/projects/{project.key}/hand-in/"
    typed = {"title": "Rent", "write_up": "Why.", f"answer_{first.pk}": "Because.", f"confidence_{first.pk}": "9"}
    typed |= {f"answer_{row.pk}": "Because." for row in project.criteria.all()}
    answer = sign_in(amara).post(address, typed)
    assert answer.status_code == 422
    assert "a number from 1 to 5" in answer.content.decode()
    sign_in(amara).post(address, typed | {f"confidence_{first.pk}": "2"})
    waiting = seat.submissions.get().rounds.get()
    assert waiting.answers.get(criterion=first).confidence == 2
    waiting.claim(by=mateo)
    review = f"/rounds/{waiting.pk}/review/"
    sign_in(mateo).post(review, {"version": "0", "summary": "Well.", f"score-{first.pk}": "not_yet"})
    page = sign_in(mateo).get(review).content.decode()
    assert f'name="score-{first.pk}" value="not_yet" checked' in page


def test_by_api(sign_in, amara, mateo, project, seat):
    sent = {"project": project.key, "title": "Rent", "write_up": "Why.", "confidence": {"why-1": 3}}
    sent["answers"] = {"why-1": "Because.", "why-2": "Because."}
    made = sign_in(amara).post("/api/v1/submissions/", sent, "application/json")
    assert made.status_code == 201
    wrong = sign_in(amara).post("/api/v1/submissions/", sent | {"confidence": {"why-1": 0}}, "application/json")
    assert "confidence" in wrong.json()
    waiting = seat.submissions.get().rounds.get()
    read = sign_in(amara).get(f"/api/v1/rounds/{waiting.pk}/").json()
    assert [row["confidence"] for row in read["answers"]] == [3, None]
    waiting.claim(by=mateo)
    address = f"/api/v1/rounds/{waiting.pk}/draft/"
    saved = sign_in(mateo).put(address, {"version": 0, "scores": {"why-2": "beyond"}}, "application/json").json()
    assert saved["scores"] == {"why-2": "beyond"}
    wrong = sign_in(mateo).put(address, {"version": 1, "scores": {"why-9": "yes"}}, "application/json")
    assert wrong.status_code == 400


def test_the_next_round_s_form_says_how_each_answer_was_scored(sign_in, submission, mateo, amara, project, first):
    assert Score.last_of(submission) == {}
    factory.make_review(submission, mateo, factory.make_draft(scores={first.pk: "partly"}))
    page = sign_in(amara).get(f"/submissions/{submission.pk}/hand-in/").content.decode()
    assert page.count("The last review says:") == 1
    submission.hand_in(by=amara, work=factory.make_work(project))
    factory.make_review(submission, mateo, factory.make_draft(scores={first.pk: "yes"}))
    assert Score.last_of(submission) == {first.pk: "yes"}


def test_scores_of_a_verdict_that_was_taken_back_can_change(submission, mateo, amara, first):
    review = factory.make_review(submission, mateo, factory.make_draft(scores={first.pk: "not_yet"}))
    assert weak_of(amara, reader=amara)
    review.take_back(by=mateo)
    assert weak_of(amara, reader=amara) == []
    review.save_draft(by=mateo, draft=factory.make_draft(scores={first.pk: "yes"}), version=review.version)
    review.publish(by=mateo)
    assert Score.objects.get().level == "yes"
    assert weak_of(amara, reader=amara) == []
