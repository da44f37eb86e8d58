"""Calibration: two examples, the comparison, and who has done it."""

import pytest
from django.db import IntegrityError

from mentorship.common.errors import Refused
from mentorship.people.models import User
from projects.examples import example, examples
from projects.models.calibration import Calibration, Judged
from projects.models.rubric import Level
from tests import factory
from tests.projects.test_at_once import at_once, refusals


@pytest.fixture
def trains():
    return example("late-trains")


def said(one, level="partly", **fields):
    """Every question at one level; `fields` say otherwise for some."""
    judged = {question.key: Judged(level) for question in one.questions}
    return judged | {key.replace("_", "-"): value for key, value in fields.items()}


def submit(one, by, **fields):
    metric = {"metric": Judged("not_yet", "What does “never” score?", True)} if one.key == "late-trains" else {}
    values = {"verdict": "changes_requested" if metric else "accepted", "summary": "Well prepared."}
    return Calibration.submit(one, by=by, **(values | {"said": said(one, **metric)} | fields))


def test_the_examples_are_whole():
    assert len(examples()) == 2
    for one in examples():
        keys = [question.key for question in one.questions]
        assert len(set(keys)) == len(keys) >= 5
        assert {question.level for question in one.questions} <= set(Level.values)
        assert all(1 <= question.confidence <= 5 and question.reason for question in one.questions)
        assert set(one.changes) <= set(keys)
        assert (one.verdict == "accepted") == (not one.changes)


def test_a_review_of_an_example_stands(cohort, mateo, trains):
    done = submit(trains, mateo)
    alike = sum(question.level == "partly" for question in trains.questions) + 1
    assert done.alike(trains) == alike
    with pytest.raises(Refused) as refusal:
        submit(trains, mateo)
    assert refusal.value.code == "already_done"


def test_who_has_reviewed_both_is_calibrated(cohort, mateo, ines, trains):
    def calibrated():
        return set(User.objects.filter(pk__in=Calibration.objects.calibrated()))

    submit(trains, mateo)
    submit(trains, ines)
    assert calibrated() == set()
    submit(example("gym-members"), mateo)
    assert calibrated() == {mateo}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"verdict": ""}, "verdict"),
        ({"summary": "  "}, "summary"),
        ({"said": {}}, "score_why"),
        ({"verdict": "accepted"}, "verdict"),
        ({"summary": "x" * 4001}, "too_long"),
    ],
)
def test_what_is_missing_is_refused(cohort, mateo, trains, fields, code):
    with pytest.raises(Refused) as refusal:
        submit(trains, mateo, **fields)
    assert refusal.value.code == code


def test_changes_are_asked_for_somewhere_and_in_words(cohort, mateo, trains):
    for judged, code in ((said(trains), "verdict"), (said(trains, why=Judged("partly", "", True)), "comment_why")):
        with pytest.raises(Refused) as refusal:
            submit(trains, mateo, said=judged)
        assert refusal.value.code == code


def test_mentees_do_not_calibrate(cohort, amara, trains):
    with pytest.raises(Refused):
        submit(trains, amara)


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_stands_once(cohort, mateo, trains):
    answers = at_once(*[lambda: submit(trains, mateo)] * 3)
    assert refusals(answers) == ["already_done"] * 2
    assert Calibration.objects.count() == 1


def test_the_database_knows_the_verdicts(cohort, mateo, trains):
    submit(trains, mateo)
    with pytest.raises(IntegrityError):
        Calibration.objects.update(verdict="perhaps")


@pytest.fixture
def typed(trains):
    fields = {f"score_{question.key}": "partly" for question in trains.questions}
    blocking = {"comment_metric": "What does “never” score?", "blocking_metric": "on"}
    return fields | blocking | {"summary": "Well prepared.", "verdict": "changes_requested"}


def test_the_page_compares_once_it_is_sent(sign_in, cohort, mateo, trains, typed):
    client, address = sign_in(mateo), "/calibration/late-trains/"
    assert trains.questions[3].reason not in client.get(address).content.decode()
    assert client.post(address, typed).url == address
    page = client.get(address).content.decode()
    assert "1 step" not in page
    assert "One step kinder" in page
    assert "What does “never” score?" in page
    assert "93.7" in page
    assert "Next example" in page
    again = client.post(address, typed | {"summary": "Other words"})
    assert "Other words" not in again.content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_kept(sign_in, cohort, mateo, typed):
    answer = sign_in(mateo).post("/calibration/late-trains/", typed | {"score_why": "", "verdict": "accepted"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Score every question." in page
    assert "What does “never” score?" in page
    assert not Calibration.objects.exists()


def test_only_admins_see_who_is_calibrated(sign_in, cohort, mateo, ines, ada, amara, trains):
    for one in examples():
        submit(one, mateo)
    page = sign_in(ada).get("/calibration/").content.decode()
    assert "Inês Duarte" in page
    assert "of 6 alike" in page
    assert "Inês Duarte" not in sign_in(mateo).get("/calibration/").content.decode()
    assert sign_in(amara).get("/calibration/").status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_admin_s_list_costs_the_same_for_many(sign_in, cohort, ada, trains, count, django_assert_max_num_queries):
    for _ in range(count):
        person = factory.make_person()
        factory.make_membership(cohort, person, role="mentor")
        submit(trains, person)
    client = sign_in(ada)
    client.get("/calibration/")
    with django_assert_max_num_queries(6):
        client.get("/calibration/")


def test_by_api(sign_in, cohort, mateo, amara, trains):
    api, address = sign_in(mateo), "/api/v1/calibration/late-trains/"
    assert api.get(address).json()["questions"][0]["reference"] is None
    judged = {question.key: {"level": "partly"} for question in trains.questions}
    judged["metric"] = {"level": "not_yet", "comment": "Never?", "blocking": True}
    sent = {"verdict": "changes_requested", "summary": "Well.", "said": judged}
    assert api.post(f"{address}review/", sent | {"said": {}}, "application/json").status_code == 400
    answer = api.post(f"{address}review/", sent, "application/json").json()
    assert answer["questions"][3]["reference"]["level"] == "not_yet"
    assert api.post(f"{address}review/", sent, "application/json").status_code == 409
    assert [row["done"] for row in api.get("/api/v1/calibration/").json()["results"]] == [True, False]
    assert sign_in(amara).get(address).status_code == 404


def test_the_queue_says_who_is_not_calibrated(sign_in, cohort, mateo):
    client, hint = sign_in(mateo), "You have not calibrated your reviews yet"
    assert hint in client.get("/queue/").content.decode()
    for one in examples():
        submit(one, mateo)
    assert hint not in client.get("/queue/").content.decode()
