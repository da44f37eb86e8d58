"""What arXiv and DOIs answer about a paper, read as text that nobody vouches for."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import feedparser
from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

from mentorship.study.papers.identity import NotAPaper, identify
from mentorship.study.papers.models import FIRST_YEAR

LARGEST = 1024 * 1024
MOST_AUTHORS = 40


class Unreadable(Exception):
    """The answer is not what was asked for."""


@dataclass(frozen=True)
class Metadata:
    """As it goes into a paper's row: no longer than its columns, without characters that cannot be shown."""

    title: str
    authors: str = ""
    year: int | None = None
    venue: str = ""
    abstract: str = ""


def metadata(title: Any, names: Sequence[Any], year: Any, venue: Any = "", abstract: Any = "") -> Metadata | None:
    """Whatever came, cut to what may be kept; None without a title."""
    said = line(title, 500)
    authors = [name for name in (line(name, 120).replace(",", "") for name in names[:MOST_AUTHORS]) if name]
    if len(names) > MOST_AUTHORS:
        authors.append(f"and {len(names) - MOST_AUTHORS} more")
    whole = isinstance(year, int) and FIRST_YEAR <= year <= datetime.now(UTC).year + 2
    found = Metadata(said, line(", ".join(authors), 1000), year if whole else None, line(venue, 300),
                     line(abstract, 10_000))  # fmt: skip
    return found if said else None


def line(text: Any, longest: int) -> str:
    """One line of plain text: tags of JATS and control characters go, what is too long is cut."""
    if not isinstance(text, str):
        return ""
    text = re.sub(r"</?[a-z][\w:]{0,20}[^<>]{0,200}>", " ", text[: 4 * longest], flags=re.IGNORECASE)
    shown = "".join(c if c.isprintable() else " " for c in text)
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def read_arxiv(raw: bytes) -> dict[str, Metadata]:
    """Papers by their number, out of an Atom feed of arXiv's. Raises Unreadable."""
    try:
        parseString(raw, ContentHandler(), forbid_dtd=True)
    except (DefusedXmlException, SAXException, ValueError, LookupError, RecursionError):
        raise Unreadable from None
    # A file object: given text or bytes, feedparser would open what looks like an address or a file's name.
    feed = feedparser.parse(BytesIO(raw))
    found = {}
    for entry in feed.entries[:100]:
        try:
            identity = identify(str(entry.get("id", "")))
        except NotAPaper:
            continue
        names = [author.get("name") for author in entry.get("authors", []) if isinstance(author, dict)]
        moment = entry.get("published_parsed")
        said = metadata(entry.get("title"), names, moment.tm_year if moment else None,
                        entry.get("arxiv_journal_ref"), entry.get("summary"))  # fmt: skip
        if said and identity.kind == "arxiv":
            found[identity.key] = said
    return found


def read_csl(raw: bytes, doi: str) -> Metadata:
    """One work, out of the JSON of citation styles (CSL), if it is about `doi`. Raises Unreadable."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(said, dict) or not isinstance(said.get("DOI"), str) or said["DOI"].lower() != doi:
        raise Unreadable
    people = said.get("author")
    people = people if isinstance(people, list) else []
    names = [name_of(person) for person in people if isinstance(person, dict)]
    found = metadata(first(said.get("title")), names, year_of(said), first(said.get("container-title")),
                     said.get("abstract"))  # fmt: skip
    if found is None:
        raise Unreadable
    return found


def first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def name_of(person: dict[str, Any]) -> str:
    parts = [person.get(part) for part in ("given", "family")]
    return " ".join(part for part in parts if isinstance(part, str)) or str(person.get("literal") or "")


def year_of(said: dict[str, Any]) -> Any:
    """`{"issued": {"date-parts": [[2017, 6]]}}`, as far as it is so."""
    issued = said.get("issued")
    parts = first(first(issued.get("date-parts"))) if isinstance(issued, dict) else None
    return int(parts) if isinstance(parts, str) and re.fullmatch(r"\d{4}", parts, re.ASCII) else parts
