"""Asking for another pairing: either side, no reason needed, and only the admins know."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.cockpit import overview
from mentorship.cohorts.matching import reassign
from mentorship.cohorts.models import Assignment, Swap
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes


@pytest.fixture
def pair(cohort):
    return Assignment.objects.get()


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def told(person):
    return list(Notification.objects.filter(person=person).values_list("kind", flat=True))


def test_only_the_admins_are_told(pair, amara, mateo, ada):
    Swap.ask(assignment=pair, by=amara, reason="We are never awake at once.")
    assert told(ada) == ["swap_asked"]
    assert told(mateo) == told(amara) == []


def test_each_side_asks_for_itself_and_sees_its_own(pair, amara, mateo, ada):
    Swap.ask(assignment=pair, by=amara)
    Swap.ask(assignment=pair, by=mateo)
    assert Swap.objects.visible_to(amara).get().asked_by == amara
    assert Swap.objects.visible_to(ada).count() == 2


def test_nobody_asks_for_others_or_twice(pair, amara, bela):
    assert refused(lambda: Swap.ask(assignment=pair, by=bela)) == "not_yours"
    Swap.ask(assignment=pair, by=amara)
    assert refused(lambda: Swap.ask(assignment=pair, by=amara)) == "asked_already"


def test_a_new_pairing_settles_what_both_asked(pair, amara, mateo, ines, mentee, ada):
    for person in (amara, mateo):
        Swap.ask(assignment=pair, by=person)
    reassign(mentee=mentee, mentor=ines, reason="A new pairing", by=ada)
    assert set(Swap.objects.values_list("state", flat=True)) == {"settled"}
    assert refused(lambda: Swap.ask(assignment=pair, by=amara)) == "ended_already"


def test_a_no_is_told_to_who_asked_alone(pair, amara, mateo, ada):
    row = Swap.ask(assignment=pair, by=amara)
    assert refused(lambda: row.decline(by=ada, note=" ")) == "note_missing"
    row.decline(by=ada, note="Let us talk on Friday.")
    assert told(amara) == ["swap_declined"]
    assert told(mateo) == []
    assert refused(lambda: row.decline(by=ada, note="Again.")) == "decided_already"
    Swap.ask(assignment=pair, by=amara)


def test_taken_back_by_who_asked(pair, amara, mateo):
    row = Swap.ask(assignment=pair, by=amara)
    assert refused(lambda: row.withdraw(by=mateo)) == "not_yours"
    row.withdraw(by=amara)
    assert refused(lambda: row.withdraw(by=amara)) == "decided_already"


def test_a_decision_has_its_time(pair, amara):
    row = Swap.ask(assignment=pair, by=amara)
    with pytest.raises(IntegrityError, match="swap_decided_when"), transaction.atomic():
        Swap.objects.filter(pk=row.pk).update(state="declined")


def test_the_cockpit_shows_who_asks(pair, amara, cohort, ada, sign_in):
    Swap.ask(assignment=pair, by=amara, reason="Other hours.")
    seen = overview(cohort)
    assert [(row["name"], row["days"]) for row in seen.swaps] == [("Amara Okafor", 0)]
    assert not seen.calm
    page = sign_in(ada).get(seen.swaps[0]["url"]).text
    assert "Other hours." in page
    assert 'value="A new pairing"' in page


@pytest.mark.django_db(transaction=True)
def test_asked_four_times_at_once_is_asked_once():
    cohort = factory.make_cohort()
    mentee = factory.make_membership(cohort, factory.make_person())
    pair = factory.make_assignment(mentee, factory.make_membership(cohort, factory.make_person(), role="mentor"))
    results = at_once([lambda: Swap.ask(assignment=pair, by=mentee.person)] * 4)
    assert codes(results) == ["asked_already"] * 3 + ["done"]


@pytest.mark.django_db(transaction=True)
def test_a_no_and_a_new_pairing_at_once_leave_one_decision():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort()
    mentee = factory.make_membership(cohort, factory.make_person())
    one, two = (factory.make_membership(cohort, factory.make_person(), role="mentor") for _ in range(2))
    row = Swap.ask(assignment=factory.make_assignment(mentee, one), by=mentee.person)
    results = at_once([
        lambda: row.decline(by=ada, note="Stay."),
        lambda: reassign(mentee=mentee, mentor=two, reason="A new pairing", by=ada),
    ])  # fmt: skip
    assert codes(results) in (["done", "done"], ["decided_already", "done"])
    assert Swap.objects.get().state in ("declined", "settled")
