"""`make bench`: the pages at size, as ratios to a floor page of the same run."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from mentorship.common.processes import Process

NAME = "bench"
PORT, FLOOR_PORT = 8137, 8138
SIZES = ("cohorts", "mentees", "mentors", "rounds", "posts")


class Command(BaseCommand):
    help = (
        "Seed a database of the stated size, start the production server, "
        "drive it from a second process and print one JSON line a page. Exit code 1 when a bound does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cohorts", type=int, default=40)
        parser.add_argument("--mentees", type=int, default=2000)
        parser.add_argument("--mentors", type=int, default=100)
        parser.add_argument("--rounds", type=int, default=10_000)
        parser.add_argument("--posts", type=int, default=1000)
        parser.add_argument("--notes", type=int, default=100_000, help="That a search looks through.")
        parser.add_argument("--seconds", type=float, default=2.0, help="Of each turn of a page, and of its floor.")
        parser.add_argument("--turns", type=int, default=5)
        parser.add_argument("--connections", type=int, default=2, help="Kept open by the driver.")
        parser.add_argument("--processes", type=int, default=1, help="Of the web server.")
        parser.add_argument("--only", default="", help="Pages whose name holds this.")
        parser.add_argument("--reuse", action="store_true", help="Measure on the database of the run before.")
        parser.add_argument("--inside", action="store_true", help="Used by the command itself.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["inside"]:
            self.measure(options)
        else:
            self.set_the_stage(options)

    def set_the_stage(self, options: dict[str, Any]) -> None:
        """A database beside the one of development, and production settings; then this command again, inside."""
        here = os.environ["DATABASE_URL"]
        if not options["reuse"]:
            with psycopg.connect(here, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
                connection.execute(f"CREATE DATABASE {NAME}")
        environment = os.environ | {
            "DEBUG": "false",
            "SECRET_KEY": "b" * 50,
            "BASE_URL": f"http://127.0.0.1:{PORT}",
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "DATABASE_URL": urlunsplit(urlsplit(here)._replace(path=f"/{NAME}")),
            "REDIS_URL": urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path="/8")),
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "DEFAULT_FROM_EMAIL": "bench@bench.example",
            "SECOND_FACTOR_REQUIRED": "false",
            "LOG_LEVEL": "ERROR",
            "API_RATE": "100000000/hour",
        }
        self.stderr.write(f"Size: { {name: options[name] for name in SIZES} }")
        inside = [sys.executable, "manage.py", "bench", "--inside"]
        for name in (*SIZES, "notes", "seconds", "turns", "connections", "processes"):
            inside += [f"--{name}", str(options[name])]
        if options["only"]:
            inside += ["--only", options["only"]]
        if options["reuse"]:
            inside += ["--reuse"]
        done = subprocess.run(inside, env=environment, cwd=settings.BASE_DIR, check=False)
        if done.returncode:
            raise CommandError("Not every bound holds.", returncode=done.returncode)

    def measure(self, options: dict[str, Any]) -> None:
        from mentorship.home.bench.measure import Driver
        from mentorship.home.bench.plan import Plan
        from mentorship.home.bench.seed import Seed, Size

        begun = time.monotonic()
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("migrate", verbosity=0)
        call_command("load_curriculum", verbosity=0)
        call_command("load_questions", verbosity=0)
        call_command("load_library", verbosity=0)
        if not options["reuse"]:
            Seed(Size(*(options[name] for name in SIZES))).run()
            self.stderr.write(f"Seeded in {time.monotonic() - begun:.0f} s")
        plan = Plan()
        server = self.start(PORT, options["processes"])
        floor = self.start(FLOOR_PORT, options["processes"], "mentorship.home.bench.floor_settings")
        driver = Driver(PORT, FLOOR_PORT, options["connections"])
        try:
            held = self.run_pages(plan, driver, options)
        finally:
            driver.close()
            floor.stop()
            server.stop()
        if not held:
            raise CommandError("Not every bound holds.")

    def start(self, port: int, processes: int, module: str = "mentorship.settings") -> Process:
        """The command of docker-compose.yml, on loopback."""
        from mentorship.common.rehearsal.compose import Compose

        needed = dict.fromkeys(("POSTGRES_PASSWORD", "REDIS_PASSWORD"), "x") | {"WEB_PROCESSES": str(processes)}
        words = Compose(settings.BASE_DIR / "docker-compose.yml", os.environ | needed).command("web")
        words[0] = str(Path(sys.executable).parent / words[0])
        words[words.index("--host") + 1] = "127.0.0.1"
        words[words.index("--port") + 1] = str(port)
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": module}
        server = Process("web", words, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/live", timeout=1):
                    return server
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        server.stop()
        raise CommandError("The server does not answer.")

    def run_pages(self, plan: Any, driver: Any, options: dict[str, Any]) -> bool:
        from mentorship.home.bench.big_cohort import match
        from mentorship.home.bench.measure import measure

        held = True
        self.stdout.write(json.dumps({"page": "floor", "queries": plan.floor_queries()}))
        pages = [*plan.pages(), plan.hand_in_page()]
        if options["only"][:8] in "queue of":
            pages += plan.long_queue()
        if options["only"] in "cockpit of all cohorts":
            pages += plan.cockpits()
        if options["only"][:9] in "triage of":
            pages += plan.long_triage()
        if options["only"] in "blog category of 10,000, blog index of 10,000, long post with mathematics":
            pages += plan.blog()
        if options["only"] in "plan of five years, forecast of five years, home of five years":
            pages += plan.planned()
        if options["only"] in "practice of 10,000 cards, how it goes, of 10,000 cards":
            pages += plan.practice()
        if options["only"] in "study of five years, search at notes":
            pages += plan.study(options["notes"])
        if options["only"][:14] in "notes, 100,000":
            pages += plan.notes()
        for page in pages:
            if options["only"] in page.name:
                line = measure(driver, page, seconds=options["seconds"], turns=options["turns"])
                held &= line["holds"]
                self.stdout.write(json.dumps(line))
                self.stdout.flush()
        if options["only"] in "matching":
            line = match(plan.admin.person)
            held &= line["holds"]
            self.stdout.write(json.dumps(line))
        for name, make in {"tick": plan.ticks_at_once, "hand-in": plan.hand_ins_at_once}.items():
            if options["only"] in f"{name} at once":
                calls, rows = make()
                answers = driver.drive(calls, 60, once=True, connections=len(calls))
                line = {
                    "page": f"{name} at once",
                    "sent": len(calls),
                    "kept": rows.count(),
                    "statuses": answers["statuses"],
                }
                line["holds"] = line["kept"] == line["sent"] and set(answers["statuses"]) <= {"200", "302"}
                held &= bool(line["holds"])
                self.stdout.write(json.dumps(line))
        return held
