"""The questions of a person across their projects: which stay weak, and who may look."""

import pytest

from mentorship.people.models import Event
from projects.weak import HELPS, questions_of, weak_of
from streams.models import Item
from tests import factory


@pytest.fixture
def scored(submission, mateo, project):
    """Amara's first round: one question is weak, one carries."""
    first, second = project.criteria.all()
    factory.make_review(submission, mateo, factory.make_draft(scores={first.pk: "not_yet", second.pk: "yes"}))
    return submission


@pytest.fixture
def second_project(project):
    """Another project that asks the same questions."""
    return factory.make_project(factory.make_item(project.item.unit, "second", kind="project"), label="Project 2")


def test_a_question_is_followed_from_project_to_project(scored, seat, second_project, amara, mateo):
    assert [asked.key for asked in weak_of(amara, reader=amara)] == ["why-1"]
    first, second = second_project.criteria.all()
    other = factory.make_submission(seat, second_project, confidence={second.pk: 5})
    factory.make_review(other, mateo, factory.make_draft(scores={first.pk: "beyond", second.pk: "partly"}))
    weakest, other = questions_of(amara, reader=amara)
    assert (weakest.key, weakest.level, weakest.seen[0].differs) == ("why-2", "partly", "surer")
    assert [(seen.project, seen.level) for seen in other.seen] == [("Project 2", "beyond"), ("Project 1", "not_yet")]


def test_drafts_and_withdrawn_work_do_not_count(submission, waiting, mateo, amara, project):
    waiting.claim(by=mateo)
    draft = factory.make_draft(scores={project.criteria.first().pk: "not_yet"})
    waiting.draft_of(mateo).save_draft(by=mateo, draft=draft, version=0)
    assert questions_of(amara, reader=amara) == []


def test_withdrawn_work_says_nothing(scored, amara):
    scored.withdraw(by=amara)
    assert questions_of(amara, reader=amara) == []


def test_who_may_look(sign_in, scored, other_cohort, amara, mateo, bela, noor, olga, ada):
    address = f"/why/{amara.handle}/"
    answers = {who.name: sign_in(who).get(address).status_code for who in (amara, mateo, bela, noor, olga, ada)}
    assert {name for name, status in answers.items() if status == 200} == {amara.name, mateo.name, ada.name}
    assert set(answers.values()) == {200, 404}
    assert Event.objects.filter(actor=ada, verb="read", detail={"what": "questions"}).count() == 1


def test_a_mentor_sees_only_work_that_they_may_open(scored, amara, mateo, ada):
    seat = factory.make_membership(factory.make_cohort(), amara)
    elsewhere = factory.make_submission(seat)
    mentor = factory.make_person()
    mentor_seat = factory.make_membership(seat.cohort, mentor, role="mentor")
    factory.make_assignment(seat, mentor_seat)
    question = elsewhere.project.criteria.last()
    factory.make_review(elsewhere, mentor, factory.make_draft(scores={question.pk: "partly"}))
    assert len(questions_of(amara, reader=amara)) == 2
    assert [len(asked.seen) for asked in questions_of(amara, reader=mateo)] == [1, 1]
    assert [asked.seen[0].title for asked in questions_of(amara, reader=mentor)] == [elsewhere.title]


def test_the_page_says_what_to_practise(sign_in, scored, amara, olga):
    page = sign_in(amara).get("/why/").content.decode()
    assert "1 question to practise, 1 that carries." in page
    assert "Why 1?" in page
    assert f"/rounds/{scored.rounds.get().pk}/" in page
    assert "Nothing is scored yet" in sign_in(olga).get("/why/").content.decode()


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_costs_the_same_for_many(sign_in, scored, mateo, amara, count, django_assert_max_num_queries):
    scores = dict.fromkeys(scored.project.criteria.values_list("pk", flat=True), "partly")
    for _ in range(count):
        scored.hand_in(by=amara, work=factory.make_work(scored.project))
        factory.make_review(scored, mateo, factory.make_draft(scores=scores))
    client = sign_in(amara)
    client.get("/why/")
    with django_assert_max_num_queries(5):
        client.get("/why/")


def test_by_api(sign_in, scored, amara, mateo, noor):
    rows = sign_in(amara).get("/api/v1/why/").json()["results"]
    assert [(row["key"], row["level"], row["weak"]) for row in rows] == [
        ("why-1", "not_yet", True),
        ("why-2", "yes", False),
    ]
    seen_by_mentor = sign_in(mateo).get(f"/api/v1/why/?person={amara.handle}").json()["results"]
    assert [row["key"] for row in seen_by_mentor] == ["why-1", "why-2"]
    assert sign_in(noor).get(f"/api/v1/why/?person={amara.handle}").status_code == 404


@pytest.mark.django_db
def test_what_helps_is_in_the_curriculum():
    from django.core.management import call_command

    call_command("load_curriculum", verbosity=0)
    wanted = {key for keys in HELPS.values() for key in keys}
    assert wanted == set(Item.objects.published().filter(key__in=wanted).values_list("key", flat=True))


def test_who_reviews_without_mentoring_sees_what_they_reviewed(sign_in, submission, ines, amara, project):
    address = f"/why/{amara.handle}/"
    assert sign_in(ines).get(address).status_code == 404
    factory.make_review(submission, ines, factory.make_draft(scores={project.criteria.first().pk: "partly"}))
    assert "Why 1?" in sign_in(ines).get(address).content.decode()
