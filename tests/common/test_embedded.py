"""The embedded servers: shared while used, gone afterwards, and whole again after a crash."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from mentorship.common import embedded

NOTHING_GIVEN = {"DATABASE_URL": "", "REDIS_URL": ""}
ONLY_REDIS = {"DATABASE_URL": "postgresql://elsewhere"}
ONLY_POSTGRES = {"REDIS_URL": "redis://elsewhere"}
COMMAND = [sys.executable, "-m", "mentorship.common.embedded"]


@pytest.fixture
def folder(scratch):
    yield scratch
    for one in embedded.running(scratch):
        with contextlib.suppress(OSError, psutil.NoSuchProcess):  # it may just be ending by itself
            server_of(one).kill()


def server_of(folder: Path) -> psutil.Process:
    return psutil.Process(json.loads((folder / "state.json").read_text())["pid"])


def command(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """The command line, on this folder alone."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        env={**os.environ, "DATA_DIR": str(folder), **ONLY_REDIS, "REDIS_URL": "", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_gives_an_address_for_each(folder):
    with embedded.use(folder, durable=False, given=NOTHING_GIVEN) as environment:
        with psycopg.connect(environment["DATABASE_URL"]) as connection:
            row = connection.execute("SELECT current_database(), current_setting('is_superuser')").fetchone()
            assert row == ("mentorship", "off")
        assert redis.Redis.from_url(environment["REDIS_URL"]).ping()
    assert embedded.running(folder) == []


def test_the_folder_may_be_called_anything(folder):
    """The path of a socket may not be long, and an address may not hold just any character."""
    with embedded.use(folder / ("my own, long " * 9), durable=False, given=ONLY_POSTGRES) as environment:
        psycopg.connect(environment["DATABASE_URL"]).close()


def test_what_is_given_is_not_started(folder):
    with embedded.use(folder, durable=False, given=ONLY_REDIS) as environment:
        assert list(environment) == ["REDIS_URL"]
        assert [one.name for one in embedded.running(folder)] == ["redis"]


def test_the_second_user_shares_and_the_last_one_ends_it(folder):
    (first,) = embedded.hold(folder, durable=False, given=ONLY_REDIS)
    (second,) = embedded.hold(folder, durable=False, given=ONLY_REDIS)
    server = server_of(folder / "redis")
    assert first.url == second.url
    first.release()
    first.wait_until_stopped()
    assert redis.Redis.from_url(second.url).ping()
    second.release()
    second.wait_until_stopped()
    assert not server.is_running()


def test_data_stays(folder):
    for expected in (None, b"kept"):
        with embedded.use(folder, given=ONLY_REDIS) as environment:
            client = redis.Redis.from_url(environment["REDIS_URL"])
            assert client.get("key") == expected
            client.set("key", "kept")


def test_a_user_that_is_killed_leaves_nothing_running(folder):
    user = command(folder, "exec", "--", "sh", "-c", "echo $$; exec sleep 60")
    assert user.stdout
    sleeper = psutil.Process(int(user.stdout.readline()))
    server = server_of(folder / "redis")
    user.kill()
    # What was started still has its hold: it may be in the middle of writing.
    assert server.is_running()
    sleeper.kill()
    server.wait(timeout=20)


def test_a_keeper_that_is_killed_takes_its_server_along_and_the_data_is_whole(folder):
    (held,) = embedded.hold(folder, given=ONLY_POSTGRES)
    with psycopg.connect(held.url) as connection:
        connection.execute("CREATE TABLE thing AS SELECT 1 AS it")
    server = server_of(folder / "postgresql")
    server.parent().kill()
    server.wait(timeout=20)
    held.release()
    with (
        embedded.use(folder, given=ONLY_POSTGRES) as environment,
        psycopg.connect(environment["DATABASE_URL"]) as connection,
    ):
        assert connection.execute("SELECT it FROM thing").fetchone() == (1,)


def test_a_server_that_is_killed_comes_back_at_the_same_address(folder):
    with embedded.use(folder, durable=False, given=ONLY_REDIS) as environment:
        server_of(folder / "redis").kill()
        client = redis.Redis.from_url(
            environment["REDIS_URL"], retry=redis.retry.Retry(redis.backoff.ConstantBackoff(0.1), 100)
        )
        assert client.ping()


def test_an_old_process_id_that_is_a_strangers_now_stops_nobody(folder):
    with embedded.use(folder, given=ONLY_POSTGRES):
        lines = (folder / "postgresql/data/postmaster.pid").read_text().splitlines()
    (folder / "postgresql/data/postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    (folder / "postgresql/state.json").write_text(json.dumps({"pid": os.getpid(), "url": "nowhere"}))
    with embedded.use(folder, given=ONLY_POSTGRES) as environment:
        psycopg.connect(environment["DATABASE_URL"]).close()


def test_a_server_that_cannot_start_says_why(folder):
    (folder / "redis").mkdir()
    (folder / "redis/appendonly.aof").write_text("this is no such file")
    with pytest.raises(embedded.Failed, match="Redis did not start"):
        embedded.hold(folder, given=ONLY_REDIS)
    assert embedded.running(folder) == []


def test_reset_refuses_while_it_runs_or_nobody_can_be_asked(folder):
    with embedded.use(folder, durable=False, given=ONLY_REDIS):
        said, _ = command(folder, "reset", YES="1").communicate()
        assert "is running" in said
    said, _ = command(folder, "reset").communicate()
    assert "YES=1" in said
    assert (folder / "redis").exists()
    said, _ = command(folder, "reset", YES="1").communicate()
    assert "gone" in said
    assert not folder.exists()


@pytest.mark.parametrize(("code", "expected"), [("exit 3", 3), ("kill -TERM $$", 128 + signal.SIGTERM)])
def test_exec_gives_the_commands_exit_code_back(folder, code, expected):
    assert command(folder, "exec", "--", "sh", "-c", code, REDIS_URL="redis://elsewhere").wait() == expected
