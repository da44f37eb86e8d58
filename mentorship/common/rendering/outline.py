"""Heading levels without gaps: whatever levels an author uses, the page's outline goes down one step at a
time.
"""


class Outline:
    """Levels seen so far. A notebook shares one outline between all its cells."""

    def __init__(self, highest: int) -> None:
        self.highest = min(max(highest, 1), 6)
        self._open: list[int] = []

    def tag(self, written: str) -> str:
        """The tag, `h2` to `h6`, for a heading that was written as `h1` to `h6`."""
        level = int(written[1])
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return f"h{min(self.highest + len(self._open) - 1, 6)}"
