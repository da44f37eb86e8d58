from datetime import UTC, datetime, timedelta

from mentorship.notifications import slots

NOON = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)


def test_two_beats_are_one(db):
    assert slots.claim("remind", NOON)
    assert not slots.claim("remind", NOON + timedelta(minutes=2))


def test_the_next_slot_and_another_job_are_free(db):
    slots.claim("remind", NOON)
    assert slots.claim("remind", NOON + timedelta(minutes=5))
    assert slots.claim("sweep", NOON)
