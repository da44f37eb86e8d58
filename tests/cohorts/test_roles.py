"""What a person is in cohorts, asked in one place."""

import pytest
from django.contrib.auth.models import AnonymousUser

from mentorship.cohorts import roles
from tests import factory


def test_one_query_gives_every_role(amara, cohort, stream, django_assert_num_queries):
    newer = factory.make_cohort(stream=stream, starts_on=cohort.starts_on.replace(year=cohort.starts_on.year + 1),
                                ends_on=cohort.ends_on.replace(year=cohort.ends_on.year + 2))  # fmt: skip
    factory.make_membership(newer, amara, role="mentor")
    with django_assert_num_queries(1):
        found = roles.roles_of(amara)
        assert [m.cohort.stream for m in found.mentee + found.mentor] == [stream, stream]
    assert ([m.cohort for m in found.mentee], [m.cohort for m in found.mentor]) == ([cohort], [newer])


def test_visitors_and_outsiders_have_none(olga, cohort):
    for person in (AnonymousUser(), olga):
        found = roles.roles_of(person)
        assert found.mentee == found.mentor == []


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_drafts_and_archives_give_no_role(amara, stream, state):
    factory.make_membership(factory.make_cohort(stream=stream, state=state), amara)
    assert roles.roles_of(amara).mentee == []


def test_who_mentors_whom(ada, amara, bela, mateo, noor, cohort, mentee, alone):
    assert roles.is_mentor_of(mateo, mentee)
    assert not roles.is_mentor_of(mateo, alone)
    assert not roles.is_mentor_of(noor, mentee)
    assert not roles.is_mentor_of(AnonymousUser(), mentee)
    assert list(roles.mentors_of(amara, cohort)) == [mateo]
    assert list(roles.mentors_of(bela, cohort)) == []
    assert list(roles.mentees_of(mateo)) == [mentee]
    mentee.assignments_as_mentee.get().end(by=ada, reason="Over")
    assert not roles.is_mentor_of(mateo, mentee)
    assert list(roles.mentees_of(mateo)) == []


def test_who_left_has_no_role(ada, bela, cohort, alone):
    assert roles.is_member_of(bela, cohort)
    alone.leave(by=ada)
    assert not roles.is_member_of(bela, cohort)
    assert roles.roles_of(bela).mentee == []
    assert not roles.mentee_memberships(bela)
    assert not roles.mentor_memberships(bela)
