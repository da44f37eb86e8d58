"""HTML inside Markdown or a notebook's output, before it is sanitized: headings, images and tables in the
house's forms.

This is shaping, not defence: whatever slips past these expressions meets the sanitizer.
"""

import re
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentorship.common.rendering.parser import Writing

_PIECE = re.compile(r"<(/?)(h[1-6]|img|table|a|iframe|video|audio|source)\b([^<>]*)>", re.IGNORECASE)
# pandas heads its column of row names with nothing.
_EMPTY_HEADING = re.compile(r"<th(?: [^<>]{0,80})?>\s{0,40}</th>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def rewrite_html(html: str, writing: "Writing") -> str:
    """Fit headings into the outline, turn images into ours or into links, let tables scroll."""
    html = _EMPTY_HEADING.sub("<td></td>", html)
    return _PIECE.sub(lambda match: _piece(match, writing), html)


def _piece(match: re.Match[str], writing: "Writing") -> str:
    closing, name, rest = match[1], match[2].lower(), match[3]
    if name == "a":
        writing.links_open = max(0, writing.links_open + (-1 if closing else 1))
        return match[0]
    if name == "table":
        return f"</table{rest}></figure>" if closing else f"<figure><table{rest}>"
    if name in MEDIA:
        return "" if closing else _media(name, rest, writing)
    if name == "img":
        return "" if closing else _image(rest, writing)
    if closing:
        return f"</{writing.heading_open or 'h6'}>"
    writing.heading_open = writing.outline.tag(name) if writing.outline else name
    return f"<{writing.heading_open}>"


MEDIA = {"iframe": "Frame", "video": "Video", "audio": "Sound", "source": "Source"}


def _media(name: str, attributes: str, writing: "Writing") -> str:
    """What would be loaded from elsewhere becomes a link to it."""
    source = next((unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(attributes) if m[1] != "alt"), "")
    if source.startswith("//"):
        source = "https:" + source
    if not source.lower().startswith(("https://", "http://")):
        return "" if name in ("video", "audio") and not source else f"<em>{MEDIA[name]} that is not shown here.</em>"
    label = escape(f"{MEDIA[name]}: {source if len(source) <= 80 else source[:80] + '…'}")
    return label if writing.links_open else f'<a class="image-link" href="{escape(source)}">{label}</a>'


def _image(attributes: str, writing: "Writing") -> str:
    found = {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(attributes)
    }
    return image_html(found.get("src", ""), found.get("alt", ""), writing)


def image_html(source: str, words: str, writing: "Writing") -> str:
    """An image of the text's own, or else a link to it: nothing is loaded from other places."""
    if shown := writing.show_image(source, words):
        return writing.slots.hold(shown)
    label = escape(f"Image: {words.strip()}" if words.strip() else "Image")
    if writing.links_open or not source.lower().startswith(("https://", "http://")):
        return label
    return f'<a class="image-link" href="{escape(source)}">{label}</a>'
