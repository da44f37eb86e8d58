"""Outputs that would have to run to be seen: found, and named for whoever reads the page."""

import re
from typing import Any

_TYPES = (
    (re.compile(r"application/vnd\.jupyter\.widget"), "Interactive widget"),
    (re.compile(r"application/vnd\.plotly"), "Plotly chart"),
    (re.compile(r"application/vnd\.vegalite"), "Vega-Lite (Altair) chart"),
    (re.compile(r"application/vnd\.vega"), "Vega chart"),
    (re.compile(r"application/vnd\.bokeh"), "Bokeh chart"),
    (re.compile(r"application/vnd\.holoviews"), "HoloViews chart"),
    (re.compile(r"(?:application|text)/(?:x-)?(?:java|ecma)script"), "Script"),
    (re.compile(r"video/"), "Video"),
    (re.compile(r"audio/"), "Sound"),
    (re.compile(r"application/(?:vnd\.|x-)"), "Interactive output"),
)
_ACTIVE = re.compile(r"<(script|object|embed|canvas|svg|video|audio)\b", re.IGNORECASE)
_LIBRARIES = (
    (re.compile(r"plotly", re.IGNORECASE), "Plotly chart"),
    (re.compile(r"vega-?lite|altair", re.IGNORECASE), "Vega-Lite (Altair) chart"),
    (re.compile(r"\bvega", re.IGNORECASE), "Vega chart"),
    (re.compile(r"bokeh|\bbk-", re.IGNORECASE), "Bokeh chart"),
    (re.compile(r"leaflet|folium", re.IGNORECASE), "Map"),
    (re.compile(r"pyldavis|d3(?:\.v\d)?(?:\.min)?\.js", re.IGNORECASE), "D3 chart"),
    (re.compile(r"jupyter-widgets|ipywidgets|widget-view", re.IGNORECASE), "Interactive widget"),
)
_NAMES = {
    "script": "Script",
    "object": "Embedded document",
    "embed": "Embedded document",
    "canvas": "Drawing",
    "svg": "Drawing",
    "video": "Video",
    "audio": "Sound",
}
LOOKED_THROUGH = 200_000
LONGEST_WORDS = 120
FRAME = re.compile(r"""<iframe\b[^<>]{0,2000}?\ssrc=["']?https?://[^<>]{1,2000}>""", re.IGNORECASE)
DRAWING = re.compile(r"\s*(?:<div>\s*)?(<svg\b.*</svg>)(?:\s*</div>)?\s*", re.IGNORECASE | re.DOTALL)
_READABLE = re.compile(r"<(?:table|figure|ul|ol|dl|pre|h[2-6])\b|slot[0-9a-f]{32}x")
_TAG = re.compile(r"<[^<>]*>")
FEWEST_LETTERS = 60


def active_type(data: dict[str, Any]) -> str:
    """What a result is that only scripts can show, by its content types; '' for any other."""
    return next((name for pattern, name in _TYPES for kind in data if pattern.match(kind)), "")


def active_html(html: str) -> str:
    """What a piece of HTML would show if its scripts ran; '' when it has none."""
    found = _ACTIVE.search(html)
    if found is None:
        return ""
    if found[1].lower() == "script" or "<script" in html.lower():
        begin = html[:LOOKED_THROUGH]
        return next((name for pattern, name in _LIBRARIES if pattern.search(begin)), "Script")
    return _NAMES[found[1].lower()]


def worth_reading(clean: str) -> bool:
    """Whether what is left without its scripts still says something: a table with buttons does."""
    return bool(_READABLE.search(clean)) or len(_TAG.sub("", clean).strip()) >= FEWEST_LETTERS


def not_run(name: str, plain: str) -> str:
    """The line in its place; what it says of itself in text, if it does."""
    words = " ".join(plain.split())
    words = "" if words.startswith("<") and words.endswith(">") else words  # the name of a class
    words = words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS] + "…"
    line = f"{name or 'Interactive output'}: not shown here, because it would have to run."
    return f"{line} It says: {words}" if words else line
