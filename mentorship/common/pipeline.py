"""Statements that need not wait for each other's answers go to PostgreSQL together."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def pipelined() -> Iterator[None]:
    """Around a transaction of several statements: each is sent at once, and waited for when its answer is read.

    What a cursor was told to execute may fail later, at the next answer that is read or at the commit; nothing of a
    transaction that failed stays, as without.
    """
    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors, raw.pipeline():
        yield


class Asked:
    """A query whose answer is read later, so that others can be sent before it."""

    def __init__(self, statement: str, values: Any) -> None:
        self.cursor = connection.cursor()
        self.cursor.execute(statement, values)

    def rows(self) -> list[tuple[Any, ...]]:
        """The answer; may be asked for once."""
        with self.cursor:
            return self.cursor.fetchall()

    def leave(self) -> None:
        """Nobody needs the answer."""
        self.cursor.close()
