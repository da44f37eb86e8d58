"""The one way out: every request that the program makes to an address that somebody gave goes through `fetch`.

Only global addresses, looked at when the connection is made and again on each redirect (requests-hardened); 10 s and
20 MB after decompression at most. Called from tasks, never while somebody waits for a page.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from requests.structures import CaseInsensitiveDict
from requests_hardened import Config, Manager
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.exceptions import HTTPError

SECONDS = 10
LARGEST = 20 * 1024 * 1024
MOST_REDIRECTS = 3
USER_AGENT = "ml-mentorship"
# What is secret to one host is not told to the next.
UNREADABLE = "This address cannot be read."
PRIVATE = ("authorization", "cookie")


class NotFetched(Exception):
    """Nothing came. `code` is refused, unreachable, too_slow or too_large; the message is a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Fetched:
    """What came, whatever its status; `url` is where it came from in the end."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    json: Any = None,
    body: bytes | None = None,
    seconds: float = SECONDS,
    largest: int = LARGEST,
) -> Fetched:
    """Ask for `url` and follow three redirects at most (GET and HEAD only). Raises NotFetched.

    `json` or `body` is sent along. `seconds` bound the whole, `largest` the body in bytes as it is after decompression.
    """
    ends, headers = time.monotonic() + seconds, dict(headers or {})
    for _ in range(MOST_REDIRECTS + 1):
        found = _ask(method, url, headers, json, body, ends, largest)
        location = found.headers.get("Location", "")
        if found.status not in (301, 302, 303, 307, 308) or not location or method not in ("GET", "HEAD"):
            return found
        try:
            following = urljoin(url, location)
            elsewhere = urlsplit(following)[:2] != urlsplit(url)[:2]
        except ValueError:
            raise NotFetched("refused", UNREADABLE) from None
        if elsewhere:
            headers = {name: value for name, value in headers.items() if name.lower() not in PRIVATE}
        url = following
    raise NotFetched("refused", "This address leads from one place to the next without end.")


def _ask(
    method: str, url: str, headers: dict[str, str], json: Any, body: bytes | None, ends: float, largest: int
) -> Fetched:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotFetched("refused", UNREADABLE) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise NotFetched("refused", "Only addresses that begin with https:// or http:// can be fetched.")
    trusted = parts.netloc in settings.FETCH_TRUSTED
    manager = Manager(
        Config(
            ip_filter_enable=not trusted,
            ip_filter_allow_loopback_ips=False,
            never_redirect=True,
            default_timeout=max(0.1, ends - time.monotonic()),
            user_agent_override=f"{USER_AGENT} (+{settings.BASE_URL})",
        )
    )
    try:
        with manager.get_session() as session:
            session.trust_env = False  # no proxy and no .netrc of the machine
            with session.request(method, url, headers=headers, json=json, data=body, stream=True) as answer:
                return Fetched(
                    url, answer.status_code, CaseInsensitiveDict(answer.headers), _body(answer, ends, largest)
                )
    except InvalidIPAddress:
        raise NotFetched("refused", "This address is not on the public internet.") from None
    except (requests.Timeout, TimeoutError):
        raise NotFetched("too_slow", f"{parts.hostname} did not answer in time.") from None
    except (requests.RequestException, HTTPError, OSError, ValueError):
        raise NotFetched("unreachable", f"{parts.hostname} could not be reached.") from None


def _body(answer: requests.Response, ends: float, largest: int) -> bytes:
    """The body, read as it arrives, so that neither a trickle nor a flood is waited for."""
    found = bytearray()
    while piece := answer.raw.read1(65536, decode_content=True):
        found += piece
        if len(found) > largest:
            raise NotFetched("too_large", f"More than {largest // 1024} KB came; that is too much.")
        if time.monotonic() > ends:
            raise requests.Timeout
    return bytes(found)
