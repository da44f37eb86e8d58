"""What a check list asks of a text: its images, links, code and headings, and how its sentences read.

No models: long texts are read in the killable process, as they are rendered there.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from mentorship.common.rendering.highlight import interruptible
from mentorship.common.rendering.markdown import LARGEST_HERE
from mentorship.common.rendering.parser import parser_for
from mentorship.common.rendering.sandbox import run_bounded

MOST_LINKS = 50
MOST_NAMED = 5
LONG_SENTENCE = 30  # words
LONGEST_LINK = 1_000
_ENDS = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9\u00c0-\u024f])")
_IMG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_SRC = re.compile(r"""\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"\s*[^"\s]|'\s*[^'\s]|[^"'\s>])""", re.IGNORECASE)
WORD = re.compile(r"\w+(?:['’-]\w+)*")
# What is no word of a sentence, and does not end one.
_LEFT_OUT = {"code_inline": "x", "math_inline": "x", "math_inline_double": "x"}


def facts_of(text: str) -> dict[str, Any]:
    """{images: [[address, words]], links, unnamed_code, jumps, sentences, sentence_words, long}. Raises RenderError."""
    return json.loads(_read(text) if len(text) <= LARGEST_HERE else _read_apart(text))


@lru_cache(maxsize=128)
def _read(text: str) -> bytes:
    return _facts(text.encode("utf-8", "replace"))


@lru_cache(maxsize=16)
def _read_apart(text: str) -> bytes:
    path = f"{__name__}:facts_bytes"
    return run_bounded(path, text.encode("utf-8", "replace"), what="text", cpu_seconds=5, wall_seconds=10)


def facts_bytes(payload: bytes) -> bytes:
    """What the killable process calls: a text in, JSON out."""
    interruptible()
    return _facts(payload)


def _facts(payload: bytes) -> bytes:
    tokens = parser_for(notebook=False).parse(payload.decode())
    found: dict[str, Any] = {"images": [], "links": [], "unnamed_code": 0}
    levels: list[int] = []
    sentences: list[str] = []
    inside: list[str] = []
    for number, token in enumerate(tokens):
        if token.nesting:
            inside = [*inside, token.type] if token.nesting > 0 else inside[:-1]
        if token.type == "fence" and not token.info.split():
            found["unnamed_code"] += 1
        elif token.type == "heading_open":
            levels.append(int(token.tag[1]))
        elif token.type == "html_block":
            _html(token.content, found)
        elif token.type == "inline":
            for child in _all(token):
                _inline(child, found)
            in_prose = tokens[number - 1].type == "paragraph_open" and not any("table" in one for one in inside)
            if in_prose:
                sentences += [one for one in _ENDS.split(_prose(token)) if len(WORD.findall(one)) > 1]
    links = dict.fromkeys(found["links"])
    lengths = [len(WORD.findall(one)) for one in sentences]
    long = [one for one, length in zip(sentences, lengths, strict=True) if length > LONG_SENTENCE]
    found |= {
        "links": list(links)[:MOST_LINKS],
        "links_left_out": max(0, len(links) - MOST_LINKS),
        "jumps": sum(here > before + 1 for before, here in pairwise(levels)),
        "sentences": len(sentences),
        "sentence_words": sum(lengths),
        "long": len(long),
        "longest": [" ".join(one.split())[:90] for one in long[:MOST_NAMED]],
    }
    return json.dumps(found).encode()


def _all(token: Token) -> Iterator[Token]:
    for child in token.children or ():
        yield child
        yield from _all(child)


def _inline(child: Token, found: dict[str, Any]) -> None:
    if child.type == "image":
        words = "".join(one.content for one in child.children or ())
        found["images"].append([str(child.attrs.get("src", "")), words.strip()])
    elif child.type == "link_open":
        address = str(child.attrs.get("href", ""))
        if address.lower().startswith(("http://", "https://")) and len(address) <= LONGEST_LINK:
            found["links"].append(address.partition("#")[0])
    elif child.type == "html_inline":
        _html(child.content, found)


def _html(html: str, found: dict[str, Any]) -> None:
    for tag in _IMG.findall(html):
        source = _SRC.search(tag)
        found["images"].append([source[1] if source else "", "x" if _ALT.search(tag) else ""])


def _prose(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in _LEFT_OUT:
            parts.append(_LEFT_OUT[child.type])
        elif child.type == "text":
            parts.append(child.content)
    return "".join(parts)
