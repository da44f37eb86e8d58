"""How far people are: counted, and in a number of queries that does not grow."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mentorship.people.models import User
from streams.models import Item, ProgressChange
from streams.progress import last_progress_at, next_item, progress_by_stream, progress_of, progress_of_many
from tests.factory import make_item, make_person, make_stream

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def mark(stream, name, person, state="done", at=NOW, cause="marked"):
    item = stream.items.select_related("stream").get(key__endswith=name)
    item.mark(by=person, state=state, at=at, cause=cause)


def test_only_required_leaves_count(stream, amara):
    progress = progress_of(amara, stream)  # two readings and the project; neither their topic nor the optional one
    assert (progress.done, progress.required, progress.percent) == (0, 3, 0)
    assert (progress.hours, progress.hours_left) == (Decimal(6), Decimal(6))


def test_done_items_are_counted_and_their_hours_are_gone(stream, amara):
    mark(stream, "intro", amara)
    progress = progress_of(amara, stream)
    assert (progress.done, progress.percent, progress.hours_left) == (1, 33, Decimal(4))


def test_optional_items_never_count(stream, amara):
    mark(stream, "extra", amara)
    assert progress_of(amara, stream).done == 0


def test_parts_of_an_optional_item_never_count(stream, amara):
    unit = stream.units.get()
    make_item(unit, "algebra", parent=make_item(unit, "refresher", optional=True))
    mark(stream, "algebra", amara)
    assert (progress_of(amara, stream).done, progress_of(amara, stream).required) == (0, 3)


def test_retired_items_count_neither_done_nor_required(stream, amara):
    mark(stream, "intro", amara)
    Item.objects.filter(key__endswith="intro").update(retired_at=NOW)
    assert (progress_of(amara, stream).done, progress_of(amara, stream).required) == (0, 2)


def test_everything_done_is_finished(stream, amara):
    for name in ("intro", "chapter-5"):
        mark(stream, name, amara)
    mark(stream, "project", amara, cause="accepted")
    progress = progress_of(amara, stream)
    assert (progress.finished, progress.percent, progress.next_item) == (True, 100, None)


def test_the_next_item_is_the_first_that_is_not_done(stream, amara):
    assert next_item(amara, stream).key.endswith("intro")
    mark(stream, "intro", amara)
    mark(stream, "chapter-5", amara, state="in_progress")
    assert next_item(amara, stream).key.endswith("chapter-5")
    assert progress_of(amara, stream).next_item == next_item(amara, stream)


def test_a_stream_without_items_is_not_finished(stream, amara):
    stream.items.update(retired_at=NOW)
    progress = progress_of(amara, stream)
    assert (progress.finished, progress.percent, progress.next_item) == (False, 0, None)


@pytest.mark.parametrize("size", [1, 25])
def test_many_people_take_two_queries(stream, size, django_assert_num_queries):
    people = [make_person() for _ in range(size)]
    for person in people:
        mark(stream, "intro", person)
    with django_assert_num_queries(2):
        progress = progress_of_many(people, stream)
        assert all(row.next_item.get_absolute_url() for row in progress.values())
    assert {pk: row.done for pk, row in progress.items()} == {person.pk: 1 for person in people}


def test_several_streams_take_two_queries(stream, amara, django_assert_num_queries):
    streams = [stream, make_stream(), make_stream()]
    mark(streams[1], "intro", amara)
    with django_assert_num_queries(2):
        progress = progress_by_stream(amara, streams)
    assert [progress[stream.pk].done for stream in streams] == [0, 1, 0]


def test_last_progress_is_the_latest_change(stream, amara, bela):
    mark(stream, "intro", amara, at=NOW - timedelta(days=9))
    mark(stream, "extra", amara, at=NOW - timedelta(days=2))
    found = dict(User.objects.annotate(at=last_progress_at()).values_list("pk", "at"))
    assert (found[amara.pk], found[bela.pk]) == (NOW - timedelta(days=2), None)


def test_last_progress_in_a_cohorts_stream_leaves_other_streams_out(cohort, amara):
    elsewhere = make_stream()
    mark(cohort.stream, "intro", amara, at=NOW - timedelta(days=9))
    mark(elsewhere, "intro", amara, at=NOW)
    membership = cohort.memberships.annotate(at=last_progress_at("person", "cohort__stream")).get(person=amara)
    assert membership.at == NOW - timedelta(days=9)


def test_what_the_curriculum_changed_is_no_sign_of_life(stream, amara):
    item = stream.items.get(key__endswith="intro")
    ProgressChange.objects.create(
        person=amara, item=item, before="done", after="in_progress", cause="curriculum", at=NOW
    )
    assert User.objects.annotate(last=last_progress_at()).get(pk=amara.pk).last is None
