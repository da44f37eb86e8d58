"""HTML inside a post, as the Jekyll target may have it: the target passes everything, so we let little through."""

import re
from collections.abc import Callable
from html import escape, unescape

from mentorship.common.rendering.sanitize import SCHEMES, TAGS, TAGS_WITHOUT_CONTENT

# Given an address and whether an image is loaded from it: the address as it is in the target; '' for none.
Move = Callable[[str, bool], str]
# What nests blocks: their Markdown is only read where kramdown is told so.
BLOCKS = frozenset(["blockquote", "details", "div", "dl", "dd", "dt", "figure", "li", "ol", "section", "ul"])
KEPT = TAGS | {"img"}
ATTRIBUTES = {
    "a": ("href",), "img": ("src", "alt", "title", "width", "height"), "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"), "ol": ("start",), "details": ("open",),
}  # fmt: skip
VOID = frozenset({"br", "hr", "img", "wbr"})
_DROPPED = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*>|<(" + "|".join(sorted(TAGS_WITHOUT_CONTENT)) + r")\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([a-zA-Z]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


def safe_html(html: str, move: Move, *, block: bool = False) -> str:
    """`html` with the tags and attributes that our own pages allow, and no braces for Liquid.

    `move` gives an address as it is in the target, or '' for one that may not stand there. A block that is still
    open at the end of `html` (its content is Markdown) says so to kramdown.
    """
    html = _DROPPED.sub("", html)
    pieces: list[str] = []
    opened: list[int] = []
    at = 0
    for match in _TAG.finditer(html):
        pieces.append(_words(html[at : match.start()]))
        at = match.end()
        name = match[2].lower()
        name = "h2" if name == "h1" else name
        if name not in KEPT:
            continue
        if match[1]:
            if name not in VOID:
                pieces.append(f"</{name}>")
                if name in BLOCKS and opened:
                    opened.pop()
            continue
        attributes = _attributes(name, match[3], move)
        if name == "img" and " src=" not in attributes:
            continue
        if block and name in BLOCKS:
            opened.append(len(pieces))
        pieces.append(f"<{name}{attributes}{' /' if name in VOID else ''}>")
    pieces.append(_words(html[at:]))
    for place in opened:
        pieces[place] = pieces[place].replace(">", ' markdown="1">', 1)
    return "".join(pieces)


def _words(text: str) -> str:
    return text.replace("<", "&lt;").replace("{", "&#123;").replace("}", "&#125;")


def _attributes(name: str, written: str, move: Move) -> str:
    found = []
    for match in _ATTRIBUTE.finditer(written):
        key = match[1].lower()
        value = unescape(match[2] or match[3] or match[4] or "").strip()
        if key not in ATTRIBUTES.get(name, ()):
            continue
        if key in ("href", "src"):
            value = move(value, key == "src")
        if key in ("colspan", "rowspan", "start", "width", "height") and not (value.isascii() and value.isdigit()):
            continue
        if key == "open":
            found.append("open")
        elif value:
            found.append(f'{key}="{quoted(value)}"')
    return "".join(f" {one}" for one in found)


def quoted(text: str) -> str:
    """`text` for an attribute between double quotes."""
    return escape(text, quote=True).replace("{", "&#123;").replace("}", "&#125;")


def web(address: str) -> bool:
    return address.lower().startswith(SCHEMES)
