"""What safe HTML is, told again and apart from the sanitizer's own list: a strict reader of our output."""

import re
from html.parser import HTMLParser

_PROSE_WORDS = (
    "a abbr b blockquote br caption code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i "
    "img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody "
    "td tfoot th thead tr u ul var wbr "
)
PROSE = set(_PROSE_WORDS.split())
_MATHS_WORDS = (
    "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms "
    "mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none "
)
MATHS = set(_MATHS_WORDS.split())
VALUES = {
    "href": r"(https?://|mailto:).*|#(cell|note|ref)-[a-z0-9-]+",
    "id": r"(cell|note|ref)-[a-z0-9-]+(-L[0-9]+)?",
    "src": r"nb-image:[0-9]+|/blog/figures/[0-9a-f-]{36}\.webp",
    "rel": r"nofollow ugc noopener",
    "class": r"[a-zA-Z0-9 -]*",
    "tabindex": r"0",
    "open": r"",
    "colspan": r"[0-9]{1,3}",
    "rowspan": r"[0-9]{1,3}",
    "start": r"[0-9]{1,7}",
    "alt": r".*",
    "loading": r"lazy",
    "decoding": r"async",
    "data-cell": r"[0-9]{1,4}",
    "hx-get": r"nb-output:[0-9]{1,4}",
    "hx-trigger": r"toggle once",
    "hx-target": r"find \.nb-later",
    "hx-swap": r"outerHTML",
    "aria-label": r"Back to the text",
    "hx-disable": r"",
    "width": r"[+-]?[0-9.]+(em|ex|px|pt|mu)?",
    "height": r"[+-]?[0-9.]+(em|ex|px|pt|mu)?",
}
MATHS_VALUE = r"[a-z0-9.+-]+"
VOID = {"br", "hr", "img", "wbr"}


class Reader(HTMLParser):
    """Collects in `faults` what is not allowed, and unbalanced tags, which could end a page's own element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in PROSE | MATHS:
            self.faults.append(f"<{tag}>")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            pattern = VALUES.get(name, MATHS_VALUE if tag in MATHS and not name.startswith("on") else None)
            if pattern is None or not re.fullmatch(pattern, value or "", re.DOTALL):
                self.faults.append(f"<{tag} {name}={value!r}>")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"stray </{tag}>")

    def handle_comment(self, data: str) -> None:
        if not re.fullmatch(r"/cell [0-9]{1,4}", data):
            self.faults.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("declaration")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("instruction")


def faults(html: str) -> list[str]:
    """All that does not belong into safe HTML, empty if it is safe."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.faults + [f"<{tag}> left open" for tag in reader.open]
