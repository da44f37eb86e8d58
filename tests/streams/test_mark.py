"""`Item.mark`: a person's state on an item, and what follows for the items above it."""

from datetime import UTC, datetime

import pytest

from mentorship.common.errors import Refused
from streams.marking import mark_at
from streams.models import Item, Progress, ProgressChange, Stream
from tests.factory import make_item

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def item(stream: Stream, name: str) -> Item:
    return stream.items.select_related("stream").get(key__endswith=name)


def states(person) -> dict[str, str]:
    return {row.item.key.rpartition(".")[2]: row.state for row in Progress.objects.filter(person=person)}


def test_a_mark_is_kept_with_its_time(stream, amara):
    item(stream, "extra").mark(by=amara, state="in_progress", at=NOW)
    row = Progress.objects.get(person=amara)
    assert (row.state, row.since) == ("in_progress", NOW)


def test_every_change_leaves_a_dated_row(stream, amara):
    for state in ("in_progress", "done", "not_started"):
        item(stream, "extra").mark(by=amara, state=state, at=NOW)
    rows = ProgressChange.objects.filter(person=amara).order_by("pk").values_list("before", "after", "cause", "at")
    assert list(rows) == [
        ("not_started", "in_progress", "marked", NOW),
        ("in_progress", "done", "marked", NOW),
        ("done", "not_started", "marked", NOW),
    ]


def test_marking_again_as_it_is_changes_nothing(stream, amara):
    item(stream, "extra").mark(by=amara, state="done", at=NOW)
    item(stream, "extra").mark(by=amara, state="done")
    assert ProgressChange.objects.count() == 1
    assert Progress.objects.get().since == NOW


def test_a_parent_is_in_progress_once_a_part_is(stream, amara):
    item(stream, "intro").mark(by=amara, state="in_progress")
    assert states(amara) == {"intro": "in_progress", "topic": "in_progress"}


def test_a_parent_is_done_with_its_last_part_and_reopens(stream, amara):
    item(stream, "intro").mark(by=amara, state="done")
    item(stream, "chapter-5").mark(by=amara, state="done")
    assert states(amara)["topic"] == "done"
    item(stream, "intro").mark(by=amara, state="not_started")
    assert states(amara)["topic"] == "in_progress"
    item(stream, "chapter-5").mark(by=amara, state="not_started")
    assert states(amara)["topic"] == "not_started"


def test_what_follows_from_parts_says_so(stream, amara):
    item(stream, "intro").mark(by=amara, state="done")
    assert ProgressChange.objects.get(item__key__endswith="topic").cause == "parts"


def test_an_optional_part_does_not_hold_its_parent_up(stream, amara):
    topic = item(stream, "topic")
    make_item(topic.unit, "aside", parent=topic, optional=True)
    item(stream, "intro").mark(by=amara, state="done")
    item(stream, "chapter-5").mark(by=amara, state="done")
    assert states(amara)["topic"] == "done"


def test_a_parent_of_optional_parts_only_takes_all_of_them(stream, amara):
    unit = stream.units.get()
    refresher = make_item(unit, "refresher", optional=True)
    for name in ("algebra", "probability"):
        make_item(unit, name, parent=refresher, optional=True)
    item(stream, "algebra").mark(by=amara, state="done")
    assert states(amara)["refresher"] == "in_progress"
    item(stream, "probability").mark(by=amara, state="done")
    assert states(amara)["refresher"] == "done"


def test_states_travel_up_through_every_level(stream, amara):
    unit = stream.units.get()
    above = None
    for name in ("a", "b", "c"):
        above = make_item(unit, name, parent=above)
    item(stream, ".c").mark(by=amara, state="done")
    assert states(amara) == {"a": "done", "b": "done", "c": "done"}


def test_one_persons_mark_is_nobody_elses(stream, amara, bela):
    item(stream, "intro").mark(by=amara, state="done")
    assert states(bela) == {}


@pytest.mark.parametrize(
    ("name", "state", "code"),
    [
        ("topic", "done", "has_parts"),
        ("project", "done", "needs_acceptance"),
        ("intro", "finished", "unknown_state"),
        ("intro", "", "unknown_state"),
    ],
)
def test_a_mark_that_may_not_be_is_refused(stream, amara, name, state, code):
    with pytest.raises(Refused) as refusal:
        item(stream, name).mark(by=amara, state=state)
    assert refusal.value.code == code
    assert not ProgressChange.objects.exists()


def test_a_project_may_be_begun_by_hand(stream, amara):
    item(stream, "project").mark(by=amara, state="in_progress")
    assert Progress.objects.get().state == "in_progress"


def test_an_accepted_project_is_done_and_stays_so(stream, amara):
    project = item(stream, "project")
    project.mark(by=amara, state="done", cause="accepted")
    with pytest.raises(Refused) as refusal:
        project.mark(by=amara, state="in_progress")
    assert refusal.value.code == "accepted"
    assert Progress.objects.get().state == "done"


def test_a_retired_item_takes_no_marks(stream, amara):
    extra = item(stream, "extra")
    Item.objects.filter(pk=extra.pk).update(retired_at=NOW)
    with pytest.raises(Refused) as refusal:
        extra.mark(by=amara, state="done")
    assert refusal.value.code == "retired"


def test_work_handed_in_before_its_item_retired_can_still_be_accepted(stream, amara):
    project = item(stream, "project")
    Item.objects.filter(pk=project.pk).update(retired_at=NOW)
    project.mark(by=amara, state="done", cause="accepted")
    assert Progress.objects.get(person=amara).state == "done"


def test_a_mark_takes_few_queries_however_deep(stream, amara, django_assert_num_queries):
    unit = stream.units.get()
    above = None
    for name in "abcdef":
        above = make_item(unit, name, parent=above)
    leaf = item(stream, ".f")
    with django_assert_num_queries(5):  # savepoint, lock, outline, states with changes, release
        leaf.mark(by=amara, state="done")


@pytest.mark.parametrize("whole", [True, False])
def test_a_mark_by_address_is_the_same_mark(stream, amara, bela, whole, django_assert_num_queries):
    unit = stream.units.get()
    above = make_item(unit, "above")
    under = make_item(unit, "under", parent=above)
    leaf = make_item(unit, "leaf", parent=under)
    leaf.mark(by=bela, state="done", at=NOW)
    with django_assert_num_queries(5):  # savepoint, lock, outline, states with changes, release
        outline, line = mark_at(stream.key, leaf.key, by=amara, state="done", at=NOW, whole=whole)
    assert (line.pk, line.state, line.parent.parent.state) == (leaf.pk, "done", "done")
    assert outline.stream == stream
    names = ("item", "before", "after", "cause", "at")
    own, other = (ProgressChange.objects.filter(person=who).order_by("pk").values_list(*names) for who in (amara, bela))
    assert list(own) == list(other)
    assert states(amara) == states(bela)


@pytest.mark.parametrize("whole", [True, False])
def test_no_mark_by_address_on_what_is_not_there(stream, amara, whole):
    leaf = item(stream, "extra")
    assert mark_at(stream.key, "no-such-item", by=amara, state="done", whole=whole) is None
    assert mark_at("no-such-stream", leaf.key, by=amara, state="done", whole=whole) is None
    Item.objects.filter(pk=leaf.pk).update(retired_at=NOW)
    assert mark_at(stream.key, leaf.key, by=amara, state="done", whole=whole) is None
    assert not Progress.objects.exists()
