"""How a cohort ends for its mentees: proposed from what they did, decided by an admin, checked by anybody."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.graduating import asked_by
from mentorship.cohorts.graduation import achieved, conclude, mentees_of
from mentorship.cohorts.models import Outcome
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory


@pytest.fixture
def finisher(cohort, mentee, amara, mateo):
    """Amara has done every required item, the project's by having it accepted, and published a post."""
    factory.make_post(amara, state="published")
    work = factory.make_submission(mentee)
    factory.make_review(work, mateo, factory.accepting(work))
    for item in cohort.stream.items.filter(counts=True).exclude(kind="project"):
        item.mark(by=amara, state="done")
    return mentee


def proposals(cohort):
    rows = achieved(mentees_of(cohort), asked_by(cohort))
    return {row.membership.pk: (row.proposal, row.works) for row in rows}


def test_what_was_done_is_proposed(cohort, finisher, alone, ada):
    assert proposals(cohort) == {finisher.pk: ("graduated", 1), alone.pk: ("unfinished", 0)}
    alone.leave(by=ada)
    assert proposals(cohort)[alone.pk] == ("left", 0)


def test_decided_for_many_at_once_and_told(cohort, finisher, alone, ada, amara, bela):
    assert conclude(cohort, results={finisher.pk: "graduated", alone.pk: "unfinished"}, by=ada) == 2
    row = Outcome.objects.get(membership=finisher)
    assert (row.done, row.required, row.works) == (asked_by(cohort).required, asked_by(cohort).required, 1)
    told = Notification.objects.get(person=amara, kind="outcome")
    assert told.url == row.get_absolute_url()
    assert "graduated" in told.title
    assert Notification.objects.filter(person=bela, kind="outcome").count() == 1
    assert Event.objects.filter(verb="conclude").count() == 2


def test_the_same_again_changes_nothing(cohort, finisher, ada):
    conclude(cohort, results={finisher.pk: "graduated"}, by=ada)
    code = Outcome.objects.get().code
    assert conclude(cohort, results={finisher.pk: "graduated"}, by=ada) == 0
    assert Outcome.objects.get().code == code
    assert Notification.objects.filter(kind="outcome").count() == 1


def test_a_wrong_decision_is_put_right_and_the_certificate_is_gone(cohort, finisher, ada, client):
    conclude(cohort, results={finisher.pk: "graduated"}, by=ada)
    address = Outcome.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200
    conclude(cohort, results={finisher.pk: "unfinished"}, by=ada)
    assert client.get(address).status_code == 404
    assert Notification.objects.filter(kind="outcome").count() == 2


def test_what_cannot_be_is_refused_and_nothing_is_kept(cohort, finisher, alone, mentor, ada, stream):
    for results, code in (
        ({finisher.pk: "graduated", alone.pk: "left"}, "left"),
        ({finisher.pk: "graduated", mentor.pk: "graduated"}, "not_a_mentee"),
    ):
        with pytest.raises(Refused) as refused:
            conclude(cohort, results=results, by=ada)
        assert refused.value.code == code
    over = factory.make_cohort(stream=stream, state="archived")
    with pytest.raises(Refused):
        conclude(over, results={}, by=ada)
    assert not Outcome.objects.exists()


def test_two_admins_do_not_overwrite_each_other(cohort, finisher, ada, sign_in):
    conclude(cohort, results={finisher.pk: "unfinished"}, by=ada)
    data = {f"result-{finisher.pk}": "graduated", f"was-{finisher.pk}": ""}
    answer = sign_in(ada).post(f"/cohorts/{cohort.slug}/graduation/", data)
    assert answer.status_code == 409
    assert "Somebody saved other values meanwhile" in answer.text
    assert Outcome.objects.get().result == "unfinished"


def test_the_page_proposes_and_decides(cohort, finisher, alone, ada, sign_in):
    client, address = sign_in(ada), f"/cohorts/{cohort.slug}/graduation/"
    page = client.get(address).text
    assert "Amara Okafor" in page
    assert '<option value="graduated" selected>Graduated</option>' in page
    data = {f"result-{finisher.pk}": "graduated", f"result-{alone.pk}": "", f"was-{finisher.pk}": ""}
    assert client.post(address, data).status_code == 302
    assert Outcome.objects.get().membership == finisher
    assert "/certificates/" in client.get(address).text


def test_nobody_is_said_not_to_have_finished_while_it_runs(stream, cohort, alone, ada, sign_in, olga):
    client = sign_in(ada)
    assert '<option value="" selected>Not yet</option>' in client.get(f"/cohorts/{cohort.slug}/graduation/").text
    over = factory.make_cohort(stream=stream, state="finished")
    factory.make_membership(over, olga)
    page = client.get(f"/cohorts/{over.slug}/graduation/").text
    assert '<option value="unfinished" selected>Did not finish</option>' in page


@pytest.mark.parametrize("wrong", [{"result-x": "graduated"}, {"result-1": "best"}, {"result-٣": "graduated"}])
def test_what_no_form_sends_comes_back(cohort, ada, sign_in, wrong):
    assert sign_in(ada).post(f"/cohorts/{cohort.slug}/graduation/", wrong).status_code == 422


def test_a_graduate_finds_the_certificate_again(cohort, finisher, amara, ada, sign_in):
    row = factory.make_outcome(finisher, ada)
    page = sign_in(amara).get(f"/cohorts/{cohort.slug}/standing/").text
    assert row.get_absolute_url() in page


def test_anybody_checks_a_code(cohort, finisher, ada, client):
    row = factory.make_outcome(finisher, ada)
    assert len(row.code) >= 22
    answer = client.get("/certificates/", {"code": f"https://example.org{row.get_absolute_url()}"})
    assert answer["Location"] == row.get_absolute_url()
    page = client.get(row.get_absolute_url())
    assert "Amara Okafor" in page.text
    assert page["X-Robots-Tag"] == "noindex"
    assert client.get("/certificates/", {"code": "guess"}).status_code == 422
    for code in ("guess", "x" * 200, "%00"):
        assert client.get(f"/certificates/{code}/").status_code == 404


@pytest.mark.parametrize("fields", [{"result": "graduated", "code": None}, {"result": "left", "code": "x"}])
def test_the_database_knows_who_has_a_code(mentee, ada, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(membership=mentee, decided_by=ada, **fields)
