"""Announcements: at once or at a time of the cohort's zone, told once, read counted, edited with history."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Announcement, EarlierText
from mentorship.cohorts.tasks import publish_announcements
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

NOW = timezone.now()


def announce(cohort, by, **fields):
    return Announcement.announce(cohort, by=by, **({"title": "A guest on Thursday", "text": "Come *early*."} | fields))


def told(person):
    return Notification.objects.filter(person=person, kind="announcement").count()


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_a_mentor_announces_and_everybody_is_told(sign_in, cohort, mateo, amara, bela, olga):
    base = f"/cohorts/{cohort.slug}/announcements/"
    assert "Nothing has been announced" in sign_in(amara).get(base).content.decode()
    data = {"title": "A guest", "text": "Come <img src=x onerror=alert(1)> *early*", "day": "", "clock": ""}
    assert sign_in(mateo).post(f"{base}new/", data).status_code == 302
    assert (told(amara), told(bela), told(mateo), told(olga)) == (1, 1, 0, 0)
    page = sign_in(amara).get(base).content.decode()
    assert "<em>early</em>" in page
    assert "onerror" not in page


def test_mentees_and_others_do_not(sign_in, cohort, amara, noor, ada):
    base = f"/cohorts/{cohort.slug}/announcements/"
    for person in (amara, noor):
        assert sign_in(person).post(f"{base}new/", {"title": "a", "text": "b"}).status_code == 404
        assert refused(lambda person=person: announce(cohort, person)) == "not_yours"
    assert announce(cohort, ada).published_at


def test_it_waits_for_its_time_and_a_late_beat_publishes_it_once(sign_in, cohort, mateo, amara):
    row = announce(cohort, mateo, publish_at=NOW + timedelta(hours=2))
    assert sign_in(amara).get(row.get_absolute_url()).status_code == 404
    assert b"waits until" in sign_in(mateo).get(row.get_absolute_url()).content
    publish_announcements()
    assert told(amara) == 0
    Announcement.objects.update(publish_at=NOW - timedelta(days=2))  # a beat that was away for two days
    publish_announcements()
    publish_announcements()
    assert told(amara) == 1
    assert sign_in(amara).get(row.get_absolute_url()).status_code == 200


def test_a_time_of_the_cohorts_zone_that_does_not_exist_or_exists_twice(sign_in, cohort, mateo):
    address = f"/cohorts/{cohort.slug}/announcements/new/"
    data = {"title": "Early", "text": "Words that stay", "day": "2027-03-28", "clock": "02:30"}
    answer = sign_in(mateo).post(address, data)
    assert answer.status_code == 422
    assert b"does not exist in Europe/Berlin" in answer.content
    assert b"Words that stay" in answer.content
    assert b"exists twice" in sign_in(mateo).post(address, data | {"day": "2027-10-31"}).content
    assert sign_in(mateo).post(address, data | {"day": "2027-10-31", "which": "first"}).status_code == 302
    assert Announcement.objects.get().publish_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert sign_in(mateo).post(address, data | {"day": "2020-01-01"}).status_code == 422


def test_reads_are_counted_once_and_shown_to_who_wrote_it(sign_in, cohort, mateo, amara, bela):
    row = announce(cohort, mateo)
    address = row.get_absolute_url()
    assert b"I have read it" in sign_in(amara).get(address).content
    for person in (amara, amara, bela, mateo):
        sign_in(person).post(f"{address}read/")
    assert b"read by 2" in sign_in(mateo).get(address).content
    page = sign_in(amara).get(address).content
    assert b"read by" not in page
    assert b"I have read it" not in page
    assert sign_in(bela).post(f"{address}read/", headers={"HX-Request": "true"}).status_code == 200


def test_editing_keeps_what_stood_there_and_tells_nobody(sign_in, cohort, mateo, amara, ada):
    row = announce(cohort, mateo)
    data = {"title": "A guest on Friday", "text": "Come early.", "version": 0}
    assert sign_in(ada).post(f"{row.get_absolute_url()}edit/", data).status_code == 404
    assert sign_in(mateo).post(f"{row.get_absolute_url()}edit/", data).status_code == 302
    assert EarlierText.objects.get().title == "A guest on Thursday"
    assert sign_in(mateo).post(f"{row.get_absolute_url()}edit/", data | {"title": "x"}).status_code == 409
    assert told(amara) == 1
    assert b"A guest on Thursday" in sign_in(amara).get(row.get_absolute_url()).content


def test_taken_back(sign_in, cohort, mateo, amara):
    row = announce(cohort, mateo)
    assert sign_in(amara).post(f"{row.get_absolute_url()}remove/").status_code == 404
    sign_in(mateo).post(f"{row.get_absolute_url()}remove/")
    assert sign_in(amara).get(row.get_absolute_url()).status_code == 404


def test_pinned_ones_come_first_and_the_list_asks_no_more(sign_in, cohort, mateo, amara, django_assert_max_num_queries):
    announce(cohort, mateo, title="Pinned one", pinned=True)
    for number in range(8):
        announce(cohort, mateo, title=f"Number {number}")
    client = sign_in(amara)
    with django_assert_max_num_queries(8):
        page = client.get(f"/cohorts/{cohort.slug}/announcements/").content.decode()
    assert page.index("Pinned one") < page.index("Number 7") < page.index("Number 0")
    page = client.get(f"/cohorts/{cohort.slug}/").content.decode()
    assert page.index("Pinned one") < page.index("Number 7")
    assert "Number 5" not in page


@pytest.mark.django_db(transaction=True)
def test_eight_beats_publish_it_once():
    ada = factory.make_person(groups=["admins"])
    cohort = factory.make_cohort()
    mentee = factory.make_membership(cohort, factory.make_person())
    row = announce(cohort, ada, publish_at=NOW + timedelta(hours=2))
    later = NOW + timedelta(hours=3)
    assert codes(at_once([lambda: Announcement.objects.get(pk=row.pk).publish(at=later)] * 8)) == ["done"] * 8
    assert told(mentee.person) == 1
