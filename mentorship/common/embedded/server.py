"""What the two servers have in common: a folder, a process, a log, and waiting until it answers."""

import importlib.util
import signal
import time
from pathlib import Path
from typing import Any

from ..processes import Process

START_WITHIN = 30  # seconds; a first start on a slow disk, or a recovery after a crash


class Failed(Exception):
    """Its text is a sentence for the person at the terminal."""


class Server:
    """A server in `folder`. durable=False: quicker, and the data may be lost with the machine (tests)."""

    name: str
    wheel: str
    stop_with = signal.SIGTERM

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder, self.durable = folder, durable
        self.log = folder / "server.log"
        self.process: Process | None = None

    @classmethod
    def wheel_folder(cls) -> Path:
        spec = importlib.util.find_spec(cls.wheel)
        if spec is None or not spec.submodule_search_locations:
            raise Failed(f"The Python package {cls.wheel} is missing: install the development requirements.")
        return Path(spec.submodule_search_locations[0])

    def url(self) -> str:
        raise NotImplementedError

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        if self.process:
            self.process.stop()
            self.process = None

    def _run(self, arguments: list[str], **options: Any) -> None:
        """Start the server's process and wait until it answers; raises Failed with the end of its log."""
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.unlink()
        deadline = time.monotonic() + START_WITHIN
        while True:
            with self.log.open("ab") as log:
                begun = log.tell()
                self.process = Process(
                    self.name,
                    arguments,
                    stop_with=self.stop_with,
                    grace=20,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    **options,
                )
            while self.process.poll() is None and time.monotonic() < deadline:
                if self._answers():
                    return
                time.sleep(0.02)
            self.stop()
            said = self.log.read_bytes()[begun:].decode(errors="replace")
            # The last processes of a server that was killed may need a moment to notice.
            if "still in use" in said and time.monotonic() < deadline:
                time.sleep(0.2)
                continue
            end = "\n".join(said.splitlines()[-8:])
            raise Failed(f"{self.name} did not start. The end of {self.log}:\n{end}")

    def _answers(self) -> bool:
        raise NotImplementedError
