"""The images of one notebook: decoded and written anew once each, then named by number in its HTML."""

import base64
import binascii
import hashlib
import re
from html import escape
from io import BytesIO
from typing import Any

from PIL import Image

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.images import FORMATS, written_anew
from mentorship.common.rendering.notebook_file import joined
from mentorship.common.rendering.parser import ShowImage
from mentorship.common.rendering.svg import sanitize_svg

MOST_IMAGES = 200
MOST_BYTES = 40_000_000
_DATA_URI = re.compile(r"data:(image/(?:png|jpeg|gif));base64,", re.IGNORECASE)
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


class Images:
    """What has been kept so far, as (name, content type, bytes); the same image is kept once."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, bytes]] = []
        self._numbers: dict[str, int] = {}
        self._bytes = 0

    def show(self, content_type: str, data: Any, words: str, size: Any = None) -> str | None:
        """Keep an image of an output or attachment; return its `img`, or None if it cannot be shown.

        `size`: what the notebook says of its width and height, if anything.
        """
        try:
            if content_type == "image/svg+xml":
                kind, clean = content_type, sanitize_svg(joined(data))
            else:
                kind, clean = written_anew(_decoded(data), content_type)
        except RenderError:
            return None
        number = self._keep(kind, clean)
        if number is None:
            return None
        return (
            f'<img class="nb-image" src="nb-image:{number}" alt="{escape(words)}"{_size(kind, clean, size)}'
            ' loading="lazy" decoding="async">'
        )

    def _keep(self, content_type: str, data: bytes) -> int | None:
        digest = hashlib.sha256(data).hexdigest()[:32]
        if digest not in self._numbers:
            if len(self.kept) >= MOST_IMAGES or self._bytes + len(data) > MOST_BYTES:
                return None
            self._numbers[digest] = len(self.kept)
            self._bytes += len(data)
            self.kept.append((f"{digest}.{_ENDINGS[content_type]}", content_type, data))
        return self._numbers[digest]

    def shower(self, attachments: dict[str, Any]) -> ShowImage:
        """How Markdown and HTML of one cell show an image: its attachments and data URIs, nothing from elsewhere."""

        def show(source: str, words: str) -> str | None:
            if source.startswith("attachment:"):
                bundle = attachments.get(source.removeprefix("attachment:"))
                for content_type in FORMATS:
                    if isinstance(bundle, dict) and content_type in bundle:
                        return self.show(content_type, bundle[content_type], words)
            elif match := _DATA_URI.match(source):
                return self.show(match[1].lower(), source[match.end() :], words)
            return None

        return show


_LENGTH = re.compile(r"\s*([0-9]{1,5}(?:\.[0-9]{1,6})?)(pt|px)?\s*")
_DRAWN = re.compile(rb"<svg\b[^>]{0,4000}>")
_LARGEST_SIDE = 10_000


def _size(content_type: str, data: bytes, said: Any) -> str:
    """`width` and `height`, so that nothing moves when the image arrives; '' when nobody knows."""
    if content_type == "image/svg+xml":
        sides = _drawn_size(data)
    else:
        with Image.open(BytesIO(data)) as image:
            sides = image.size
        sides = _said_size(said, sides)
    if sides is None or not all(0 < side <= _LARGEST_SIDE for side in sides):
        return ""
    return f' width="{sides[0]}" height="{sides[1]}"'


def _said_size(said: Any, sides: tuple[int, int]) -> tuple[int, int]:
    """Plots for dense screens have twice the pixels; the notebook then says how wide they are meant to be."""
    width = said.get("width") if isinstance(said, dict) else None
    if not isinstance(width, int | float) or not 1 <= width < sides[0]:
        return sides
    return round(width), max(1, round(sides[1] * width / sides[0]))


def _drawn_size(data: bytes) -> tuple[int, int] | None:
    opening = _DRAWN.search(data)
    if opening is None:
        return None
    tag = opening[0].decode("utf-8", "replace")
    sides = [re.search(rf'\s{name}="([^"]*)"', tag) for name in ("width", "height")]
    found = [_LENGTH.fullmatch(side[1]) for side in sides if side]
    if len(found) == 2 and all(found):
        width, height = (float(one[1]) * (4 / 3 if one[2] == "pt" else 1) for one in found if one)
        return round(width), round(height)
    box = re.search(r'\sviewBox="([^"]*)"', tag)
    parts = [_LENGTH.fullmatch(part) for part in box[1].split()] if box else []
    if len(parts) == 4 and parts[2] and parts[3]:
        return round(float(parts[2][1])), round(float(parts[3][1]))
    return None


def _decoded(data: Any) -> bytes:
    try:
        return base64.b64decode(joined(data))
    except (binascii.Error, ValueError):
        raise RenderError("The image cannot be read.") from None
