"""No lost update: a change says what it began from, and is refused when something else stands there by now."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models

from mentorship.common.errors import Refused


class ChangedMeanwhile(Refused):
    """Somebody saved something else after the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody saved other values meanwhile. Compare them below, then save again.", code="changed_meanwhile"
        )


def fingerprint(row: models.Model, names: Iterable[str]) -> str:
    """A short text that changes when one of the fields `names` of `row` does."""
    values = [plain(row.serializable_value(name)) for name in names]
    return hashlib.sha256(repr(values).encode("utf-8", "replace")).hexdigest()[:32]


def plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def check_seen(row: models.Model, names: Iterable[str], seen: str) -> None:
    """Refuse a change that began from other values of `names` than those of the locked `row`; '' began from none."""
    if seen and seen != fingerprint(row, names):
        raise ChangedMeanwhile
