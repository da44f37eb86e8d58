"""Long outputs, folded: a page carries how they begin, and fetches the rest when somebody opens it."""

from html import escape

FOLDED_LINES = 40
LONGEST_INLINE = 8_000
MOST_INLINE = 300_000  # characters of all outputs together; beyond that each one waits until it is opened
MOST_LATER = 1_000
MOST_LATER_TEXT = 20_000_000
LINES_SEEN, LONGEST_SEEN = 8, 400
TOO_MUCH = "The outputs of this notebook are too long together: this one is not shown."


def placeholder(words: str) -> str:
    """A marked line for what is not shown."""
    return f'<p class="nb-placeholder">{escape(words)}</p>'


class Folds:
    """Decides which output stands in the page and which waits in `later`, by its number."""

    def __init__(self) -> None:
        self.later: list[str] = []
        self._inline = self._waiting = 0

    def kept(self, html: str, lines: int, words: str, *, begin: str = "") -> str:
        """`html` as it is, or a fold called `words` that fetches it, after how it begins."""
        if lines <= FOLDED_LINES and len(html) <= LONGEST_INLINE and self._inline + len(html) <= MOST_INLINE:
            self._inline += len(html)
            return f"<div hx-disable>{html}</div>"
        if len(self.later) >= MOST_LATER or self._waiting + len(html) > MOST_LATER_TEXT:
            return placeholder(TOO_MUCH)
        self.later.append(html)
        self._waiting += len(html)
        if self._inline + len(begin) > MOST_INLINE:
            begin = ""
        self._inline += len(begin)
        seen = f'<div class="nb-begin" hx-disable>{begin}</div>' if begin else ""
        return (
            f'{seen}<details class="nb-fold" hx-get="nb-output:{len(self.later) - 1}" hx-trigger="toggle once"'
            f' hx-target="find .nb-later" hx-swap="outerHTML"><summary>{escape(words)}</summary></details>'
        )
