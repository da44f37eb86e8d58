"""Places for HTML of ours inside HTML of theirs.

The sanitizer lets no `id`, `img` or `math` through, whoever wrote it. What we make ourselves is therefore
held back: `hold` gives a marker to write in its place, and `fill` puts the HTML in after sanitizing. A marker
carries 128 random bits, so no author can write one; the sanitizer drops any attribute that holds one (an
author can wrap our output in `<a href="`), which leaves markers in text only, where HTML may stand.
"""

import re
import secrets


class Slots:
    """The HTML held back during one rendering."""

    def __init__(self) -> None:
        self.nonce = secrets.token_hex(16)
        self._held: list[str] = []
        self._marker = re.compile(f"slot{self.nonce}x([0-9]{{1,9}})x")

    def hold(self, html: str) -> str:
        """Keep `html`, which must be safe and balanced, and return the marker that stands for it."""
        self._held.append(html)
        return f"slot{self.nonce}x{len(self._held) - 1}x"

    def fill(self, sanitized: str) -> str:
        """Put everything held in the place of its marker."""
        if not self._held:
            return sanitized
        return self._marker.sub(lambda match: self._held[int(match[1])], sanitized)
