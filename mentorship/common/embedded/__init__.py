"""PostgreSQL and Redis without installing either: for development and for the tests, never for production.

The servers come out of two wheels of the development extra. Each has a folder of its own with its data; the
first that needs a server starts it, everyone else who comes shares it, and it ends with the last one, in
whatever way that one ends. How that is kept: `keeper.py`.

    with embedded.use(Path(".data")) as environment:
        environment["DATABASE_URL"], environment["REDIS_URL"]

From a shell: `python -m mentorship.common.embedded exec -- COMMAND ...`.
Nothing here imports Django.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from .keeper import SERVERS, Held, is_kept
from .server import Failed

__all__ = ["Failed", "Held", "hold", "let_go", "running", "use"]


def hold(folder: Path, *, durable: bool = True, given: Mapping[str, str | None] = os.environ) -> list[Held]:
    """Start or join each server whose address `given` does not name already.

    folder: where the data is. durable=False trades safety of the data for speed (tests).
    Raises Failed with a sentence for the person.
    """
    wanted = [kind for variable, kind in SERVERS.items() if not given.get(variable)]
    held: list[Held] = []
    try:
        for kind in wanted:
            held.append(Held(kind, folder, durable=durable))
        for one in held:
            one.wait_until_ready()
    except BaseException:
        let_go(held)
        raise
    return held


@contextlib.contextmanager
def use(
    folder: Path, *, durable: bool = True, given: Mapping[str, str | None] = os.environ
) -> Iterator[dict[str, str]]:
    """Like `hold`, for the length of a block; gives the environment variables; waits until all has ended."""
    held = hold(folder, durable=durable, given=given)
    try:
        yield {one.variable: one.url for one in held}
    finally:
        let_go(held)


def let_go(held: list[Held]) -> None:
    """The end of `hold`: waits until the servers that nobody else uses have ended."""
    for one in held:
        one.release()
    for one in held:
        one.wait_until_stopped()


def running(folder: Path) -> list[Path]:
    """The folders of servers that run now, anywhere below `folder`."""
    return [lock.parent for lock in sorted(folder.rglob("keeper.lock")) if is_kept(lock.parent)]
