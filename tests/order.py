"""The longest tests first, or one worker of pytest-xdist would still be at one of them when the others have ended."""

LONG = (
    "tests/api/test_schemathesis.py",
    "tests/cohorts/test_migrations.py",
    "tests/common/test_dev.py",
    "tests/browser/test_story.py",
    "tests/notifications/test_worker_killed.py",
    # Seconds each, where all others take milliseconds: what is left at the end is to be small.
    "tests/browser/",
    "tests/common/test_embedded.py",
    "tests/common/rendering/",
    "tests/projects/test_worker.py",
)


def place(item) -> int:
    """Which of `LONG` it is; their number for all others."""
    path = item.path.as_posix()
    return next((number for number, name in enumerate(LONG) if name in path), len(LONG))


def long_first(items: list, workers: int) -> list:
    """The items with a part of the longest at the head of each worker's share: `--dist worksteal` cuts the list into
    so many even pieces, and takes from the end of what a worker has left."""
    places = {item: place(item) for item in items}
    long = sorted((item for item in items if places[item] < len(LONG)), key=places.__getitem__)
    rest = [item for item in items if places[item] == len(LONG)]
    ordered: list = []
    for number in range(workers):
        own = long[number::workers]
        size = (len(items) - len(ordered)) // (workers - number)
        ordered += own + rest[: max(0, size - len(own))]
        del rest[: max(0, size - len(own))]
    return ordered + rest
