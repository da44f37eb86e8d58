"""What servers of other people answer, as data or as trouble in words."""

import json
import time
from typing import Any

from blog.crossposting.destination import Passing, Trouble
from mentorship.common.fetching import Fetched, NotFetched, fetch

SECONDS = 20


class Unprocessable(Trouble):
    """The server understood and does not want it: 422, with its own words."""


def ask(place: str, url: str, *, method: str = "GET", headers: dict[str, str], json: Any = None) -> Fetched:
    """The answer of `place`, whatever its status but those that pass: no answer, 429, limits, 5xx."""
    try:
        found = fetch(url, method=method, headers=headers, json=json, seconds=SECONDS)
    except NotFetched as trouble:
        kind = Trouble if trouble.code in ("refused", "too_large") else Passing
        raise kind(f"{place} could not be asked: {trouble.message}") from None
    if found.status == 429 or (found.status == 403 and _limited(found)):
        raise Passing(f"{place} has had too many requests for now. It is tried again by itself.", _patience(found))
    if found.status >= 500 or found.status in (408, 409):
        raise Passing(f"{place} answers with an error ({found.status}) now. It is tried again by itself.")
    return found


def _limited(found: Fetched) -> bool:
    return (
        "Retry-After" in found.headers
        or found.headers.get("X-RateLimit-Remaining") == "0"
        or b"rate limit" in found.body[:2000].lower()
    )


def _patience(found: Fetched) -> float:
    """How long the server asks us to wait, an hour at most."""
    after, reset = found.headers.get("Retry-After", ""), found.headers.get("X-RateLimit-Reset", "")
    if after.isascii() and after.isdigit():
        return min(float(after), 3600)
    if reset.isascii() and reset.isdigit():
        return min(max(float(reset) - time.time(), 1), 3600)
    return 60


def data_of(found: Fetched) -> Any:
    """The JSON of an answer; {} when it is none."""
    try:
        return json.loads(found.body)
    except (ValueError, RecursionError):
        return {}


def words_of(found: Fetched) -> str:
    """What the server says is wrong, as one short line."""
    said = data_of(found)
    if not isinstance(said, dict):
        return ""
    errors = said.get("errors")
    parts = [said.get("message") or said.get("error")]
    for one in errors if isinstance(errors, list) else []:
        parts.append(one.get("message") or one.get("code") if isinstance(one, dict) else one)
    return "; ".join(" ".join(str(part).split()) for part in parts if part)[:300]
