"""For the tests of what runs the program."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests import services


@pytest.fixture
def scratch():
    """A folder that PostgreSQL can use, also when root runs the tests; pytest's own is closed to other users."""
    services.FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=services.FOLDER, prefix="scratch-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
