"""Two rounds compared by the worker's function: once, whoever asks and however often."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from projects import difference, notebooks
from projects.models import Difference, Round, RoundFile
from projects.work import NOTEBOOK
from tests import factory
from tests.projects.test_at_once import at_once


def notebook(*sources):
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source, "execution_count": 1, "outputs": []}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


@pytest.fixture
def rounds(seat, mateo):
    """`rounds(first, second)` hands in two rounds with these files, by name, and other fields, and gives both."""

    def rounds(first, second, **fields):
        kinds = {"ipynb": NOTEBOOK, "png": "image/png"}

        def files(contents):
            uploads = ((name, raw, kinds.get(name.rpartition(".")[2], "text/csv")) for name, raw in contents.items())
            return tuple(factory.make_upload(*upload) for upload in uploads)

        submission = factory.make_submission(seat, files=files(first))
        factory.make_review(submission, mateo)
        work = factory.make_work(submission.project, files=files(second), **fields)
        later = submission.hand_in(by=submission.author, work=work)
        return submission.rounds.get(number=1), later

    return rounds


def found(earlier, later):
    row = Difference.ask(earlier, later)
    assert difference.work_out(row.pk)
    row.refresh_from_db()
    assert row.state == "done"
    return row.found


def test_what_was_written_is_compared(rounds):
    earlier, later = rounds({}, {}, write_up="What the rent of a house follows from.")
    said = found(earlier, later)
    (row,) = said["write_up"]
    assert (row["kind"], row["was"][row["was_marks"][0][0] :][:4]) == ("changed", "flat")
    assert (said["answers"], said["files"]) == ({}, [])


def test_answers_by_their_question(rounds, project):
    first, second = project.criteria.all()
    earlier, later = rounds({}, {}, answers={first.pk: "Because *I* looked.", second.pk: "Another."})
    assert list(found(earlier, later)["answers"]) == [str(second.pk)]


def test_files_find_each_other_by_name_by_content_and_as_the_only_notebook(rounds):
    first = {"eda.ipynb": notebook("a = 1"), "data.csv": b"a,b\n1,2\n", "old.csv": b"x\n", "same.csv": b"y\n"}
    second = {"final.ipynb": notebook("a = 2"), "data.csv": b"a,b\n1,3\n", "new.csv": b"z\n", "renamed.csv": b"y\n"}
    said = found(*rounds(first, second))["files"]
    names = dict(RoundFile.objects.values_list("pk", "name"))
    assert [(file["kind"], names.get(file["old"]), names.get(file["new"])) for file in said] == [
        ("changed", "eda.ipynb", "final.ipynb"),
        ("changed", "data.csv", "data.csv"),
        ("added", None, "new.csv"),
        ("same", "same.csv", "renamed.csv"),
        ("removed", "old.csv", None),
    ]
    assert [cell["kind"] for cell in said[0]["cells"]] == ["changed"]
    assert [row["kind"] for row in said[1]["rows"]] == ["same", "changed"]


def test_pictures_are_compared_as_wholes(rounds):
    (file,) = found(*rounds({"plot.png": b"1"}, {"plot.png": b"2"}))["files"]
    assert file.keys() == {"old", "new", "kind"}


def test_what_cannot_be_compared_says_why_and_shows_the_sources(rounds):
    bomb = notebook("a = 1") + b"]" * 10
    (file,) = found(*rounds({"eda.ipynb": notebook("a = 1")}, {"eda.ipynb": bomb}))["files"]
    assert (file["was"], file["now"], "cells" in file) == ("a = 1", "", False)
    assert file["error"].endswith(".")


def test_a_missing_file_is_said(rounds):
    earlier, later = rounds({"eda.ipynb": notebook("a")}, {"eda.ipynb": notebook("b")})
    stored = later.files.get().file
    stored.storage.delete(stored.name)
    assert "missing" in found(earlier, later)["files"][0]["error"]


def test_twice_is_once(rounds):
    row = Difference.ask(*rounds({}, {}))
    assert Difference.ask(row.earlier, row.later) == row
    assert difference.work_out(row.pk)
    assert not difference.work_out(row.pk)


@pytest.mark.django_db(transaction=True)
def test_asked_and_worked_out_by_two_at_once(rounds):
    earlier, later = rounds({}, {})
    first, second = at_once(lambda: Difference.ask(earlier, later), lambda: Difference.ask(earlier, later))
    assert first == second
    assert sorted(at_once(*[lambda: difference.work_out(first.pk)] * 2)) == [False, True]


def test_only_from_an_earlier_to_a_later_round(rounds):
    earlier, later = rounds({}, {})
    with pytest.raises(IntegrityError, match="difference_in_order"), transaction.atomic():
        Difference.ask(later, earlier)


def test_a_lost_worker_is_followed_by_another_but_not_for_ever(rounds):
    row, now = Difference.ask(*rounds({}, {})), timezone.now()
    Difference.objects.update(begun_at=now, attempts=1)
    assert not difference.work_out(row.pk, at=now + timedelta(minutes=1))
    assert difference.work_out_waiting(at=now + timedelta(minutes=1)) == 0
    assert difference.work_out_waiting(at=now + timedelta(minutes=5)) == 1
    Difference.objects.update(attempts=difference.ATTEMPTS)
    assert difference.work_out(row.pk, at=now + timedelta(minutes=5))
    row.refresh_from_db()
    assert row.state == "failed"


def test_a_rendered_notebook_has_its_round_compared_with_the_one_before(rounds):
    from projects.tasks import render_file

    earlier, later = rounds({"eda.ipynb": notebook("a")}, {"eda.ipynb": notebook("b")})
    for file in RoundFile.objects.order_by("pk"):
        render_file(file.pk)
    row = Difference.objects.get()
    assert (row.earlier, row.later) == (earlier, later)
    assert not notebooks.render_file(later.files.get().pk)


def test_visible_to_who_may_open_the_submission(rounds, amara, mateo, noor, olga, ada, other_cohort):
    row = Difference.ask(*rounds({}, {}))
    for person in (amara, mateo, ada):
        assert list(Difference.objects.visible_to(person)) == [row]
    for person in (noor, olga):
        assert not Difference.objects.visible_to(person)
    assert Round.objects.count() == 2
