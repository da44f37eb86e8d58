"""A feed, or the page of a blog that names one, read. Runs in the killable process: whatever came, it ends."""

import hashlib
import json
import re
from calendar import timegm
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import feedparser
import nh3
from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from blog.importing.kramdown import from_html
from blog.text import MOST_TAGS, clean_body, clean_line, clean_tags
from mentorship.common.rendering.errors import RenderError

MOST_ENTRIES = 50
LARGEST_ENTRY, LARGEST_ALL = 180_000, 3_000_000
LONGEST_ADDRESS = 300
NO_FEED = "There is no feed at this address, and no page that names one."
BOMB = "This feed declares entities of its own, which is how little text is made much; it is not read."
TOO_LONG = "Longer than the 200 KB that a post has."
_LINK = re.compile(rb"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(rel|type|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml", re.IGNORECASE)
_MATH = re.compile(
    r"<script\b[^<>]*type=[\"']math/tex(?P<mode>[^\"']*)[\"'][^<>]*>(?:%\s*<!\[CDATA\[)?(?P<script>[\s\S]*?)"
    r"(?:%\s*\]\]>)?</script>|\\\((?P<round>[\s\S]{1,2000}?)\\\)|\\\[(?P<square>[\s\S]{1,2000}?)\\\]"
    r"|\$\$(?P<double>[^$]{1,2000}?)\$\$",
    re.IGNORECASE,
)
_HELD = re.compile("\ue010([0-9]{1,6})\ue011")
_LANGUAGE = re.compile(r"(?:language|lang|brush|highlight-source)[-:]\s*([\w+#-]{1,30})")
_TAGS = (
    "a abbr b blockquote br caption cite code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img kbd li "
    "ol p pre q s samp section article small span strong sub sup table tbody td tfoot th thead tr u ul"
)


def read_bytes(payload: bytes) -> bytes:
    """What `feed.fetch_feed` has called: a line of JSON (url) and what came; JSON {title, entries} or {link} out."""
    head, _, raw = payload.partition(b"\n")
    return json.dumps(read(raw, json.loads(head)["url"])).encode()


def read(raw: bytes, url: str) -> dict[str, Any]:
    """The feed in `raw`, or as `link` the address of the one that a page names. Raises RenderError."""
    _check(raw)
    # A file object: given text or bytes, feedparser would open what looks like an address or a file's name.
    found = feedparser.parse(BytesIO(raw), sanitize_html=False, response_headers={"content-location": url})
    if not found.get("version") and not found.entries:
        link = named_feed(raw, url)
        if not link:
            raise RenderError(NO_FEED)
        return {"link": link}
    left, entries = LARGEST_ALL, []
    for entry in found.entries[:MOST_ENTRIES]:
        said = _entry(entry, url)
        left -= len(said["text"])
        if left < 0:
            said |= {"text": "", "note": "The feed is too large to read it all."}
        entries.append(said)
    return {"title": clean_line(unescape(str(found.feed.get("title", ""))))[:140], "entries": entries}


def _check(raw: bytes) -> None:
    try:
        parseString(raw, ContentHandler(), forbid_dtd=False)
    except DefusedXmlException:
        raise RenderError(BOMB) from None
    except (SAXException, ValueError, LookupError):
        return  # feedparser reads much that is not quite XML


def named_feed(raw: bytes, url: str) -> str:
    """What a page's `<link rel="alternate">` says; '' if it says nothing."""
    for tag in _LINK.findall(raw[:500_000]):
        said = {
            m[1].lower(): unescape(m[2] or m[3] or m[4] or "")
            for m in _ATTRIBUTE.finditer(tag.decode("utf-8", "replace"))
        }
        if "alternate" in said.get("rel", "").lower().split() and _FEED_TYPE.match(said.get("type", "")):
            return urljoin(url, said.get("href", "").strip())[:LONGEST_ADDRESS]
    return ""


def _entry(entry: Any, url: str) -> dict[str, Any]:
    link = urljoin(url, str(entry.get("link", "")).strip())
    link = link if link.startswith(("http://", "https://")) and len(link) <= LONGEST_ADDRESS else ""
    title = clean_line(unescape(str(entry.get("title", ""))))
    html = next((part.get("value", "") for part in entry.get("content", []) if part.get("value")), "")
    whole, note = bool(html), ""
    html = html or str(entry.get("summary", ""))
    text = markdown(html, link or url) if len(html) <= 5 * LARGEST_ENTRY else ""
    if len(html) > 5 * LARGEST_ENTRY or len(text.encode()) > LARGEST_ENTRY:
        text, note = "", TOO_LONG
    elif not whole:
        note = "The feed has only its beginning."
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    tags = [str(tag.get("term") or "") for tag in entry.get("tags", [])[: 3 * MOST_TAGS]]
    return {
        "key": hashlib.sha256(str(entry.get("id") or link or title).encode("utf-8", "replace")).hexdigest()[:40],
        "title": (title[:139] + "…" if len(title) > 140 else title) or "Untitled",
        "url": link,
        "day": _day(moment),
        "tags": list(clean_tags(tags)),
        "text": text,
        "words": len(text.split()),
        "note": note,
    }


def _day(moment: Any) -> str:
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).date().isoformat() if moment else ""
    except (ValueError, OverflowError, OSError, TypeError):
        return ""


def markdown(html: str, url: str) -> str:
    """HTML of a post elsewhere as Markdown: sanitized first, its mathematics kept from being escaped."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        tex = unescape(next(match[name] for name in ("script", "round", "square", "double") if match[name] is not None))
        block = match["square"] is not None or match["double"] is not None or "display" in (match["mode"] or "")
        held.append(f"\n\n$$\n{tex.strip()}\n$$\n\n" if block else f"${' '.join(tex.split())}$")
        return f"\ue010{len(held) - 1}\ue011"

    html = clean_body(html).replace("\ue010", "").replace("\ue011", "")
    clean = _cleaner(url).clean(_MATH.sub(hold, html))
    text = from_html(clean, code_language_callback=_language)
    text = _HELD.sub(lambda match: held[int(match[1])] if int(match[1]) < len(held) else "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n" if text.strip() else ""


def _cleaner(url: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS.split()),
        clean_content_tags={"script", "style", "noscript", "iframe", "object", "svg", "math", "form", "textarea"},
        attributes={"a": {"href"}, "img": {"src", "alt"}, "div": {"class"}, "pre": {"class"}, "code": {"class"}},
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", url),
        link_rel=None,
    )


def _language(pre: Any) -> str:
    """The language that a highlighter noted on the block, in it or around it."""
    near = [pre, *([pre.code] if pre.code else []), *list(pre.parents)[:2]]
    for element in near:
        if found := _LANGUAGE.search(" ".join(element.get("class") or [])):
            return "" if found[1] in ("plaintext", "text", "none") else found[1]
    return ""
