"""The workspace's places under cells: what is said there, the button, and, without scripts, the place that it opens."""

import pytest

from projects.carrying import carry_into
from projects.cell_slots import after_cells, place_asked
from projects.draft import Said
from tests import factory

CELLS = "".join(
    f'<section class="nb-cell nb-code" id="nPK-{n}" aria-label="Cell {n}"><p>{n}</p></section>\n' for n in (1, 2)
)


@pytest.fixture
def notebook(waiting, mateo):
    waiting.claim(by=mateo)
    notebook, _ = factory.make_rendered_notebook(waiting)
    html = CELLS.replace("PK", str(notebook.pk))
    cells = [{"id": "", "kind": "code", "source": "a\nb\nc", "digest": "0" * 16, "outputs": ""}] * 2
    type(notebook).objects.filter(pk=notebook.pk).update(rendered_html=html, cells=cells)
    return notebook


@pytest.fixture
def address(waiting):
    return f"/rounds/{waiting.pk}/review/"


def test_what_is_said_of_a_cell_stands_in_it(sign_in, mateo, waiting, notebook, address):
    draft = factory.make_draft(comments=(Said("k", "Why <b>?", file=notebook.pk, cell=2, line_from=1, line_to=2),))
    waiting.draft_of(mateo).save_draft(by=mateo, draft=draft, version=0)
    page = sign_in(mateo).get(address).text
    first, second = page.split(f'id="n{notebook.pk}-2"')
    assert 'data-said="k"' not in first
    assert "Why &lt;b&gt;?" in second.partition("</section>")[0]
    assert page.count('data-said="k"') == 1


def test_without_scripts_the_button_saves_and_opens_a_place(sign_in, mateo, waiting, notebook, address):
    client = sign_in(mateo)
    answer = client.post(address, {"version": 0, "summary": "So far", "at": f"{notebook.pk}-2"})
    assert answer.url == f"{address}?at={notebook.pk}-2#n{notebook.pk}-2"
    page = client.get(answer.url).text
    cell = page.partition(f'id="n{notebook.pk}-2"')[2].partition("</section>")[0]
    assert "New comment on cell 2" in cell
    assert "So far" in page
    key = cell.partition('data-said="')[2].partition('"')[0]
    said = {f"comment-{key}-{part}": value for part, value in
            {"text": "Why?", "file": notebook.pk, "cell": 2, "lines": "1-2"}.items()}  # fmt: skip
    client.post(address, {"version": 1, "summary": "So far", "comment": key} | said)
    comment = waiting.reviews.get().comments.get()
    assert (comment.place, comment.quote) == ((notebook.pk, 2, 1, 2), "a\nb")


def test_lines_that_the_cell_has_not_are_refused_and_kept(sign_in, mateo, notebook, address):
    said = {"comment": "k", "comment-k-text": "Why?", "comment-k-file": notebook.pk, "comment-k-cell": 1}
    answer = sign_in(mateo).post(address, {"version": 0, "comment-k-lines": "2-9"} | said)
    assert answer.status_code == 409
    assert 'value="2-9"' in answer.text
    assert "ends at line 3" in answer.text


@pytest.mark.parametrize("at", ["", "x", "1", "1-", "-1", "1-2-3", "9" * 30 + "-1", "1-²"])
def test_a_place_that_is_none_opens_nothing(sign_in, mateo, notebook, address, at):
    assert place_asked(at) is None
    assert sign_in(mateo).get(address, {"at": at}).status_code == 200


def test_a_file_without_cells_stays_as_it_is():
    assert after_cells("<p>Cells</p>", str) == "<p>Cells</p>"


@pytest.fixture
def second(waiting, submission, mateo):
    """The second round: of its cells one moved, and the one that a change was asked on is gone or changed."""
    notebook = factory.make_notebook(waiting, ["import pandas", "fit()", "gone = 1\n" * 3])
    places = [
        Said("a", "Why not *numpy*?", blocking=True, file=notebook.pk, cell=1),
        Said("b", "And *this*?", file=notebook.pk, cell=3),
    ]
    waiting.claim(by=mateo)
    review = waiting.draft_of(mateo)
    review.save_draft(by=mateo, draft=factory.make_draft(comments=tuple(places)), version=0)
    review.publish(by=mateo)
    submission.refresh_from_db()
    second = submission.hand_in(by=submission.author, work=factory.make_work(submission.project))
    carry_into(factory.make_notebook(second, ["print()", "import pandas", "fit()"], ids=False).pk)
    second.claim(by=mateo)
    return second


def test_what_was_said_earlier_stands_where_its_cell_went(sign_in, mateo, second):
    page = sign_in(mateo).get(f"/rounds/{second.pk}/review/").text
    cell = page.partition('-2" data-cell="2"')[2].partition("</section>\n<section")[0]
    assert "<em>numpy</em>" in cell
    assert "was cell 1" in cell
    assert "cell 2 of eda.ipynb</a>, moved" in page
    gone = page.partition('id="gone"')[2].partition("your-review")[0]
    assert "<em>this</em>" in gone


def test_the_workspace_takes_no_more_queries_for_many_comments(sign_in, mateo, second, django_assert_max_num_queries):
    said = tuple(Said(f"k{n}", "Why?", file=second.files.get().pk, cell=n % 3 + 1) for n in range(100))
    second.draft_of(mateo).save_draft(by=mateo, draft=factory.make_draft(comments=said), version=0)
    client, address = sign_in(mateo), f"/rounds/{second.pk}/review/"
    client.get(address)
    with django_assert_max_num_queries(15):
        assert client.get(address).text.count('data-said="k') == 100
