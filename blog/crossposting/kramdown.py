"""A post's Markdown, read by our own parser and written again as kramdown (as Jekyll runs it) reads the same in it.

Everything is written from the tokens, nothing is copied: what kramdown or Liquid would take for more than the words
it is to us (braces, pipes, attribute lists, tags, two dashes) is escaped on the way.
"""

import json
from collections.abc import Sequence
from functools import partial

from markdown_it.token import Token

from blog.crossposting.html_tags import Move, safe_html, web
from blog.crossposting.kramdown_inline import Inline, formula
from blog.crossposting.liquid import inert, is_inert
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import LARGEST_HERE
from mentorship.common.rendering.parser import Writing, parser_for
from mentorship.common.rendering.sandbox import run_bounded

LARGEST = 2_000_000


def to_kramdown(text: str, places: dict[str, str], base: str) -> str:
    """`text` for a Jekyll post. `places` says where images of ours lie there, `base` is our own site's address."""
    if len(text) <= LARGEST_HERE:
        return write(text, places, base)
    payload = json.dumps({"text": text, "places": places, "base": base}).encode()
    where = "blog.crossposting.kramdown:write_bytes"
    return run_bounded(where, payload, what="text", cpu_seconds=10, wall_seconds=15, largest_answer=LARGEST).decode()


def write_bytes(payload: bytes) -> bytes:
    """What the killable process calls."""
    return write(**json.loads(payload)).encode()


def write(text: str, places: dict[str, str], base: str) -> str:
    tokens = parser_for(notebook=False).parse(text, Writing().env())
    written = Blocks(partial(moved, places=places, base=base)).write(tokens).strip("\n") + "\n"
    if not is_inert(written):
        raise RenderError("Something in this text would run as Liquid on a Jekyll blog. Take the braces out of it.")
    return written


def moved(address: str, image: bool, places: dict[str, str], base: str) -> str:
    """An address of the post as it is in the target: figures lie beside it, our other pages keep our name."""
    if address in places:
        return places[address]
    if image and address.startswith("/images/"):
        return address  # of a post that came from there: we have no such pages
    if address.startswith("//"):
        return f"https:{address}"
    if address.startswith("/"):
        return f"{base}{address}"
    if address.startswith("#") and not image:
        return address
    return address if web(address) and not (image and address.startswith("mailto:")) else ""


