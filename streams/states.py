"""How the states of items hang together: pure rules, no database."""

from collections.abc import Iterable

NOT_STARTED, IN_PROGRESS, DONE = "not_started", "in_progress", "done"


def derived(parts: Iterable[tuple[str, bool]]) -> str:
    """The state of a parent from the (state, optional) of its parts.

    Done once every required part is; in progress as soon as any part, optional or not, has been started. Where
    every part is optional (a refresher, say), all of them are what it takes.
    """
    parts = list(parts)
    required = [state for state, optional in parts if not optional] or [state for state, _ in parts]
    if required and all(state == DONE for state in required):
        return DONE
    if any(state != NOT_STARTED for state, _ in parts):
        return IN_PROGRESS
    return NOT_STARTED
