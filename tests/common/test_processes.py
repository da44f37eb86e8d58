"""No child outlives who started it."""

import subprocess
import sys
import time

import psutil

from mentorship.common.processes import Process

# A child that ignores the polite signal and has a child of its own.
STUBBORN = ["sh", "-c", "trap '' TERM; sleep 60 & echo $!; wait; sleep 60"]


def started(process: Process, lines: list[str]) -> list[psutil.Process]:
    while not lines:
        assert process.poll() is None
        time.sleep(0.01)
    return [psutil.Process(process.pid), psutil.Process(int(lines[0]))]


def test_stop_ends_it_and_its_children_however_stubborn():
    lines: list[str] = []
    process = Process("stubborn", STUBBORN, grace=1, on_line=lambda name, line: lines.append(line))
    family = started(process, lines)
    assert process.stop() == -9
    assert psutil.wait_procs(family, timeout=10)[1] == []


def test_what_a_child_leaves_behind_is_ended_too():
    lines: list[str] = []
    process = Process("leaver", ["sh", "-c", "sleep 60 & echo $!"], on_line=lambda name, line: lines.append(line))
    while not lines:
        time.sleep(0.01)
    left = psutil.Process(int(lines[0]))
    while process.poll() is None:
        time.sleep(0.01)
    assert psutil.wait_procs([left], timeout=10)[1] == []


def test_children_end_when_the_parent_is_killed():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time; from mentorship.common.processes import Process\n"
            f"Process('stubborn', {STUBBORN!r}, grace=1); print('guarded', flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    for _ in ("the child's", "the parent's"):
        parent.stdout.readline()
    family = psutil.Process(parent.pid).children(recursive=True)
    assert len(family) >= 3
    parent.kill()
    assert psutil.wait_procs(family, timeout=20)[1] == []
    parent.wait()
