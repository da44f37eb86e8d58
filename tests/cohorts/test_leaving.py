"""Leaving with a reason and thanks, and being asked back when the stream's next cohort opens."""

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Departure
from mentorship.cohorts.reminders import ask_back_who_left, remind
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def leave(sign_in, mentee, amara):
    def leave(**data):
        data = {"kind": "time", "text": "Too much at work", "thanks": "You asked well.", "door_open": "on"} | data
        return sign_in(amara).post(f"/cohorts/{mentee.cohort.slug}/members/{mentee.pk}/leaving/", data)

    return leave


def test_leaving_says_thanks_and_what_stays(sign_in, leave, mentee, amara, mateo, ada, cohort):
    assert b"What stays yours" in sign_in(amara).get(f"/cohorts/{cohort.slug}/members/{mentee.pk}/leaving/").content
    answer = leave()
    row = Departure.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    page = sign_in(amara).get(row.get_absolute_url()).content.decode()
    assert "What stays yours" in page
    assert "You hear from us when the next one does" in page
    assert Notification.objects.get(person=mateo, kind="thanks").body == "You asked well."
    assert Notification.objects.filter(person=ada, kind="membership_ended").exists()
    mentee.refresh_from_db()
    assert mentee.left_at
    assert leave().status_code == 404


def test_a_reason_is_asked_for_and_nothing_is_lost(leave, mentee):
    answer = leave(kind="", text="Ünusual <b>")
    assert answer.status_code == 422
    assert "Ünusual &lt;b&gt;" in answer.content.decode()
    assert not Departure.objects.exists()


def test_the_door_is_open_once(leave, amara, stream, sign_in):
    leave()
    following = factory.make_cohort(stream=stream, state="open")
    factory.make_cohort(state="open")  # of another stream
    assert ask_back_who_left(at=timezone.now()) == 1
    remind(at=timezone.now())
    told = Notification.objects.get(person=amara, kind="come_back")
    assert following.name in told.title
    assert b"Come back" in sign_in(amara).get(Departure.objects.get().get_absolute_url()).content


def test_who_closed_the_door_or_applies_already_is_left_alone(leave, amara, stream):
    leave(door_open="")
    following = factory.make_cohort(stream=stream, state="open")
    assert ask_back_who_left(at=timezone.now()) == 0
    Departure.objects.update(door_open=True)
    factory.make_application(following, amara)
    assert ask_back_who_left(at=timezone.now()) == 0


def test_admins_see_who_has_been_here_before(leave, sign_in, amara, ada, mateo, stream):
    leave()
    following = factory.make_cohort(stream=stream, state="open")
    factory.make_application(following, amara)
    page = sign_in(ada).get(f"/cohorts/{following.slug}/returning/").content.decode()
    assert "Amara Okafor" in page
    assert "Too much at work" in page
    assert "Here: " in page
    assert sign_in(mateo).get(f"/cohorts/{following.slug}/returning/").status_code == 404


def test_a_mentor_with_mentees_is_told_why_not(sign_in, mateo, mentor, cohort):
    answer = sign_in(mateo).post(f"/cohorts/{cohort.slug}/members/{mentor.pk}/leaving/", {"kind": "job"})
    assert answer.status_code == 409
    assert b"reassign them first" in answer.content
