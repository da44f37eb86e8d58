"""The picture that stands beside a shared link: drawn from a few words, the same words always the same picture."""

import hashlib
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from io import BytesIO
from unicodedata import bidirectional

from django.http import HttpRequest, HttpResponse
from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 80
FOOT = HEIGHT - 100
ACCENTS = {0: "#2f5bc4", 1: "#0f6f6a", 2: "#7a3fb0", 3: "#a1511b"}  # the program's, and one for each stream
INK, SOFT, PAPER, LINE = "#1d2130", "#565d6e", "#fdfcf9", "#e2dfd8"
LONGEST = 300  # characters of one text that are looked at at all
DRAWN_AS = "2"  # to be counted up when the drawing changes, so that readers fetch it again

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Card:
    """What a card says: whose it is, what it is about, one line of proof."""

    name: str
    title: str
    says: str
    note: str
    stream: int = 0
    instead: str = "A portfolio"  # of a title of which nothing can be drawn

    @property
    def digest(self) -> str:
        """Changes when, and only when, the picture does."""
        return hashlib.sha256("\x1f".join((DRAWN_AS, *map(str, astuple(self)))).encode("utf-8", "replace")).hexdigest()


@cache
def font(size: int, bold: bool = False) -> Font:
    """DejaVu where the system has it, for its many scripts; else the one that Pillow brings."""
    try:
        return ImageFont.truetype(f"DejaVuSans{'-Bold' if bold else ''}.ttf", size)
    except OSError:
        return ImageFont.load_default(size)


@lru_cache(maxsize=64)
def drawn(card: Card) -> bytes:
    """The card as PNG, 1,200 by 630."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    accent = ACCENTS.get(card.stream, ACCENTS[0])
    draw.rectangle((0, 0, WIDTH, 18), fill=accent)
    draw.text((MARGIN, 66), "ML MENTORSHIP", font=font(26, bold=True), fill=accent)
    y = written(draw, printable(card.title) or card.instead, (126, FOOT - 130), font(58, bold=True), INK, 72)
    written(draw, card.says, (y + 16, FOOT - 50), font(32), SOFT, 45)
    draw.line((MARGIN, FOOT - 26, WIDTH - MARGIN, FOOT - 26), fill=LINE, width=2)
    note = shortened(printable(card.note), font(28), WIDTH - 2 * MARGIN)
    beside = WIDTH - MARGIN - font(28).getlength(note)
    name = shortened(printable(card.name), font(30, bold=True), beside - MARGIN - 40)
    draw.text((MARGIN, FOOT), name, font=font(30, bold=True), fill=INK)
    draw.text((beside, FOOT + 2), note, font=font(28), fill=SOFT)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def written(draw: ImageDraw.ImageDraw, text: str, between: tuple[int, int], face: Font, fill: str, height: int) -> int:
    """Write `text` in at most three lines from the first of `between`, not beyond the second; where it ends."""
    y, end = between
    x, anchor = (WIDTH - MARGIN, "ra") if from_the_right(text) else (MARGIN, "la")
    for line in wrapped(text, face, lines=min((end - y) // height, 3)):
        draw.text((x, y), line, font=face, fill=fill, anchor=anchor)
        y += height
    return y


def from_the_right(text: str) -> bool:
    """Whether the first letter that has a direction is one of Hebrew or Arabic."""
    directions = (bidirectional(character) for character in text)
    return next((one in ("R", "AL") for one in directions if one in ("L", "R", "AL")), False)


def answered(request: HttpRequest, card: Card, *, public: bool) -> HttpResponse:
    """The card as PNG, drawn only if the reader has another one. One whose address names it is kept for ever."""
    etag, named = f'"{card.digest[:32]}"', request.META["QUERY_STRING"] == card.digest[:12]
    kept = f"public, max-age={31_536_000 if named else 3600}" if public else "private, no-cache"
    headers = {"ETag": etag, "Cache-Control": kept, "Cross-Origin-Resource-Policy": "cross-origin"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(drawn(card), content_type="image/png", headers=headers)


def printable(text: str) -> str:
    """One line, of what can be drawn at all, not too long."""
    return " ".join("".join(c if has_glyph(c) else " " for c in text[:LONGEST]).split())


@lru_cache(maxsize=4096)
def has_glyph(character: str) -> bool:
    """Whether the font can draw `character`: else a box would stand there."""
    if not character.isprintable():
        return False
    face = font(30)
    missing = face.getmask("\U0010ffff")
    found = face.getmask(character)
    return (found.size, bytes(found)) != (missing.size, bytes(missing))


def wrapped(text: str, face: Font, lines: int, width: int = WIDTH - 2 * MARGIN) -> list[str]:
    """`text` in at most `lines` lines of `width` pixels, with an ellipsis where more follows."""
    found: list[str] = []
    words = printable(text).split()
    while words and len(found) < lines:
        taken = 1
        while taken < len(words) and face.getlength(" ".join(words[: taken + 1])) <= width:
            taken += 1
        if len(found) == lines - 1:
            taken = len(words)
        found.append(shortened(" ".join(words[:taken]), face, width))
        words = words[taken:]
    return found


def shortened(text: str, face: Font, width: float) -> str:
    """`text` as far as it fits into `width` pixels, with an ellipsis where it does not."""
    if face.getlength(text) <= width:
        return text
    while text and face.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
