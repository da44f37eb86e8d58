"""A group's links, its next date, and an accountability pair's weeks and nudges."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentorship.cohorts.models import Group, GroupLink, Nudge, Pause, WeekGoal
from mentorship.cohorts.models.away import today_of
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

NOW = timezone.now()


@pytest.fixture
def pair(cohort, amara, bela):
    pair = factory.make_pair(cohort, amara, bela)
    pair.join(by=bela)
    return pair


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_sharing_links(sign_in, pair, amara, bela, mateo):
    base = pair.get_absolute_url()
    client = sign_in(amara)
    assert client.post(f"{base}links/", {"title": "Notes", "url": "example.org/notes"}).status_code == 302
    link = GroupLink.objects.get()
    assert link.url == "https://example.org/notes"
    for url in ("javascript:alert(1)", "ftp://example.org", "", "https://example.org/notes"):
        assert client.post(f"{base}links/", {"title": "Notes", "url": url}).status_code == 422
    assert sign_in(mateo).post(f"{base}links/", {"title": "a", "url": "https://a.example"}).status_code == 404
    assert sign_in(bela).post(f"{base}links/{link.pk}/remove/").status_code == 404
    assert client.post(f"{base}links/{link.pk}/remove/").status_code == 302
    assert not GroupLink.objects.exists()


def test_the_next_date_is_on_ones_own_clock(sign_in, pair, bela, amara):
    base = pair.get_absolute_url()
    day = (NOW + timedelta(days=9)).date()
    sign_in(bela).post(f"{base}meet/", {"day": day, "clock": "18:30", "where": "https://meet.example/us"})
    pair.refresh_from_db()
    local = pair.meets_at.astimezone(bela.zone)
    assert (local.date(), local.hour, local.minute) == (day, 18, 30)
    assert Notification.objects.filter(person=amara, kind="group_meets").count() == 1
    assert b"meet.example" in sign_in(amara).get(base).content
    assert sign_in(bela).post(f"{base}meet/", {"day": "2020-01-01", "clock": "18:30"}).status_code == 422
    assert sign_in(bela).post(f"{base}meet/", {"day": day}).status_code == 422
    sign_in(bela).post(f"{base}meet/", {"day": "", "clock": "", "where": ""})
    pair.refresh_from_db()
    assert pair.meets_at is None


def test_a_time_that_clocks_skip_or_show_twice_is_asked_about(sign_in, pair, bela):
    address = f"{pair.get_absolute_url()}meet/"
    answer = sign_in(bela).post(address, {"day": "2027-03-28", "clock": "02:30"})
    assert answer.status_code == 422
    assert b"does not exist in Europe/Budapest" in answer.content
    answer = sign_in(bela).post(address, {"day": "2027-10-31", "clock": "02:30"})
    assert b"exists twice" in answer.content
    assert sign_in(bela).post(address, {"day": "2027-10-31", "clock": "02:30", "which": "second"}).status_code == 302
    pair.refresh_from_db()
    assert pair.meets_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_a_week_is_seen_by_consent_and_not_any_longer(sign_in, pair, amara, bela):
    base = pair.get_absolute_url()
    factory.make_study_entry(amara, minutes=80)
    sign_in(amara).post(f"{base}goal/", {"text": "Chapter five"})
    before = sign_in(bela).get(base).content.decode()
    assert "has not shared the week" in before
    assert "Chapter five" not in before
    sign_in(amara).post(f"{base}week/share/")
    page = sign_in(bela).get(base).content.decode()
    assert "1 h 20 min" in page
    assert "Chapter five" in page
    assert "has not shared" in sign_in(amara).get(base).content.decode()
    sign_in(amara).post(f"{base}week/hide/")
    assert "Chapter five" not in sign_in(bela).get(base).content.decode()


def test_nobody_shares_for_another_and_admins_do_not_see_it(sign_in, pair, amara, bela, ada, cohort):
    mine = pair.members.get(membership__person=amara)
    assert refused(lambda: mine.share_week(True, by=bela)) == "not_yours"
    mine.share_week(True, by=amara)
    assert b"This week" not in sign_in(ada).get(pair.get_absolute_url()).content
    assert sign_in(ada).post(f"{pair.get_absolute_url()}week/share/").status_code == 404
    mine.leave(by=amara)
    mine.refresh_from_db()
    assert refused(lambda: mine.share_week(True, by=amara)) == "no_partner"


def test_a_goal_is_ones_own_and_of_this_week(pair, amara, bela):
    mine = pair.members.get(membership__person=amara)
    for text in ("One", "Two"):
        WeekGoal.aim(mine, by=amara, text=text)
    assert WeekGoal.objects.get().text == "Two"
    assert refused(lambda: WeekGoal.aim(mine, by=bela, text="Three")) == "not_yours"
    WeekGoal.aim(mine, by=amara, text=" ")
    assert not WeekGoal.objects.exists()


def test_a_nudge_a_day(sign_in, pair, amara, bela):
    base = pair.get_absolute_url()
    assert sign_in(amara).post(f"{base}nudge/", {"words": 1}).status_code == 302
    assert Notification.objects.get(person=bela, kind="nudge").body.startswith("Half an hour")
    page = sign_in(amara).post(f"{base}nudge/", {"words": 2}, follow=True).content
    assert b"You nudged B" in page
    assert Nudge.objects.count() == 1
    Nudge.give(pair, by=bela, words=1)
    Nudge.give(pair, by=amara, words=1, at=NOW + timedelta(days=1))
    sign_in(amara).post(f"{base}nudge/", {"words": 99})
    assert Nudge.objects.count() == 3


def test_the_day_is_the_givers(pair, amara, bela):
    """Amara in Lagos: 22:30 UTC is 23:30 of the same day, 23:30 UTC the next day."""
    first = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
    Nudge.give(pair, by=amara, words=1, at=first)
    assert refused(lambda: Nudge.give(pair, by=amara, words=1, at=first)) == "today_already"
    Nudge.give(pair, by=amara, words=1, at=first + timedelta(hours=1))


def test_no_nudge_on_a_pause_or_outside_of_a_pair(pair, amara, bela, alone, cohort, mateo):
    today = today_of(bela)
    Pause.take(alone, by=bela, reason="rest", first_day=today, returns_on=today + timedelta(days=5))
    assert refused(lambda: Nudge.give(pair, by=amara, words=1)) == "on_pause"
    assert refused(lambda: Nudge.give(pair, by=mateo, words=1)) == "no_partner"


def test_the_database_holds_it_too(pair, amara, bela):
    row = {"group": pair, "giver": amara, "receiver": bela, "day": "2026-11-20", "words": 1}
    Nudge.objects.create(**row)
    with pytest.raises(IntegrityError, match="nudge_once_a_day"), transaction.atomic():
        Nudge.objects.create(**row)


@pytest.mark.django_db(transaction=True)
def test_nudged_eight_times_at_once_is_once():
    cohort = factory.make_cohort()
    one, other = (factory.make_membership(cohort, factory.make_person()) for _ in range(2))
    pair = factory.make_group(cohort, [one, other], kind="accountability")
    results = at_once([lambda: Nudge.give(Group.objects.get(pk=pair.pk), by=one.person, words=1)] * 8)
    assert codes(results) == ["done"] + ["today_already"] * 7
    assert Notification.objects.filter(kind="nudge").count() == 1
