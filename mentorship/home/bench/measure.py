"""Measuring: a page and its floor in turn, and the queries of one call."""

import json
import statistics
import subprocess
import sys
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentorship.home.bench.pages import Page

P99_AT_MOST = 2.0  # times p50


class Driver:
    """The second process; it lives for the length of the block."""

    def __init__(self, port: int, floor_port: int, connections: int) -> None:
        self.port, self.floor_port, self.connections = port, floor_port, connections
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mentorship.home.bench.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def drive(
        self,
        calls: list[dict[str, Any]],
        seconds: float,
        *,
        floor: bool = False,
        once: bool = False,
        connections: int = 0,
    ) -> dict[str, Any]:
        job = {
            "port": self.floor_port if floor else self.port,
            "calls": calls,
            "seconds": seconds,
            "once": once,
            "connections": connections or self.connections,
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.kill()
        self.process.wait()


def count_queries(client: Client, call: dict[str, Any]) -> int:
    """Queries of one GET, in this process, after one that filled what is cached."""
    client.get(call["path"])
    with CaptureQueriesContext(connection) as queries:
        response = client.get(call["path"])
    assert response.status_code == 200, (call["path"], response.status_code)
    return len(queries)


def percentile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def measure(driver: Driver, page: Page, *, seconds: float, turns: int) -> dict[str, Any]:
    """The page's line: queries, p50 and p99 in ms, requests a second, ratio to the floor, and whether it holds."""
    ratios: list[float] = []
    floors: list[float] = []
    times: list[float] = []
    statuses: dict[str, int] = {}
    size = 0
    share = len(page.calls) // turns
    driver.drive(page.floor, seconds / 4, floor=not page.beside)
    if not page.once:
        driver.drive(page.calls, seconds / 4)
    for turn in range(turns):
        floor = driver.drive(page.floor, seconds, floor=not page.beside)
        calls = page.calls[turn * share : (turn + 1) * share] if page.once else page.calls
        ours = driver.drive(calls, seconds, once=page.once)
        floors.append(len(floor["times"]) / floor["seconds"])
        ratios.append((len(ours["times"]) / ours["seconds"]) / floors[-1])
        times += ours["times"]
        size = ours["bytes"]
        for status, count in ours["statuses"].items():
            statuses[status] = statuses.get(status, 0) + count
    ratio = statistics.median(ratios)
    p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
    queries = count_queries(*page.counted) if page.counted else None
    good = all(status[0] in "23" for status in statuses)
    return {
        "page": page.name,
        "queries": queries,
        "p50_ms": round(p50, 2),
        "p99_ms": round(p99, 2),
        "rps": round(1000 * driver.connections / statistics.mean(times), 1),
        "floor_rps": round(statistics.median(floors), 1),
        "ratio": round(ratio, 3),
        "least": page.least,
        "kilobytes": round(size / 1024, 1),
        "statuses": statuses,
        "holds": bool(
            good and ratio >= page.least and (queries or 0) <= page.most_queries and p99 <= P99_AT_MOST * p50
        ),
    }
