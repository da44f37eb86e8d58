"""The process that can be killed."""

import subprocess
import sys
import threading
import time

import psutil
import pytest

from mentorship.common.rendering.errors import NotebookError, RenderError
from mentorship.common.rendering.sandbox import ROOT, run_bounded

HERE = "tests.common.rendering.work:"


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "rendering.worker" in " ".join(child.cmdline())]


def test_the_answer_comes_back():
    assert run_bounded(HERE + "backwards", b"abc") == b"cba"
    assert run_bounded(HERE + "backwards", b"ab" * 3_000_000) == b"ba" * 3_000_000


def test_a_refusal_keeps_its_class_and_sentence():
    with pytest.raises(NotebookError, match="No, said the function"):
        run_bounded(HERE + "refuse", b"")


def test_any_other_error_is_one_plain_sentence(caplog):
    with pytest.raises(RenderError, match=r"^The notebook could not be shown\.$"):
        run_bounded(HERE + "fail", b"")
    assert "ZeroDivisionError" in caplog.text


def test_endless_work_ends_with_its_cpu_time():
    with pytest.raises(RenderError, match="The text took too long to show"):
        run_bounded(HERE + "work_forever", b"", what="text", cpu_seconds=1)


def test_waiting_ends_with_the_wall_time():
    with pytest.raises(RenderError, match="The notebook took too long to show"):
        run_bounded(HERE + "wait_forever", b"", wall_seconds=1)
    assert children() == []


def test_a_worker_that_never_reads_does_not_hold_us():
    with pytest.raises(RenderError, match="could not be shown"):
        run_bounded("no.such.module:function", b"x" * 10_000_000)


def test_too_much_memory_is_refused():
    with pytest.raises(RenderError, match="The notebook needs too much memory to show"):
        run_bounded(HERE + "hoard", b"", memory_mb=300)


def test_too_long_an_answer_is_refused():
    with pytest.raises(RenderError, match="The notebook is too large to show"):
        run_bounded(HERE + "babble", b"", largest_answer=1_000_000)


def test_deep_recursion_is_refused():
    with pytest.raises(RenderError, match="too deeply"):
        run_bounded(HERE + "recurse", b"")


def test_prints_do_not_spoil_the_answer():
    assert run_bounded(HERE + "chatter", b"") == b"quiet"


def test_it_sees_no_secrets_and_can_neither_write_nor_start_anything(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    assert run_bounded(HERE + "try_things", b"") == b"no secret, no file, no process"


def test_several_at_once_do_not_mix():
    found = {}

    def work(number: int) -> None:
        found[number] = run_bounded(HERE + "backwards", str(number).encode() * 1000)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: str(number).encode() * 1000 for number in range(4)}


@pytest.mark.parametrize("end", ["terminate", "kill"])
def test_it_dies_with_the_process_that_started_it(end, tmp_path):
    note = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-m", "tests.common.rendering.work", str(note)], cwd=ROOT)
    worker = wait_for_worker(parent.pid)
    getattr(parent, end)()
    parent.wait(10)
    worker.wait(10)
    assert not worker.is_running()


def wait_for_worker(pid: int) -> psutil.Process:
    for _ in range(200):
        found = [c for c in psutil.Process(pid).children() if "rendering.worker" in " ".join(c.cmdline())]
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError("no worker was started")
