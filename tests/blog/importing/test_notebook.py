"""A post from a notebook: cells chosen, and brought up to date."""

import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.importing import notebook as notebooks
from blog.importing.notebook_file import cells_bytes
from blog.models import Notebook, Post
from blog.writing import revise, text_of
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import NotebookError
from projects.work import NOTEBOOK
from tests.blog.importing.notebooks import code, notebook, plot, png, prints, prose, shows
from tests.factory import make_cohort, make_membership, make_stream, make_submission, make_upload

TABLE = "<table><thead><tr><th></th><th>a|b</th></tr></thead><tbody><tr><th>0</th><td>1</td></tr></tbody></table>"
FIRST = notebook(
    prose("# A title\n\nHow $ x $ goes.", "p1"),
    code("x = 1", prints("one\n"), ident="c1"),
    code("plot()", plot(), ident="c2"),
    prose("The end.", "p2"),
)


def read(*cells, **said):
    return json.loads(cells_bytes(notebook(*cells, **said)))


def forms(*outputs):
    return [output["forms"] for output in read(code("x", *outputs))["cells"][0]["outputs"]]


def test_prose_becomes_ours():
    found = read(prose('Let $ x $ and \\\\( y \\\\). <img src="https://a.example/b.png" alt="B">\n\n<!-- no -->\n'))
    assert found["cells"][0]["text"] == "Let $x$ and $y$. ![B](https://a.example/b.png)"


@pytest.mark.parametrize("source", ["# One\n\nText", "One\n===\n***\nText"])
def test_the_one_heading_is_the_title(source):
    found = read(prose(source))
    assert (found["title"], found["cells"][0]["text"]) == ("One", "Text")


def test_of_several_headings_none_is():
    assert read(prose("# One"), prose("# Two"))["title"] == ""


@pytest.mark.parametrize(
    ("output", "form", "text"),
    [
        (prints("\x1b[31mred\x1b[0m <b>\n"), "text", "```text\nred <b>\n```"),
        (shows(text_html=TABLE, text_plain="x"), "table", "|  | a\\|b |\n| --- | --- |\n| 0 | 1 |"),
        (shows(text_latex="$x^2$"), "math", "$$\nx^2\n$$"),
        (shows(text_plain="```"), "text", "````text\n```\n````"),
        (plot(), "image", "![](notebook:0/0)"),
    ],
)
def test_each_output_in_its_richest_form(output, form, text):
    assert next(iter(forms(output)[0].items())) == (form, text)


def test_what_only_a_notebook_shows_is_said():
    found = read(code("x", shows(text_html="<script>1</script>", text_plain="Chart()")))["cells"][0]["outputs"][0]
    assert list(found["forms"]) == ["text"]
    assert "Save it as an image" in found["note"]


@pytest.mark.parametrize(
    "raw",
    [
        b"none",
        b"{}",
        notebook(prose("a\0b")),
        notebook(prose("x")).replace(b'"x"', b"NaN"),
        notebook(prose("\ud800")),
        b'{"nbformat": 4, "cells": ' + b"[" * 5000,
        notebook(*[prose("x")] * 301),
        notebook(*[code("x", *[shows(text_plain="1")] * 300)] * 3),
    ],
)
def test_hostile_notebooks_are_refused(raw):
    with pytest.raises(NotebookError):
        cells_bytes(raw)


def test_a_refusal_names_the_file(amara):
    with pytest.raises(Refused, match=r"^a\.ipynb: .*not a notebook") as refusal:
        notebooks.upload(by=amara, raw=b"none", name="a.ipynb")
    assert refusal.value.code == "file"


@pytest.fixture
def begun(amara):
    """A post from `FIRST`, with its code folded."""
    found = notebooks.upload(by=amara, raw=FIRST, name="a.ipynb")
    chosen = notebooks.choices(found) | {"2": "folded"}
    post, problems = notebooks.begin(found, by=amara, chosen=chosen, title=found.title)
    assert problems == []
    return post


def test_the_draft_holds_what_was_chosen(begun):
    figure = begun.figures.get()
    assert (begun.title, begun.origin) == ("A title", "notebook")
    assert begun.body == (
        "How $x$ goes.\n\n<details>\n<summary>Code</summary>\n\n```python\nx = 1\n```\n\n</details>\n\n"
        f"```text\none\n```\n\n```python\nplot()\n```\n\n![]({figure.address})\n\nThe end.\n"
    )
    assert "<details>" in begun.body_html
    kept = begun.notebooks.get()
    assert not kept.file
    assert kept.placed[0] == {"key": "1", "text": "How $x$ goes."}


SECOND = notebook(
    prose("# A title\n\nHow $x$ went.", "p1"),
    prose("In between.", "p3"),
    code("x = 2", prints("two\n"), ident="c1"),
    code("plot()", plot("blue"), ident="c2"),
)


