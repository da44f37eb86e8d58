"""Graduates who mentor a lower stream: who may be one, who countersigns, and when that ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentorship.cohorts.models import Apprenticeship, Outcome
from mentorship.cohorts.models.apprenticeship import could_countersign, graduates_for
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory


def refused(code, call, *args, **said):
    with pytest.raises(Refused) as refusal:
        call(*args, **said)
    assert refusal.value.code == code


def in_the_database(name, call):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        call()
    assert error.value.__cause__.diag.constraint_name == name


@pytest.fixture
def graduate(ada):
    """Gita's graduation from an upper stream."""
    gita = factory.make_person("Gita Rao")
    return factory.make_outcome(factory.make_membership(factory.make_cohort(), gita), ada)


@pytest.fixture
def taken(cohort, graduate, mentor, ada):
    return Apprenticeship.take(cohort, outcome=graduate, countersigner=mentor, capacity=2, by=ada)


def test_a_graduate_is_taken_and_both_are_told(taken, graduate, mateo):
    gita = graduate.membership.person
    assert (taken.membership.role, taken.membership.capacity, taken.membership.person) == ("mentor", 2, gita)
    told = Notification.objects.filter(kind="countersigner_named")
    assert {row.person for row in told} == {gita, mateo}
    assert Event.objects.get(verb="take_apprentice").detail == {"countersigner": mateo.pk}


def test_only_graduates_of_an_upper_stream_are_on_the_list(cohort, graduate, amara, ada):
    assert list(graduates_for(cohort)) == [graduate]
    unfinished = factory.make_membership(graduate.membership.cohort, factory.make_person())
    factory.make_outcome(unfinished, ada, "unfinished")
    lower = factory.make_cohort(stream=factory.make_stream(number=0))
    here = factory.make_membership(lower, factory.make_person())
    below = factory.make_outcome(here, ada)
    assert list(graduates_for(cohort)) == [graduate]
    assert {row.pk for row in graduates_for(lower)} == {graduate.pk}
    mentor = factory.make_membership(cohort, factory.make_person(), role="mentor")
    refused(
        "no_graduate", Apprenticeship.take, cohort, outcome=below, countersigner=mentor, capacity=1, by=ada
    )  # fmt: skip


def test_the_countersigner_is_a_mentor_here_and_no_apprentice(cohort, taken, mentor, alone, ada):
    another = factory.make_membership(factory.make_cohort(), factory.make_person(), role="mentor")
    for seat, code in ((alone, "not_a_mentor"), (another, "not_a_mentor"), (taken.membership, "is_apprentice")):
        refused(code, taken.name_countersigner, seat, by=ada)
    mentor.person.is_active = False
    mentor.person.save()
    refused("inactive", taken.name_countersigner, mentor, by=ada)
    assert list(could_countersign(cohort)) == []


def test_the_database_holds_it_too(taken, mentor, ines, alone, graduate, cohort, ada):
    rows = Apprenticeship.objects.filter(pk=taken.pk)
    in_the_database("apprenticeship_countersigner_fits", lambda: rows.update(countersigner=taken.membership))
    in_the_database("apprenticeship_countersigner_fits", lambda: rows.update(countersigner=alone))
    elsewhere = factory.make_membership(factory.make_cohort(), factory.make_person(), role="mentor")
    in_the_database("apprenticeship_countersigner_of_cohort", lambda: rows.update(countersigner=elsewhere))
    in_the_database("membership_apprenticeship_ended", lambda: type(mentor).objects.filter(pk=mentor.pk).update(
        left_at=timezone.now()))  # fmt: skip
    in_the_database("apprenticeship_ended_how", lambda: rows.update(ended_at=timezone.now()))
    stranger = {"cohort": cohort, "membership": ines, "outcome": graduate, "countersigner": mentor}
    in_the_database("apprenticeship_of_graduate", lambda: Apprenticeship.objects.create(**stranger))
    in_the_database("apprenticeship_one_active", lambda: Apprenticeship.objects.create(
        **stranger | {"membership": taken.membership}))  # fmt: skip
    in_the_database("apprenticeship_countersigner_fits", lambda: Apprenticeship.objects.create(
        **stranger | {"membership": mentor, "countersigner": ines}))  # fmt: skip


