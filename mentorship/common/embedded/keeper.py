"""Who starts a server, who shares it and when it ends.

Three lock files stand beside the data of each server. The kernel lets a lock go when its holder ends, SIGKILL
included, so nothing has to be cleared up after a crash.

- `users.lock`: everyone who needs the server holds it, shared.
- `start.lock`: held by a user who looks whether the server runs and starts it if not; so one at a time.
- `keeper.lock`: held by the keeper, a small process of its own that started the server. It ends the server
  once it gets `users.lock` for itself alone, and starts it anew when it dies. If the keeper is killed, its
  guard (see `processes.py`) ends the server.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import psutil

from .postgres import Postgres
from .redis import Redis
from .server import START_WITHIN, Failed, Server

SERVERS: dict[str, type[Server]] = {"DATABASE_URL": Postgres, "REDIS_URL": Redis}

STOP_WITHIN = 20  # seconds
PROJECT = Path(__file__).resolve().parents[3]


def _open(path: Path) -> IO[str]:
    return path.open("a")


def _locked(file: IO[str], how: int) -> bool:
    """Try to lock; False if another holds it."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_kept(folder: Path) -> bool:
    with _open(folder / "keeper.lock") as lock:
        return not _locked(lock, fcntl.LOCK_SH)


class Held:
    """One user's hold on one server, until `release` or until every process that has `descriptor` has ended.

    variable: the environment variable that the address belongs into. url: the address, once ready.
    """

    def __init__(self, kind: type[Server], data: Path, *, durable: bool = True) -> None:
        self.folder = data.resolve() / kind.name.lower()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.variable = next(variable for variable, one in SERVERS.items() if one is kind)
        self.url = ""
        self._alone = False
        self._starting: subprocess.Popen[str] | None = None
        self._users = _open(self.folder / "users.lock")
        fcntl.flock(self._users, fcntl.LOCK_SH)  # waits while a keeper is just ending the server
        self._start = _open(self.folder / "start.lock")
        fcntl.flock(self._start, fcntl.LOCK_EX)
        if not is_kept(self.folder):
            self._starting = self._start_keeper(durable)

    @property
    def descriptor(self) -> int:
        return self._users.fileno()

    def _start_keeper(self, durable: bool) -> "subprocess.Popen[str]":
        with (self.folder / "keeper.log").open("w") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "mentorship.common.embedded", "keep", self.variable, str(self.folder)]
                + ([] if durable else ["--quick"]),
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # Ctrl-C at the terminal is not for the servers
            )

    def wait_until_ready(self) -> None:
        """Raises Failed with the reason if the server did not start."""
        if self._starting:
            assert self._starting.stdout is not None
            answer = self._starting.stdout.read().strip()
            if answer != "ready":
                log = self.folder / "keeper.log"
                raise Failed(answer or f"The server did not start; {log} says:\n{log.read_text()[-2000:]}")
        self._start.close()
        # Missing only if another user began the start and was killed before its end.
        deadline = time.monotonic() + START_WITHIN
        while not (self.folder / "state.json").exists():
            if time.monotonic() > deadline or not is_kept(self.folder):
                raise Failed(f"The server in {self.folder} did not start; try again.")
            time.sleep(0.05)
        self.url = json.loads((self.folder / "state.json").read_text())["url"]

    def release(self) -> None:
        self._start.close()
        self._alone = _locked(self._users, fcntl.LOCK_EX)
        self._users.close()

    def wait_until_stopped(self) -> None:
        """After `release`: until the server has ended, unless someone else uses it."""
        deadline = time.monotonic() + STOP_WITHIN
        while self._alone and is_kept(self.folder) and time.monotonic() < deadline:
            time.sleep(0.02)
        if self._starting and self._alone:
            self._starting.wait()


def keep(variable: str, folder: Path, *, durable: bool) -> None:
    """Run the server in `folder` for as long as anyone uses it. This is the whole life of a keeper.

    Writes 'ready', or why not, to its standard output and closes it.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = SERVERS[variable](folder, durable=durable)
    state = folder / "state.json"
    with _open(folder / "keeper.lock") as lock, _open(folder / "users.lock") as users:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _end_orphan(state)
        state.unlink(missing_ok=True)
        try:
            server.start()
            _note(state, server)
            _answer("ready")
            while not _locked(users, fcntl.LOCK_EX):
                time.sleep(0.1)
                if server.process is None or server.process.poll() is not None:
                    server.start()
                    _note(state, server)
            # The lock on the users is kept while the server ends, so that who comes now waits for it.
        except Failed as failure:
            _answer(str(failure))
            raise SystemExit(1) from None
        finally:
            server.stop()
            state.unlink(missing_ok=True)


def _note(state: Path, server: Server) -> None:
    assert server.process is not None
    new = state.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps({"url": server.url(), "pid": server.process.pid, "server": server.name}))
    new.replace(state)


def _answer(text: str) -> None:
    """Tell whoever waits for the start; whoever it was may have gone."""
    with contextlib.suppress(BrokenPipeError):
        os.write(1, text.encode())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _end_orphan(state: Path) -> None:
    """End a server that outlived both its keeper and its guard; two on the same data would ruin it."""
    try:
        process = psutil.Process(json.loads(state.read_text())["pid"])
        works_in = Path(process.cwd())
    except (OSError, ValueError, KeyError, psutil.Error):
        return
    if not works_in.is_relative_to(state.parent):
        return  # the number belongs to a stranger by now
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_WITHIN)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOP_WITHIN)
