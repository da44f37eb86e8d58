"""Looking whether something answers at an address: in a task, never while a page waits."""

from dataclasses import dataclass
from datetime import timedelta

from mentorship.common.fetching import NotFetched, fetch

ALIVE, DEAD, UNSURE = "alive", "dead", "unsure"
EACH = 8.0
LARGEST = 256 * 1024  # more than that is an answer, too
# Doors that are closed to programs, and servers that know no HEAD: people may still get in.
CLOSED = (401, 402, 403, 405, 406, 407, 408, 418, 425, 429, 451, 999)
GONE = (404, 410)


@dataclass(frozen=True)
class Looked:
    """What was seen: alive, dead or unsure, what is to be said of it, and how long the server asks to be left alone."""

    state: str
    said: str = ""
    wait: timedelta = timedelta(0)
    closed: bool = False  # it lets no program look, which is no fault of the link


def look(url: str) -> Looked:
    """Whether something answers at `url`: HEAD first, and GET where a server answers that carelessly."""
    try:
        answer = fetch(url, method="HEAD", seconds=EACH, largest=LARGEST)
        if answer.status >= 400 and answer.status != 429:
            answer = fetch(url, seconds=EACH, largest=LARGEST)
    except NotFetched as error:
        if error.code == "too_large":
            return Looked(ALIVE)
        return Looked(UNSURE if error.code == "too_slow" else DEAD, error.message)
    status, wait = answer.status, _seconds(answer.headers.get("Retry-After", ""))
    if status < 400:
        return Looked(ALIVE)
    if status in GONE:
        return Looked(DEAD, "There is no such page any more.")
    if status in CLOSED:
        said = f"It lets no program look (answer {status}); open it yourself once."
        return Looked(UNSURE, said, wait, closed=True)
    return Looked(UNSURE if status >= 500 else DEAD, f"It answers with an error ({status}).", wait)


def _seconds(text: str) -> timedelta:
    """What `Retry-After` asks for in seconds, a day at most; a date there is not read."""
    text = text.strip()
    return timedelta(seconds=min(int(text), 86_400) if text.isascii() and text.isdigit() and len(text) < 10 else 0)
