"""What both sides say of each question, on the pages that show it."""

import pytest

from projects.rubric import difference
from tests import factory


@pytest.fixture
def questions(project):
    return [row.pk for row in project.criteria.all()]


@pytest.mark.parametrize(
    ("confidence", "level", "differs"),
    [
        (5, "not_yet", "surer"),
        (3, "not_yet", "surer"),
        (2, "not_yet", ""),
        (4, "partly", "surer"),
        (3, "partly", ""),
        (1, "partly", "better"),
        (2, "yes", "better"),
        (3, "yes", ""),
        (5, "yes", ""),
        (3, "beyond", "better"),
        (4, "beyond", ""),
        (None, "yes", ""),
        (5, "", ""),
    ],
)
def test_where_the_two_differ(confidence, level, differs):
    assert difference(confidence, level) == differs


def test_a_round_shows_both_sides(sign_in, amara, mateo, seat, questions):
    submission = factory.make_submission(seat, confidence={questions[0]: 5, questions[1]: 2})
    scores = {questions[0]: "not_yet", questions[1]: "yes"}
    review = factory.make_review(submission, mateo, factory.make_draft(scores=scores))
    for person in (amara, mateo):
        page = sign_in(person).get(review.round.get_absolute_url()).content.decode()
        assert "5 of 5, certain" in page
        assert "Surer than the review on 1 question" in page
        assert "Better than thought on 1 question." in page


def test_before_the_review_only_the_mentee_has_spoken(sign_in, amara, mateo, seat, questions):
    submission = factory.make_submission(seat, confidence={questions[0]: 4})
    waiting = submission.rounds.get()
    waiting.claim(by=mateo)
    draft = factory.make_draft(scores={questions[0]: "beyond"})
    waiting.draft_of(mateo).save_draft(by=mateo, draft=draft, version=0)
    page = sign_in(amara).get(waiting.get_absolute_url()).content.decode()
    assert "4 of 5, sure" in page
    assert "Beyond" not in page
    assert "Where they differ" not in page


def test_rounds_of_before_say_nothing(sign_in, amara, waiting):
    page = sign_in(amara).get(waiting.get_absolute_url()).content.decode()
    assert "side by side" not in page


def test_an_outsider_sees_none_of_it(sign_in, noor, waiting):
    assert sign_in(noor).get(waiting.get_absolute_url()).status_code == 404


def test_the_questions_move_from_round_to_round(sign_in, amara, mateo, seat, project, questions):
    submission = factory.make_submission(seat, confidence={questions[0]: 5})
    factory.make_review(submission, mateo, factory.make_draft(scores={questions[0]: "not_yet", questions[1]: "yes"}))
    page = sign_in(amara).get(submission.get_absolute_url()).content.decode()
    assert "1 of 2 still to be worked on." in page
    submission.hand_in(by=amara, work=factory.make_work(project, confidence={questions[0]: 3}))
    scores = {questions[0]: "yes", questions[1]: "partly"}
    factory.make_review(submission, mateo, factory.accepting(submission, scores=scores))
    page = sign_in(amara).get(submission.get_absolute_url()).content.decode()
    assert "1 better, 1 weaker since the first review." in page
    assert 'aria-label="Round 1: not yet, mentee 5 of 5; round 2: yes, mentee 3 of 5"' in page
    assert "Not yet to Yes" in page


def test_without_scores_there_is_no_movement(sign_in, amara, mateo, submission):
    factory.make_review(submission, mateo)
    assert "round by round" not in sign_in(amara).get(submission.get_absolute_url()).content.decode()
