"""Interviews: what reviews and mock interviews find weak comes back as cards; how ready one is, by round."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorship.cohorts.models import InterviewFeedback, Membership
from mentorship.cohorts.models.interview_feedback import asked_of
from mentorship.common.errors import Refused
from mentorship.home.facts import facts_of
from mentorship.home.interviews.calling import call_for_practice
from mentorship.home.interviews.readiness import radar_of, readiness_of
from mentorship.study.models import Card, PracticePlan
from mentorship.study.questions.queue import today_of
from projects.models import Submission
from tests import factory
from tests.study.questions.make import make_card, make_question

NOW = datetime.now(UTC)
ROLE = "machine-learning-engineer"


def review(person, mateo, stream, **levels):
    submission = Submission.objects.filter(author=person).first()
    if submission is None:
        member = Membership.objects.get(person=person)
        submission = factory.make_submission(member, stream.items.get(kind="project").project)
    else:
        submission.hand_in(by=person, work=factory.make_work(submission.project))
    keys = {row.key: row.pk for row in submission.project.criteria.all()}
    scores = {keys[name.replace("_", "-")]: level for name, level in levels.items()}
    factory.make_review(submission, mateo, factory.make_draft(scores=scores))


def test_what_a_review_found_weak_is_asked_once_with_its_reason(cohort, stream, amara, bela, mateo, ada):
    about = [make_question(criteria=["why-1"]) for _ in range(2)]
    make_question(criteria=["why-2"])
    retired = make_question(criteria=["why-1"], retired_at=NOW)
    review(amara, mateo, stream, why_1="partly", why_2="yes")
    assert call_for_practice(NOW) == 2
    assert call_for_practice(NOW) == 0
    assert set(Card.objects.values_list("person", "question")) == {(amara.pk, row.pk) for row in about}
    assert retired not in about
    today = today_of(amara, NOW)
    assert (today.left.called, "Why 1?" in today.card.reason) == (2, True)
    for card in Card.objects.all():
        card.rate(4, version=0, at=NOW)
    review(amara, mateo, stream, why_1="not_yet", why_2="yes")
    assert call_for_practice(NOW) == 2  # another review, said again
    assert today_of(amara, NOW).left.called == 2


@pytest.fixture
def held(cohort, mateo, amara):
    host = cohort.memberships.get(person=mateo)
    return factory.make_slot(host, 2, at=NOW - timedelta(days=9), interview_round="design").book(
        by=amara, at=NOW - timedelta(days=9)
    )


def give(booking, by, level=1, **more):
    levels = {point.key: level for point in asked_of(booking, by)}
    said = {"went_well": "Asked first.", "next_time": "Numbers."} | more
    InterviewFeedback.give(booking=booking, by=by, levels=levels, at=booking.slot.ends_at, **said)


def test_what_an_interviewer_found_shaky_comes_once_it_may_be_read(held, mateo, amara):
    question = make_question(round="system_design")
    key = question.topic.key
    other = make_question(topic=question.topic)  # of another round
    for by, topics in ((mateo, ["no"]), (amara, [key])):
        with pytest.raises(Refused) as refusal:
            give(held, by, topics=topics)
        assert refusal.value.code == "topics"
    give(held, mateo, topics=[key])
    ends = held.slot.ends_at
    assert call_for_practice(ends) == 0
    give(held, amara)
    assert call_for_practice(ends) == 1
    assert call_for_practice(ends + timedelta(days=8)) == 0
    card = Card.objects.get()
    assert (card.person, card.question) == (amara, question)
    assert other.pk != card.question_id
    assert card.reason_url == held.slot.get_absolute_url()


def test_readiness_by_round(held, mateo, amara, sign_in):
    questions = [make_question(round="system_design", roles=roles) for roles in ([], [ROLE], ["elsewhere"])]
    make_card(amara, questions[0]).rate(4, version=0, at=NOW)
    plan = PracticePlan.of(amara)
    assert readiness_of(amara, plan, NOW) is None
    plan = PracticePlan.change(by=amara, role=ROLE, interview_on=(NOW + timedelta(days=3)).date())
    give(held, mateo, level=3)
    give(held, amara)
    found = readiness_of(amara, plan, NOW)
    row = next(row for row in found.standings if row.key == "system_design")
    assert (row.questions, row.begun, row.covered, row.kept, row.mock, row.ready) == (2, 1, 50, 100, 100, 75)
    assert found.overall == round(75 * row.weight / 100)
    assert "System design: practice 50 %, interviews 100 %" in radar_of(found).summary
    assert len(radar_of(found).mocks) == 1
    page = sign_in(amara).get("/study/interviews/")
    assert b"1 of 2" in page.content
    assert sign_in(amara).get("/api/v1/readiness/").json()["overall"] == found.overall
    for sent in ({"role": "no"}, {"role": ROLE, "interview_on": "2020-01-01"}):
        assert sign_in(amara).post("/study/interviews/", sent).status_code == 422


@pytest.mark.parametrize("many", [1, 20])
def test_the_page_costs_the_same_however_much(held, amara, sign_in, many, django_assert_max_num_queries):
    PracticePlan.change(by=amara, role=ROLE)
    for _ in range(many):
        make_card(amara).rate(3, version=0)
    client = sign_in(amara)
    client.get("/study/interviews/")
    with django_assert_max_num_queries(10):
        client.get("/study/interviews/")


def test_home_says_what_is_due_as_practice_does(cohort, amara):
    assert facts_of(amara, NOW).practice["due"] == 0
    make_card(amara)
    card = make_card(amara)
    card.rate(4, version=0, at=NOW - timedelta(days=30))
    left = today_of(amara, NOW).left
    assert facts_of(amara, NOW).practice == {
        "due": left.due + left.called, "called": 0, "question": card.question.text, "reason": None,
    }  # fmt: skip
