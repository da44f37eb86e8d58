"""Work that may not end, in a process that can be killed. One try."""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from mentorship.common.rendering import worker
from mentorship.common.rendering.errors import FileRefused, NotebookError, RenderError, Unshowable

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
REFUSALS: dict[str, type[RenderError]] = {kind.__name__: kind for kind in (NotebookError, Unshowable, FileRefused)}
LARGEST_ANSWER = 100_000_000


def run_bounded(
    function_path: str,
    payload: bytes,
    *,
    what: str = "notebook",
    cpu_seconds: int = 20,
    memory_mb: int = 512,
    wall_seconds: float = 25,
    largest_answer: int = LARGEST_ANSWER,
) -> bytes:
    """Call `package.module:function` with `payload` in a process of its own and return the bytes it returns.

    The process has a clean environment, may neither write files nor start others, and is killed with its
    group when the wall time is over, when this call is left by any exception, or when this process dies.
    Raises RenderError with a sentence that names `what`; a RenderError that the function raises arrives here
    as the same class.
    """
    command = [sys.executable, "-P", "-m", worker.__name__, function_path, str(cpu_seconds), str(memory_mb)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(wall_seconds, end)
    timer.daemon = True
    timer.start()
    try:
        answer = _exchange(process, payload, largest_answer)
    finally:
        timer.cancel()
        timer.join()
        _kill(process)
        code = process.wait()
    return _read_answer(answer, code, late.is_set(), what, function_path, largest_answer)


def _exchange(process: subprocess.Popen, payload: bytes, largest_answer: int) -> bytes:
    """Hand over the payload and read what comes back.

    stdin stays open meanwhile: its end tells the worker that we are gone.
    """
    if process.stdin is None or process.stdout is None:
        raise ValueError("The process was started without pipes.")
    try:
        process.stdin.write(len(payload).to_bytes(8, "big") + payload)
        process.stdin.flush()
        return process.stdout.read(largest_answer + 2)
    except BrokenPipeError:
        return b""
    finally:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()


def _kill(process: subprocess.Popen) -> None:
    """End the whole group. Only before the leader is waited for: its number may be another's afterwards."""
    if process.returncode is None:
        # Already gone, or on macOS "not permitted": of that group only the dead are left.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _read_answer(answer: bytes, code: int, late: bool, what: str, function_path: str, largest: int) -> bytes:
    kind, body = answer[:1], answer[1:]
    if len(body) > largest:
        raise RenderError(f"The {what} is too large to show.")
    if kind == worker.DONE:
        return body
    if kind == worker.REFUSED:
        name, _, message = body.decode("utf-8", "replace").partition("\n")
        raise REFUSALS.get(name, RenderError)(message)
    if late or code in (-signal.SIGXCPU, worker.OUT_OF_TIME):
        raise RenderError(f"The {what} took too long to show.")
    if kind == worker.OUT_OF_MEMORY or code == -signal.SIGABRT:
        raise RenderError(f"The {what} needs too much memory to show.")
    log.error("%s failed with code %s: %s", function_path, code, body.decode("utf-8", "replace")[-2000:])
    raise RenderError(f"The {what} could not be shown.")
