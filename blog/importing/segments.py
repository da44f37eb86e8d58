"""Markdown cut into what is code, what is HTML, and the rest, as CommonMark reads it."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt

KINDS = {"fence": "code", "code_block": "code", "html_block": "html"}
# A run of backticks ends with one as long, in the same paragraph.
CODE_SPAN = r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)(?P=ticks)(?!`)"
_FENCED = (
    r"^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n"
    r"(?:[^\n]*\n)*?[ \t>]*(?P=mark)[`~]*[ \t]*$"
)
_INDENTED = r"(?:^[ \t]*\n)(?:(?: {4}|\t)[^\n]*\n?)+"
_COMMENT = re.compile(rf"(?P<code>{_FENCED}|{_INDENTED}|{CODE_SPAN})|<!--[\s\S]*?-->[ \t]*", re.MULTILINE)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table"])


def segments(text: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each stretch of whole lines: code, html or prose. Joined they are `text`."""
    lines, at = text.split("\n"), 0

    def cut(start: int, end: int) -> str:
        return "\n".join(lines[start:end]) + ("\n" if end < len(lines) else "")

    for token in _parser().parse(text):
        if token.type not in KINDS or token.map is None or token.map[0] < at:
            continue
        start, end = token.map
        if start > at:
            yield "prose", cut(at, start)
        yield KINDS[token.type], cut(start, end)
        at = end
    if at < len(lines):
        yield "prose", cut(at, len(lines))


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to all of it that is no block of code."""
    stretches = groupby(segments(text), key=lambda segment: segment[0] == "code")
    joined = ((is_code, "".join(part for _kind, part in group)) for is_code, group in stretches)
    return "".join(part if is_code else change(part) for is_code, part in joined)


def without_comments(text: str) -> str:
    """`text` without HTML comments, which may hold fences; those in code stay."""
    return _COMMENT.sub(lambda match: match["code"] or "", text)