def test_an_apprentice_countersigns_nobody(cohort, taken, ada):
    second = factory.make_outcome(factory.make_membership(factory.make_cohort(), factory.make_person()), ada)
    said = {"outcome": second, "countersigner": taken.membership, "capacity": 1, "by": ada}
    refused("is_apprentice", Apprenticeship.take, cohort, **said)


def test_another_is_named_and_all_three_are_told(taken, ines, mateo, ada):
    Notification.objects.all().delete()
    taken.name_countersigner(ines, by=ada)
    taken.name_countersigner(ines, by=ada)
    told = Notification.objects.filter(kind="countersigner_named")
    assert {row.person for row in told} == {taken.membership.person, ines.person, mateo}
    detail = Event.objects.get(verb="name_countersigner").detail
    assert detail == {"from": mateo.pk, "to": ines.person_id}


def test_when_the_countersigner_leaves_the_admins_are_told(taken, ines, ada, stream):
    taken.name_countersigner(ines, by=ada)
    ines.leave(by=ines.person)
    taken.refresh_from_db()
    assert taken.countersigner is None
    assert taken.ended_at is None
    told = Notification.objects.filter(kind="countersigner_lost")
    assert {row.person for row in told} == {ada, taken.membership.person}


def test_it_ends_by_hand_with_a_reason_and_once(taken, mateo, ada):
    refused("reason", taken.end, by=ada, reason=" ")
    taken.end(by=ada, reason="Ten good reviews.")
    told = Notification.objects.filter(kind="apprenticeship_ended")
    assert {row.person for row in told} == {taken.membership.person, mateo}
    assert "Ten good reviews." in told[0].body
    refused("ended", taken.end, by=ada, reason="Again.")
    refused("ended", taken.name_countersigner, taken.countersigner, by=ada)
    in_the_database("apprenticeship_stays", lambda: Apprenticeship.objects.filter(pk=taken.pk).update(
        ended_at=None, ended_by=None, how="", reason=""))  # fmt: skip


def test_it_ends_when_the_apprentice_leaves(taken):
    taken.membership.leave(by=taken.membership.person)
    taken.refresh_from_db()
    assert taken.how == "left"


def test_it_ends_by_calibration_in_every_cohort(taken):
    gita = taken.membership.person
    assert Apprenticeship.calibrated(gita, at=timezone.now() + timedelta(minutes=1)) == 1
    assert Apprenticeship.calibrated(gita, at=timezone.now()) == 0
    taken.refresh_from_db()
    assert (taken.how, taken.ended_by) == ("calibrated", None)


def test_a_later_outcome_takes_nothing_away(taken, graduate):
    Outcome.objects.filter(pk=graduate.pk).update(result="unfinished", code=None, exception="")
    Apprenticeship.objects.filter(pk=taken.pk).update(countersigner=None)
    assert Apprenticeship.objects.active().get() == taken


# --- the admin's page -----------------------------------------------------------------------------------------------


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/apprentices/"


def test_the_page_takes_one(sign_in, ada, address, graduate, mentor, django_assert_max_num_queries):
    page = sign_in(ada)
    assert "Gita Rao, graduate of" in page.get(address).content.decode()
    wrong = page.post(f"{address}take/", {"outcome": graduate.pk, "countersigner": "", "capacity": "3"})
    assert wrong.status_code == 422
    assert 'value="3"' in wrong.content.decode()
    said = {"outcome": graduate.pk, "countersigner": mentor.pk, "capacity": "3"}
    assert page.post(f"{address}take/", said).status_code == 302
    for _ in range(2):
        with django_assert_max_num_queries(12):
            shown = page.get(address).content.decode()
    assert "apprentice since" in shown
    assert "Apprentice</span>" in page.get(address.replace("apprentices", "assignments")).content.decode()


def test_the_page_names_another_and_ends(sign_in, ada, address, taken, ines, alone):
    page = sign_in(ada)
    wrong = page.post(f"{address}{taken.pk}/name/", {"countersigner": alone.pk})
    assert wrong.status_code == 422
    assert page.post(f"{address}{taken.pk}/name/", {"countersigner": ines.pk}).status_code == 302
    assert page.post(f"{address}{taken.pk}/end/", {"reason": ""}).status_code == 422
    assert page.post(f"{address}{taken.pk}/end/", {"reason": "Ready."}).status_code == 302
    assert "Ready." in page.get(address).content.decode()
    assert page.post(f"{address}{taken.pk}/end/", {"reason": "Ready."}).status_code == 404
