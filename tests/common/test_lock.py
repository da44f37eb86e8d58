"""requirements.txt: one file, every version with its hashes, no address; production first."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PRODUCTION, DEVELOPMENT = (ROOT / "requirements.txt").read_text().split("# == development ==\n")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", one)[0].lower().replace("_", "-").replace(".", "-") for one in requirements}


def pinned(lock: str) -> list[str]:
    return [line for line in lock.splitlines() if not line.startswith(" ")]


def test_production_holds_what_it_needs_and_nothing_of_development():
    locked = names(pinned(PRODUCTION))
    assert names(PROJECT["dependencies"]) <= locked
    assert not names(PROJECT["optional-dependencies"]["development"]) & locked


def test_the_rest_is_below_the_line():
    assert names(PROJECT["optional-dependencies"]["development"]) <= names(pinned(DEVELOPMENT))
    assert not names(pinned(DEVELOPMENT)) & names(pinned(PRODUCTION))


@pytest.mark.parametrize("lock", [PRODUCTION, DEVELOPMENT], ids=["production", "development"])
def test_every_version_is_exact_and_hashed_and_comes_from_no_address(lock):
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        assert re.match(r"[\w.-]+==\S+( ; [^\\]+)? \\\n", entry), entry
        assert "--hash=sha256:" in entry
    assert "://" not in lock
    assert "--index-url" not in lock
