"""`manage.py load_curriculum`: all or nothing, twice is once, nothing is ever lost."""

import pytest
from django.core.management import CommandError

from projects.models import Criterion, Project
from streams.models import Item, Progress, Stream, Unit
from tests.streams.curriculum import edit, load, remove_item

pytestmark = pytest.mark.django_db


def snapshot() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Stream, Unit, Item, Project, Criterion)]


def test_the_first_load_brings_everything():
    report = load()
    assert "added 3 streams" in report
    assert list(Stream.objects.values_list("key", flat=True)) == ["starting-out", "first-ml-job", "career-progress"]
    assert Project.objects.count() == 6


def test_a_second_load_writes_nothing():
    load()
    before = snapshot()
    assert load() == "The curriculum is up to date; nothing to change.\n"
    assert snapshot() == before


def test_check_reports_and_changes_nothing(files):
    load()
    before = snapshot()
    edit(files, "stream-1.yaml", ("title: K-means clustering", "title: K-means"))
    report = load(files, check=True)
    assert "changed item algorithms.clustering.k-means (title)" in report
    assert "Would have changed 1 item." in report
    assert snapshot() == before


def test_a_changed_title_is_the_only_change(files):
    load()
    edit(files, "stream-1.yaml", ("title: K-means clustering", "title: K-means"))
    report = load(files)
    assert report.splitlines() == [
        "changed item algorithms.clustering.k-means (title)",
        "Curriculum loaded: changed 1 item.",
    ]
    assert Item.objects.get(key="algorithms.clustering.k-means").title == "K-means"


def test_what_leaves_is_retired_and_keeps_its_progress(files, amara):
    load()
    item = Item.objects.get(key="setup.github")
    item.mark(by=amara, state="done")
    remove_item(files, "stream-1.yaml", "setup.github")
    assert "retired item setup.github" in load(files)
    item.refresh_from_db()
    assert item.retired_at is not None
    assert Progress.objects.get(person=amara, item=item).state == "done"


def test_what_comes_back_is_the_same_row_with_its_progress(files, amara):
    load()
    item = Item.objects.get(key="setup.github")
    item.mark(by=amara, state="done")
    remove_item(files, "stream-1.yaml", "setup.github")
    load(files)
    assert "returned item setup.github" in load()
    back = Item.objects.published().get(key="setup.github")
    assert (back.pk, Progress.objects.get(person=amara, item=back).state) == (item.pk, "done")


def test_a_file_that_leaves_retires_its_stream_and_projects(files):
    load()
    (files / "stream-3.yaml").unlink()
    load(files)
    assert Stream.objects.get(key="career-progress").retired_at
    assert not Item.objects.published().filter(stream__key="career-progress").exists()
    assert Project.objects.filter(retired_at=None).count() == 4


def test_streams_can_swap_numbers(files):
    load()
    edit(files, "stream-1.yaml", ("number: 1", "number: 2"))
    edit(files, "stream-2.yaml", ("number: 2", "number: 1"))
    load(files)
    assert dict(Stream.objects.values_list("key", "number"))["first-ml-job"] == 1


def test_a_criterion_that_leaves_is_retired_in_every_project_that_takes_it_over(files):
    load()
    remove_item(files, "stream-1.yaml", "metric")
    load(files)
    retired = Criterion.objects.exclude(retired_at=None)
    assert set(retired.values_list("project__key", "key")) == {
        ("project-1", "metric"),
        ("project-2", "metric"),
        ("project-3", "metric"),
    }


def test_a_bad_file_changes_nothing_and_says_where(files):
    load()
    before = snapshot()
    edit(files, "stream-2.yaml", ("title: First ML job", "titel: First ML job"))
    edit(files, "stream-1.yaml", ("title: K-means clustering", "title: K-means"))
    with pytest.raises(CommandError) as error:
        load(files)
    assert error.value.returncode == 1
    assert "stream-2.yaml:6: unknown field 'titel'" in str(error.value)
    assert snapshot() == before
