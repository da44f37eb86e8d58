"""The real PostgreSQL and Redis that the tests run on, started before Django reads its settings.

A plugin of pytest (see `addopts` in pyproject.toml), for conftest.py is imported too late for that.
The process that the person started holds the servers; the workers of pytest-xdist inherit their addresses. Each of them
has a database of its own on both: a queue that two shared would hand the tasks of one test to the worker of another.
DATABASE_URL and REDIS_URL override, each for itself. The data, below .data/test, is a throw-away.
"""

import gc
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from mentorship.common import embedded

# jsonschema, which nbformat brings along, would build a grammar of addresses that nobody asks for: a second or more.
sys.modules.setdefault("rfc3987_syntax", None)

FOLDER = Path(__file__).resolve().parent.parent / ".data" / "test"
_held: list[embedded.Held] = []


def own_database(url: str, worker: str) -> str:
    """The address of the database that `worker` ("gw0") of pytest-xdist has on the Redis at `url`, which has 16."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{int(worker.removeprefix('gw')) + 1}"))


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    options = early_config.known_args_namespace
    os.environ.setdefault("DEBUG", "true")
    # Each worker, and each process that a test starts, would compile the program anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    gc.set_threshold(20_000, 10, 100)  # see `pytest_collection_finish` in conftest.py
    if not (options.help or options.version):
        try:
            _held.extend(embedded.hold(FOLDER, durable=False))
        except embedded.Failed as failure:
            raise pytest.UsageError(str(failure)) from None
        os.environ |= {one.variable: one.url for one in _held}
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["REDIS_URL"] = own_database(os.environ["REDIS_URL"], worker)
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure():
    embedded.let_go(_held)
    _held.clear()
