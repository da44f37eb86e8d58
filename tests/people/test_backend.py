"""Who is signed in comes with one statement by hand: it says what the ORM says."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from mentorship.cohorts.models import Membership
from mentorship.home.context import Around
from mentorship.notifications.models import Notification
from mentorship.people.backends import Backend
from mentorship.people.models import User
from tests.factory import make_cohort, make_membership, make_person


def told(person, **fields):
    number = Notification.objects.count()
    return Notification.objects.create(person=person, kind="test", subject=f"test:{number}", title="Told", **fields)


def the_same(person):
    """What the backend found, after seeing that the ORM finds the same."""
    found = Backend().get_user(person.pk)
    plain = User.objects.with_access().get(pk=person.pk).remember()
    for field in User._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(plain, field.attname)
    assert (found.group_names, found.has_second_factor) == (plain.group_names, plain.has_second_factor)
    unread = Notification.objects.inbox_of(plain).unread().count()
    assert found.around == (unread, Membership.objects.mentors().filter(person=plain).exists())
    assert found.around == Around(plain).row
    return found


def test_one_query_for_who_is_signed_in(amara, django_assert_num_queries):
    with django_assert_num_queries(1):
        person = Backend().get_user(amara.pk)
        assert not person.is_editor
        assert Around(person).row == (0, False)


@pytest.mark.parametrize("required", [True, False])
def test_groups_and_second_factor(db, settings, required):
    settings.SECOND_FACTOR_REQUIRED = required
    Group.objects.get_or_create(name="admins")
    person = make_person("Vera Groups", groups=["editors"])
    assert the_same(person).is_editor
    assert the_same(person).has_second_factor is not required
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    assert the_same(person).has_second_factor is not required
    Authenticator.objects.create(user=person, type="totp", data={})
    assert the_same(person).has_second_factor is True


def test_what_waits_and_whether_they_mentor(amara, bela, stream):
    for _ in range(3):
        told(amara)
    told(amara, in_app=False)
    told(bela)
    cohort = make_cohort(stream, state="running")
    make_membership(cohort, bela)
    assert the_same(amara).around == (3, False)
    assert the_same(bela).around == (1, False)
    make_membership(cohort, amara, role="mentor", capacity=2)
    assert the_same(amara).around == (3, True)


def test_nobody_for_a_closed_account_or_none(amara):
    User.objects.filter(pk=amara.pk).update(is_active=False)
    assert Backend().get_user(amara.pk) is None
    assert Backend().get_user(0) is None
