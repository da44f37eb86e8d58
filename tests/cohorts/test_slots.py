"""Hours that members offer: offered, booked by one, called off in time; nobody is promised twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.models import Booking, Engagement, Slot
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


def seat(cohort, person):
    return cohort.memberships.get(person=person)


def slot(cohort, host, days=2, **fields):
    return factory.make_slot(seat(cohort, host), days, at=AT, **fields)


def refused(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def told(person) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_mentor_offers_and_a_mentee_books(cohort, mateo, amara):
    row = slot(cohort, mateo)
    booking = row.book(by=amara, topic="Two pointers", at=AT)
    assert list(Slot.objects.open(AT)) == []
    assert (booking.guest.person, booking.host.person, booking.candidate.person) == (amara, mateo, amara)
    assert told(amara) == told(mateo) == ["hours_booked"]


def test_a_peer_offers_interviews_and_no_office_hours(cohort, amara, bela):
    assert slot(cohort, amara, host_asks=False).book(by=bela, at=AT).candidate.person == amara
    assert refused(lambda: slot(cohort, bela, 3, kind="office", interview_round="")) == "not_a_mentor"


def test_who_is_not_of_the_cohort_neither_offers_nor_books(cohort, mateo, noor, olga):
    row = slot(cohort, mateo)
    for outsider in (noor, olga):
        assert refused(lambda person=outsider: row.book(by=person, at=AT)) == "not_a_member"
    assert refused(lambda: Slot.offer(by=olga, cohort=cohort, kind="office", starts=[AT], minutes=30)) == "not_a_member"


def test_all_of_a_series_or_none(cohort, mateo):
    slot(cohort, mateo, 9)
    starts = [AT + timedelta(days=2), AT + timedelta(days=9)]
    what = {"kind": "office", "minutes": 60, "at": AT}
    assert refused(lambda: Slot.offer(by=mateo, cohort=cohort, starts=starts, **what)) == "overlaps"
    assert Slot.objects.count() == 1


@pytest.mark.parametrize(
    ("minutes", "days", "code"), [(10, 1, "minutes"), (95, 1, "minutes"), (30, -1, "day"), (30, 130, "day")]
)
def test_what_no_offer_can_be(cohort, mateo, minutes, days, code):
    assert refused(lambda: slot(cohort, mateo, days, minutes=minutes)) == code


def test_nobody_is_promised_twice_at_one_time(cohort, mateo, amara, bela):
    mine, mateos = slot(cohort, amara), slot(cohort, mateo)
    assert refused(lambda: mateos.book(by=amara, at=AT)) == "overlaps"
    mine.withdraw(by=amara, at=AT)
    mateos.book(by=amara, at=AT)
    assert refused(lambda: mateos.book(by=bela, at=AT)) == "taken"
    assert refused(lambda: slot(cohort, amara)) == "overlaps"


def test_one_after_the_other_is_no_overlap(cohort, mateo):
    first = slot(cohort, mateo)
    after = Slot.offer(by=mateo, cohort=cohort, kind="office", starts=[first.ends_at], minutes=30, at=AT)
    assert after[0].starts_at == first.ends_at


def test_the_database_holds_it_too(cohort, mateo):
    row = slot(cohort, mateo)
    times = {"starts_at": row.starts_at + timedelta(minutes=1), "ends_at": row.ends_at}
    with pytest.raises(IntegrityError, match="engagement_once_at_a_time"), transaction.atomic():
        Engagement.objects.create(person=mateo, slot=row, **times)
    with pytest.raises(IntegrityError, match="slot_length"), transaction.atomic():
        Slot.objects.update(ends_at=row.starts_at)


def test_own_hours_and_those_that_have_begun_are_not_booked(cohort, mateo, amara):
    row = slot(cohort, mateo)
    assert refused(lambda: row.book(by=mateo, at=AT)) == "own"
    assert refused(lambda: row.book(by=amara, at=row.starts_at)) == "begun"


def test_three_at_most_to_come(cohort, mateo, amara):
    for days in (2, 3, 4):
        slot(cohort, mateo, days).book(by=amara, at=AT)
    fourth = slot(cohort, mateo, 5)
    assert refused(lambda: fourth.book(by=amara, at=AT)) == "too_many"
    fourth.book(by=amara, at=AT + timedelta(days=2, hours=2))


def test_called_off_by_the_guest_it_is_free_again(cohort, mateo, amara, bela):
    row = slot(cohort, mateo)
    row.book(by=amara, at=AT).cancel(by=amara, reason="Ill.", at=AT)
    assert told(mateo)[-1] == told(amara)[-1] == "hours_cancelled"
    assert row.book(by=bela, at=AT).guest.person == bela


def test_called_off_by_the_host_it_is_gone(cohort, mateo, amara, bela):
    row = slot(cohort, mateo)
    row.book(by=amara, at=AT).cancel(by=mateo, at=AT)
    assert refused(lambda: row.book(by=bela, at=AT)) == "withdrawn"
    assert not Engagement.objects.exists()


def test_until_three_hours_before(cohort, mateo, amara, bela):
    row = slot(cohort, mateo)
    booking = row.book(by=amara, at=AT)
    late = row.starts_at - timedelta(hours=3) + timedelta(seconds=1)
    assert refused(lambda: booking.cancel(by=amara, at=late)) == "too_late"
    assert refused(lambda: booking.cancel(by=bela, at=AT)) == "not_yours"
    booking.cancel(by=amara, at=late - timedelta(seconds=1))
    assert refused(lambda: booking.cancel(by=amara, at=AT)) == "cancelled"


def test_what_is_booked_is_not_withdrawn(cohort, mateo, amara, bela):
    row = slot(cohort, mateo)
    assert refused(lambda: row.withdraw(by=bela, at=AT)) == "not_yours"
    row.book(by=amara, at=AT)
    assert refused(lambda: row.withdraw(by=mateo, at=AT)) == "booked"


def test_who_leaves_gives_back_what_they_booked_and_offered(cohort, mateo, amara, bela):
    hers, mateos = factory.make_slot(seat(cohort, amara), 3), factory.make_slot(seat(cohort, mateo), 2)
    mateos.book(by=amara)
    hers.book(by=bela)
    seat(cohort, amara).leave(by=amara)
    assert list(Slot.objects.open()) == [mateos]
    assert not Booking.objects.standing().exists()
    assert "hours_cancelled" in told(bela)
    assert "hours_cancelled" in told(mateo)


def test_away_nothing_is_offered_and_what_was_is_not_booked(cohort, mateo, amara):
    row = slot(cohort, mateo)
    factory.make_away(mateo, 1, 3, now=AT)
    assert list(Slot.objects.open(AT)) == []
    assert refused(lambda: row.book(by=amara, at=AT)) == "away"
    assert refused(lambda: slot(cohort, mateo, 3)) == "day"
    slot(cohort, mateo, 5)
    peer = slot(cohort, amara, 4)
    peer.host.pauses.create(reason="rest", first_day=AT.date(), returns_on=AT.date() + timedelta(days=9))
    mateo.away.get().end(by=mateo, at=AT)
    assert Slot.objects.open(AT).count() == 2


@pytest.mark.django_db(transaction=True)
def test_eight_book_one_slot_at_once():
    cohort = factory.make_cohort()
    host = factory.make_membership(cohort, factory.make_person(), role="mentor")
    people = [factory.make_membership(cohort, factory.make_person()).person for _ in range(8)]
    row = factory.make_slot(host)
    results = at_once([lambda person=person: row.book(by=person) for person in people])
    assert codes(results) == ["done"] + ["taken"] * 7


@pytest.mark.django_db(transaction=True)
def test_one_person_books_at_one_time_with_six_hosts_at_once():
    cohort = factory.make_cohort()
    amara = factory.make_membership(cohort, factory.make_person()).person
    rows = [
        factory.make_slot(factory.make_membership(cohort, factory.make_person(), role="mentor")) for _ in range(6)
    ]  # fmt: skip
    results = at_once([lambda row=row: row.book(by=amara) for row in rows])
    assert codes(results) == ["done"] + ["overlaps"] * 5
    assert Booking.objects.count() == 1
