"""What the preview shows is what the mentee reads once the review is published."""

import pytest

from projects.draft import Said
from tests import factory


@pytest.fixture
def draft(waiting, mateo, project):
    """Mateo's draft on a round with a notebook: on the whole, on a question, on lines of a cell."""
    notebook = factory.make_notebook(waiting, ["import pandas", "flats = 1\nmodel = 2\nfit()"])
    waiting.claim(by=mateo)
    said = (
        Said("a", "On the *whole*."),
        Said("b", "On the *question*.", project.criteria.first().pk),
        Said("c", "On the *lines*.", blocking=True, file=notebook.pk, cell=2, line_from=1, line_to=2),
    )
    draft = waiting.draft_of(mateo)
    draft.save_draft(by=mateo, draft=factory.make_draft(summary="In *short*.", comments=said), version=0)
    return draft


def test_all_that_the_mentee_will_read_is_there_in_its_place(sign_in, mateo, amara, waiting, draft):
    preview = sign_in(mateo).get(f"/rounds/{waiting.pk}/review/preview/").text
    draft.publish(by=mateo)
    page = sign_in(amara).get(waiting.get_absolute_url()).text
    for words in ("<em>short</em>", "<em>whole</em>", "<em>question</em>", "<em>lines</em>", "Change request: Open"):
        assert preview.count(words) == page.count(words) > 0, words
    for text in (preview, page):
        cell = text.partition('-2" data-cell="2"')[2].partition("<!--/cell 2-->")[0]
        assert "<em>lines</em>" in cell
        assert text.count('class="line noted"') == 2


def test_it_changes_nothing(sign_in, mateo, amara, waiting, draft):
    sign_in(mateo).get(f"/rounds/{waiting.pk}/review/preview/")
    draft.refresh_from_db()
    assert (draft.state, draft.published_at, draft.summary_html) == ("draft", None, "")
    assert not draft.comments.exclude(html="").exists()
    assert "In short" not in sign_in(amara).get(waiting.get_absolute_url()).text


def test_what_is_missing_is_said(sign_in, mateo, waiting):
    waiting.claim(by=mateo)
    waiting.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(summary="", verdict=""), version=0)
    page = sign_in(mateo).get(f"/rounds/{waiting.pk}/review/preview/").text
    assert "No verdict chosen yet" in page
    assert "There is no summary yet." in page


def test_what_was_asked_before_is_shown_as_decided(sign_in, mateo, submission):
    factory.make_review(submission, mateo)
    second = submission.hand_in(by=submission.author, work=factory.make_work(submission.project))
    second.claim(by=mateo)
    second.draft_of(mateo).save_draft(by=mateo, draft=factory.accepting(submission), version=0)
    page = sign_in(mateo).get(f"/rounds/{second.pk}/review/preview/").text
    assert '<span class="badge good">Accepted</span> Why this metric?' in page
