"""Two admins match at once: one wins, the other is told so, and nobody has two mentors."""

import pytest

from mentorship.cohorts import matching
from mentorship.cohorts.models import Assignment, Membership, Proposal
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    admins = [factory.make_person(groups=["admins"]) for _ in range(4)]
    cohort = factory.make_cohort(seats=40)
    mentors = [factory.make_membership(cohort, factory.make_person(), role="mentor", capacity=5) for _ in range(3)]
    mentees = [factory.make_membership(cohort, factory.make_person()) for _ in range(9)]
    return admins, cohort, mentors, mentees


def test_one_proposal_whoever_asks(world):
    admins, cohort, _mentors, _mentees = world
    results = at_once([lambda admin=admin: matching.propose(cohort=cohort, by=admin) for admin in admins])
    assert codes(results) == ["done"] + ["proposed_already"] * 3
    assert Proposal.objects.get().pairs.count() == 9


def test_one_applies_and_each_is_told_once(world):
    admins, cohort, _mentors, mentees = world
    proposal = matching.propose(cohort=cohort, by=admins[0])
    copies = [Proposal.objects.get(pk=proposal.pk) for _ in admins]
    results = at_once([
        lambda admin=admin, copy=copy: matching.apply(proposal=copy, by=admin, version=1)
        for admin, copy in zip(admins, copies, strict=True)
    ])  # fmt: skip
    assert codes(results) == ["done"] + ["outdated"] * 3
    assert Assignment.objects.active().count() == 9
    assert sum(Membership.objects.mentors().values_list("load", flat=True)) == 9
    assert Notification.objects.count() == len(mentees) + 3


def test_applying_while_the_board_assigns_and_people_leave(world):
    admins, cohort, mentors, mentees = world
    proposal = matching.propose(cohort=cohort, by=admins[0])
    results = at_once([
        lambda: matching.apply(proposal=Proposal.objects.get(pk=proposal.pk), by=admins[0], version=1),
        lambda: matching.assign_all(mentees=mentees[:4], mentor=mentors[0], by=admins[1]),
        lambda: mentees[8].leave(by=admins[2]),
        lambda: mentors[2].set_capacity(0, by=admins[3]),
    ])  # fmt: skip
    assert set(codes(results)) <= {"done", "changed_meanwhile", "has_mentor", "load"}
    active = Assignment.objects.active()
    assert active.count() == active.values("mentee").distinct().count()
    for mentor in Membership.objects.mentors():
        assert mentor.load == active.filter(mentor=mentor).count() <= mentor.capacity


def test_two_choices_at_once_of_one_version(world):
    admins, cohort, mentors, mentees = world
    proposal = matching.propose(cohort=cohort, by=admins[0])
    results = at_once([
        lambda mentor=mentor, admin=admin: matching.place(
            proposal=Proposal.objects.get(pk=proposal.pk), mentee=mentees[0].pk, mentor=mentor.pk, by=admin, version=1
        )
        for mentor, admin in zip(mentors, admins, strict=False)
    ])  # fmt: skip
    assert codes(results) == ["done", "outdated", "outdated"]
