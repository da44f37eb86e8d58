"""Commands of the embedded servers; the Makefile calls them.

exec -- COMMAND ...   run COMMAND with DATABASE_URL and REDIS_URL, starting what is not given or running
reset                 delete all embedded data, after asking
keep                  internal: one server, see keeper.py
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from dotenv import dotenv_values

from . import Failed, hold, let_go, running
from .keeper import PROJECT, keep

DATA = Path(os.environ.get("DATA_DIR") or PROJECT / ".data")


def execute(command: list[str]) -> int:
    """Run the command; gives back its exit code. It ends with us, and we end with who started us."""
    parent = os.getppid()
    held = hold(DATA, given={**dotenv_values(PROJECT / ".env"), **os.environ})
    os.environ |= {one.variable: one.url for one in held}
    # The command has a hold of its own too: the servers stay until it has ended, even if we are killed.
    child = subprocess.Popen(command, pass_fds=[one.descriptor for one in held])
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: child.send_signal(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the command by itself
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = child.wait(timeout=1)
            break
        if os.getppid() != parent:
            child.terminate()
    let_go(held)
    return code if code >= 0 else 128 - code


def reset() -> int:
    """Delete the data folder. Refuses while a server runs, and without a yes."""
    if not DATA.exists():
        print("There is no embedded data.")
        return 0
    if running(DATA):
        print("The program is running: stop it first (Ctrl-C where `make run` stands), then reset.")
        return 1
    if os.environ.get("YES") != "1":
        if not sys.stdin.isatty():
            print("This deletes all embedded data. Without a terminal to ask on, say: make reset YES=1")
            return 1
        asked = f"This deletes the database, uploads and mail below {DATA}/. Type yes to go on: "
        if input(asked).strip().lower() != "yes":
            print("Nothing was deleted.")
            return 1
    shutil.rmtree(DATA)
    print("The embedded data is gone; `make run` begins anew.")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m mentorship.common.embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("exec").add_argument("arguments", nargs="+", metavar="COMMAND")
    commands.add_parser("reset")
    keeping = commands.add_parser("keep")
    keeping.add_argument("variable")
    keeping.add_argument("folder", type=Path)
    keeping.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    try:
        if given.command == "exec":
            return execute(given.arguments)
        if given.command == "reset":
            return reset()
        keep(given.variable, given.folder, durable=not given.quick)
    except Failed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
