"""Groups for a whole cohort: the same for the same people, sensible, changed by hand, all made or none."""

import random
import time
from datetime import UTC, datetime
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from mentorship.cohorts.grouping import Candidate, awake_in, candidates, propose, put_all_together, sizes_for, worth
from mentorship.cohorts.models import Group
from mentorship.common.errors import Refused
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
ZONES = ["America/Lima", "Europe/Berlin", "Asia/Tokyo"]


def people(count):
    return [
        Candidate(n, f"Person {n:03}", awake_in(ZoneInfo(ZONES[n % 3]), AT), pace=(n % 5) * 60, mentor=n % 4)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "least", "most", "wanted", "sizes"),
    [(8, 3, 4, 4, [4, 4]), (5, 3, 4, 4, [4]), (7, 3, 4, 4, [4, 3]), (3, 2, 2, 2, [2]), (1, 2, 2, 2, []),
     (13, 4, 8, 6, [7, 6])],
)  # fmt: skip
def test_sizes_fit_and_leave_as_few_as_possible(count, least, most, wanted, sizes):
    assert sizes_for(count, least, most, wanted) == sizes


def test_everybody_is_in_one_group_and_the_order_of_asking_does_not_matter():
    found = propose(people(24), "support")
    assert sorted(one.pk for group in found.groups for one in group.people) == list(range(24))
    shuffled = people(24)
    random.Random(7).shuffle(shuffled)
    assert propose(shuffled, "support") == found


def test_who_is_awake_together_works_together():
    for group in propose(people(24), "capstone").groups:
        assert group.hours >= 8


def test_no_exchange_of_two_would_be_better():
    groups = [one.people for one in propose(people(12), "accountability").groups]
    total = sum(worth(*pair) for pair in groups)
    for (a, b), (c, d) in combinations(groups, 2):
        assert worth(a, c) + worth(b, d) <= worth(a, b) + worth(c, d) + 1e-9
    assert total > 0


def test_five_hundred_are_a_matter_of_seconds():
    begun = time.perf_counter()
    assert len(propose(people(500), "capstone").groups) == 125
    assert time.perf_counter() - begun < 30  # far more than it takes; a mistake in its order would be minutes


def test_only_who_is_free(cohort, amara, bela):
    assert {one.name for one in candidates(cohort, "accountability")} == {"Amara Okafor", "Béla Kovács"}
    factory.make_pair(cohort, amara, bela)
    assert candidates(cohort, "accountability") == []
    assert len(candidates(cohort, "support")) == 2


@pytest.fixture
def seats(cohort):
    for name in ("Chiara", "Dmitri"):
        factory.make_membership(cohort, factory.make_person(name))
    return list(cohort.memberships.mentees().order_by("pk"))


def test_the_page_proposes_and_makes_what_was_changed_by_hand(sign_in, ada, cohort, seats):
    client, address = sign_in(ada), f"/cohorts/{cohort.slug}/groups/propose/"
    page = client.get(address, {"kind": "accountability"}).content.decode()
    assert "waking hours in common" in page
    hand = {f"seat-{seat.pk}": str(1 + number // 2) for number, seat in enumerate(seats)}
    data = hand | {"kind": "accountability", "name-1": "Mondays", "name-2": "Fridays"}
    assert client.post(address, data | {"look": "1"}).status_code == 200
    assert not Group.objects.exists()
    assert client.post(address, data | {"apply": "1"}).status_code == 302
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Fridays", "Mondays"]
    assert Group.objects.get(name="Mondays").joined().count() == 2
    assert b"Everyone is in such a group already" in client.get(address, {"kind": "accountability"}).content


def test_what_does_not_fit_makes_nothing(sign_in, ada, cohort, seats):
    client, address = sign_in(ada), f"/cohorts/{cohort.slug}/groups/propose/"
    all_in_one = {f"seat-{seat.pk}": "1" for seat in seats}
    answer = client.post(address, all_in_one | {"kind": "accountability", "apply": "1"})
    assert answer.status_code == 409
    assert b"this one would have 4. Nothing was made" in answer.content
    two = {f"seat-{seat.pk}": str(1 + number // 2) for number, seat in enumerate(seats)}
    same = {"kind": "accountability", "apply": "1", "name-1": "Same", "name-2": "Same"}
    assert client.post(address, two | same).status_code == 422
    assert client.post(address, {f"seat-{seats[0].pk}": "99", "kind": "\x00"}).status_code == 422
    assert not Group.objects.exists()


def test_only_admins(cohort, seats, mateo):
    with pytest.raises(Refused):
        put_all_together(cohort=cohort, kind="support", groups={"One": seats}, by=mateo)


@pytest.mark.django_db(transaction=True)
def test_two_admins_apply_at_once():
    ada, cohort = factory.make_person(groups=["admins"]), factory.make_cohort()
    seats = [factory.make_membership(cohort, factory.make_person()) for _ in range(8)]
    plans = [{"A": seats[:4], "B": seats[4:]}, {"C": seats[4:], "D": seats[:4]}]
    calls = [
        lambda plan=plan: put_all_together(cohort=cohort, kind="support", groups=plan, by=ada) for plan in plans * 2
    ]
    assert codes(at_once(calls)) == ["done", "in_another", "in_another", "in_another"]
    assert Group.objects.count() == 2
