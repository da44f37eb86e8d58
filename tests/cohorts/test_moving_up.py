"""Before the waiting list moves up by itself: whom, and the very mail, on the page where it is set."""

import re

import pytest

from mentorship.cohorts.deciding import mail_of
from mentorship.cohorts.models import Application, Cohort
from mentorship.notifications.mails import compose
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def line(ada, amara, bela, open_cohort):
    """Two seats, one free; Amara and then Béla wait."""
    factory.make_membership(open_cohort, factory.make_person())
    rows = [factory.make_application(open_cohort, person) for person in (amara, bela)]
    for row in rows:
        row.waitlist(by=ada)
    Notification.objects.all().delete()
    return rows


def typed(client, cohort, **more):
    """What the page would send."""
    form = client.get(f"/cohorts/{cohort.slug}/edit/").context["form"]
    seen = re.search(r"\w{32}", str(form["seen"].value()))[0]
    return (
        {name: form[name].value() or "" for name in form.fields if name != "waitlist_moves_up"} | {"seen": seen} | more
    )


def test_the_page_shows_whom_and_the_mail_before_anything_goes(sign_in, ada, amara, open_cohort, line):
    client, address = sign_in(ada), f"/cohorts/{open_cohort.slug}/edit/"
    moving = client.get(address).context["moving"]
    assert (moving.names, moving.mail.to) == (["Amara Okafor"], amara.email)
    more = client.post(address, typed(client, open_cohort, seats=3, waitlist_moves_up="on", go="look"))
    assert (more.status_code, more.context["moving"].names) == (200, ["Amara Okafor", "Béla Kovács"])
    assert (Cohort.objects.get(pk=open_cohort.pk).seats, Notification.objects.count()) == (2, 0)
    client.post(address, typed(client, open_cohort, waitlist_moves_up="on"))
    sent = compose(Notification.objects.get(person=amara))
    assert (str(sent.subject), str(sent.body)) == (moving.mail.subject, moving.mail.body)
    assert "first on the waiting list" in moving.mail.body


def test_where_nobody_waits_it_reads_as_to_oneself(sign_in, ada, open_cohort):
    moving = sign_in(ada).get(f"/cohorts/{open_cohort.slug}/edit/").context["moving"]
    assert (moving.names, moving.mail.to) == ([], ada.email)
    assert not Application.objects.exists()


def test_seats_of_the_set_up_s_second_step(sign_in, ada, open_cohort, line):
    client, address = sign_in(ada), f"/cohorts/{open_cohort.slug}/set-up/2/"
    assert "moving-up" not in client.get(address).text
    Cohort.objects.update(waitlist_moves_up=True)
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"seats": 3, "go": "look"}
    assert client.post(address, data).context["moving"].names == ["Amara Okafor", "Béla Kovács"]
    assert Cohort.objects.get(pk=open_cohort.pk).seats == 2


def test_the_api_says_the_same(sign_in, ada, olga, open_cohort, line):
    address = f"/api/v1/cohorts/{open_cohort.slug}/moving-up/"
    said = sign_in(ada).get(address, {"seats": 3}).json()
    assert said["names"] == ["Amara Okafor", "Béla Kovács"]
    assert said["mail"]["subject"] == mail_of(line[0], "accept", "", moved_up=True).subject
    assert sign_in(ada).get(address, {"seats": 0}).status_code == 400
    assert sign_in(olga).get(address).status_code == 404
