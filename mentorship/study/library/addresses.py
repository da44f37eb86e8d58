"""When two web addresses are the same resource."""

import re
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

# What the sites named hang on their links to see who sent a visitor, or where in a video or book it begins.
TRACKING = re.compile(
    r"utm_.*|ref|ref_.*|source|irclickid|irgwc|fbclid|gclid|lli|ab_channel|index|t|pp|si|feature|psc|hl|gbpv|printsec"
)
VIDEO_HOSTS = ("youtube.com", "m.youtube.com")


def unwrapped(url: str) -> str:
    """The address that a redirect of YouTube's leads to; any other address as it is."""
    parts = urlsplit(url)
    if _host(parts.netloc) in VIDEO_HOSTS and parts.path == "/redirect":
        return parse_qs(parts.query).get("q", [url])[0]
    return url


def same_address(url: str) -> str:
    """One text for all spellings of an address: two resources may not share it.

    The scheme, `www.`, a slash at the end, the place within the page and tracking parameters make no difference,
    nor does the video at which a playlist is entered. Raises ValueError where it is no address.
    """
    parts = urlsplit(unwrapped(url.strip()))
    host, path = _host(parts.netloc), unquote(parts.path).rstrip("/")
    query = [(name, value) for name, value in parse_qsl(parts.query) if not TRACKING.fullmatch(name)]
    if host == "youtu.be":
        host, path, query = "youtube.com", "/watch", [("v", path.strip("/")), *query]
    elif host in VIDEO_HOSTS and path.startswith("/embed/"):
        path, query = "/watch", [("v", path.removeprefix("/embed/")), *query]
    if host in VIDEO_HOSTS and path == "/watch" and (lists := [row for row in query if row[0] == "list"]):
        path, query = "/playlist", lists
    return host + path + (f"?{urlencode(sorted(query))}" if query else "")


def _host(netloc: str) -> str:
    return netloc.lower().rpartition("@")[2].removeprefix("www.").removesuffix(":80").removesuffix(":443")