class Blocks:
    """Writes block after block, each a list of lines that whoever holds it indents."""

    def __init__(self, move: Move) -> None:
        self.move = move

    def write(self, tokens: Sequence[Token]) -> str:
        return "\n".join(self._children(tokens, loose=True))

    def _children(self, tokens: Sequence[Token], loose: bool) -> list[str]:
        """The lines of sibling blocks; `loose` puts a blank line between any two."""
        lines: list[str] = []
        before = ""
        at = 0
        while at < len(tokens):
            end = self._end(tokens, at)
            kind = tokens[at].type
            block = self._block(tokens[at : end + 1])
            if block:
                if lines and _merges(before, kind):
                    lines += ["", "^"]
                if lines and (loose or kind not in ("bullet_list_open", "ordered_list_open")):
                    lines.append("")
                lines += block
                before = kind
            at = end + 1
        return lines

    @staticmethod
    def _end(tokens: Sequence[Token], at: int) -> int:
        depth = 0
        for place in range(at, len(tokens)):
            depth += tokens[place].nesting
            if depth <= 0:
                return place
        return len(tokens) - 1

    def _block(self, tokens: Sequence[Token]) -> list[str]:
        first, inside = tokens[0], tokens[1:-1]
        match first.type:
            case "paragraph_open":
                return self._paragraph(inside[0])
            case "heading_open":
                words = " ".join(self._line(inside[0]).split("\n")).replace("#", "\\#").replace("\\\\#", "\\#")
                return [f"{'#' * int(first.tag[1])} {words}".rstrip()] if words else []
            case "fence" | "code_block":
                return self._code(first)
            case "math_block" | "amsmath":
                return ["$$", *formula(first.content, inline=False).split("\n"), "$$"]
            case "blockquote_open":
                return [f"> {line}".rstrip() for line in self._children(inside, loose=True)]
            case "bullet_list_open" | "ordered_list_open":
                return self._list(first, inside)
            case "html_block":
                html = safe_html(first.content, self.move, block=True).strip()
                return [line for line in html.split("\n") if line.strip()]
            case "table_open":
                return self._table(inside)
            case "footnote_block_open":
                return self._footnotes(inside)
            case "hr":
                return ["* * *"]
        return []

    def _line(self, token: Token, in_cell: bool = False) -> str:
        return Inline(self.move, in_cell).write(token.children or [])

    def _paragraph(self, token: Token) -> list[str]:
        children = token.children or []
        lines = self._line(token).split("\n")
        alone = len(children) < 2 or children[1].type in ("softbreak", "hardbreak")
        if children and children[0].type.startswith("math_inline") and alone:
            lines[0] = "\\" + lines[0]  # or else kramdown takes it for a formula on a line of its own
        return lines

    def _code(self, token: Token) -> list[str]:
        language = "".join(sign for sign in (token.info.split() or [""])[0] if sign.isalnum() or sign in "_+#-.")
        code = token.content.rstrip("\n")
        fence = "```"
        while fence in code:
            fence += "`"
        return [fence + language, *inert(code).split("\n"), fence]

    def _list(self, first: Token, inside: Sequence[Token]) -> list[str]:
        ordered = first.type == "ordered_list_open"
        start = int(first.attrs.get("start", 1)) if ordered else 1
        loose = any(token.type == "paragraph_open" and not token.hidden and token.level == first.level + 2
                    for token in inside)  # fmt: skip
        lines: list[str] = []
        at, number = 0, start
        while at < len(inside):
            end = self._end(inside, at)
            marker = f"{number}. " if ordered else "- "
            content = self._children(inside[at + 1 : end], loose) or [""]
            indent = " " * len(marker)
            if loose and lines:
                lines.append("")
            lines += [
                (marker + content[0]).rstrip() or marker,
                *(indent + line if line else "" for line in content[1:]),
            ]
            at, number = end + 1, number + 1
        return [*lines, f'{{: start="{start}"}}'] if start != 1 else lines

    def _table(self, inside: Sequence[Token]) -> list[str]:
        rows: list[list[str]] = []
        marks: list[str] = []
        for index, token in enumerate(inside):
            if token.type == "tr_open":
                rows.append([])
            if token.type in ("th_open", "td_open"):
                rows[-1].append(self._line(inside[index + 1], in_cell=True).replace("\n", " "))
                if len(rows) == 1:
                    marks.append(ALIGNED.get(str(token.attrs.get("style", "")), "---"))
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return [lines[0], f"| {' | '.join(marks)} |", *lines[1:]] if lines else []

    def _footnotes(self, inside: Sequence[Token]) -> list[str]:
        lines: list[str] = []
        at = 0
        while at < len(inside):
            end = self._end(inside, at)
            note = self._children(inside[at + 1 : end], loose=True) or [""]
            lines += [
                f"[^{inside[at].meta['id'] + 1}]: {note[0]}",
                *(f"    {line}" if line else "" for line in note[1:]),
            ]
            lines.append("")
            at = end + 1
        return lines[:-1]


ALIGNED = {"text-align:left": ":--", "text-align:center": ":-:", "text-align:right": "--:"}
LISTS = ("bullet_list_open", "ordered_list_open")


def _merges(before: str, kind: str) -> bool:
    """Whether kramdown would read two blocks that follow each other as one."""
    return (before in LISTS and kind in (*LISTS, "code_block", "fence")) or (before == kind == "blockquote_open")
