"""The cast that every test may call, and the services they run on (see `services.py`)."""

import gc

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings

from tests import emptying, factory, migrated
from tests.mailserver import mailbox  # noqa: F401
from tests.order import long_first
from tests.worker import start_worker  # noqa: F401


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    if workers := getattr(config, "workerinput", {}).get("workercount"):
        items[:] = long_first(items, workers)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What stands by now stays: to look through it for garbage again and again took a seventh of the run."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _uploads(tmp_path_factory):
    """Uploads of tests go to a folder of this run."""
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("uploads"))):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_use_migrations, django_db_blocker):
    """The test database is a copy of one that is migrated."""
    if django_db_use_migrations:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database, and a quick way to empty it after tests that commit."""
    with django_db_blocker.unblock():
        TransactionTestCase._fixture_teardown = emptying.empty if emptying.may_empty() else emptying.flush


@pytest.fixture
def amara(db):
    """A mentee of the running cohort, with Mateo as her mentor."""
    return factory.make_person("Amara Okafor", timezone="Africa/Lagos")


@pytest.fixture
def bela(db):
    """Another mentee of the same cohort."""
    return factory.make_person("Béla Kovács", timezone="Europe/Budapest")


@pytest.fixture
def mateo(db):
    """Amara's mentor."""
    return factory.make_person("Mateo Rojas", timezone="America/Santiago")


@pytest.fixture
def noor(db):
    """A mentor of another cohort: the outsider among mentors."""
    return factory.make_person("Noor Haddad", timezone="Asia/Amman")


@pytest.fixture
def olga(db):
    """Signed in, and in no cohort: the outsider."""
    return factory.make_person("Olga Ivanova", timezone="Europe/Riga")


@pytest.fixture
def emre(db):
    """An editor."""
    return factory.make_person("Emre Demir", groups=["editors"], timezone="Europe/Istanbul")


@pytest.fixture
def ada(db):
    """An admin."""
    return factory.make_person("Ada Lindqvist", groups=["admins"], timezone="Europe/Stockholm")


@pytest.fixture
def stream(db):
    return factory.make_stream()


@pytest.fixture
def cohort(db, stream, amara, bela, mateo):
    """A running cohort: Amara (mentored by Mateo) and Béla (by nobody yet)."""
    cohort = factory.make_cohort(stream=stream)
    mentee = factory.make_membership(cohort, amara)
    factory.make_membership(cohort, bela)
    mentor = factory.make_membership(cohort, mateo, role="mentor")
    factory.make_assignment(mentee, mentor)
    return cohort


@pytest.fixture
def other_cohort(db, stream, noor):
    """Noor's cohort, running beside."""
    cohort = factory.make_cohort(stream=stream)
    factory.make_membership(cohort, noor, role="mentor")
    return cohort


@pytest.fixture
def sign_in():
    """`sign_in(person)` gives a client that is signed in as them; `sign_in(None)` a visitor's."""

    def sign_in(person=None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return sign_in
