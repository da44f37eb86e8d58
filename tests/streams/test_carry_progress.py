"""A changed curriculum takes people's progress along: nothing is lost, and parents follow their new parts."""

import pytest

from streams.models import Item, Progress, ProgressChange
from tests.streams.curriculum import edit, load

pytestmark = pytest.mark.django_db


def test_a_new_part_reopens_its_parent_with_a_dated_row(files, amara):
    load()
    for key in ("cross-validation", "over-fitting"):
        Item.objects.get(key=f"evaluation.generalization.{key}").mark(by=amara, state="done")
    parent = Item.objects.get(key="evaluation.generalization")
    assert Progress.objects.get(person=amara, item=parent).state == "done"
    edit(
        files,
        "stream-1.yaml",
        (
            "          - key: evaluation.generalization.over-fitting\n",
            "          - key: evaluation.generalization.leakage\n            kind: topic\n            title: Leakage\n"
            "          - key: evaluation.generalization.over-fitting\n",
        ),
    )
    load(files)
    assert Progress.objects.get(person=amara, item=parent).state == "in_progress"
    last = ProgressChange.objects.filter(person=amara, item=parent).latest("pk")
    assert (last.before, last.after, last.cause) == ("done", "in_progress", "curriculum")


def test_an_item_that_is_split_hands_its_state_to_its_parts(files, amara, bela):
    load()
    whole = Item.objects.get(key="advanced.sub-field")
    whole.mark(by=amara, state="done")
    edit(
        files,
        "stream-3.yaml",
        (
            "        hours: 30\n        estimate: ours\n",
            "        items:\n          - {key: advanced.tasks, kind: topic, title: Tasks}\n"
            "          - {key: advanced.baselines, kind: topic, title: Baselines}\n",
        ),
    )
    load(files)
    states = dict(Progress.objects.filter(person=amara).values_list("item__key", "state"))
    assert states == {"advanced.sub-field": "done", "advanced.tasks": "done", "advanced.baselines": "done"}
    assert not Progress.objects.filter(person=bela).exists()


def test_an_item_that_moves_keeps_its_progress_and_both_parents_follow(files, amara):
    load()
    for key in ("algorithms.regression.linear-regression", "algorithms.clustering.k-means"):
        Item.objects.get(key=key).mark(by=amara, state="done")
    k_means = Item.objects.get(key="algorithms.clustering.k-means")
    k_means.mark(by=amara, state="in_progress")
    text = (files / "stream-1.yaml").read_text()
    start = text.index("      - key: algorithms.clustering\n")
    end = text.index("          - key: algorithms.clustering.k-means")
    (files / "stream-1.yaml").write_text(text[:start] + text[end:])  # now a part of the item before, regression
    report = load(files)
    assert "retired item algorithms.clustering" in report
    assert "changed item algorithms.clustering.k-means (parent" in report
    states = dict(Progress.objects.filter(person=amara).values_list("item__key", "state"))
    assert states["algorithms.clustering.k-means"] == "in_progress"
    assert states["algorithms.regression"] == "in_progress"
