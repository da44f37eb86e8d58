"""What is due moves with a pause: on pages, in the API, in calendars; beside extensions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mentorship.cohorts.calendar_sources import entries_of
from mentorship.cohorts.models import DueDate, Extension, Pause
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory

TODAY = date.today()  # noqa: DTZ011 - as the factory's cohorts
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)  # 13:00 for Amara, whose clocks never change


def days(count):
    return timedelta(days=count)


@pytest.fixture
def due(cohort):
    return factory.make_due(cohort, due_at=NOW + days(10), changed_at=NOW)


def pause(seat, first, until, at=NOW):
    first_day, returns_on = TODAY + days(first), TODAY + days(until)
    return Pause.take(seat, by=seat.person, reason="rest", first_day=first_day, returns_on=returns_on, at=at)


def own(due, person):
    return DueDate.objects.for_person(person).get(pk=due.pk)


def later(due, person):
    return (own(due, person).own_at - due.due_at) / days(1)


@pytest.mark.parametrize(("first", "until", "moved"), [(0, 5, 5), (10, 14, 4), (9, 11, 2), (11, 15, 0)])
def test_what_lies_in_a_pause_or_after_it_is_later_by_its_days(due, mentee, amara, bela, first, until, moved):
    pause(mentee, first, until)
    assert (later(due, amara), later(due, bela)) == (moved, 0)


@pytest.mark.parametrize(("minutes", "moved"), [(-1, 0), (0, 4)])
def test_the_days_are_those_of_the_mentees_own_calendar(cohort, mentee, amara, minutes, moved):
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=amara.zone) + days(10)
    due = factory.make_due(cohort, due_at=midnight + timedelta(minutes=minutes))
    pause(mentee, 10, 14)
    assert later(due, amara) == moved


def test_the_hour_stays_where_clocks_change(cohort, alone, bela):
    """Clocks in Budapest go back on 31 October 2027."""
    alone.pauses.create(reason="rest", first_day=date(2027, 10, 25), returns_on=date(2027, 11, 4))
    due = factory.make_due(cohort, due_at=datetime(2027, 10, 28, 21, 59, tzinfo=UTC))
    assert own(due, bela).own_at == datetime(2027, 11, 7, 22, 59, tzinfo=UTC)
    assert own(due, bela).why.pause_days == 10


def test_into_another_pause_it_moves_on(due, mentee, amara):
    first = pause(mentee, 0, 3)
    first.greet(at=NOW + days(3))
    pause(mentee, 12, 20, at=NOW + days(3))
    assert later(due, amara) == 3 + 8
    assert str(own(due, amara).why) == "11 days later for your pause"


def test_back_early_it_moves_less(due, mentee, amara):
    row = pause(mentee, 0, 9)
    row.end(by=amara, at=NOW + days(2))
    assert later(due, amara) == 2


def test_called_off_it_does_not_move(due, mentee, amara):
    pause(mentee, 5, 9).end(by=amara, at=NOW)
    assert later(due, amara) == 0
    assert not own(due, amara).why


def test_time_given_before_moves_and_time_given_later_stays(due, mentee, amara, mateo):
    Extension.give(due=due, membership=mentee, by=mateo, until=due.due_at + days(3), reason="x", at=NOW)
    pause(mentee, 5, 9, at=NOW + timedelta(hours=1))
    assert later(due, amara) == 3 + 4
    assert str(own(due, amara).why) == "extended for you, 4 days later for your pause"
    Extension.give(
        due=due, membership=mentee, by=mateo, until=due.due_at + days(5), reason="y", at=NOW + timedelta(hours=2)
    )
    assert later(due, amara) == 5
    assert str(own(due, amara).why) == "extended for you"


@pytest.mark.parametrize(("more", "said"), [(3, "they have by their pause"), (-4, "they have by their pause")])
def test_more_time_is_more_than_the_pause_gives(due, mentee, mateo, more, said):
    pause(mentee, 5, 9)
    with pytest.raises(Refused, match=said):
        Extension.give(due=due, membership=mentee, by=mateo, until=due.due_at + days(more), reason="x", at=NOW)


def test_nothing_is_due_in_a_pause(due, mentee, mateo):
    pause(mentee, 12, 20)
    with pytest.raises(Refused, match="Nothing is due in a pause"):
        Extension.give(due=due, membership=mentee, by=mateo, until=due.due_at + days(4), reason="x", at=NOW)


def test_each_change_is_one_for_calendars(due, mentee, amara, ada):
    def entry():
        found = next(entry for entry in entries_of(amara, at=NOW) if entry.key == f"due-{due.pk}")
        return found.sequence, found.starts_at - due.due_at, found.about

    seen = [entry()]
    row = pause(mentee, 5, 9)
    seen.append(entry())
    row.end(by=amara, at=NOW + days(6))
    seen.append(entry())
    assert seen == [
        (0, days(0), ""), (1, days(4), "4 days later for your pause."), (2, days(1), "1 day later for your pause."),
    ]  # fmt: skip
    due.set(NOW + days(2), by=ada)  # before the pause
    assert entry()[:2] == (3, days(0))


def test_who_is_told_of_another_day_is_told_their_own(due, mentee, amara, bela, ada):
    pause(mentee, 5, 9)
    due.set(NOW + days(20), by=ada)
    titles = dict(Notification.objects.filter(kind="due_date_set").values_list("person", "title"))
    assert f"{(NOW + days(24)).day} " in titles[amara.pk]
    assert f"{(NOW + days(20)).day} " in titles[bela.pk]


def test_pages_and_api_say_so(sign_in, due, mentee, amara, bela):
    pause(mentee, 5, 9)
    client, said = sign_in(amara), "4 days later for your pause"
    for url in (f"/cohorts/{due.cohort.slug}/calendar/", due.get_absolute_url(), due.item.project.get_absolute_url()):
        assert said in client.get(url).text
        assert "for your pause" not in sign_in(bela).get(url).text
    (row,) = client.get("/api/v1/due-dates/").json()["results"]
    assert (row["extended"], row["pause_days"]) == (False, 4)
