"""Who may call what: one row for each URL name and method, by role. `tests/access/test_table.py` walks it.

A module of this package is one app's rows:

    ROWS = [
        row("streams:mark", "POST", lambda w: [w.stream.key, w.item.key], visitor="login", rest="in"),
        row("projects:submission", "GET", lambda w: [w.submission.pk], "404", visitor="login", mentee="in", mentor="in",
            admin="in"),
    ]

The fourth place (or `rest=`) is the answer to every role that is not named. Answers: `in` (let in: any status but
401, 403, 404, 405, 5xx and the way to sign-in; a form that refuses its data is 'in'), `login` (sent to sign-in),
`404`, `401`, `403`, `405`. Methods of a URL without a row must answer 405 (or what the role gets for its other
methods). `w` is the world of `tests/access/world.py`; extend it there with what your rows need.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

ROLES = (
    "visitor",
    "outsider",
    "applicant",
    "mentee",
    "other_mentee",
    "mentor",
    "other_mentor",
    "editor",
    "admin",
)


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    arguments: Callable[[Any], list[Any]]
    answers: dict[str, str]
    data: Callable[[Any], dict[str, Any]] | None = None
    headers: dict[str, str] = field(default_factory=dict)


def row(
    name: str,
    method: str,
    arguments: Callable[[Any], list[Any]] = lambda w: [],
    rest: str = "in",
    data: Callable[[Any], dict[str, Any]] | None = None,
    **named: str,
) -> Row:
    """A row for URL `name` and `method`: `named` roles get their answer, all others `rest`."""
    unknown = set(named) - set(ROLES)
    if unknown:
        raise ValueError(f"{name}: no such role: {unknown}")
    return Row(name, method, arguments, dict.fromkeys(ROLES, rest) | named, data)
