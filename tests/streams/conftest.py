import shutil
from pathlib import Path

import pytest

from tests.streams.curriculum import SHIPPED


@pytest.fixture
def files(tmp_path) -> Path:
    """A copy of the shipped curriculum that a test may edit."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "curriculum"))
