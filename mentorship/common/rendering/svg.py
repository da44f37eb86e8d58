"""SVG drawings, rebuilt from an allowlist of shapes, text and paint.

The result is stored as a file and shown with `img`, where browsers run no script and load nothing; this is the
second wall, for whoever opens the file itself.
"""

import re
from xml.etree.ElementTree import Element, ParseError, XMLParser, tostring

from mentorship.common.rendering.errors import RenderError

LARGEST = 4_000_000
MOST_ELEMENTS = 50_000
DEEPEST = 60
SVG = "http://www.w3.org/2000/svg"
UNREADABLE = "The drawing cannot be shown."

_SHAPES = (
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient "
    "radialGradient stop clipPath use marker"
)
ELEMENTS = frozenset(_SHAPES.split())
_PAINT = (
    "clip-path clip-rule color fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity stop-color stop-opacity font-family "
    "font-size font-style font-weight text-anchor text-decoration dominant-baseline marker-start marker-end "
    "marker-mid visibility"
)
_PLACE = (
    "id d x y x1 x2 y1 y2 cx cy r rx ry dx dy fx fy width height points transform viewBox preserveAspectRatio "
    "gradientUnits gradientTransform offset spreadMethod clipPathUnits markerWidth markerHeight markerUnits refX "
    "refY orient version rotate textLength lengthAdjust"
)
PAINT = frozenset(_PAINT.split())
ATTRIBUTES = PAINT | frozenset(_PLACE.split())
# References lead into the same drawing; nothing else that calls, escapes or names a scheme stays.
_INSIDE = re.compile(r"url\(\s*['\"]?#[\w.:-]{1,100}['\"]?\s*\)")
_SUSPICIOUS = re.compile(r"url\s*\(|\\|:\s*/|script|expression|@|<|&", re.IGNORECASE)


def sanitize_svg(text: str) -> bytes:
    """Return the drawing with what the allowlist names. Raises RenderError if it is no SVG or beyond the limits."""
    if len(text) > LARGEST or "<!ENTITY" in text:
        raise RenderError(UNREADABLE)
    # expat loads nothing from elsewhere and, without entities, has nothing to multiply.
    parser = XMLParser()  # noqa: S314
    try:
        parser.feed(text)
        root = parser.close()
    except (ParseError, ValueError, UnicodeEncodeError):
        raise RenderError(UNREADABLE) from None
    if _name(root.tag) != "svg":
        raise RenderError(UNREADABLE)
    rebuilt = _Rebuild().element(root, 0)
    rebuilt.set("xmlns", SVG)
    return tostring(rebuilt, encoding="utf-8")


def _name(tag: object) -> str:
    """The local name of an SVG element, or of one without a namespace; empty for any other."""
    if not isinstance(tag, str):
        return ""
    space, _, name = tag.rpartition("}")
    return name if space in ("", "{" + SVG) else ""


class _Rebuild:
    def __init__(self) -> None:
        self.count = 0

    def element(self, source: Element, depth: int) -> Element:
        self.count += 1
        if depth > DEEPEST or self.count > MOST_ELEMENTS:
            raise RenderError(UNREADABLE)
        made = Element(_name(source.tag), _attributes(source))
        made.text, made.tail = source.text, source.tail
        for child in source:
            if _name(child.tag) in ELEMENTS:
                made.append(self.element(child, depth + 1))
        if made.get("id") and made.find(".//use") is not None:
            # A `use` of what holds a `use` doubles with every step; glyphs and markers need one step only.
            del made.attrib["id"]
        return made


def _attributes(source: Element) -> dict[str, str]:
    found = dict(_style(source.get("style", "")))
    for name, value in source.attrib.items():
        local = name.rpartition("}")[2]
        if local in ATTRIBUTES and "}" not in name:
            found.setdefault(name, value)
        elif local == "href" and _name(source.tag) == "use" and re.fullmatch(r"#[\w.:-]{1,100}", value):
            found["href"] = value
    return {name: value for name, value in found.items() if not _SUSPICIOUS.search(_INSIDE.sub("", value))}


def _style(style: str) -> list[tuple[str, str]]:
    """Declarations of a style attribute that are also attributes; matplotlib paints with these."""
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    return [(name.strip(), value.strip()) for name, _, value in pairs if name.strip() in PAINT]
