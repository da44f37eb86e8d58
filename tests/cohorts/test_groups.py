"""Groups: proposed by a mentee and joined by consent, or put together by an admin; of each kind one at a time."""

import pytest

from mentorship.cohorts.models import Group
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes


@pytest.fixture
def seats(cohort):
    """Amara, Béla and three more mentees."""
    for name in ("Chiara", "Dmitri", "Esi"):
        factory.make_membership(cohort, factory.make_person(name))
    return list(cohort.memberships.mentees().order_by("pk"))


def propose(cohort, by, others, kind="capstone"):
    return Group.propose(by=by, cohort=cohort, name="The Gauss", kind=kind, others=others)


def refused(call, code):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.code == code


def test_the_others_are_asked_and_join_by_themselves(cohort, seats, amara, bela):
    group = propose(cohort, amara, seats[1:3])
    assert [row.membership.person for row in group.joined()] == [amara]
    assert Notification.objects.filter(person=bela, kind="group").count() == 1
    group.join(by=bela)
    assert [row.membership.person for row in group.joined()] == [amara, bela]
    assert Notification.objects.filter(person=amara, kind="group_answered").count() == 1
    refused(lambda: group.join(by=bela), "not_asked")


def test_who_was_not_asked_cannot_join_or_ask(cohort, seats, amara, olga):
    group = propose(cohort, amara, seats[1:3])
    refused(lambda: group.join(by=olga), "not_asked")
    refused(lambda: group.join(by=seats[4].person), "not_asked")
    refused(lambda: group.invite(seats[4], by=seats[4].person), "not_a_member")
    refused(lambda: propose(cohort, olga, seats[:2]), "not_a_mentee")


def test_declining_frees_the_place(cohort, seats, amara, bela):
    group = propose(cohort, amara, seats[1:4])
    refused(lambda: group.invite(seats[4], by=amara), "full")
    group.decline(by=bela)
    group.invite(seats[4], by=amara)
    assert group.members.get(membership=seats[4]).place == 2


def test_a_capstone_team_has_three_or_four_and_a_pair_two(cohort, seats, amara):
    refused(lambda: propose(cohort, amara, seats[1:2]), "size")
    refused(lambda: propose(cohort, amara, seats[1:5]), "size")
    refused(lambda: propose(cohort, amara, seats[1:3], kind="interview"), "size")
    assert propose(cohort, amara, seats[1:2], kind="interview").members.count() == 2


def test_one_group_of_a_kind_at_a_time(cohort, seats, amara, bela):
    first = propose(cohort, amara, seats[1:3])
    second = propose(cohort, seats[3].person, [seats[1], seats[4]])
    first.join(by=bela)
    refused(lambda: second.join(by=bela), "in_another")
    second.decline(by=bela)
    refused(lambda: propose(cohort, amara, seats[2:4]), "in_another")
    assert Group.objects.count() == 2
    propose(cohort, amara, seats[1:2], kind="accountability")


def test_an_admins_group_is_there_at_once(cohort, seats, ada):
    group = Group.put_together(by=ada, cohort=cohort, name="B", kind="capstone", people=seats[:3])
    assert group.joined().count() == 3
    assert Notification.objects.filter(kind="group").count() == 3


def test_leaving_the_cohort_leaves_its_groups(cohort, seats, ada):
    group = factory.make_group(cohort, seats[:3])
    seats[2].leave(by=ada)
    assert group.joined().count() == 2


def test_people_of_another_cohort_do_not_come_in(cohort, other_cohort, seats, amara, noor):
    stranger = factory.make_membership(other_cohort, factory.make_person())
    refused(lambda: propose(cohort, amara, [seats[1], stranger]), "not_a_mentee")
    refused(lambda: propose(cohort, amara, [seats[1], other_cohort.memberships.get(person=noor)]), "not_a_mentee")
    assert not Group.objects.exists()


def test_groups_are_seen_by_members_of_the_cohort(cohort, seats, amara, mateo, noor, olga, ada):
    group = propose(cohort, amara, seats[1:3])
    for person in (amara, mateo, ada, seats[4].person):
        assert group in Group.objects.visible_to(person)
    for person in (noor, olga):
        assert group not in Group.objects.visible_to(person)


@pytest.mark.django_db(transaction=True)
def test_two_groups_joined_at_once_are_one():
    cohort = factory.make_cohort()
    one, two, asked = (factory.make_membership(cohort, factory.make_person()) for _ in range(3))
    groups = [propose(cohort, seat.person, [asked], kind="interview") for seat in (one, two)]
    results = at_once([lambda group=group: group.join(by=asked.person) for group in groups])
    assert codes(results) == ["done", "in_another"]


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one_of_two():
    cohort = factory.make_cohort()
    seats = [factory.make_membership(cohort, factory.make_person()) for _ in range(5)]
    group = factory.make_group(cohort, seats[:3])
    results = at_once([lambda seat=seat: group.invite(seat, by=seats[0].person) for seat in seats[3:]])
    assert codes(results) == ["done", "full"]
