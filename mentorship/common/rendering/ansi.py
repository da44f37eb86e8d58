"""Terminal output as HTML: colours become classes, progress bars keep their last state, all else is
dropped.
"""

import re
from html import escape

COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
ANSI_CLASSES = frozenset(
    [f"ansi-{colour}" for colour in COLOURS] + ["ansi-bold", "ansi-faint", "ansi-italic", "ansi-underline"]
)
_STYLES = {1: "ansi-bold", 2: "ansi-faint", 3: "ansi-italic", 4: "ansi-underline"}
_STYLES_OFF = {22: ("ansi-bold", "ansi-faint"), 23: ("ansi-italic",), 24: ("ansi-underline",)}
# CSI sequences, OSC up to its end (or ours), and two-character escapes. Bounded, so that no input is scanned
# twice.
_ESCAPE = re.compile(
    r"\x1b\[([0-9;:]{0,64})([\x20-\x2f]{0,4}[\x40-\x7e])|\x1b\][^\x07\x1b]{0,512}(?:\x07|\x1b\\)?|\x1b.?"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")


def plain_controls(text: str) -> str:
    """Do what a terminal does with carriage return: the line starts over, and its last writing is what
    stays.
    """
    text = text.replace("\r\n", "\n")
    if "\r" not in text:
        return text
    return "\n".join(_last_writing(line) for line in text.split("\n"))


def _last_writing(line: str) -> str:
    kept = line.rstrip("\r")
    return kept[kept.rfind("\r") + 1 :]


def ansi_to_html(text: str) -> str:
    """Return escaped HTML of terminal output, with colours and weights as classes on `span`."""
    parts: list[str] = []
    position = 0
    colour, styles = "", set()  # type: str, set[str]
    text = plain_controls(text)
    for match in _ESCAPE.finditer(text):
        parts.append(_span(text[position : match.start()], colour, styles))
        position = match.end()
        if match[2] == "m":
            colour, styles = _apply(match[1], colour, styles)
    parts.append(_span(text[position:], colour, styles))
    return "".join(parts)


def _span(text: str, colour: str, styles: set[str]) -> str:
    text = escape(_CONTROL.sub("", text), quote=False)
    classes = " ".join(filter(None, (colour, *sorted(styles))))
    return f'<span class="{classes}">{text}</span>' if text and classes else text


def _apply(codes: str, colour: str, styles: set[str]) -> tuple[str, set[str]]:
    """One SGR sequence. 256 colours and RGB are shown in the text's own colour: we keep to a palette that
    is legible.
    """
    numbers = [int(code or 0) for code in re.split("[;:]", codes) if len(code) < 4]
    styles = set(styles)
    while numbers:
        number = numbers.pop(0)
        if number == 0:
            colour, styles = "", set()
        elif number in _STYLES:
            styles.add(_STYLES[number])
        elif number in _STYLES_OFF:
            styles.difference_update(_STYLES_OFF[number])
        elif 30 <= number <= 37 or 90 <= number <= 97:
            colour = f"ansi-{COLOURS[number % 10]}"
        elif number in (38, 48):
            skipped = {5: 2, 2: 4}.get(numbers[0] if numbers else 0, 0)
            del numbers[:skipped]
            colour = "" if number == 38 else colour
        elif number == 39:
            colour = ""
    return colour, styles