def test_again_it_updates_what_came_from_it_and_keeps_the_rest(amara, begun):
    body = begun.body.replace("x = 1", "x = 1  # mine").replace("The end.", "My own words.\n\nThe end.")
    revise(begun, by=amara, version=begun.version, text=replace(text_of(begun), body=body))
    newer = notebooks.upload(by=amara, raw=SECOND, name="a.ipynb", post=begun)
    chosen = notebooks.choices(newer)
    assert chosen["3"] == "folded"
    shown = notebooks.update_of(newer, chosen)
    problems, kept = notebooks.update(newer, by=amara, version=begun.version, chosen=chosen)
    begun.refresh_from_db()
    assert begun.body == (
        "How $x$ went.\n\nIn between.\n\n<details>\n<summary>Code</summary>\n\n```python\nx = 1  # mine\n```\n\n"
        "</details>\n\n```text\ntwo\n```\n\n```python\nplot()\n```\n\n"
        f"![]({begun.figures.last().address})\n\nMy own words.\n"
    )
    assert problems == []
    assert [one.key for one in kept] == [one.key for one in shown.kept] == ["3"]
    assert begun.revisions.first().saved_by == amara
    with pytest.raises(Refused, match="elsewhere"):
        notebooks.update(
            notebooks.upload(by=amara, raw=FIRST, name="a.ipynb", post=begun), by=amara, version=1, chosen=chosen
        )


def test_the_same_again_changes_nothing(amara, begun):
    again = notebooks.upload(by=amara, raw=FIRST, name="a.ipynb", post=begun)
    before = begun.body
    assert notebooks.update_of(again, notebooks.choices(again)).body == before


def test_on_the_pages(sign_in, amara):
    client = sign_in(amara)
    answer = client.post("/blog/import/notebook/", {"notebook": SimpleUploadedFile("a.ipynb", FIRST)})
    page = client.get(answer.url).content.decode()
    assert 'value="A title"' in page
    assert '<option value="image" selected>As an image</option>' in page
    refused = client.post(answer.url, {"title": "", "part-1": "none"})
    assert refused.status_code == 422
    assert client.post(answer.url, {"title": "A title"}).status_code == 409
    chosen = {"title": "A title", "part-1": "shown", "part-2": "folded"}
    made = client.post(answer.url, chosen)
    post = Post.objects.get()
    assert made.url == post.desk_url
    assert client.post(answer.url, chosen).url == post.desk_url
    newer = client.post(f"/blog/{post.pk}/notebook/", {"notebook": SimpleUploadedFile("a.ipynb", SECOND)})
    shown = client.post(newer.url, {"part-1": "shown", "part-3": "folded"}).content.decode()
    assert "<b>went</b>" in shown
    assert 'name="part-3" value="folded"' in shown
    post.refresh_from_db()
    assert "goes" in post.body
    client.post(newer.url, {"part-1": "shown", "part-3": "folded", "version": post.version, "save": 1})
    post.refresh_from_db()
    assert "went" in post.body


def test_nobody_else_sees_it(sign_in, amara, bela):
    found = notebooks.upload(by=amara, raw=FIRST, name="a.ipynb")
    assert sign_in(bela).get(f"/blog/import/notebook/{found.pk}/").status_code == 404


def test_what_is_left_lying_goes(amara):
    for _ in range(7):
        notebooks.upload(by=amara, raw=notebook(prose("x")), name="a.ipynb")
    assert Notebook.objects.count() == 5


def test_images_in_the_text_become_figures(amara):
    import base64

    data = base64.b64encode(png()).decode()
    raw = notebook(
        prose("![A](attachment:a.png)", attachments={"a.png": {"image/png": data}}),
        prose(f"![B](data:image/png;base64,{data})"),
    )
    found = notebooks.upload(by=amara, raw=raw, name="a.ipynb")
    post, _problems = notebooks.begin(found, by=amara, chosen=notebooks.choices(found), title="T")
    assert post.body.count(post.figures.get().address) == 2


def test_what_failed_in_between_goes_on(amara):
    found = notebooks.upload(by=amara, raw=FIRST, name="a.ipynb")
    chosen = notebooks.choices(found)
    stored, found.file.name = found.file.name, "none"
    with pytest.raises(FileNotFoundError):
        notebooks.begin(found, by=amara, chosen=chosen, title="T")
    found.file.name = stored
    post, _problems = notebooks.begin(found, by=amara, chosen=chosen, title="T")
    assert post.figures.get().address in post.body
    assert Post.objects.count() == 1


def test_of_ones_own_work_it_is_brought_up_to_date(sign_in, amara):
    """The second notebook of the same work is for the post that began from the first."""
    submission = make_submission(
        make_membership(make_cohort(make_stream()), amara), files=(make_upload("a.ipynb", FIRST, NOTEBOOK),)
    )
    file = submission.rounds.get().files.get()
    client = sign_in(amara)
    taken = client.post(f"/blog/import/work/{file.pk}/")
    client.post(taken.url, {"title": "T", "part-1": "shown"})
    post = Post.objects.get()
    assert post.origin_url == submission.get_absolute_url()
    again = client.post(f"/api/v1/own-notebooks/{file.pk}/take/").json()
    assert again["post"] == post.pk
    assert "Bring it up to date" in client.get("/blog/import/work/").content.decode()
