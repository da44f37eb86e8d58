"""A mentor of an upper stream is asked to a meeting, answers, and reads that and nothing else of the cohort."""

import pytest

from mentorship.cohorts.calendar_sources import entries_of
from mentorship.cohorts.meeting_mails import invitation_of
from mentorship.cohorts.models import Visit
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def meeting(cohort, mentee):
    """Led by Amara, with an agenda and a link."""
    return factory.make_meeting(
        cohort, coordinator=mentee, link="https://meet.example/3", agenda="Baselines", agenda_html="<p>Baselines</p>"
    )


@pytest.fixture
def sofia(cohort):
    """Mentors the stream above."""
    person = factory.make_person("Sofia Marin")
    above = factory.make_cohort(factory.make_stream(number=cohort.stream.number + 1))
    factory.make_membership(above, person, role="mentor")
    return person


def test_asked_by_who_leads_and_answered(sign_in, amara, bela, sofia, meeting):
    form = {"mentor": sofia.pk, "note": "How do you split by time?"}
    assert "Sofia Marin" in sign_in(amara).get(meeting.get_absolute_url()).text
    assert sign_in(bela).post(meeting.get_absolute_url() + "visit/", form).status_code == 404
    assert sign_in(amara).post(meeting.get_absolute_url() + "visit/", form).status_code == 302
    visit = Visit.objects.get()
    assert Notification.objects.get(person=sofia, kind="visit_asked").url == visit.get_absolute_url()
    client = sign_in(sofia)
    page = client.get(visit.get_absolute_url()).text
    assert "How do you split by time?" in page
    assert "meet.example" not in page
    assert client.get(meeting.get_absolute_url()).status_code == 404
    client.post(visit.get_absolute_url() + "accept/")
    page = client.get(visit.get_absolute_url()).text
    assert "meet.example" in page
    assert "Baselines" in page
    assert Notification.objects.get(person=amara, kind="visit_accepted").title == "Sofia Marin comes to Session 3"
    assert "Sofia Marin comes" in sign_in(bela).get(meeting.get_absolute_url()).text


def test_who_comes_hears_of_another_time(ada, amara, sofia, meeting):
    visit = Visit.ask(meeting, by=amara, mentor=sofia)
    meeting.cancel(by=ada, reason="A strike.")
    told = Notification.objects.get(person=sofia, kind="meeting_cancelled")
    assert told.url == visit.get_absolute_url()
    with pytest.raises(Refused, match="called off"):
        visit.accept(by=sofia)


def test_taken_back_there_is_nothing_to_open(sign_in, amara, sofia, meeting):
    visit = Visit.ask(meeting, by=amara, mentor=sofia)
    visit.accept(by=sofia)
    sign_in(amara).post(f"{meeting.get_absolute_url()}visit/{visit.pk}/withdraw/")
    assert sign_in(sofia).get(visit.get_absolute_url()).status_code == 404
    assert Notification.objects.filter(person=sofia, kind="visit_withdrawn").exists()
    assert Visit.ask(meeting, by=amara, mentor=sofia).state == "asked"


def test_not_after_all(amara, sofia, meeting):
    visit = Visit.ask(meeting, by=amara, mentor=sofia)
    visit.accept(by=sofia)
    visit.decline(by=sofia)
    assert Notification.objects.get(person=amara, kind="visit_declined").title == "Sofia Marin cannot come to Session 3"
    with pytest.raises(Refused, match="answered already"):
        visit.accept(by=sofia)


def test_what_is_refused(amara, bela, mateo, noor, sofia, meeting, other_cohort):
    with pytest.raises(Refused, match="Who leads"):
        Visit.ask(meeting, by=bela, mentor=sofia)
    for person in (mateo, bela, noor):  # of this cohort, no mentor, of the same stream
        with pytest.raises(Refused, match="upper stream"):
            Visit.ask(meeting, by=amara, mentor=person)
    visit = Visit.ask(meeting, by=amara, mentor=sofia)
    with pytest.raises(Refused, match="asked already"):
        Visit.ask(meeting, by=amara, mentor=sofia)
    with pytest.raises(Refused, match="Somebody else"):
        visit.accept(by=noor)


def test_the_highest_stream_asks_its_other_cohorts(amara, noor, meeting, other_cohort):
    assert Visit.ask(meeting, by=amara, mentor=noor).mentor == noor


def test_it_stands_in_the_guest_s_calendar_once_they_have_said_yes(ada, amara, bela, sofia, meeting):
    visit = Visit.ask(meeting, by=amara, mentor=sofia)
    assert entries_of(sofia) == []
    assert invitation_of(told(meeting, sofia)) == []
    visit.accept(by=sofia)
    (entry,) = entries_of(sofia)
    assert (entry.key, entry.place, entry.url) == (f"visit-{visit.pk}", meeting.link, visit.get_absolute_url())
    assert [entry.key for entry in entries_of(bela)] == [f"meeting-{meeting.pk}"]
    assert f"visit-{visit.pk}" in invitation_of(told(meeting, sofia))[0].content.decode()
    visit.withdraw(by=amara)
    (gone,) = entries_of(sofia)
    assert (gone.uid, gone.cancelled, gone.sequence, gone.url) == (entry.uid, True, entry.sequence + 1, "")


def test_who_said_no_at_once_has_nothing_in_the_calendar(amara, sofia, meeting):
    Visit.ask(meeting, by=amara, mentor=sofia).decline(by=sofia)
    assert entries_of(sofia) == []


def told(meeting, person):
    return Notification(kind="meeting_moved", subject=f"meeting:{meeting.pk}", person=person)
