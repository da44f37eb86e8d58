"""A real worker renders what a request handed in, and outlives what cannot be rendered."""

import json

import pytest

from projects.models import Difference, RoundFile
from projects.work import NOTEBOOK
from tests import factory
from tests.worker import until

pytestmark = pytest.mark.django_db(transaction=True)


def notebook(cells):
    cell = {"cell_type": "markdown", "metadata": {}, "source": "# Rent"}
    return json.dumps({"cells": [cell] * cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def test_a_notebook_too_many_and_one_after_it(start_worker, seat):
    start_worker()
    files = (
        factory.make_upload("bomb.ipynb", notebook(20_000), NOTEBOOK),
        factory.make_upload("eda.ipynb", notebook(3), NOTEBOOK),
    )
    factory.make_submission(seat, files=files)
    until(lambda: not RoundFile.objects.filter(rendering="waiting").exists())
    bomb, good = RoundFile.objects.order_by("pk")
    assert (bomb.rendering, bool(bomb.render_error)) == ("failed", True)
    assert (good.rendering, "Rent" in good.rendered_html) == ("done", True)


def test_the_next_round_is_compared_with_the_one_before(start_worker, seat, mateo):
    start_worker()
    submission = factory.make_submission(seat, files=(factory.make_upload("eda.ipynb", notebook(2), NOTEBOOK),))
    factory.make_review(submission, mateo)
    files = (factory.make_upload("eda.ipynb", notebook(3), NOTEBOOK),)
    submission.hand_in(by=seat.person, work=factory.make_work(submission.project, files=files))
    until(lambda: Difference.objects.filter(state="done").exists())
    (file,) = Difference.objects.get().found["files"]
    assert [cell["kind"] for cell in file["cells"]] == ["same", "added"]
