"""The second process: calls pages over kept-open connections and times each call.

Run as `python -m mentorship.home.bench.driver`; reads one JSON job a line, answers one JSON line each. A job:
`{"port", "seconds", "connections", "calls": [{"method", "path", "headers", "body"}]}`; the calls are made in turn.
Imports nothing of ours, so that it starts at once and weighs nothing.
"""

import http.client
import json
import sys
import threading
import time
from typing import Any


def drive(job: dict[str, Any]) -> dict[str, Any]:
    """Latencies in milliseconds and the statuses seen, of calling `calls` in turn for `seconds`."""
    lock = threading.Lock()
    state = {"next": 0}
    times: list[float] = []
    statuses: dict[str, int] = {}
    size = 0
    once = job.get("once", False)
    calls = job["calls"]
    end = time.perf_counter() + job["seconds"]

    def run() -> None:
        nonlocal size
        connection = http.client.HTTPConnection("127.0.0.1", job["port"], timeout=60)
        mine: list[float] = []
        seen: dict[str, int] = {}
        while True:
            with lock:
                number = state["next"]
                state["next"] += 1
            if (once and number >= len(calls)) or (not once and time.perf_counter() >= end):
                break
            call = calls[number % len(calls)]
            begun = time.perf_counter()
            body = call["body"].encode("latin-1") if call.get("body") else None
            connection.request(call["method"], call["path"], body, call["headers"])
            response = connection.getresponse()
            size = len(response.read())
            mine.append((time.perf_counter() - begun) * 1000)
            status = str(response.status)
            seen[status] = seen.get(status, 0) + 1
        connection.close()
        with lock:
            times.extend(mine)
            for status, count in seen.items():
                statuses[status] = statuses.get(status, 0) + count

    begun = time.perf_counter()
    threads = [threading.Thread(target=run) for _ in range(job["connections"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"times": times, "seconds": time.perf_counter() - begun, "statuses": statuses, "bytes": size}


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(drive(json.loads(line))) + "\n")
        sys.stdout.flush()
