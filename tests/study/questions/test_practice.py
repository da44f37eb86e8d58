"""Practising: FSRS's own numbers, one rating a question, the day of the person's calendar."""

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from django.db import DatabaseError, transaction

from mentorship.common.errors import Refused
from mentorship.study.models import Attempt, Card, PracticePlan
from mentorship.study.questions.calling import call
from mentorship.study.questions.figures import forecast_of, retention_of
from mentorship.study.questions.queue import today_of
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import make_person
from tests.study.questions.make import make_card, make_question

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def rate(card, rating, at):
    return card.rate(rating, version=Card.objects.get(pk=card.pk).version, at=at)


def test_ratings_give_what_the_library_gives(amara):
    card, twin = make_card(amara, at=NOON), fsrs.Card(card_id=1, due=NOON)
    scheduler, at = fsrs.Scheduler(enable_fuzzing=False), NOON
    for rating, days in ((3, 0), (3, 3), (3, 15), (1, 40), (2, 40), (4, 60)):
        at = NOON + timedelta(days=days, minutes=rating)
        twin, _ = scheduler.review_card(twin, fsrs.Rating(rating), at)
        rate(card, rating, at)
        card.refresh_from_db()
        assert (card.stability, card.difficulty, card.due) == (twin.stability, twin.difficulty, twin.due)
        assert (card.state, card.step) == (twin.state.value, twin.step)
    # FSRS 6 with its default weights: a first 'good' stands at 2.3065 days.
    assert Attempt.objects.earliest("pk").before["stability"] is None
    assert fsrs.Scheduler().parameters[2] == 2.3065
    assert card.lapses == 1


def test_one_state_is_rated_once_and_the_same_form_twice_is_one_attempt(amara):
    card, key = make_card(amara), "9d0c41a2-7a24-4b62-8a28-0f8e1f2a7c11"
    first = card.rate(3, version=0, key=key)
    assert card.rate(1, version=0, key=key) == first
    with pytest.raises(Refused) as refusal:
        card.rate(1, version=0)
    assert refusal.value.code == "rated_meanwhile"


def test_taking_back_restores_what_stood_and_history_stays(amara):
    card = make_card(amara, at=NOON)
    rate(card, 3, NOON)
    stood = Card.objects.get()
    rate(card, 1, NOON + timedelta(minutes=10))
    Card.undo(by=amara, at=NOON + timedelta(minutes=11))
    card.refresh_from_db()
    assert (card.due, card.step, card.stability, card.version) == (stood.due, stood.step, stood.stability, 3)
    assert Attempt.objects.count() == 2
    with pytest.raises(Refused) as refusal:  # the card was changed since: by the taking back itself
        Card.undo(by=amara, at=NOON + timedelta(minutes=12))
    assert refusal.value.code == "changed_since"
    attempt = Attempt.objects.latest("pk")
    for change in ({"rating": 4}, {"undone_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Attempt.objects.filter(pk=attempt.pk).update(**change)


def test_due_is_a_day_of_the_persons_calendar(amara):
    """Lagos is an hour ahead: what is due at 23:30 there is due all that day; what is at 00:30 is not."""
    card = make_card(amara, at=NOON - timedelta(days=9))
    rate(card, 4, NOON - timedelta(days=8))
    for due, shown in (("22:30", True), ("23:30", False)):
        Card.objects.update(due=datetime.fromisoformat(f"2026-03-02T{due}:00+00:00"))
        assert (today_of(amara, datetime(2026, 3, 2, 0, 0, tzinfo=UTC)).card is not None) is shown
    Card.objects.update(due=NOON + timedelta(days=1, hours=5))
    assert today_of(amara, NOON).left.due == 0


def test_new_ones_as_many_as_wanted_a_day_and_what_is_called_for_comes_first(amara):
    PracticePlan.change(by=amara, new_a_day=2)
    cards = [make_card(amara, at=NOON + timedelta(seconds=n)) for n in range(4)]
    called = make_question()
    assert call([called, cards[3].question], person=amara, source="review:1", says="A review says so.", at=NOON) == 2
    assert call([called, cards[3].question], person=amara, source="review:1", says="Again.", at=NOON) == 0
    for expected in (called, cards[3].question, None):
        today = today_of(amara, NOON)
        if expected:
            assert today.card.question in (called, cards[3].question)
            assert today.card.reason == "A review says so."
            rate(today.card, 4, NOON)
    assert (today.left.new, today.left.more_new) == (0, 3)  # two were begun today, whoever asked for them
    assert today_of(amara, NOON + timedelta(days=1)).left.new == 2


def test_a_leech_is_left_out_until_the_person_decides(amara):
    card, at = make_card(amara, at=NOON), NOON
    for _ in range(6):
        rate(card, 4, at)
        at += timedelta(days=30)
        rate(card, 1, at)
        card.refresh_from_db()
    assert (card.lapses, card.leech_at, card.suspended_at) == (6, at, at)
    assert today_of(amara, at + timedelta(days=1)).card is None
    card.resume()
    assert (card.lapses, today_of(amara, at + timedelta(days=1)).card) == (0, card)


def test_retention_and_forecast(amara, bela):
    card = make_card(amara, at=NOON)
    for days, rating in ((0, 4), (9, 3), (100, 1), (101, 3)):
        rate(card, rating, NOON + timedelta(days=days))
    rate(make_card(bela), 4, NOON)
    at = NOON + timedelta(days=102)
    month, quarter = retention_of(amara, at)
    assert (month.asked, month.right, quarter.asked, quarter.right) == (1, 0, 1, 0)
    assert retention_of(amara, NOON + timedelta(days=20))[0].percent == 100
    card.refresh_from_db()
    forecast = forecast_of(amara, card.due + timedelta(days=2))
    assert [bar.count for bar in forecast.bars] == [1] + [0] * 13  # what is late counts today
    assert forecast.total == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once():
    card = make_card(make_person())
    copies = [Card.objects.get() for _ in range(4)]
    results = at_once([lambda copy=copy, n=n: copy.rate(n + 1, version=0) for n, copy in enumerate(copies)])
    assert codes(results) == ["done"] + ["rated_meanwhile"] * 3
    results = at_once([lambda: Card.undo(by=card.person)] * 3)
    assert codes(results) == ["done"] + ["nothing_to_undo"] * 2
    again = at_once([lambda: Card.add([card.question], by=card.person)] * 3)
    assert again == [None] * 3
    assert Card.objects.count() == 1
