"""`make run`: the whole program for development, until Ctrl-C."""

import contextlib
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from types import FrameType

import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from mentorship.common.processes import Process

START_WITHIN = 60  # seconds


class Stop(Exception):
    """Someone asked us to end."""


class Command(BaseCommand):
    help = "Prepare the database, then run web, worker and beat for development, until Ctrl-C. PORT: 8000."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        self.parent = os.getppid()
        self.processes: list[Process] = []
        try:
            port = self._free_port()
            self._see_services()
            self._prepare()
            self._start(port)
            self._wait_until_live(port)
            self._say_where(port)
            self._watch()
        except Stop:
            self._say("\nStopping.")
        finally:
            # A second Ctrl-C shall not leave half of them behind.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            for process in self.processes:
                process.ask_to_stop()
            for process in self.processes:
                process.stop()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        raise Stop

    def _say(self, text: str) -> None:
        # When the terminal is gone, what runs must still be ended in order.
        with contextlib.suppress(OSError):
            self.stdout.write(text)
            self.stdout.flush()

    def _free_port(self) -> int:
        """The port to serve on; refuses one that is taken, before anything else takes its time."""
        text = os.environ.get("PORT") or "8000"
        if not text.isdigit() or not 0 < int(text) < 65536:
            raise CommandError(f"PORT is {text!r}; it has to be a number from 1 to 65535.")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(text)))
            except OSError as error:
                raise CommandError(
                    f"Port {text} cannot be used ({os.strerror(error.errno or 0).lower()}): stop what runs there, "
                    f"or choose another: make run PORT={int(text) % 65535 + 1}"
                ) from None
        return int(text)

    def _see_services(self) -> None:
        """An address that somebody gave may be wrong: one sentence instead of the traces of three processes."""
        try:
            connection.ensure_connection()
            redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2).ping()
        except OperationalError as error:
            raise CommandError(f"The database of DATABASE_URL does not answer: {error}") from None
        except redis.RedisError as error:
            raise CommandError(f"The Redis of REDIS_URL does not answer: {error}") from None

    def _prepare(self) -> None:
        """Bring the database up to date; on an empty one also make the demo people."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Preparing the database.")
            call_command("migrate", verbosity=0)
        call_command("load_curriculum", verbosity=0)
        call_command("load_questions", verbosity=0)
        call_command("load_library", verbosity=0)
        if not get_user_model().objects.exists():
            self._say("Making the demo people and their five weeks of history.")
            call_command("make_demo")
        connection.close()

    def _start(self, port: int) -> None:
        manage = [sys.executable, "manage.py"]
        celery = [sys.executable, "-m", "celery", "--app", "mentorship", "--quiet"]
        # The accounts shall stay in sight; LOG_LEVEL=INFO shows every task.
        log = ["--loglevel", os.environ.get("LOG_LEVEL", "WARNING")]
        schedule = ["--schedule", str(settings.DATA_DIR / f"beat-schedule-{port}"), "--pidfile="]
        programs = {
            "web": [*manage, "runserver", "--skip-checks", f"127.0.0.1:{port}"],
            "worker": [*celery, "worker", *log, "--concurrency=2", "--without-gossip", "--without-mingle"],
            "beat": [*celery, "beat", *log, *schedule],
        }
        environment = {
            **os.environ,
            "DJANGO_RUNSERVER_HIDE_WARNING": "true",
            "PYTHONWARNINGS": "ignore::UserWarning:celery.platforms",  # it does not like root, as in a container
        }
        for name, arguments in programs.items():
            self.processes.append(Process(name, arguments, on_line=self._show, cwd=settings.BASE_DIR, env=environment))

    def _show(self, name: str, line: str) -> None:
        if line.strip():
            self._say(f"{name:<6} | {line}")

    def _wait_until_live(self, port: int) -> None:
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline:
            self._see_that_all_run()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/live", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise CommandError(f"No answer from the web process within {START_WITHIN} seconds; see its lines above.")

    def _say_where(self, port: int) -> None:
        self._say(f"\nReady at http://127.0.0.1:{port}\n")
        call_command("make_demo", accounts=True)
        self._say("Mail goes to /dev/mail/. Ctrl-C ends everything.\n")

    def _watch(self) -> None:
        """Until something ends: a process of ours, or the one that started us."""
        while True:
            time.sleep(1)
            self._see_that_all_run()
            if os.getppid() != self.parent:
                raise Stop

    def _see_that_all_run(self) -> None:
        for process in self.processes:
            code = process.poll()
            if code is not None:
                raise CommandError(f"The {process.name} process ended by itself, with code {code}.")
