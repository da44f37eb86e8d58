"""What is done to the words of a note before they are kept: cleaned, made into tags, names and HTML."""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse_lazy

from mentorship.common.errors import Refused
from mentorship.common.rendering.wiki import LINK_CLASS
from mentorship.common.rendering.worded import worded

LONGEST = 100_000
LONGEST_TITLE, LONGEST_TAG, LONGEST_NAME = 120, 40, 200
MOST_TAGS, MOST_LINKS = 20, 300
HEADINGS = 4  # the highest heading in a note, below that of every page that shows it
NAMED = reverse_lazy("study:note_named")
# What PostgreSQL or a page cannot hold, and marks that turn the direction of what follows.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_IN_TAG = re.compile(r"[^\w/-]+")
_LINK = re.compile(f'<a class="{LINK_CLASS}" href="([^"#][^"]*)"')


def cleaned(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


def printable(text: str) -> str:
    """`text` without what cannot be kept."""
    return _UNPRINTABLE.sub("", text)


def line_of(text: str) -> str:
    """`text` as one line that stays in its place."""
    return " ".join(_TURNING.sub("", printable(text)).split())


def clean_title(title: str) -> str:
    found = line_of(title)
    if len(found) > LONGEST_TITLE:
        raise Refused(f"A title has {LONGEST_TITLE} characters at most.", code="long_title")
    return found


def clean_tag(tag: str) -> str:
    """A tag as it is compared: lower case, hyphens for spaces, `/` between its levels; '' if nothing is left."""
    plain = unicodedata.normalize("NFKC", line_of(tag)).lower().lstrip("#")
    parts = (_NOT_IN_TAG.sub("-", part).strip("-_") for part in plain.split("/"))
    return "/".join(part for part in parts if part)[:LONGEST_TAG].strip("-_/")


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Each once, in their order."""
    found = list(dict.fromkeys(tag for tag in map(clean_tag, tags) if tag))
    if len(found) > MOST_TAGS:
        raise Refused(f"A note has {MOST_TAGS} tags at most.", code="many_tags")
    return found


def name_of(title: str) -> str:
    """What a link calls a note by: neither case nor spaces tell two apart."""
    return unicodedata.normalize("NFKC", line_of(title)).casefold()[:LONGEST_NAME].strip()


def last_of(name: str) -> str:
    """The name of a file, without the folders that it lies in."""
    return name.rpartition("/")[2].strip() or name


def rendered(text: str) -> str:
    return worded(text, longest=LONGEST, heading_level=HEADINGS, notes_at=str(NAMED))


def names_in(html: str) -> dict[str, str]:
    """What the links of a rendered note call others by, each as it was written first; the first ones of too many."""
    found: dict[str, str] = {}
    for match in _LINK.finditer(html):
        written = parse_qs(urlsplit(unescape(match[1])).query).get("name", [""])[0]
        if name := name_of(written):
            found.setdefault(name, line_of(written)[:LONGEST_NAME])
        if len(found) >= MOST_LINKS:
            break
    return found
