"""The page of two rounds compared, and who may open it."""

import json

import pytest

from projects import difference, notebooks
from projects.draft import Said
from projects.models import Difference, RoundFile
from projects.work import NOTEBOOK
from tests import factory

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def cell(source, *outputs):
    return {"cell_type": "code", "metadata": {}, "source": source, "execution_count": 1, "outputs": list(outputs)}


def printed(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def plot():
    return {"output_type": "display_data", "metadata": {}, "data": {"image/png": PIXEL}}


def upload(*cells, name="eda.ipynb"):
    raw = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()
    return factory.make_upload(name, raw, NOTEBOOK)


@pytest.fixture
def rounds(seat, mateo):
    """Two rounds: a line, an output and the write-up changed; a cell came."""
    first = upload(cell("x = load('<a>')", printed("0.33\n")), cell("plot(x)", plot()), cell("end()"))
    second = upload(cell("x = load('<b>')", printed("0.41\n")), cell("plot(x)"), cell("more()"), cell("end()"))
    submission = factory.make_submission(seat, files=(first,))
    factory.make_review(submission, mateo)
    work = factory.make_work(submission.project, files=(second,), write_up="What the rent of a house follows from.")
    later = submission.hand_in(by=submission.author, work=work)
    return submission.rounds.get(number=1), later


@pytest.fixture
def compared(rounds):
    for file in RoundFile.objects.all():
        notebooks.render_file(file.pk)
    row = Difference.ask(*rounds)
    difference.work_out(row.pk)
    return rounds


def address(rounds):
    return f"/rounds/{rounds[1].pk}/difference/1/"


def test_it_is_asked_for_with_a_button_and_looked_for_until_it_is_there(rounds, sign_in, amara):
    client = sign_in(amara)
    page = client.get(address(rounds)).content.decode()
    assert "were not compared yet" in page
    assert not Difference.objects.exists()
    assert client.post(address(rounds)).url == address(rounds)
    assert "being compared" in client.get(address(rounds)).content.decode()
    difference.work_out(Difference.objects.get().pk)
    fragment = client.get(address(rounds), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "every 2s" not in fragment
    assert "flat" in fragment


def test_what_changed_is_shown_and_nothing_in_it_runs(compared, sign_in, amara):
    page = sign_in(amara).get(address(compared)).content.decode()
    assert "2 cells changed, 1 added" in page
    assert "x = load('&lt;<b>a</b>&gt;')" in page
    assert "x = load('&lt;<b>b</b>&gt;')" in page
    assert '<ins data-n="1">more()</ins>' in page
    assert "0.33" in page
    assert "0.41" in page
    assert "Output is gone" in page
    assert "/files/notebook-image/" in page
    assert "No answer changed" in page


def test_either_round_leads_to_the_same_page_and_other_pairs_are_chosen(compared, sign_in, amara):
    client = sign_in(amara)
    earlier, _ = compared
    assert "2 cells changed" in client.get(f"/rounds/{earlier.pk}/difference/2/").content.decode()
    assert client.get(f"{address(compared)}?from=2&to=1").url == address(compared)
    for wrong in ("from=2&to=2", "from=x&to=1", "from=9&to=1", "from=²&to=1"):
        assert "Choose two different rounds" in client.get(f"{address(compared)}?{wrong}").content.decode()
    for number in (2, 3, 0, 10**12):
        assert client.get(f"/rounds/{compared[1].pk}/difference/{number}/").status_code == 404


def test_who_may_not_open_the_round_finds_nothing(compared, sign_in, bela, noor, olga, other_cohort):
    for person in (bela, noor, olga):
        assert sign_in(person).get(address(compared)).status_code == 404
        assert sign_in(person).post(address(compared)).status_code == 404


def test_that_an_admin_reads_it_is_known(compared, sign_in, ada):
    from mentorship.people.models import Event

    sign_in(ada).get(address(compared))
    assert Event.objects.filter(actor=ada, verb="read").count() == 1


def test_what_could_not_be_compared_stands_there_as_it_is(rounds, sign_in, amara):
    row = Difference.ask(*rounds)
    Difference.objects.filter(pk=row.pk).update(state="failed")
    page = sign_in(amara).get(address(rounds)).content.decode()
    assert "could not be compared" in page
    assert "rent of a house" in page
    assert "rent of a flat" in page
    found = {"files": [{"old": None, "new": None, "kind": "changed", "error": "Too long.", "was": "a <b>", "now": "c"}]}
    Difference.objects.filter(pk=row.pk).update(state="done", found=found)
    page = sign_in(amara).get(address(rounds)).content.decode()
    assert "This file could not be compared. Too long." in page
    assert "a &lt;b&gt;" in page


def test_rounds_that_are_the_same_say_so(seat, mateo, sign_in, amara):
    submission = factory.make_submission(seat)
    factory.make_review(submission, mateo)
    submission.hand_in(by=amara, work=factory.make_work(submission.project))
    earlier, later = submission.rounds.all()
    difference.work_out(Difference.ask(earlier, later).pk)
    assert "Nothing changed" in sign_in(amara).get(address((earlier, later))).content.decode()


def test_queries_do_not_grow_with_cells(compared, sign_in, amara, django_assert_max_num_queries):
    client = sign_in(amara)
    client.get(address(compared))
    with django_assert_max_num_queries(13):
        client.get(address(compared))


def test_pages_lead_to_it(compared, sign_in, amara, mateo):
    later = compared[1]
    for person, page in ((amara, later.submission.get_absolute_url()), (amara, later.get_absolute_url())):
        assert address(compared) in sign_in(person).get(page).content.decode()
    later.claim(by=mateo)
    assert address(compared) in sign_in(mateo).get(f"/rounds/{later.pk}/review/").content.decode()


def test_the_api_says_the_same(compared, sign_in, amara, bela, rounds, project):
    client, url = sign_in(amara), f"/api/v1/rounds/{compared[1].pk}/difference/1/"
    said = client.get(url).json()
    assert (said["state"], said["earlier"], said["later"]) == ("done", compared[0].pk, compared[1].pk)
    assert said["write_up"][0]["was"].endswith("flat follows from.")
    assert [cell["kind"] for cell in said["files"][0]["cells"]] == ["changed", "changed", "added", "same"]
    Difference.objects.all().delete()
    assert client.get(url).json()["state"] == "unasked"
    assert client.post(url).status_code == 202
    assert client.get(url).json()["state"] == "waiting"
    assert client.get(f"/api/v1/rounds/{compared[1].pk}/difference/2/").status_code == 404
    assert sign_in(bela).get(url).status_code == 404


def test_what_was_said_stands_beside_what_became_of_it(seat, sign_in, amara, mateo, project):
    second = project.criteria.last()
    submission = factory.make_submission(seat, files=(upload(cell("x = load('a')"), cell("end()")),))
    cells = [{"id": "", "kind": "code", "source": "x", "digest": "0" * 16, "outputs": ""}] * 2
    RoundFile.objects.update(cells=cells)
    file = RoundFile.objects.get().pk
    said = (
        Said("a", "On a line.", None, True, file, 1, 1, 1),
        Said("b", "On the end.", file=file, cell=2),
        Said("c", "On why.", second.pk),
    )
    factory.make_review(submission, mateo, factory.make_draft(comments=said))
    files = (upload(cell("x = load('b')"), cell("more()"), cell("end()")),)
    submission.hand_in(by=amara, work=factory.make_work(project, files=files))
    rounds = submission.rounds.all()
    difference.work_out(Difference.ask(*rounds).pk)
    page = sign_in(amara).get(address(rounds)).content.decode()
    places = ["Why 2?", "This answer did not change", "On why.", "The other answer did not change"]
    places += ["x = load(", "On a line.", "more()", "did not change</p><div", "On the end."]
    assert [page.index(one) for one in places] == sorted(page.index(one) for one in places)
    assert "in round 1, line 1" in page
    assert "Change request: Open" in page
