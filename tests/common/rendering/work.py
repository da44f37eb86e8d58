"""Functions for the killable process to call, and a parent for it to outlive or not."""

import os
import sys
import tempfile
import time

from mentorship.common.rendering.errors import NotebookError
from mentorship.common.rendering.sandbox import run_bounded


def backwards(payload: bytes) -> bytes:
    return payload[::-1]


def refuse(payload: bytes) -> bytes:
    raise NotebookError("No, said the function.")


def fail(payload: bytes) -> bytes:
    return bytes(1 // 0)


def work_forever(payload: bytes) -> bytes:
    while True:
        pass


def wait_forever(payload: bytes) -> bytes:
    time.sleep(3600)
    return b""


def hoard(payload: bytes) -> bytes:
    return bytes(len([bytes(10_000_000) for _ in range(1000)]))


def babble(payload: bytes) -> bytes:
    return b"x" * 2_000_000


def recurse(payload: bytes) -> bytes:
    return recurse(payload)


def chatter(payload: bytes) -> bytes:
    print("noise")  # noqa: T201
    os.write(1, b"noise")
    return b"quiet"


def try_things(payload: bytes) -> bytes:
    """Name what was not possible."""
    found = ["a secret" if "SECRET_KEY" in os.environ else "no secret"]
    try:
        with tempfile.TemporaryFile() as file:  # looks for a folder by writing, and finds none
            file.write(b"x")
        found.append("a file")
    except OSError:
        found.append("no file")
    try:
        os.waitpid(os.fork(), 0) if os.getuid() else None
        found.append("a process" if os.getuid() else "no process")
    except OSError:
        found.append("no process")
    return ", ".join(found).encode()


if __name__ == "__main__":
    run_bounded("tests.common.rendering.work:wait_forever", sys.argv[1].encode())
