"""A child process that never outlives the process that started it.

Used by what runs several programs at once: the embedded servers, `manage.py dev`, the rehearsal.
"""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import Any

# Every guard reads this pipe. This process alone holds the other end, so when it ends, in whatever way,
# SIGKILL included, each guard reads the end of the file. Linux and macOS alike.
_alive: tuple[int, int] | None = None

_GUARD = """
read -r _
kill -s "$2" "$1" 2>/dev/null
tenths=$(( $3 * 10 ))
while [ "$tenths" -gt 0 ] && kill -0 "$1" 2>/dev/null; do sleep 0.1; tenths=$(( tenths - 1 )); done
kill -s KILL -- "-$1" 2>/dev/null
"""


def _pipe_that_ends_with_us() -> int:
    global _alive
    if _alive is None:
        _alive = os.pipe()
    return _alive[0]


class Process:
    """One child, in a session of its own, so that Ctrl-C at the terminal reaches only its parent.

    name: what the person sees. stop_with: the signal that asks it to end; after `grace` seconds it is killed
    with all of its own children. on_line: called, from a thread, with each line it writes. Further options
    are those of subprocess.Popen.
    """

    def __init__(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        stop_with: signal.Signals = signal.SIGTERM,
        grace: int = 10,
        on_line: Callable[[str, str], None] | None = None,
        **options: Any,
    ) -> None:
        self.name, self.stop_with, self.grace = name, stop_with, grace
        if on_line:
            options |= {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self._popen = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, start_new_session=True, **options)
        self._guard = subprocess.Popen(
            ["sh", "-c", _GUARD, "guard", str(self.pid), stop_with.name[3:], str(grace)],
            stdin=_pipe_that_ends_with_us(),
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            # A guard that stood in the project's folder would keep a file system busy.
            cwd="/",
        )
        self._reader: threading.Thread | None = None
        if on_line:
            self._reader = threading.Thread(target=self._read, args=(on_line,), daemon=True)
            self._reader.start()

    def _read(self, on_line: Callable[[str, str], None]) -> None:
        assert self._popen.stdout is not None
        for line in self._popen.stdout:
            on_line(self.name, line.decode(errors="replace").rstrip("\n"))

    @property
    def pid(self) -> int:
        return self._popen.pid

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        code = self._popen.poll()
        if code is not None and self._guard.poll() is None:
            self._end_rest()
        return code

    def ask_to_stop(self) -> None:
        """Send the signal and come back at once, so that several can end at the same time."""
        if self._popen.poll() is None:
            self._popen.send_signal(self.stop_with)

    def stop(self) -> int:
        """Ask it to end, wait, kill what is left; gives back the exit code."""
        self.ask_to_stop()
        try:
            self._popen.wait(self.grace)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        self._end_rest()
        if self._reader:
            self._reader.join(timeout=1)
        return self._popen.returncode

    def _end_rest(self) -> None:
        """End children it left behind, and the guard, which must not fire at a later owner of the pid."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._guard.kill()
        self._guard.wait()
