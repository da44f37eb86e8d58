"""What a mentor has written so far, as it comes from a page or a program."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict

from projects.anchors import lines_text

LINES = re.compile(r"([0-9]{1,7})(?: ?[-–] ?([0-9]{1,7}))?")
KEY = re.compile(r"[A-Za-z0-9_-]{1,32}")
MOST_COMMENTS = 200
MOST_CELLS = 32_000
MOST_LINES = 2_000_000
LONGEST_TEXT = 20_000
VERDICTS = ("accepted", "changes_requested")
DECISIONS = ("accepted", "waived")
LEVELS = ("not_yet", "partly", "yes", "beyond")


def new_key() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True)
class Said:
    """One comment: on a criterion, a cell of a file, lines of a cell, or the whole round.

    Blocking when it asks for a change. Cells and lines are counted from 1.
    """

    key: str
    text: str
    criterion: int | None = None
    blocking: bool = False
    file: int | None = None
    cell: int | None = None
    line_from: int | None = None
    line_to: int | None = None
    typed_lines: str = field(default="", compare=False)  # as they came, so that a slip can be mended

    @property
    def place(self) -> tuple[int | None, int | None, int | None, int | None]:
        return self.file, self.cell, self.line_from, self.line_to

    @property
    def lines(self) -> str:
        """'3-7' or '3', as a form says it."""
        return self.typed_lines or lines_text(self.line_from, self.line_to)

    @classmethod
    def read(cls, data: QueryDict, key: str) -> "Said":
        """The comment `key` of the review form, not checked yet."""
        name = f"comment-{key}"
        file, typed = _number(data.get(f"{name}-file", "")), data.get(f"{name}-lines", "").strip()
        if file is None:
            criterion = _number(data.get(f"{name}-criterion", ""))
            return cls(key, _text(data, f"{name}-text"), criterion, bool(data.get(f"{name}-blocking")))
        found = LINES.fullmatch(typed)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (None, None)
        return cls(
            key,
            _text(data, f"{name}-text"),
            blocking=bool(data.get(f"{name}-blocking")),
            file=file,
            cell=_number(data.get(f"{name}-cell", "")),
            line_from=first,
            line_to=last,
            typed_lines="" if found else typed,
        )

    def in_place(self) -> bool:
        """Whether its place is one that a round can have."""
        lines = (self.line_from, self.line_to)
        if self.file is None:
            return self.cell is None and lines == (None, None)
        if self.criterion is not None or not 1 <= (self.cell or 0) <= MOST_CELLS:
            return False
        return lines == (None, None) or 1 <= (lines[0] or 0) <= (lines[1] or 0) <= MOST_LINES


@dataclass(frozen=True)
class Draft:
    """A whole draft. Saving it replaces the one before: comments that are missing here are gone."""

    verdict: str = ""
    summary: str = ""
    comments: tuple[Said, ...] = ()
    decisions: Mapping[int, str] = field(default_factory=dict)
    scores: Mapping[int, str] = field(default_factory=dict)  # by criterion

    @classmethod
    def read(cls, data: QueryDict) -> "Draft":
        """What the review form says, not checked yet: `comment` names the keys, `comment-<key>-…` are their parts.

        A comment without text is none.
        """
        comments = []
        for key in dict.fromkeys(data.getlist("comment")):
            said = Said.read(data, key)
            if said.text and key != data.get("remove"):
                comments.append(said)
        decisions, scores = _numbered(data, "decision-"), _numbered(data, "score-")
        return cls(data.get("verdict", ""), _text(data, "summary"), tuple(comments), decisions, scores)

    def checked(self) -> "Draft":
        """Itself, if every part is one that can be stored; else a ValidationError with a sentence."""
        if self.verdict not in ("", *VERDICTS):
            raise ValidationError("Choose one of the verdicts that are offered.")
        if len(self.comments) > MOST_COMMENTS:
            raise ValidationError(f"A review has {MOST_COMMENTS} comments at most.")
        if not all(KEY.fullmatch(said.key) for said in self.comments):
            raise ValidationError("A comment's key is made of 1 to 32 letters and digits.")
        if any(said.typed_lines for said in self.comments):
            raise ValidationError("Say the lines of a comment as 3 or as 3-7.")
        if not all(said.in_place() for said in self.comments):
            raise ValidationError("A comment is on the round, on a question, or on a cell of a file and its lines.")
        if len({said.key for said in self.comments}) < len(self.comments):
            raise ValidationError("Two comments have the same key.")
        if any(len(text) > LONGEST_TEXT for text in (self.summary, *(said.text for said in self.comments))):
            raise ValidationError(f"A text of a review has {LONGEST_TEXT:,} characters at most.")
        if any("\x00" in text for text in (self.summary, *(said.text for said in self.comments))):
            raise ValidationError("A text holds a character that cannot be stored (NUL).")
        if not set(self.decisions.values()) <= set(DECISIONS):
            raise ValidationError("A change request can be accepted or waived.")
        if not set(self.scores.values()) <= set(LEVELS):
            raise ValidationError("A question is scored not yet, partly, yes or beyond.")
        return self

    def on(self, criterion: int | None) -> list[Said]:
        """What is said of one criterion, or, with None, of the whole round."""
        return [said for said in self.comments if said.file is None and said.criterion == criterion]

    def on_file(self, file: int) -> list[Said]:
        return [said for said in self.comments if said.file == file]


def _text(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\r\n", "\n").strip()


def _numbered(data: QueryDict, prefix: str) -> dict[int, str]:
    """What is chosen in the fields `<prefix><number>`, by the number; an empty choice is none."""
    chosen = {}
    for name, value in data.items():
        if name.startswith(prefix) and value and (number := _number(name.removeprefix(prefix))):
            chosen[number] = str(value)
    return chosen


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
