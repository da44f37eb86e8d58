"""More time for one person: asked, given, declined, ended; told, and its history kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.calendar_sources import entries_of
from mentorship.cohorts.models import DueDate, Extension
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

NOW = timezone.now()


@pytest.fixture
def due(cohort):
    return factory.make_due(cohort)


@pytest.fixture
def asked(due, mentee):
    return factory.make_extension(due, mentee)


def own_at(due, person):
    return DueDate.objects.for_person(person).get(pk=due.pk).own_at


def told(person, kind):
    return Notification.objects.filter(person=person, kind=kind).count()


def test_a_mentee_asks_their_mentor_grants_and_only_they_have_longer(due, asked, amara, bela, mateo):
    assert told(mateo, "extension_asked") == 1
    assert own_at(due, amara) == due.due_at
    asked.grant(by=mateo, note="Get dry first.")
    assert own_at(due, amara) == due.due_at + timedelta(days=7)
    assert own_at(due, bela) == due.due_at
    assert Notification.objects.get(person=amara, kind="extension_granted").body == "Get dry first."


def test_without_a_mentor_the_admins_are_asked(due, alone, ada):
    row = factory.make_extension(due, alone)
    assert told(ada, "extension_asked") == 1
    row.grant(by=ada)


def test_an_extension_that_ends_is_over_and_stays_in_the_history(due, asked, amara, mateo, ada):
    asked.grant(by=mateo)
    asked.end(by=ada, note="Handed in already.")
    assert own_at(due, amara) == due.due_at
    assert told(amara, "extension_ended") == 1
    second = Extension.give(due=due, membership=asked.membership, by=mateo, until=due.due_at + timedelta(1), reason="x")
    third = Extension.give(due=due, membership=asked.membership, by=ada, until=due.due_at + timedelta(2), reason="y")
    assert own_at(due, amara) == third.until
    assert list(Extension.objects.order_by("pk").values_list("state", flat=True)) == ["ended", "ended", "granted"]
    assert second.until == due.due_at + timedelta(1)
    assert told(mateo, "extension_granted_mentor") == 1


def test_what_everybody_gets_later_is_theirs_too(due, asked, amara, mateo, ada):
    asked.grant(by=mateo)
    due.set(due.due_at + timedelta(days=30), by=ada)
    assert own_at(due, amara) == due.due_at


def test_each_change_is_one_for_calendars(due, asked, amara, mateo, ada):
    def entry():
        return next(entry for entry in entries_of(amara) if entry.key == f"due-{due.pk}")

    seen = [(entry().sequence, entry().starts_at)]
    asked.grant(by=mateo)
    seen.append((entry().sequence, entry().starts_at))
    due.set(due.due_at + timedelta(hours=1), by=ada)
    seen.append((entry().sequence, entry().starts_at))
    asked.end(by=mateo)
    seen.append((entry().sequence, entry().starts_at))
    week = timedelta(days=7)
    first, later = due.due_at - timedelta(hours=1), due.due_at
    assert seen == [(0, first), (1, first + week), (2, first + week), (3, later)]


@pytest.mark.parametrize(("days", "said"), [(0, "ends later than"), (-1, "ends later than"), (300, "120 days at most")])
def test_time_that_is_none_is_refused(due, mentee, days, said):
    with pytest.raises(Refused, match=said):
        factory.make_extension(due, mentee, days=days)


def test_time_that_has_passed_is_refused(cohort, mentee):
    due = factory.make_due(cohort, due_at=NOW - timedelta(days=9))
    with pytest.raises(Refused, match="has passed"):
        factory.make_extension(due, mentee, days=8)


@pytest.mark.parametrize("who", ["amara", "bela", "noor", "olga", "ines"])
def test_nobody_else_decides(due, asked, who, request, amara):
    person = request.getfixturevalue(who)
    person = getattr(person, "person", person)
    for call in (
        lambda: asked.grant(by=person), lambda: asked.decline(by=person, note=""),
        lambda: Extension.give(
            due=due, membership=asked.membership, by=person, until=due.due_at + timedelta(1), reason="x"
        ),
    ):  # fmt: skip
        with pytest.raises(Refused, match="mentor gives more time"):
            call()
    assert own_at(due, amara) == due.due_at


def test_one_asks_for_oneself_and_once(due, asked, amara, mateo, mentee, mentor):
    with pytest.raises(Refused, match="You have asked already"):
        factory.make_extension(due, mentee)
    with pytest.raises(Refused, match="for yourself"):
        factory.make_extension(due, mentee, by=mateo)
    with pytest.raises(Refused, match="Only who is a mentee"):
        factory.make_extension(due, mentor)
    asked.withdraw(by=amara)
    factory.make_extension(due, mentee).decline(by=mateo, note="You have time.")
    assert told(amara, "extension_declined") == 1


@pytest.mark.django_db(transaction=True)
def test_answered_by_two_at_once_it_is_answered_once():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort()
    due, mentee = factory.make_due(cohort), factory.make_membership(cohort, factory.make_person())
    row = factory.make_extension(due, mentee)
    copies = [Extension.objects.get(pk=row.pk) for _ in range(6)]
    calls = [lambda copy=copy: copy.grant(by=ada) for copy in copies[:3]]
    calls += [lambda copy=copy: copy.decline(by=ada, note="") for copy in copies[3:]]
    assert codes(at_once(calls)) == ["decided_already"] * 5 + ["done"]
    until = [due.due_at + timedelta(days=day) for day in range(1, 5)]
    gives = [lambda end=end: Extension.give(due=due, membership=mentee, by=ada, until=end, reason="x") for end in until]
    assert codes(at_once(gives)) == ["done"] * 4
    assert Extension.objects.filter(state="granted").count() == 1


def test_the_page_asks_and_answers(sign_in, amara, mateo, due, cohort):
    address = f"/cohorts/{cohort.slug}/due/{due.pk}/"
    day = (due.due_at + timedelta(days=3)).date()
    mentee, mentor = sign_in(amara), sign_in(mateo)
    wrong = mentee.post(address + "ask/", {"ask-day": "2020-01-01", "ask-clock": "23:59", "ask-reason": "Flu <b>"})
    assert wrong.status_code == 422
    assert "ends later than" in wrong.text
    assert "Flu &lt;b&gt;" in wrong.text
    said = {"ask-day": day, "ask-clock": "23:59", "ask-reason": "Flu <b>"}
    assert mentee.post(address + "ask/", said).url == address
    assert "Take it back" in mentee.get(address).text
    row = Extension.objects.get()
    assert row.until == datetime.combine(day, datetime.min.time(), cohort.zone).astimezone(UTC) + timedelta(
        hours=23, minutes=59
    )
    assert "Flu &lt;b&gt;" in mentor.get(address).text
    mentor.post(f"{address}extensions/{row.pk}/grant/", {"note": "Rest."})
    page = mentee.get(address).text
    assert "Rest." in page
    assert "For the others" in page
    assert "extended for you" in mentee.get(f"/cohorts/{cohort.slug}/calendar/").text
    again = mentor.post(f"{address}extensions/{row.pk}/grant/", follow=True).text
    assert "decided already" in again


def test_a_mentor_gives_only_to_their_own(sign_in, amara, mateo, due, mentee, alone, cohort):
    address = f"/cohorts/{cohort.slug}/due/{due.pk}/give/"
    said = {"give-day": (due.due_at + timedelta(days=3)).date(), "give-clock": "12:00", "give-reason": "Move"}
    client = sign_in(mateo)
    assert client.post(address, said | {"give-mentee": alone.pk}).status_code == 422
    assert client.post(address, said | {"give-mentee": mentee.pk}).status_code == 302
    assert Extension.objects.get().membership == mentee


def test_an_admin_sets_what_is_due_and_is_asked_about_an_hour_that_comes_twice(sign_in, ada, due, cohort):
    address = f"/cohorts/{cohort.slug}/due/{due.pk}/"
    client = sign_in(ada)
    page = client.post(address + "set/", {"day": "2027-03-28", "clock": "02:30"})
    assert page.status_code == 422
    assert "does not exist in Europe/Berlin" in page.text
    page = client.post(address + "set/", {"day": "2027-10-31", "clock": "02:30"})
    assert page.status_code == 422
    assert "exists twice in Europe/Berlin" in page.text
    client.post(address + "set/", {"day": "2027-10-31", "clock": "02:30", "which": "second"})
    due.refresh_from_db()
    assert due.due_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    old = client.post(address + "set/", {"day": "2027-11-01", "clock": "12:00", "seen": "0" * 32})
    assert old.status_code == 409
    assert "Sun 31 Oct 2027, 02:30 CET meanwhile" in old.text
    assert 'value="2027-11-01"' in old.text
