"""`make run`, as a person has it: from nothing to ready, killed, quick the second time, ended by Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def run(scratch, port):
    """Starts the program with all its data in a folder of the test; gives the process and its lines until ready."""
    started = []

    def start(**environment: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "mentorship.common.embedded", "exec", "--", sys.executable, "manage.py", "dev"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "DATA_DIR": str(scratch), "PORT": str(port)}
            | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if "Ctrl-C" in line and "Ready" in said:
                break
        return process, said

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Everything that it started, but for the guards, which end by themselves."""
    return [one for one in psutil.Process(process.pid).children(recursive=True) if one.name() != "sh"]


def test_from_nothing_to_ready_killed_and_ready_again(run, port):
    process, said = run()
    assert f"Ready at http://127.0.0.1:{port}" in said, said
    assert "Preparing the database" in said
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/live", timeout=10) as answer:
        assert answer.status == 200
    everyone = family(process)
    names = " ".join(" ".join(one.cmdline()) for one in everyone)
    assert all(name in names for name in ("runserver", "worker", "beat", "postgres", "redis-server")), names

    (dev,) = [one for one in psutil.Process(process.pid).children() if "dev" in one.cmdline()]
    dev.kill()
    assert psutil.wait_procs(everyone, timeout=30)[1] == []

    process, said = run()
    assert f"Ready at http://127.0.0.1:{port}" in said, said
    assert "Preparing the database" not in said
    assert "Making the demo" not in said
    everyone = family(process)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert psutil.wait_procs(everyone, timeout=5)[1] == []


def test_an_address_that_does_not_answer_is_one_sentence(run):
    process, said = run(DATABASE_URL="postgresql://nobody@127.0.0.1:1/x", REDIS_URL="redis://127.0.0.1:1/")
    assert process.wait() == 1
    assert said.startswith("CommandError: The database of DATABASE_URL does not answer")


def test_a_port_in_use_is_one_sentence(run, port):
    with socket.create_server(("127.0.0.1", port)):
        process, said = run(DATABASE_URL="postgresql://nowhere/x", REDIS_URL="redis://nowhere/")
    assert process.wait() == 1
    (line,) = said.strip().splitlines()
    assert f"Port {port} cannot be used" in line
    assert "make run PORT=" in line
