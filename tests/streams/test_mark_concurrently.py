"""Ticks at the same moment: none is lost, and no parent contradicts its parts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from streams.loading.apply import apply_streams
from streams.loading.schema import read_curriculum
from streams.models import Item, Progress, ProgressChange
from tests.factory import make_item, make_person, make_stream
from tests.streams.curriculum import SHIPPED

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs) -> None:
    """Run the jobs in threads that start together, each with a connection of its own; their errors are raised."""
    barrier = Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait()
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for future in [pool.submit(run, job) for job in jobs]:
            future.result()


def marking(item: Item, person, state: str = "done"):
    return lambda: Item.objects.select_related("stream").get(pk=item.pk).mark(by=person, state=state)


def test_ticks_of_all_parts_at_once_complete_their_parent():
    stream, person = make_stream(), make_person()
    unit = stream.units.get()
    parent = make_item(unit, "parent")
    parts = [make_item(unit, f"part-{number}", parent=parent) for number in range(8)]
    at_once(*(marking(part, person) for part in parts))
    states = dict(Progress.objects.filter(person=person).values_list("item_id", "state"))
    assert states == {parent.pk: "done"} | {part.pk: "done" for part in parts}


def test_the_same_tick_at_once_is_one_change():
    stream, person = make_stream(), make_person()
    item = stream.items.get(key__endswith="extra")
    at_once(*[marking(item, person)] * 6)
    assert ProgressChange.objects.filter(person=person, item=item).count() == 1


def test_ticks_of_many_people_do_not_disturb_each_other():
    stream = make_stream()
    people = [make_person() for _ in range(6)]
    items = list(stream.items.filter(parent__isnull=False))
    at_once(*(marking(item, person) for person in people for item in items))
    assert Progress.objects.filter(state="done").count() == len(people) * (len(items) + 1)


def test_a_curriculum_loaded_twice_at_once_is_loaded_once():
    specs = read_curriculum(SHIPPED)
    reports = []
    at_once(*[lambda: reports.append(apply_streams(specs, at=timezone.now()))] * 2)
    assert sorted(bool(report) for report in reports) == [False, True]
    assert Item.objects.count() == sum(1 for spec in specs for _ in spec.items())


def test_marks_while_a_curriculum_is_loaded_leave_no_contradiction():
    specs = read_curriculum(SHIPPED)
    apply_streams(specs, at=timezone.now())
    person = make_person()
    keys = ["accuracy", "recall", "precision", "f1", "roc-curve", "loss-functions"]
    items = [Item.objects.get(key=f"evaluation.measures.{key}") for key in keys]
    shorter = without(specs, items[-1].key)
    at_once(
        *(marking(item, person) for item in items[:-1]),
        lambda: apply_streams(shorter, at=timezone.now()),
    )
    parent = Progress.objects.get(person=person, item__key="evaluation.measures")
    assert parent.state == "done"  # all that is left of it is


def without(specs, key):
    """The specs less one item."""

    def less(items):
        return tuple(replace(item, items=less(item.items)) for item in items if item.key != key)

    return [replace(spec, units=tuple(replace(unit, items=less(unit.items)) for unit in spec.units)) for spec in specs]
