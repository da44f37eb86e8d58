"""Make rows equal to what the files state, by key, and report each difference. Nothing is ever deleted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Change:
    """One difference between the files and the database: added, changed, retired or returned."""

    action: str
    what: str
    key: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = ", ".join(name.removesuffix("_id") for name in self.fields)
        return f"{self.action} {self.what} {self.key}" + (f" ({names})" if names else "")


def retire(what: str, rows: Iterable[Any], keep: Iterable[str], at: datetime) -> list[Change]:
    """Retire the rows whose key is not to be kept and that are not retired yet."""
    kept, changes = set(keep), []
    for row in rows:
        if row.key not in kept and row.retired_at is None:
            row.retired_at = at
            row.save(update_fields=["retired_at"])
            changes.append(Change("retired", what, row.key))
    return changes


def put(what: str, model: Any, row: Any, key: str, values: Mapping[str, Any]) -> tuple[Any, list[Change]]:
    """Make one row hold `values`: a new one, a changed one, or a retired one that comes back.

    A row that is as it should be is not written. Returns the row and the changes, one or none.
    """
    if row is None:
        return model.objects.create(key=key, **values), [Change("added", what, key)]
    different = tuple(name for name, value in values.items() if getattr(row, name) != value)
    returned = row.retired_at is not None
    if not different and not returned:
        return row, []
    for name in different:
        setattr(row, name, values[name])
    row.retired_at = None
    row.save(update_fields=[*different, "retired_at"])
    return row, [Change("returned" if returned else "changed", what, key, different)]
