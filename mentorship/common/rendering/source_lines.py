"""Source code as numbered lines, each with an anchor of its own that a comment can name."""

import hashlib
from html import escape
from typing import Any

from mentorship.common.rendering.highlight import highlight
from mentorship.common.rendering.sanitize import sanitize
from mentorship.common.rendering.slots import Slots


def numbered(source: str, language: str, anchor: str) -> str:
    """`source` in `pre`, highlighted; line N is `<span class="line" id="{anchor}-LN">`, numbered by the stylesheet.

    Lines are those between newlines, as `source.split("\\n")` gives them.
    """
    lines = _highlighted(source, language)
    spans = [
        f'<span class="line" id="{anchor}-L{number}">{line}\n</span>' for number, line in enumerate(lines, start=1)
    ]
    return f'<pre class="code numbered"><code>{"".join(spans)}</code></pre>'


def _highlighted(source: str, language: str) -> list[str]:
    """The HTML of each line. Pygments ends what is open at each newline and opens it again after it."""
    expected = source.split("\n")
    html = sanitize(highlight(source, language), Slots())
    lines = html[html.index("<code>") + 6 : html.rindex("</code>")].split("\n")
    if len(lines) == len(expected) + 1 and not lines[-1]:
        lines.pop()
    balanced = all(line.count("<span") == line.count("</span>") for line in lines)
    if len(lines) != len(expected) or not balanced:
        return [escape(line, quote=False) for line in expected]
    return lines


def entry(ident: str, kind: str, source: str, outputs: str, *, digest_of: str | None = None) -> dict[str, Any]:
    """What is kept of one cell: where comments point to, and what tells whether it is the same in a later round."""
    digest = hashlib.sha256(f"{kind}{source if digest_of is None else digest_of}".encode()).hexdigest()[:16]
    return {"id": ident, "kind": kind, "source": source, "digest": digest, "outputs": outputs}
