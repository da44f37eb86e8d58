"""A certificate as a PDF: one page of A4, the same outcome always the same bytes; its text can be selected.

Names are written with DejaVu where the machine has it. Letters that have to be joined or reordered are drawn by Pillow,
which can, with the name itself as invisible text on top. A name that no font at hand can write is replaced by the
handle: the page at the certificate's address shows it in full.
"""

import hashlib
import logging
from dataclasses import astuple, dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from unicodedata import bidirectional, combining, name, normalize

import qrcode
from django.conf import settings
from fpdf import FPDF
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextMode, XPos, YPos
from PIL import Image, ImageDraw, ImageFont, features

from mentorship.cohorts.models import Outcome
from mentorship.common import card

WIDTH, HEIGHT, EDGE = 297.0, 210.0, 22.0  # millimetres
LONGEST = 200
QR = 34.0
FONT = "certificate"
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of each table that it leaves out
# Scripts whose letters change their shape or order beside each other, by the first word of their letters' names.
JOINED = frozenset(
    {
        "ARABIC", "SYRIAC", "NKO", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL",
        "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """All that a certificate says."""

    name: str
    handle: str
    number: int
    stream: str
    cohort: str
    first: date
    last: date
    done: str
    confirmed: datetime
    address: str


class Paper(FPDF):
    """A page whose name among files is made of what it says, not of when it was made."""

    def __init__(self, key: str) -> None:
        super().__init__("landscape", "mm", "A4")
        self.key = key
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.face = self._faces()
        self.dots = "…" if self.face == FONT else "..."

    def file_id(self) -> str:
        digest = hashlib.sha256(self.key.encode()).hexdigest()[:32].upper()
        return f"<{digest}><{digest}>"

    def _faces(self) -> str:
        """The family to write with: DejaVu embedded as far as it is used, or Helvetica, which every reader has."""
        paths = [getattr(card.font(30, bold=bold), "path", None) for bold in (False, True)]
        if not all(isinstance(path, str) for path in paths):
            return "helvetica"
        for style, path in zip(("", "B"), paths, strict=True):
            self.add_font(FONT, style, path)
        return FONT

    def writes(self, text: str) -> bool:
        """Whether each character of `text` has a shape here."""
        if self.face == FONT:
            return all(card.has_glyph(character) for character in text if not character.isspace())
        return all(ord(character) < 256 for character in text)

    def line_of(self, y: float, text: str, size: float, *, bold: bool = False, least: float = 9) -> None:
        """One centred line, smaller until it fits."""
        room = WIDTH - 2 * EDGE
        while size > least and self.wide(text, size, bold) > room:
            size -= 0.5
        while len(text) > len(self.dots) and self.wide(text, size, bold) > room:
            text = text.removesuffix(self.dots)[:-1] + self.dots
        self.set_xy(EDGE, y)
        self.cell(room, size / 2.2, text, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def wide(self, text: str, size: float, bold: bool) -> float:
        self.set_font(self.face, "B" if bold else "", size)
        return self.get_string_width(text)

    def ink(self, colour: str) -> None:
        self.set_text_color(colour)


def certificate_pdf(outcome: Outcome) -> bytes:
    """The certificate of a graduate. `outcome` comes with its person, cohort and stream."""
    person, cohort = outcome.membership.person, outcome.membership.cohort
    said = Said(
        person.name, person.handle, cohort.stream.number, cohort.stream.title, cohort.name, cohort.starts_on,
        cohort.ends_on, done(outcome), outcome.decided_at, f"{settings.BASE_URL}{outcome.get_absolute_url()}",
    )  # fmt: skip
    return drawn(said)


@lru_cache(maxsize=64)
def drawn(said: Said) -> bytes:
    accent = card.ACCENTS.get(said.number, card.ACCENTS[0])
    paper = Paper("\x1f".join(map(str, astuple(said))))
    _facts(paper, said)
    paper.add_page()
    paper.set_draw_color(accent)
    paper.set_line_width(1.2)
    paper.rect(10, 10, WIDTH - 20, HEIGHT - 20)
    paper.ink(accent)
    paper.line_of(26, "ML MENTORSHIP", 15, bold=True)
    paper.ink(card.SOFT)
    paper.line_of(40, "Certificate", 20)
    paper.ink(card.INK)
    _name(paper, said)
    paper.ink(card.SOFT)
    paper.line_of(90, "has graduated from", 14)
    paper.ink(card.INK)
    paper.line_of(101, _written(paper, said.stream) or f"Stream {said.number}", 26, bold=True)
    paper.ink(card.SOFT)
    paper.line_of(116, f"Stream {said.number} of the ML Mentorship program", 13)
    paper.line_of(124, f"{_written(paper, said.cohort)}, {_day(said.first)} to {_day(said.last)}", 11)
    paper.line_of(137, said.done, 12)
    _proof(paper, said)
    return bytes(paper.output())


def done(outcome: Outcome) -> str:
    """'40 of 40 required items, 2 projects reviewed by a mentor and accepted': what was achieved, as it was kept."""
    parts = [f"{outcome.done} of {outcome.required} required items"]
    if outcome.works:
        parts.append(f"{outcome.works} project{'s' if outcome.works > 1 else ''} reviewed by a mentor and accepted")
    if outcome.posts:
        parts.append(f"{outcome.posts} post{'s' if outcome.posts > 1 else ''} published")
    return ", ".join(parts)


def _facts(paper: Paper, said: Said) -> None:
    paper.set_title(f"Certificate of {said.name or said.handle}")
    paper.set_subject(f"Graduated from {said.stream}, stream {said.number} of the ML Mentorship program")
    paper.set_author("ML Mentorship")
    paper.set_keywords(said.address)
    paper.set_creator("ML Mentorship")
    paper.set_producer("fpdf2")
    paper.set_lang("en")
    paper.set_creation_date(said.confirmed)


def _name(paper: Paper, said: Said) -> None:
    text = " ".join(normalize("NFC", said.name).split())[:LONGEST]
    if text and needs_shaping(text) and all(card.has_glyph(one) for one in text if one != " ") and _drawn(paper, text):
        return
    if not text or not paper.writes(text) or needs_shaping(text):
        paper.line_of(60, f"@{said.handle}", 34, bold=True, least=16)
        paper.ink(card.SOFT)
        paper.line_of(77, "The name is written out at the address below.", 9)
        return
    paper.line_of(60, text, 36, bold=True, least=16)


def needs_shaping(text: str) -> bool:
    """Whether letters of `text` are written from the right, or take another shape beside each other."""
    return any(
        bidirectional(one) in ("R", "AL") or name(one, "").split(" ")[0] in JOINED or (combining(one) and one != " ")
        for one in text
    )


def _drawn(paper: Paper, text: str) -> bool:
    """Draw `text` as a picture, with itself as invisible text over it; whether that could be done."""
    if not features.check("raqm") or paper.face != FONT:
        return False
    face = card.font(160, bold=True)
    if not isinstance(face, ImageFont.FreeTypeFont):
        return False
    left, top, right, bottom = (int(side) for side in face.getbbox(text))
    picture = Image.new("L", (right - left + 8, bottom - top + 8), 255)
    ImageDraw.Draw(picture).text((4 - left, 4 - top), text, font=face, fill=30)
    held = BytesIO()
    picture.save(held, "PNG")
    room, height = WIDTH - 2 * EDGE, 16.0
    width = height * picture.width / picture.height
    if width > room:
        width, height = room, height * room / width
    paper.image(held, (WIDTH - width) / 2, 62, width, height, alt_text=text)
    with paper.local_context():
        paper.text_mode = TextMode.INVISIBLE
        # As it is seen, from the left: readers turn it when they copy it.
        paper.line_of(62, BidiParagraph(text).get_reordered_string(), 30, least=9)
    return True


def _written(paper: Paper, text: str) -> str:
    """`text` as far as it can be written."""
    return " ".join("".join(one if paper.writes(one) else " " for one in text[:LONGEST]).split())


def _proof(paper: Paper, said: Said) -> None:
    """When it was confirmed, and where anybody checks it: as a link, and as a code for a camera."""
    x, y = WIDTH - EDGE - QR, HEIGHT - EDGE - QR
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(said.address)
    code.make()
    rows = code.get_matrix()
    side = QR / len(rows)
    paper.set_fill_color(card.INK)
    for row, cells in enumerate(rows):
        begin = None
        for column, dark in enumerate([*cells, False]):
            if dark and begin is None:
                begin = column
            elif not dark and begin is not None:
                paper.rect(x + begin * side, y + row * side, (column - begin) * side, side, style="F")
                begin = None
    paper.link(x, y, QR, QR, said.address, alt_text="Check this certificate")
    paper.ink(card.INK)
    for line, points, at in ((f"Confirmed on {_day(said.confirmed)}", 12, 20), ("Check it at", 10, 12)):
        paper.set_font(paper.face, "", points)
        paper.text(EDGE, HEIGHT - EDGE - at, line)
    width, size = WIDTH - 2 * EDGE - QR - 10, 11.0
    while size > 6 and paper.wide(said.address, size, True) > width:
        size -= 0.5
    paper.set_xy(EDGE - 1, HEIGHT - EDGE - 9)
    paper.cell(width, 7, said.address, link=said.address)


def _day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"
