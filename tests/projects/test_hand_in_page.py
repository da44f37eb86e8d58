"""The hand-in form as a browser sends it, with and without JavaScript."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import Round, RoundFile, Submission
from tests import factory

PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")
NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


@pytest.fixture
def address(project, seat):
    return f"/projects/{project.key}/hand-in/"


@pytest.fixture
def typed(project):
    """Everything that the form asks for."""
    answers = {f"answer_{row.pk}": f"Because of {row.key}." for row in project.criteria.all()}
    return {"title": "Rent", "write_up": "## Why\n\nIt *matters*.", "key": "k1", **answers}


def upload(name, content=b"a,b\n1,2\n"):
    return SimpleUploadedFile(name, content)


def stored():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_round_is_handed_in(sign_in, amara, address, typed):
    files = [upload("eda.ipynb", NOTEBOOK), upload("data.csv")]
    answer = sign_in(amara).post(address, typed | {"files": files})
    submission = Submission.objects.get()
    assert answer.url == submission.get_absolute_url()
    assert [file.name for file in submission.rounds.get().files.all()] == ["eda.ipynb", "data.csv"]
    page = sign_in(amara).get(answer.url).content.decode()
    assert "<em>matters</em>" in page
    assert "Waits for Mateo Rojas" in page


def test_sent_twice_it_leads_to_the_same_page(sign_in, amara, address, typed):
    client = sign_in(amara)
    assert client.post(address, typed).url == client.post(address, typed).url
    assert Round.objects.count() == 1


def test_the_same_form_with_other_words_is_a_conflict_that_keeps_them(sign_in, amara, address, typed):
    client = sign_in(amara)
    client.post(address, typed)
    answer = client.post(address, typed | {"title": "Another title"})
    assert answer.status_code == 409
    assert "Another title" in answer.content.decode()


def test_what_is_missing_is_said_and_everything_typed_kept(sign_in, amara, address, typed, project):
    first = project.criteria.first()
    before = len(stored())
    answer = sign_in(amara).post(address, typed | {f"answer_{first.pk}": "", "files": [upload("data.csv")]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It *matters*." in page
    assert "Answer this one too" in page
    assert "Choose your files again" in page
    assert not Submission.objects.exists()
    assert len(stored()) == before


def test_a_preview_without_javascript_keeps_everything(sign_in, amara, address, typed):
    answer = sign_in(amara).post(address, {"preview": "1", "write_up": typed["write_up"], "title": "Half a title"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<em>matters</em>" in page
    assert "Half a title" in page
    assert "It *matters*." in page
    assert not Submission.objects.exists()


def test_a_preview_by_htmx_is_a_fragment(sign_in, amara, address, typed):
    answer = sign_in(amara).post(address, {"preview": "1", "write_up": "*So*"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<em>So</em>" in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.exe", b"MZ", "Only notebooks"),
        ("page.html", b"<script>alert(1)</script>", "Only notebooks"),
        ("plot.png", b"<svg onload=alert(1)>", "plot.png"),
        ("paper.pdf", b"<html></html>", "paper.pdf"),
        ("eda.ipynb", b"not json", "eda.ipynb"),
        ("data.csv", b"\x00\x01\x02", "data.csv"),
        ("empty.csv", b"", "empty"),
    ],
)
def test_files_are_what_their_names_say(sign_in, amara, address, typed, name, content, said):
    answer = sign_in(amara).post(address, typed | {"files": [upload(name, content)]})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not RoundFile.objects.exists()


def test_five_files_of_twenty_megabytes_at_most(sign_in, amara, address, typed, settings):
    answer = sign_in(amara).post(address, typed | {"files": [upload(f"{n}.csv") for n in range(6)]})
    assert "5 files at most" in answer.content.decode()
    settings.UPLOAD_MAX_BYTES = 4
    answer = sign_in(amara).post(address, typed | {"files": [upload("data.csv")]})
    assert "larger than 20 MB" in answer.content.decode()


def test_two_files_of_one_name_are_told_apart(sign_in, amara, address, typed):
    answer = sign_in(amara).post(address, typed | {"files": [upload("a.csv"), upload("A.csv", b"c,d\n")]})
    assert "Rename one of them" in answer.content.decode()


def test_beyond_the_quota_nothing_is_stored(sign_in, amara, address, typed, settings):
    settings.UPLOAD_QUOTA_BYTES = 4
    before = len(stored())
    answer = sign_in(amara).post(address, typed | {"files": [upload("data.csv")]})
    assert answer.status_code == 409
    assert len(stored()) == before
    assert not Submission.objects.exists()


def test_stored_files_go_with_a_transaction_that_fails(project, seat, monkeypatch):
    before = len(stored())
    work = factory.make_work(
        project, files=(factory.make_upload("a.csv", b"a\n"), factory.make_upload("a.csv", b"b\n"))
    )
    with pytest.raises(Exception, match="file_name_unique"):
        project.hand_in(by=seat.person, membership=seat, work=work)
    assert len(stored()) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("repository_url", "javascript:alert(1)"),
        ("repository_url", "ftp://example.org/x"),
        ("commit", "not hex"),
        ("title", "x" * 141),
        ("write_up", "x" * 50_001),
        ("write_up", "a\x00b"),
        ("key", "k" * 65),
    ],
)
def test_every_field_has_its_limits(sign_in, amara, address, typed, field, value):
    answer = sign_in(amara).post(address, typed | {field: value})
    assert answer.status_code == 422
    assert not Submission.objects.exists()


def test_a_commit_is_of_a_repository(sign_in, amara, address, typed):
    answer = sign_in(amara).post(address, typed | {"commit": "ABCDEF1"})
    assert "which repository" in answer.content.decode()
    sign_in(amara).post(address, typed | {"commit": "ABCDEF1", "repository_url": "https://example.org/r"})
    assert Round.objects.get().commit == "abcdef1"


def test_who_has_handed_in_is_led_to_it(sign_in, amara, address, submission):
    assert sign_in(amara).get(address).url == submission.get_absolute_url()


def test_the_next_round_begins_with_the_last_words(sign_in, amara, mateo, submission):
    factory.make_review(submission, mateo)
    page = sign_in(amara).get(f"/submissions/{submission.pk}/hand-in/").content.decode()
    assert "What the rent of a flat follows from." in page
    assert "Why this metric?" in page
    assert "Hand in round 2" in page


def test_the_next_round_is_handed_in(sign_in, amara, mateo, submission, typed):
    factory.make_review(submission, mateo)
    request = submission.change_requests.get()
    answer = sign_in(amara).post(
        f"/submissions/{submission.pk}/hand-in/", typed | {f"addressed_{request.pk}": "Recall too."}
    )
    assert answer.url == submission.get_absolute_url()
    page = sign_in(mateo).get(answer.url).content.decode()
    assert "Recall too." in page


def test_too_much_at_once_is_a_sentence(sign_in, amara, address, typed, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = sign_in(amara).post(address, typed)
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
