"""The process that `sandbox.run_bounded` starts: `python -m ...rendering.worker module:function cpu memory`.

It reads eight bytes of length and the payload from stdin, limits itself, calls the function, and answers with
one letter and the rest on stdout. It dies with the process that started it.
"""

import contextlib
import ctypes
import importlib
import os
import resource
import signal
import sys
import threading
import traceback

DONE, REFUSED, OUT_OF_MEMORY, BROKEN = b"d", b"r", b"m", b"x"
OUT_OF_TIME = 75
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Take the payload, do the work within the limits, answer."""
    function_path, cpu_seconds, memory_mb = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not end up in the answer
    _die_with_parent()
    payload = _read_payload()
    module, _, name = function_path.partition(":")
    function = getattr(importlib.import_module(module), name)
    _limit(cpu_seconds, memory_mb)
    _watch_parent()
    _limit_processes()
    answers.write(_answer(function, payload))
    answers.flush()
    os._exit(0)


def _answer(function, payload: bytes) -> bytes:
    from mentorship.common.rendering.errors import RenderError

    try:
        return DONE + function(payload)
    except RenderError as refusal:
        return REFUSED + f"{type(refusal).__name__}\n{refusal.message}".encode()
    except MemoryError:
        return OUT_OF_MEMORY
    except RecursionError:
        return REFUSED + b"RenderError\nThis nests too deeply to be shown."
    except Exception:
        return BROKEN + traceback.format_exc(limit=-8).encode("utf-8", "replace")


def _read_payload() -> bytes:
    length = int.from_bytes(sys.stdin.buffer.read(8), "big")
    payload = sys.stdin.buffer.read(length)
    if len(payload) != length:
        os._exit(1)
    return payload


def _limit(cpu_seconds: int, memory_mb: int) -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    _set_limit("RLIMIT_CPU", cpu_seconds, cpu_seconds + 1)
    _set_limit("RLIMIT_AS", memory_mb * 1024 * 1024)
    _set_limit("RLIMIT_DATA", memory_mb * 1024 * 1024)
    _set_limit("RLIMIT_FSIZE", 0)
    _set_limit("RLIMIT_NOFILE", 32)
    _set_limit("RLIMIT_CORE", 0)


def _limit_processes() -> None:
    _set_limit("RLIMIT_NPROC", 0)


def _set_limit(name: str, soft: int, hard: int | None = None) -> None:
    """macOS knows fewer limits and refuses some; there the wall time still holds."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(getattr(resource, name), (soft, soft if hard is None else hard))


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _watch_parent() -> None:
    """The parent holds our stdin open while it waits; its end means that nobody does."""

    def wait() -> None:
        os.read(0, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()
