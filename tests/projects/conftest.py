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
