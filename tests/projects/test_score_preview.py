"""Before a review is published its scores are shown as the mentee will see them; what may be a slip is said."""

import pytest

from tests import factory


@pytest.fixture
def questions(project):
    return [row.pk for row in project.criteria.all()]


def preview(sign_in, waiting, mateo, **fields):
    waiting.claim(by=mateo)
    waiting.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(**fields), version=0)
    return sign_in(mateo).get(f"/rounds/{waiting.pk}/review/preview/").content.decode()


def test_scores_are_shown_as_the_mentee_will_see_them(sign_in, mateo, seat, questions):
    waiting = factory.make_submission(seat, confidence={questions[0]: 5}).rounds.get()
    page = preview(sign_in, waiting, mateo, scores=dict.fromkeys(questions, "partly"))
    assert "Surer than the review" in page
    assert "Before you publish" not in page


def test_accepting_what_does_not_answer_yet_is_said_and_allowed(sign_in, waiting, mateo, questions, submission):
    scores = {questions[0]: "not_yet", questions[1]: "yes"}
    page = preview(sign_in, waiting, mateo, verdict="accepted", comments=(), scores=scores)
    assert "You accept, and score “Why 1?” not yet." in page
    waiting.draft_of(mateo).publish(by=mateo)
    submission.refresh_from_db()
    assert submission.state == "accepted"


def test_what_is_not_scored_is_counted(sign_in, waiting, mateo, questions):
    assert "1 of 2 questions is not scored." in preview(sign_in, waiting, mateo, scores={questions[0]: "yes"})


def test_for_whom_in_a_team_it_does_not_count_yet(sign_in, cohort, project, amara, bela, mateo):
    work = factory.make_team_work(cohort, amara, bela)
    own = work.team.get(person=amara)
    own.state_contribution("The model.", by=amara)
    own.approve(by=mateo, why="I saw it.")
    third = work.team.exclude(person__in=[amara, bela]).get().person.name
    page = preview(sign_in, work.rounds.get(), mateo, verdict="accepted", comments=())
    assert f"It does not count yet for {bela.name} and {third}" in page
    alone = factory.make_submission(cohort.memberships.get(person=amara), project).rounds.get()
    page = preview(sign_in, alone, mateo, verdict="accepted", comments=())
    assert "It does not count yet" not in page


@pytest.mark.parametrize("criteria", [2, 12])
def test_the_preview_costs_the_same_for_many_questions(
    sign_in, seat, mateo, project, criteria, django_assert_max_num_queries
):
    unit = project.item.unit
    big = factory.make_project(factory.make_item(unit, "big", kind="project"), criteria=criteria)
    waiting = factory.make_submission(seat, big).rounds.get()
    preview(sign_in, waiting, mateo, scores=dict.fromkeys(big.criteria.values_list("pk", flat=True), "yes"))
    client = sign_in(mateo)
    client.get(f"/rounds/{waiting.pk}/review/preview/")
    with django_assert_max_num_queries(16):
        client.get(f"/rounds/{waiting.pk}/review/preview/")
