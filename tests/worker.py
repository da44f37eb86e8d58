"""A real Celery worker in a process of its own, on the test's database and Redis."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def database_url() -> str:
    """The address of the database that this test runs on."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))


def environment(**more: str) -> dict[str, str]:
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "mentorship.settings",
            "DEBUG": "true",
            "DATABASE_URL": database_url(),
            "REDIS_URL": django_settings.REDIS_URL,
            "MEDIA_ROOT": str(django_settings.MEDIA_ROOT),
        }
        | more
    )


class Worker:
    def __init__(self, **env: str) -> None:
        self.env = env
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "mentorship", "worker", "--pool", "prefork", "-c", "1"]
        self.process = subprocess.Popen(
            [*command, "--loglevel", "WARNING", "--without-gossip", "--without-mingle"],
            cwd=ROOT, env=environment(**self.env), start_new_session=True,
        )  # fmt: skip

    def kill(self) -> None:
        """As a machine that loses its power: no process of the worker runs on."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


@pytest.fixture
def start_worker(transactional_db, settings):
    """`start_worker(EMAIL_URL=...)` starts a worker; it ends with the test. Tasks of earlier tests are gone."""
    import redis

    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    workers: list[Worker] = []

    def start(**env: str) -> Worker:
        workers.append(Worker(**env))
        return workers[-1]

    yield start
    for worker in workers:
        worker.stop()


def until(condition, seconds: float = 60):
    """Wait until `condition()` is true and give its value; fail when it stays false."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    pytest.fail(f"Still not so after {seconds} s: {condition}")
