import threading
import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from mentorship.common.errors import Refused
from mentorship.study.log import log
from mentorship.study.models import StudyEntry
from tests.factory import make_person

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)  # a Wednesday


def refused(**arguments):
    with pytest.raises(Refused) as refusal:
        log(**({"at": NOON} | arguments))
    return refusal.value.code


def test_minutes_on_today_by_the_persons_own_calendar(amara):
    entry = log(person=amara, minutes=30, at=datetime(2026, 3, 11, 23, 30, tzinfo=UTC))
    assert entry.day == date(2026, 3, 12)  # half past midnight in Lagos
    assert entry.day_began == datetime(2026, 3, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "today"),
    [("Pacific/Kiritimati", date(2026, 3, 12)), ("Pacific/Honolulu", date(2026, 3, 11)), ("UTC", date(2026, 3, 11))],
)
def test_each_zone_has_its_own_today(db, zone, today):
    person = make_person(timezone=zone)
    assert log(person=person, minutes=5, at=NOON).day == today
    ahead = date(2026, 3, 12 if today.day == 11 else 13)
    assert refused(person=person, minutes=5, day=ahead) == "day_in_future"


@pytest.mark.parametrize("minutes", [0, -1, 1441, 100_000])
def test_minutes_that_no_day_has(amara, minutes):
    assert refused(person=amara, minutes=minutes) == "minutes_out_of_range"


def test_seven_days_back_and_no_further(amara):
    assert log(person=amara, minutes=5, day=date(2026, 3, 4), at=NOON)
    assert refused(person=amara, minutes=5, day=date(2026, 3, 3)) == "day_closed"


def test_a_day_has_24_hours(amara, bela):
    log(person=amara, minutes=1400, at=NOON)
    assert refused(person=amara, minutes=41) == "day_full"
    log(person=amara, minutes=40, at=NOON)
    log(person=amara, minutes=40, day=date(2026, 3, 10), at=NOON)
    log(person=bela, minutes=40, at=NOON)


def test_a_form_sent_twice_is_one_entry(amara):
    key = uuid.uuid4()
    first, second = (log(person=amara, minutes=30, key=key, at=NOON) for _ in range(2))
    assert first.pk == second.pk


def test_corrected_and_taken_back_while_the_day_is_open(amara, stream):
    item = stream.items.first()
    entry = log(person=amara, minutes=30, note="a\n\tb\x00", at=NOON)
    assert entry.note == "a b"
    entry.change(minutes=45, day=date(2026, 3, 10), item=item, at=NOON)
    entry.refresh_from_db()
    assert (entry.minutes, entry.day, entry.item) == (45, date(2026, 3, 10), item)
    for arguments in ({"minutes": 0, "day": entry.day}, {"minutes": 5, "day": date(2026, 3, 12)}):
        with pytest.raises(Refused):
            entry.change(at=NOON, **arguments)
    late = datetime(2026, 3, 18, 12, tzinfo=UTC)
    for call in (lambda: entry.remove(at=late), lambda: entry.change(minutes=5, day=entry.day, at=late)):
        with pytest.raises(Refused) as refusal:
            call()
        assert refusal.value.code == "day_closed"
    entry.remove(at=NOON)
    with pytest.raises(Refused) as refusal:
        StudyEntry(pk=99, person=amara, minutes=1, day=entry.day).remove(at=NOON)
    assert refusal.value.code == "entry_gone"


def test_a_correction_does_not_count_itself(amara):
    entry = log(person=amara, minutes=1000, at=NOON)
    entry.change(minutes=1440, day=entry.day, at=NOON)
    other = log(person=amara, minutes=30, day=date(2026, 3, 10), at=NOON)
    with pytest.raises(Refused) as refusal:
        other.change(minutes=30, day=entry.day, at=NOON)
    assert refusal.value.code == "day_full"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_pass_24_hours():
    amara = make_person("Amara Okafor")
    results = []

    def work():
        try:
            log(person=amara, minutes=400, at=NOON)
            results.append("logged")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["logged"] * 3 + ["refused"] * 3
