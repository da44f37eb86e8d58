"""Invitations on real connections: one seat, one letter, one use."""

import pytest

from mentorship.cohorts.inviting import Asked, invite
from mentorship.cohorts.models import Charter, CharterAcceptance, Cohort, Invitation, Membership
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes
from tests.guests import make_charter, make_invitation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one_seat(ada):
    return factory.make_cohort(state="open", seats=1)


def test_two_accept_the_last_seat_at_once(one_seat, ada):
    Cohort.objects.update(seats=2)
    people = [factory.make_person() for _ in range(2)]
    rows = [make_invitation(one_seat, ada, person.email)[0] for person in people]
    Cohort.objects.update(seats=1)
    calls = [lambda row=row, person=person: row.accept(by=person) for row, person in zip(rows, people, strict=True)]
    assert codes(at_once(calls)) == ["done", "full"]
    assert Membership.objects.count() == Cohort.objects.get().seats_taken == 1
    assert Invitation.objects.filter(state="open").count() == 1


def test_one_link_used_eight_times_at_once(one_seat, ada, olga):
    row = make_invitation(one_seat, ada, olga.email)[0]
    copies = [Invitation.objects.get(pk=row.pk) for _ in range(8)]
    results = at_once([lambda copy=copy: copy.accept(by=olga) for copy in copies])
    assert codes(results) == ["done"] + ["no_longer_good"] * 7
    assert Membership.objects.count() == Cohort.objects.get().seats_taken == 1


def test_accepting_and_taking_back_at_once_is_one_of_the_two(one_seat, ada, olga):
    row = make_invitation(one_seat, ada, olga.email)[0]
    copy = Invitation.objects.get(pk=row.pk)
    results = codes(at_once([lambda: row.accept(by=olga), lambda: copy.revoke(by=ada)]))
    assert results in (["closed", "done"], ["done", "no_longer_good"])
    assert (Invitation.objects.get().state == "accepted") == Membership.objects.exists()


def test_two_admins_invite_the_same_person_for_the_last_seat_at_once(one_seat, ada):
    calls = [lambda: invite(cohort=one_seat, asked=Asked("lena@example.org"), by=ada) for _ in range(4)]
    assert codes(at_once(calls)) == ["done"] + ["invited"] * 3
    assert Invitation.objects.count() == Notification.objects.filter(kind="invitation").count() == 1


def test_two_versions_written_at_once_and_one_accepted_at_once(one_seat, ada, olga):
    calls = [lambda n=n: make_charter(one_seat, ada, f"Version {n}") for n in range(4)]
    assert codes(at_once(calls)) == ["done"] * 4
    assert sorted(Charter.objects.values_list("version", flat=True)) == [1, 2, 3, 4]
    last = Charter.of(one_seat)
    assert codes(at_once([lambda: last.accept(by=olga) for _ in range(4)])) == ["done"] * 4
    assert CharterAcceptance.objects.count() == 1
