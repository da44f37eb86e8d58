"""Comments of earlier rounds in the files of later ones: worked out when a file is rendered, shown where they went."""

import pytest

from projects.carrying import carry_into
from projects.draft import Said
from projects.models import Carried
from tests import factory

LOAD, SPLIT, FIT = "rides = load()\nrides.head()", "train, test = split(rides, 0.2)\nlen(train)", "forest.fit(train)"


@pytest.fixture
def first(submission, waiting, mateo):
    """A review with a comment on each of three cells, the second on a line and a change request."""
    notebook = factory.make_notebook(waiting, [LOAD, SPLIT, FIT])
    said = (
        Said("load", "On loading", file=notebook.pk, cell=1),
        Said("split", "On splitting", blocking=True, file=notebook.pk, cell=2, line_from=1, line_to=1),
        Said("fit", "On fitting", file=notebook.pk, cell=3),
    )
    return factory.make_review(submission, mateo, factory.make_draft(comments=said))


def next_round(submission, sources, name="eda.ipynb", **options):
    work = factory.make_work(submission.project)
    round = submission.hand_in(by=submission.author, work=work)
    notebook = factory.make_notebook(round, sources, name, **options)
    carry_into(notebook.pk)
    return notebook


def where(notebook):
    rows = Carried.objects.filter(file=notebook).order_by("comment")
    return {row.comment.key: (row.became, row.cell, row.line_from) for row in rows.select_related("comment")}


def test_each_is_where_its_cell_went(first, submission):
    later = next_round(submission, ["# Rides", SPLIT.replace("len", "print"), LOAD], ids=False)
    assert where(later) == {
        "load": ("moved", 3, None),
        "split": ("changed", 2, 1),
        "fit": ("gone", None, None),
    }
    assert carry_into(later.pk) == 0 or len(where(later)) == 3


def test_through_a_third_round(first, submission, mateo):
    changed = SPLIT + "\nlen(test)\ntest.describe()"
    next_round(submission, [LOAD, changed, FIT])
    factory.make_review(submission, mateo, factory.make_draft(comments=()))
    third = next_round(submission, ["# Rides", LOAD, changed.replace("0.2", "0.3")], ids=False)
    assert where(third) == {"load": ("moved", 2, None), "split": ("changed", 3, None), "fit": ("gone", None, None)}


def test_what_was_gone_comes_back(first, submission, mateo):
    next_round(submission, [LOAD])
    factory.make_review(submission, mateo, factory.make_draft(comments=()))
    third = next_round(submission, [LOAD, FIT])
    assert where(third)["fit"] == ("moved", 2, None)


def test_a_notebook_that_was_renamed_is_followed(first, submission):
    assert where(next_round(submission, [LOAD, SPLIT, FIT], "second.ipynb"))["split"] == ("same", 2, 1)


def test_a_draft_is_not_carried(submission, waiting, mateo):
    notebook = factory.make_notebook(waiting, [LOAD])
    waiting.claim(by=mateo)
    draft = waiting.draft_of(mateo)
    said = (Said("a", "Secret", file=notebook.pk, cell=1),)
    draft.save_draft(by=mateo, draft=factory.make_draft(comments=said), version=0)
    assert carry_into(notebook.pk) == 0


def test_the_next_round_shows_them_in_place(first, submission, sign_in, amara, django_assert_max_num_queries):
    later = next_round(submission, [LOAD, SPLIT.replace("len", "print")])
    client, address = sign_in(amara), later.round.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(17):
        page = client.get(address).content.decode()
    cells = page.split("<!--/cell ")
    assert "On loading" in cells[0]
    assert "On splitting" in cells[1]
    assert "From round 1: this cell was changed since, these lines were not" in cells[1]
    assert f'<span class="line noted" id="n{later.pk}-2-L1">' in page
    assert "Said of what is gone" in page
    assert page.count("On fitting") == 1


def test_a_cell_that_changed_shows_what_stood_there(first, submission, sign_in, amara):
    later = next_round(submission, [LOAD, SPLIT.replace("0.2", "0.3"), FIT])
    page = sign_in(amara).get(later.round.get_absolute_url()).content.decode()
    assert "split(rides, 0.3)" in page
    assert "split(rides, 0.2)" in page


def test_a_review_taken_back_is_nowhere(first, submission, sign_in, amara, mateo):
    first.take_back(by=mateo)
    page = sign_in(amara).get(first.round.get_absolute_url()).content.decode()
    assert "On loading" not in page


def test_what_stands_there_is_shown_as_text(submission, waiting, mateo, amara, sign_in):
    hostile = "</code><script>alert(1)</script>\n<img src=x onerror=alert(2)>"
    notebook = factory.make_notebook(waiting, [hostile])
    said = (Said("a", "<script>alert(3)</script>", blocking=True, file=notebook.pk, cell=1),)
    review = factory.make_review(submission, mateo, factory.make_draft(comments=said))
    later = next_round(submission, ["other = 1"])
    for address in (
        submission.get_absolute_url(),
        later.round.get_absolute_url(),
        review.comments.get().get_absolute_url(),
    ):
        page = sign_in(amara).get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
