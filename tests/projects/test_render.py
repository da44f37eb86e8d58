"""Notebooks of rounds, rendered by the worker's function in its killable process."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from projects import notebooks
from projects.models import NotebookImage, RoundFile
from projects.work import NOTEBOOK
from tests import factory

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def notebook(*cells):
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def markdown(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def picture():
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": PIXEL}}
    return {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": "plot()", "outputs": [output]}


@pytest.fixture
def hand_in(seat):
    """`hand_in(content)` hands in a notebook and gives its file."""

    def hand_in(content):
        upload = factory.make_upload("eda.ipynb", content, NOTEBOOK)
        return factory.make_submission(seat, files=(upload,)).rounds.get().files.get()

    return hand_in


def test_a_notebook_is_rendered_with_its_pictures_as_files(hand_in):
    file = hand_in(notebook(markdown("# Rent\n<script>alert(1)</script>"), picture()))
    assert file.rendering == "waiting"
    assert notebooks.render_file(file.pk)
    file.refresh_from_db()
    image = NotebookImage.objects.get()
    assert file.rendering == "done"
    assert image.get_absolute_url() in file.rendered_html
    assert image.file.read().startswith(b"\x89PNG")
    assert "<script" not in file.rendered_html
    assert file.outline[0]["title"] == "Rent"


def test_what_cannot_be_rendered_says_why_and_stays_downloadable(hand_in, sign_in, amara):
    file = hand_in(b"[" * 100_000)
    notebooks.render_file(file.pk)
    file.refresh_from_db()
    assert (file.rendering, bool(file.render_error)) == ("failed", True)
    page = sign_in(amara).get(f"/files/{file.pk}/rendering/")
    assert "could not be rendered" in page.content.decode()
    assert b"".join(sign_in(amara).get(f"/files/{file.pk}/").streaming_content) == b"[" * 100_000


def test_twice_is_once(hand_in):
    file = hand_in(notebook(picture()))
    assert notebooks.render_file(file.pk)
    assert not notebooks.render_file(file.pk)
    assert NotebookImage.objects.count() == 1


def test_a_lost_worker_is_followed_by_another(hand_in):
    file, now = hand_in(notebook(markdown("Hi"))), timezone.now()
    RoundFile.objects.update(render_started_at=now, render_attempts=1)
    assert not notebooks.render_file(file.pk, at=now + timedelta(minutes=1))
    assert notebooks.render_file(file.pk, at=now + timedelta(minutes=3))
    file.refresh_from_db()
    assert file.rendering == "done"


def test_workers_are_not_lost_for_ever(hand_in):
    file, now = hand_in(notebook(markdown("Hi"))), timezone.now()
    RoundFile.objects.update(render_started_at=now, render_attempts=notebooks.ATTEMPTS)
    notebooks.render_file(file.pk, at=now + timedelta(minutes=3))
    file.refresh_from_db()
    assert file.rendering == "failed"


def test_the_sweeper_finds_what_the_queue_has_lost(hand_in):
    hand_in(notebook(markdown("Hi")))
    assert notebooks.render_waiting() == 0
    assert notebooks.render_waiting(at=timezone.now() + timedelta(minutes=1)) == 1


def test_a_missing_file_is_said(hand_in):
    file = hand_in(notebook(markdown("Hi")))
    file.file.storage.delete(file.file.name)
    notebooks.render_file(file.pk)
    file.refresh_from_db()
    assert "missing" in file.render_error


def test_a_store_without_paths_will_do(hand_in, sign_in, amara, settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}
    file = hand_in(notebook(picture()))
    notebooks.render_file(file.pk)
    client, image = sign_in(amara), NotebookImage.objects.get()
    assert b"".join(client.get(file.get_absolute_url()).streaming_content) == notebook(picture())
    assert b"".join(client.get(image.get_absolute_url()).streaming_content).startswith(b"\x89PNG")
