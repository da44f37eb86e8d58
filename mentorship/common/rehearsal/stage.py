"""The processes of a rehearsal: each service's own command in its own environment, with loopback in place of hosts."""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

from django.conf import settings

from mentorship.common.embedded.postgres import Postgres
from mentorship.common.embedded.redis import Redis
from mentorship.common.processes import Process
from mentorship.common.rehearsal.compose import Compose


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stage:
    """Everything that runs, and the folder it may write to. Leaving the block ends it all."""

    def __init__(self, mail_port: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))
        values = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "BASE_URL": "https://rehearsal.example",
            "ALLOWED_HOSTS": "rehearsal.example,127.0.0.1",
            "POSTGRES_PASSWORD": secrets.token_hex(8),
            "REDIS_PASSWORD": secrets.token_hex(8),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "DEFAULT_FROM_EMAIL": "ML Mentorship <hello@rehearsal.example>",
            "WEB_PROCESSES": "1",
            "WORKER_PROCESSES": "1",
        }
        self.compose = Compose(settings.BASE_DIR / "docker-compose.yml", values)
        self.postgres, self.redis = Postgres(self.folder / "postgres"), Redis(self.folder / "redis")
        self.running: dict[str, Process] = {}

    def start_servers(self) -> None:
        """A PostgreSQL and a Redis of its own, so that the walk may stop them."""
        for server in (self.postgres, self.redis):
            server.folder.mkdir(mode=0o700)
            server.start()

    def environment(self, service: str) -> dict[str, str]:
        """What the file says, but for the places that only exist between containers."""
        places = {
            "DATABASE_URL": self.postgres.url(),
            "REDIS_URL": self.redis.url(),
            "MEDIA_ROOT": str(self.folder / "uploads"),
        }
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        return {"PATH": path, "HOME": str(self.folder)} | self.compose.environment(service) | places

    def command(self, service: str, port: int | None) -> list[str]:
        """The file's own command; addresses and the folder for scratch are this machine's."""
        words = [word.replace("/tmp/", f"{self.folder}/") for word in self.compose.command(service)]  # noqa: S108
        if port is not None:
            words[words.index("--host") + 1] = "127.0.0.1"
            words[words.index("--port") + 1] = str(port)
        return words

    def run(self, service: str) -> None:
        """Run a one-shot service to its end; raises when it fails."""
        self.finish(self.command(service, None), self.environment(service))

    def collect_static(self) -> None:
        """What the Dockerfile does when the image is built."""
        self.finish([sys.executable, "manage.py", "collectstatic", "--noinput"], self.environment("web"))

    def finish(self, command: list[str], environment: dict[str, str]) -> None:
        log = self.folder / "one-shot.log"
        with log.open("wb") as output:
            done = subprocess.run(
                command, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=output, check=False
            )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{log.read_text()[-3000:]}")

    def start(self, service: str, name: str = "", port: int | None = None) -> None:
        """Start a lasting service; `name` tells two of the same apart."""
        name = name or service
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running[name] = Process(
                name,
                self.command(service, port),
                grace=self.compose.grace(service),
                cwd=settings.BASE_DIR,
                env=self.environment(service),
                stdout=log,
                stderr=log,
            )

    def stop(self, name: str) -> int:
        """Ask a process to end as Docker would, and kill it after its time of grace; its exit code."""
        return self.running.pop(name).stop()

    def restart_postgres(self) -> None:
        self.postgres.stop()
        time.sleep(1)
        self.postgres.start()

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def wait_until_ready(self, port: int, seconds: int = 40) -> None:
        end = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=2):
                    return
            except (urllib.error.URLError, OSError) as error:
                if time.monotonic() > end:
                    raise RuntimeError(f"Port {port} is not ready: {error}") from error
                time.sleep(0.1)

    def __enter__(self) -> "Stage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.running.values():
            process.ask_to_stop()
        for process in self.running.values():
            process.stop()
        self.redis.stop()
        self.postgres.stop()
