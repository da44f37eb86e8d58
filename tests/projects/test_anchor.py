"""Comments on cells and on lines, in a draft: from the form, from the API, in the database."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from mentorship.common.errors import Refused
from projects.draft import Draft, Said
from projects.models import Comment
from tests import factory


@pytest.fixture
def notebook(waiting):
    """A notebook of the round, of three cells."""
    return factory.make_notebook(waiting, ["# Rent", "import pandas\nrides = load()\nrides", "fit(rides)"])


@pytest.fixture
def save(waiting, mateo):
    """`save(*said)` saves Mateo's draft with those comments."""
    waiting.claim(by=mateo)

    def save(*said):
        draft = waiting.draft_of(mateo)
        draft.save_draft(by=mateo, draft=factory.make_draft(comments=said).checked(), version=draft.version)
        return draft

    return save


def test_a_comment_keeps_what_stood_there(save, notebook):
    said = Said("a", "Why all of them?", file=notebook.pk, cell=2, line_from=2, line_to=3)
    draft = save(said)
    comment = draft.comments.get()
    assert comment.quote == "rides = load()\nrides"
    assert (comment.cell_id, comment.cell_digest) == ("c2", notebook.cells[1]["digest"])
    assert draft.as_draft().comments == (said,)
    save(Said("a", "Why all?", file=notebook.pk, cell=3))
    comment.refresh_from_db()
    assert (comment.quote, comment.cell_id, comment.line_from) == ("fit(rides)", "c3", None)
    save(Said("a", "Why all?"))
    comment.refresh_from_db()
    assert (comment.quote, comment.cell_digest, comment.place) == ("", "", (None, None, None, None))


@pytest.mark.parametrize(
    ("place", "code"),
    [({"cell": 4}, "unknown_cell"), ({"cell": 2, "line_from": 3, "line_to": 4}, "unknown_lines")],
)
def test_a_place_that_is_not_there_is_refused(save, notebook, place, code):
    with pytest.raises(Refused) as refusal:
        save(Said("a", "Where?", file=notebook.pk, **place))
    assert refusal.value.code == code
    assert not Comment.objects.exists()


def test_a_file_of_another_round_is_refused_also_by_the_database(save, notebook, cohort, bela):
    other = factory.make_submission(cohort.memberships.get(person=bela)).rounds.get()
    theirs = factory.make_notebook(other, ["secret()"])
    with pytest.raises(Refused) as refusal:
        save(Said("a", "What is this?", file=theirs.pk, cell=1))
    assert refusal.value.code == "unknown_file"
    comment = save(Said("a", "Here", file=notebook.pk, cell=1)).comments.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(file=theirs)


@pytest.mark.parametrize(
    "place",
    [
        {"file": 1},
        {"cell": 1},
        {"file": 1, "cell": 0},
        {"file": 1, "cell": 1, "line_from": 3},
        {"file": 1, "cell": 1, "line_from": 3, "line_to": 2},
        {"file": 1, "cell": 1, "criterion": 1},
        {"line_from": 1, "line_to": 1},
    ],
)
def test_half_a_place_is_none(place, save, waiting, mateo):
    with pytest.raises(ValidationError):
        factory.make_draft(comments=(Said("a", "Text", **place),)).checked()
    comment = save(Said("a", "Text")).comments.get()
    columns = {{"file": "file_id", "criterion": "criterion_id"}.get(name, name): value for name, value in place.items()}
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**columns)


def form(**fields):
    data = QueryDict(mutable=True)
    data.update({"comment": "k", "comment-k-text": "Why?", "comment-k-file": "7", "comment-k-cell": "3"} | fields)
    return Draft.read(data)


@pytest.mark.parametrize(
    ("lines", "expected"), [("", (None, None)), ("3", (3, 3)), ("3-7", (3, 7)), (" 3 - 7 ", (3, 7))]
)
def test_the_form_says_lines_as_people_write_them(lines, expected):
    (said,) = form(**{"comment-k-lines": lines}).checked().comments
    assert said.place == (7, 3, *expected)


@pytest.mark.parametrize("lines", ["three", "3-7-9", "0", "7-3", "-1"])
def test_lines_that_are_none_are_said_and_kept(lines):
    draft = form(**{"comment-k-lines": lines})
    with pytest.raises(ValidationError):
        draft.checked()
    assert draft.comments[0].lines == lines


def test_the_workspace_keeps_what_is_on_a_cell(sign_in, mateo, save, notebook, waiting):
    save(Said("k", "Why?", file=notebook.pk, cell=2, line_from=1, line_to=2))
    page = sign_in(mateo).get(f"/rounds/{waiting.pk}/review/").content.decode()
    for part, value in (("file", notebook.pk), ("cell", 2), ("lines", "1-2")):
        assert f'name="comment-k-{part}" value="{value}"' in page


def test_by_the_api(sign_in, mateo, amara, waiting, notebook, save):
    client, address = sign_in(mateo), f"/api/v1/rounds/{waiting.pk}/draft/"
    place = {"file": notebook.pk, "cell": 2, "line_from": 1, "line_to": 1}
    said = {"version": 0, "summary": "Good.", "comments": [{"key": "k", "text": "Why?", "blocking": True} | place]}
    saved = client.put(address, json.dumps(said), content_type="application/json").json()
    assert {name: saved["comments"][0][name] for name in place} == place
    client.post(f"/api/v1/rounds/{waiting.pk}/publish/", {"verdict": "changes_requested"})
    (shown,) = sign_in(amara).get(f"/api/v1/rounds/{waiting.pk}/").json()["reviews"][0]["comments"]
    assert {name: shown[name] for name in place} == place
    assert shown["quote"] == "import pandas"


@pytest.mark.parametrize("place", [{"file": 0}, {"file": 2**70, "cell": 1}, {"cell": 1}, {"line_from": "x"}])
def test_the_api_says_what_is_no_place(sign_in, mateo, waiting, place):
    waiting.claim(by=mateo)
    said = {"version": 0, "comments": [{"text": "Why?"} | place]}
    address = f"/api/v1/rounds/{waiting.pk}/draft/"
    assert sign_in(mateo).put(address, json.dumps(said), content_type="application/json").status_code == 400


def test_typing_more_in_a_comment_reads_no_cells(save, notebook, mateo):
    place = {"file": notebook.pk, "cell": 2}
    draft = save(Said("a", "W", **place))
    said = factory.make_draft(comments=(Said("a", "Why", **place),))
    with CaptureQueriesContext(connection) as asked:
        draft.save_draft(by=mateo, draft=said, version=draft.version)
    assert not [query for query in asked.captured_queries if "roundfile" in query["sql"].lower()]
