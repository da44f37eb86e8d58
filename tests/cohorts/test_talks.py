"""Guest talks: planned, the speaker invited, announced, signed up for, moved, called off, recorded."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentorship.cohorts.models import Talk
from mentorship.cohorts.reminders_hours import remind_of_talks
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes


def refused(call) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def told(person) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def seen_by(person) -> list[str]:
    from django.contrib.auth.models import AnonymousUser

    return sorted(Talk.objects.visible_to(person or AnonymousUser()).values_list("visibility", flat=True))


def test_who_sees_which(cohort, ada, amara, olga):
    factory.make_talk(ada, visibility="public")
    factory.make_talk(ada)
    factory.make_talk(ada, announced=False, visibility="public")
    assert seen_by(None) == seen_by(olga) == ["public"]
    assert seen_by(amara) == ["program", "public"]
    assert seen_by(ada) == ["program", "public", "public"]


def test_members_of_cohorts_that_run_are_told_of_it(cohort, ada, amara, mateo, olga):
    factory.make_talk(ada)
    assert told(amara) == told(mateo) == ["talk_announced"]
    assert told(olga) == []


def test_the_speaker_answers_once_by_the_letter(ada):
    talk, secret = factory.make_talk(ada, announced=False)
    assert refused(lambda: Talk.reply(secret="x" * 32, yes=True)) == "void"
    Talk.reply(secret=secret, yes=True, note="With slides.")
    talk.refresh_from_db()
    assert (talk.answer, talk.answer_note) == ("yes", "With slides.")
    assert refused(lambda: Talk.reply(secret=secret, yes=False)) == "void"
    assert refused(lambda: talk.invite(by=ada)) == "answered"
    assert told(ada) == ["talk_answered"]


def test_the_secret_is_kept_as_a_digest_and_a_second_letter_voids_the_first(ada):
    talk, first = factory.make_talk(ada, announced=False)
    assert first not in str(Talk.objects.values().get())
    talk.invite(by=ada)
    assert refused(lambda: Talk.reply(secret=first, yes=True)) == "void"


def test_a_letter_is_void_after_thirty_days_or_once_called_off(ada):
    talk, secret = factory.make_talk(ada, days=50, announced=False)
    assert refused(lambda: Talk.reply(secret=secret, yes=True, at=timezone.now() + timedelta(days=31))) == "void"
    talk.cancel(by=ada)
    assert refused(lambda: Talk.reply(secret=secret, yes=True)) == "void"


def test_a_speaker_who_said_no_is_not_announced(ada):
    talk, secret = factory.make_talk(ada, announced=False)
    Talk.reply(secret=secret, yes=False)
    assert refused(lambda: talk.announce(by=ada)) == "speaker_declined"


def test_seats_then_a_waiting_list_that_moves_up(cohort, ada, amara, bela, mateo, olga):
    talk, _secret = factory.make_talk(ada, limit=1, visibility="public")
    assert talk.sign_up(by=amara).seated_at
    waiting = [talk.sign_up(by=person) for person in (bela, mateo, olga)]
    assert [seat.place() for seat in waiting] == [1, 2, 3]
    assert refused(lambda: talk.sign_up(by=bela)) == "signed_up"
    talk.leave(by=amara)
    assert told(bela)[-2:] == ["talk_waiting", "talk_seat"]
    talk.leave(by=mateo)
    assert waiting[2].place() == 1
    assert refused(lambda: talk.leave(by=amara)) == "not_signed_up"
    talk.refresh_from_db()
    assert talk.seats_taken == 1


def test_more_seats_move_the_list_up_and_never_fewer_than_are_taken(ada, amara, bela):
    talk, _secret = factory.make_talk(ada, limit=1)
    seats = [talk.sign_up(by=person) for person in (amara, bela)]
    Talk.objects.get().edit(by=ada, limit=2)
    seats[1].refresh_from_db()
    assert seats[1].seated_at
    assert refused(lambda: Talk.objects.get().edit(by=ada, limit=1)) == "limit"
    with pytest.raises(IntegrityError, match="talk_seats_hold"), transaction.atomic():
        Talk.objects.update(limit=1)


def test_moved_and_called_off_are_told_to_who_comes(ada, amara, bela):
    talk, _secret = factory.make_talk(ada)
    talk.sign_up(by=amara)
    for days in (8, 9):
        start = timezone.now() + timedelta(days=days)
        Talk.objects.get().edit(by=ada, starts_at=start, ends_at=start + timedelta(hours=1))
    Talk.objects.get().cancel(by=ada, reason="Ill.")
    assert told(amara) == ["talk_seat", "talk_moved", "talk_moved", "talk_cancelled"]
    assert told(bela) == []
    assert Talk.objects.get().sequence == 3
    for verb in ("announce", "invite", "cancel"):
        assert refused(lambda verb=verb: getattr(talk, verb)(by=ada)) == "cancelled"
    assert refused(lambda: talk.sign_up(by=bela)) == "cancelled"


def test_the_recording_comes_afterwards(ada, amara):
    talk, _secret = factory.make_talk(ada)
    talk.sign_up(by=amara)
    link = "https://videos.example/1"
    assert refused(lambda: talk.record(by=ada, recording=link)) == "not_begun"
    talk.record(by=ada, recording=link, at=talk.ends_at)
    assert told(amara)[-1] == "talk_recorded"
    assert refused(lambda: talk.leave(by=amara, at=talk.ends_at)) == "over"


def test_reminded_a_day_before_once_with_a_seat(ada, amara, bela):
    talk, _secret = factory.make_talk(ada, limit=1)
    talk.sign_up(by=amara)
    talk.sign_up(by=bela)
    assert remind_of_talks(at=talk.starts_at - timedelta(hours=25)) == 0
    assert remind_of_talks(at=talk.starts_at - timedelta(hours=2)) == 1
    assert remind_of_talks(at=talk.starts_at - timedelta(hours=1)) == 0
    assert "talk_soon" not in told(bela)


@pytest.mark.django_db(transaction=True)
def test_ten_sign_up_at_once_for_three_seats():
    ada = factory.make_person(groups=["admins"])
    talk, _secret = factory.make_talk(ada, limit=3)
    people = [factory.make_person() for _ in range(10)]
    assert codes(at_once([lambda person=person: talk.sign_up(by=person) for person in people])) == ["done"] * 10
    assert talk.seats.seated().count() == Talk.objects.get().seats_taken == 3
    assert talk.seats.waiting().count() == 7


@pytest.mark.django_db(transaction=True)
def test_the_speaker_answers_once_also_twice_at_once():
    ada = factory.make_person(groups=["admins"])
    _talk, secret = factory.make_talk(ada, announced=False)
    results = at_once([lambda yes=yes: Talk.reply(secret=secret, yes=yes) for yes in (True, False) * 3])
    assert codes(results) == ["done"] + ["void"] * 5
