"""What the tests of cohorts share."""

import pytest

from tests import factory


@pytest.fixture
def open_cohort(stream):
    """Takes applications; two seats, nobody in it."""
    return factory.make_cohort(stream=stream, state="open", seats=2)


@pytest.fixture
def mentee(cohort, amara):
    return cohort.memberships.get(person=amara)


@pytest.fixture
def alone(cohort, bela):
    """Béla's membership: a mentee without a mentor."""
    return cohort.memberships.get(person=bela)


@pytest.fixture
def mentor(cohort, mateo):
    return cohort.memberships.get(person=mateo)


@pytest.fixture
def ines(cohort):
    """A second mentor of Amara's cohort, with room for four."""
    return factory.make_membership(cohort, factory.make_person("Inês Sousa"), role="mentor")
