"""Notebooks and texts of rounds: what cannot be shown, long outputs, what is read from them."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects import notebooks
from projects.models import NotebookOutput, RoundFile
from projects.work import NOTEBOOK
from tests import factory

CODE = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": []}


def notebook(*cells, **more):
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 4} | more).encode()


def printed(text):
    return CODE | {"source": "x", "outputs": [{"output_type": "stream", "name": "stdout", "text": text}]}


@pytest.fixture
def hand_in(seat):
    """`hand_in(name, content, ...)` hands in files, has them rendered and gives the first."""

    def hand_in(*files, **fields):
        uploads = tuple(
            factory.make_upload(name, content, NOTEBOOK if name.endswith("ipynb") else "text/plain")
            for name, content in files
        )
        factory.make_submission(seat, files=uploads, **fields)
        for file in RoundFile.objects.all():
            notebooks.render_file(file.pk)
        return RoundFile.objects.first()

    return hand_in


BOMBS = {
    "NUL": notebook(CODE | {"source": "\0"}),
    "NaN": notebook(CODE | {"source": "x", "metadata": {"a": float("nan")}}),
    "a lone surrogate": notebook(CODE | {"source": "\ud800"}),
    "deep": notebook(metadata={"a": 1}).replace(b"1}", b"[" * 500 + b"]" * 500 + b"}", 1),
    "20,000 cells": notebook(*[CODE | {"source": "x"}] * 20_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_handed_in_is_not_rendered_and_stays_downloadable(sign_in, amara, seat, project, name):
    client, raw = sign_in(amara), BOMBS[name]
    answers = {f"answer_{row.pk}": "Because." for row in project.criteria.all()}
    sure = {f"confidence_{row.pk}": "3" for row in project.criteria.all()}
    upload = SimpleUploadedFile("bomb.ipynb", raw)
    typed = {"title": "Rent", "write_up": "So", "key": "k", "files": [upload]}
    assert client.post(f"/projects/{project.key}/hand-in/", typed | answers | sure).status_code == 302
    file = RoundFile.objects.get()
    assert notebooks.render_file(file.pk)
    page = client.get(file.round.get_absolute_url()).content.decode()
    assert "could not be rendered" in page
    assert b"".join(client.get(file.get_absolute_url()).streaming_content) == raw


def test_a_long_output_is_fetched_when_it_is_opened(hand_in, sign_in, amara, mateo, noor):
    file = hand_in(("eda.ipynb", notebook(printed("a line\n" * 90 + "<b>the end"))))
    address = NotebookOutput.objects.get().get_absolute_url()
    page = sign_in(amara).get(file.round.get_absolute_url()).content.decode()
    assert f'hx-get="{address}"' in page
    assert "the end" not in page
    fragment = sign_in(mateo).get(address, headers={"HX-Request": "true"})
    assert "&lt;b&gt;the end" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert "HX-Request" in fragment["Vary"]
    assert "<html" in sign_in(amara).get(address).content.decode()
    assert sign_in(noor).get(address).status_code == 404
    assert sign_in(amara).get(address.replace("/outputs/0/", "/outputs/1/")).status_code == 404


def test_a_text_file_is_read_on_the_page(hand_in, sign_in, amara):
    file = hand_in(("train.py", b"import x\nx.f('<b>')\n"))
    assert (file.rendering, file.cells[0]["kind"]) == ("done", "text")
    page = sign_in(amara).get(file.round.get_absolute_url()).content.decode()
    assert f'<span class="line" id="n{file.pk}-1-L2">' in page


def test_both_sides_read_what_is_said_of_a_notebook(hand_in, sign_in, amara, mateo):
    file = hand_in(("eda.ipynb", notebook(CODE | {"source": "load_iris()"})))
    assert [fact["code"] for fact in file.facts] == ["common_data", "no_environment"]
    for person in (amara, mateo):
        page = sign_in(person).get(file.round.get_absolute_url()).content.decode()
        assert "Iris is data that nearly everybody has worked with." in page
        assert "/notebook-facts/#common-data" in page
    assert sign_in().get("/notebook-facts/").status_code == 200
    found = sign_in(mateo).get(f"/api/v1/rounds/{file.round_id}/").json()
    assert [fact["cells"] for fact in found["files"][0]["facts"]] == [[1], []]


def test_packages_are_named_beside_it_or_in_a_repository(hand_in):
    eda = ("eda.ipynb", notebook(CODE | {"source": "1"}))
    assert hand_in(eda, ("requirements.txt", b"pandas==2\n")).facts == []


def test_a_repository_may_name_them(hand_in):
    raw = notebook(CODE | {"source": "1"})
    assert hand_in(("eda.ipynb", raw), repository_url="https://example.org/x").facts == []


def test_a_file_as_data(hand_in, sign_in, amara, noor):
    file = hand_in(("eda.ipynb", notebook(CODE | {"source": "x = 1", "id": "a"}, nbformat_minor=5)))
    found = sign_in(amara).get(f"/api/v1/files/{file.pk}/").json()
    assert (found["cells"][0]["source"], found["cells"][0]["id"]) == ("x = 1", "a")
    assert found["html"] == file.rendered_html
    assert sign_in(noor).get(f"/api/v1/files/{file.pk}/").status_code == 404


def test_a_picture_is_lazy_and_has_its_size(hand_in):
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": pixel}}
    file = hand_in(("eda.ipynb", notebook(CODE | {"source": "plot()", "outputs": [output]})))
    assert 'width="1" height="1" loading="lazy"' in file.rendered_html


def test_four_megabytes_are_as_quick_to_open_as_a_few_lines(hand_in, sign_in, amara, django_assert_max_num_queries):
    file = hand_in(
        ("eda.ipynb", notebook(*[printed("y" * 99 + "\n") | {"source": "f()"}] * 50, printed("z" * 4_000_000)))
    )
    client, address = sign_in(amara), file.round.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(14):
        assert len(client.get(address).content) < 80_000
