"""The longest tests first, or one worker of pytest-xdist would still be at one of them when the others have ended."""

LONG = (
    "api/test_schemathesis.py",
    "cohorts/test_migrations.py",
    "common/test_dev.py",
    "browser/test_story.py",
    "notifications/test_worker_killed.py",
)


def long_first(items: list, workers: int) -> list:
    """The items with a part of the longest at the head of each worker's share: `--dist worksteal` cuts the list into
    so many even pieces, and takes from the end of what a worker has left."""
    order = {item: number for number, name in enumerate(LONG) for item in items if item.path.as_posix().endswith(name)}
    long = sorted(order, key=order.__getitem__)
    rest = [item for item in items if item not in order]
    ordered: list = []
    for number in range(workers):
        own = long[number::workers]
        size = (len(items) - len(ordered)) // (workers - number)
        ordered += own + rest[: max(0, size - len(own))]
        del rest[: max(0, size - len(own))]
    return ordered + rest
