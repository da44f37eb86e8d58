"""What people say of themselves for matching, by the forms; vetoes are read by admins alone."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts import matching
from mentorship.cohorts.models import Availability, Membership, Wish
from mentorship.common.errors import Refused
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

ABOUT = {"awake_from": "06:30", "awake_until": "22:00", "languages": ["en", "fr"]}


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/wishes/"


@pytest.fixture
def amaras(sign_in, amara, cohort):
    return sign_in(amara)


def test_a_mentee_says_what_would_suit_them(amaras, amara, address, mentee, stream):
    unit = stream.units.get()
    assert amaras.get(address).status_code == 200
    assert amaras.post(address + "say/", ABOUT | {"topics": [unit.pk]}).status_code == 302
    said = Availability.objects.get(person=amara)
    assert (said.languages, said.awake_from, said.awake_until) == (["en", "fr"], time(6, 30), time(22))
    assert list(mentee.topics.all()) == [unit]
    page = amaras.get(address).text
    assert 'value="06:30"' in page
    assert page.count("checked") == 4  # two languages, a topic, and "would like to work with"


def test_a_mentor_says_what_they_offer(sign_in, mateo, mentor, stream):
    client, unit = sign_in(mateo), stream.units.get()
    sent = ABOUT | {"hours_a_week": "3", "streams": [stream.pk], "topics": [unit.pk]}
    assert client.post("/cohorts/availability/offer/", sent).status_code == 302
    said = Availability.objects.get(person=mateo)
    assert (said.hours_a_week, list(said.streams.all()), list(said.topics.all())) == (3, [stream], [unit])
    assert "What you offer" in client.get("/cohorts/availability/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"awake_from": "25:00"}, {"awake_until": "06:30"}, {"languages": ["xx"]}, {"topics": ["99999"]},
        {"topics": ["x"]}, {"awake_from": ""},
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_the_field(amaras, address, wrong):
    answer = amaras.post(address + "say/", ABOUT | wrong)
    assert (answer.status_code, "errorlist" in answer.text) == (422, True)
    assert not Availability.objects.exists()


@pytest.mark.parametrize("wrong", [{"hours_a_week": "0"}, {"hours_a_week": "41"}, {"streams": ["x"]}])
def test_what_a_mentor_cannot_offer(sign_in, mateo, mentor, wrong):
    answer = sign_in(mateo).post("/cohorts/availability/offer/", ABOUT | wrong)
    assert (answer.status_code, "errorlist" in answer.text) == (422, True)


def test_a_mentor_takes_more_or_fewer_but_not_fewer_than_they_have(sign_in, mateo, mentor):
    address = f"/cohorts/availability/promise/{mentor.pk}/"
    assert sign_in(mateo).post(address, {"days": "3", "capacity": "6"}).status_code == 302
    answer = sign_in(mateo).post(address, {"days": "5", "capacity": "0"})
    assert (answer.status_code, "reassign some first" in answer.text) == (409, True)
    seat = Membership.objects.get(pk=mentor.pk)
    assert (seat.capacity, seat.promise_days) == (6, 3)


def test_wishing_and_ruling_out(amaras, sign_in, address, mentee, mentor, ines, mateo, ada, cohort):
    assert amaras.post(address + "wish/", {"about": ines.pk, "veto": "no"}).status_code == 302
    assert amaras.post(address + "wish/", {"about": mentor.pk, "veto": "yes"}).status_code == 302
    assert dict(Wish.objects.values_list("about", "veto")) == {ines.pk: False, mentor.pk: True}
    assert amaras.post(address + "wish/", {"about": ines.pk, "veto": "yes"}).status_code == 302  # the last word counts
    assert Wish.objects.get(about=ines).veto
    for person in (mateo, ines.person):
        for where in (address, "/cohorts/availability/", f"/cohorts/{cohort.slug}/"):
            assert "Take it back<span" not in sign_in(person).get(where).text
    assert amaras.post(f"{address}{Wish.objects.get(about=ines).pk}/unwish/").status_code == 302
    assert Wish.objects.get().about == mentor
    factory.make_membership(cohort, factory.make_person())
    matching.propose(cohort=cohort, by=ada)
    text = sign_in(ada).get(f"/cohorts/{cohort.slug}/proposal/").text
    assert "Amara Okafor does not want to work with Mateo Rojas" in text


@pytest.mark.parametrize("about", ["", "x", "0", "9999999"])
def test_nobody_to_wish_for(amaras, address, about):
    assert amaras.post(address + "wish/", {"about": about, "veto": "no"}).status_code == 422
    assert amaras.post(address + "wish/", {"about": about, "veto": "maybe"}).status_code == 422


def test_who_is_no_choice(mentee, alone, amara, other_cohort):
    for about in (alone, mentee, other_cohort.memberships.get()):
        with pytest.raises(Refused):
            Wish.say(seat=mentee, about=about, veto=False, by=amara)
    with pytest.raises(IntegrityError, match="wish_about_another"), transaction.atomic():
        Wish.objects.create(seat=mentee, about=mentee)


def test_nobody_takes_back_what_another_said(sign_in, mateo, bela, address, mentee, mentor):
    row = factory.make_wish(mentee, mentor, veto=True)
    for person in (mateo, bela):
        assert sign_in(person).post(f"{address}{row.pk}/unwish/").status_code == 404


def test_twenty_names_are_enough(mentee, amara, cohort):
    for _ in range(20):
        factory.make_wish(mentee, factory.make_membership(cohort, factory.make_person(), role="mentor"))
    with pytest.raises(Refused, match="20 names are enough"):
        factory.make_wish(mentee, factory.make_membership(cohort, factory.make_person(), role="mentor"))


@pytest.mark.django_db(transaction=True)
def test_said_eight_times_at_once_is_said_once():
    cohort, person = factory.make_cohort(), factory.make_person()
    seat = factory.make_membership(cohort, person)
    about = factory.make_membership(cohort, factory.make_person(), role="mentor")
    results = at_once([lambda: Wish.say(seat=seat, about=about, veto=True, by=person)] * 8)
    assert codes(results) == ["done"] * 8
    assert Wish.objects.count() == 1


def test_as_many_queries_however_many_mentors(amaras, address, cohort, mentee, django_assert_max_num_queries):
    for _ in range(15):
        factory.make_wish(mentee, factory.make_membership(cohort, factory.make_person(), role="mentor"))
    amaras.get("/cohorts/")
    with django_assert_max_num_queries(10):
        amaras.get(address)
