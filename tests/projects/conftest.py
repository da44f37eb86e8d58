"""The cast at work: Amara's seat, the project, and what she handed in."""

import pytest

from tests import factory


@pytest.fixture
def project(stream):
    return stream.items.get(kind="project").project


@pytest.fixture
def seat(cohort, amara):
    """Amara's seat in the running cohort."""
    return cohort.memberships.get(person=amara)


@pytest.fixture
def submission(seat):
    """Amara's work, waiting for its first review."""
    return factory.make_submission(seat)


@pytest.fixture
def waiting(submission):
    """The round that waits."""
    return submission.rounds.get()


@pytest.fixture
def ines(cohort):
    """A second mentor of Amara's cohort."""
    ines = factory.make_person("Inês Duarte", timezone="Europe/Lisbon")
    factory.make_membership(cohort, ines, role="mentor")
    return ines


@pytest.fixture
def capstone(stream):
    """A project for a team."""
    return factory.make_team_project(stream)


@pytest.fixture
def seats(cohort, amara, bela):
    """Those of Amara, Béla and Chiara."""
    factory.make_membership(cohort, factory.make_person("Chiara Conti"))
    return list(cohort.memberships.mentees().order_by("pk"))


@pytest.fixture
def team(cohort, seats):
    """The three, as a capstone team."""
    return factory.make_group(cohort, seats)
