"""Changing turns by agreement: asked, answered, and nothing done when something stands otherwise by then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Exchange, Meeting
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory

NOW = timezone.now()


@pytest.fixture
def mine(cohort, mentee):
    """Session 3, led by Amara."""
    return factory.make_meeting(cohort, coordinator=mentee)


@pytest.fixture
def theirs(cohort, alone):
    """Session 4, led by Béla."""
    return factory.make_meeting(cohort, title="Session 4", coordinator=alone, starts_at=NOW + timedelta(days=21))


def ask(amara, alone, mine, theirs=None):
    return Exchange.ask(mine, by=amara, other=alone, in_return=theirs)


def leads():
    return list(Meeting.objects.order_by("starts_at").values_list("coordinator__person__name", flat=True))


def test_asked_and_agreed_the_two_change(sign_in, amara, bela, alone, mine, theirs):
    page = sign_in(amara).get(mine.get_absolute_url()).text
    assert "Béla Kovács, and I lead Session 4 instead" in page
    form = {"whom": f"{alone.pk}:{theirs.pk}"}
    assert sign_in(amara).post(mine.get_absolute_url() + "exchange/", form).status_code == 302
    row = Exchange.objects.get()
    assert Notification.objects.get(person=bela, kind="exchange_asked").url == mine.get_absolute_url()
    assert "asks whether you lead this meeting" in sign_in(bela).get(mine.get_absolute_url()).text
    assert leads() == ["Amara Okafor", "Béla Kovács"]
    answer = f"/cohorts/{mine.cohort.slug}/meetings/exchanges/{row.pk}/agree/"
    assert sign_in(amara).post(answer).status_code == 404
    assert sign_in(bela).post(answer).status_code == 302
    assert leads() == ["Béla Kovács", "Amara Okafor"]
    assert Notification.objects.get(person=amara, kind="exchange_answered").title.startswith("Béla Kovács leads")


def test_nothing_in_return_is_taken_over(amara, bela, alone, mine):
    ask(amara, alone, mine).agree(by=bela)
    assert leads() == ["Béla Kovács"]


def test_no_and_taken_back_leave_all_as_it_is(amara, bela, alone, mine, theirs):
    first = ask(amara, alone, mine, theirs)
    first.decline(by=bela)
    second = ask(amara, alone, mine)
    second.withdraw(by=amara)
    with pytest.raises(Refused, match="answered already"):
        second.agree(by=bela)
    assert leads() == ["Amara Okafor", "Béla Kovács"]
    assert Notification.objects.get(person=amara, kind="exchange_answered").title == "Béla Kovács cannot lead Session 3"


@pytest.mark.parametrize("how", ["another leads", "called off", "gave theirs away", "left"])
def test_what_has_changed_meanwhile_is_said_and_nothing_is_done(ada, amara, bela, cohort, alone, mine, theirs, how):
    chiara = factory.make_membership(cohort, factory.make_person("Chiara Conti"))
    row = ask(amara, alone, mine, theirs)
    if how == "another leads":
        mine.edit(by=ada, coordinator=chiara)
    elif how == "called off":
        theirs.cancel(by=ada)
    elif how == "gave theirs away":
        theirs.edit(by=ada, coordinator=chiara)
    else:
        row.asker.leave(by=ada)
    before = leads()
    with pytest.raises(Refused, match="Something has changed meanwhile"):
        row.agree(by=bela)
    assert leads() == before
    assert Exchange.objects.get().state == "overtaken"


def test_what_is_refused(ada, amara, bela, alone, mentee, mine, theirs, other_cohort):
    with pytest.raises(Refused, match="Only who leads"):
        Exchange.ask(mine, by=bela, other=mentee)
    with pytest.raises(Refused, match="another member"):
        Exchange.ask(mine, by=amara, other=other_cohort.memberships.get())
    with pytest.raises(Refused, match="another member"):
        Exchange.ask(mine, by=amara, other=mentee)
    with pytest.raises(Refused, match="not theirs"):
        Exchange.ask(mine, by=amara, other=alone, in_return=mine)
    ask(amara, alone, mine)
    with pytest.raises(Refused, match="asked somebody already"):
        ask(amara, alone, mine, theirs)


def test_a_wrong_choice_comes_back(sign_in, amara, mine):
    answer = sign_in(amara).post(mine.get_absolute_url() + "exchange/", {"whom": "0:1"})
    assert answer.status_code == 422
    assert not Exchange.objects.exists()
