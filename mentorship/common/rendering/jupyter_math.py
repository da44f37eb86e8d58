r"""The further forms of TeX that notebooks use: `\(..\)` and `\[..\]` and environments within a line."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_OPENINGS = {"\\\\(": "\\\\)", "\\\\[": "\\\\]", "\\(": "\\)", "\\[": "\\]"}
_BEGIN = re.compile(r"\\begin\{([a-z]{2,12}\*?)\}")
_ENVIRONMENTS_WORDS = (
    "equation align alignat aligned flalign gather multline eqnarray split cases matrix pmatrix bmatrix vmatrix array"
)
_ENVIRONMENTS = frozenset(_ENVIRONMENTS_WORDS.split())
LONGEST = 2_000


def backslash_math_plugin(parser: MarkdownIt) -> None:
    """Read them as the same tokens that dollars give."""
    parser.inline.ruler.before("escape", "backslash_math", _backslash_math)


def _backslash_math(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    found = _delimited(state) or _environment(state)
    if found is None:
        return False
    content, end, display = found
    if not silent:
        token = state.push("math_inline_double" if display else "math_inline", "math", 0)
        token.content = content
    state.pos = end
    return True


def _delimited(state: StateInline) -> tuple[str, int, bool] | None:
    for opening, closing in _OPENINGS.items():
        if state.src.startswith(opening, state.pos):
            start = state.pos + len(opening)
            end = state.src.find(closing, start, min(state.posMax, start + LONGEST))
            if end <= start:
                return None
            return state.src[start:end], end + len(closing), opening.endswith("[")
    return None


def _environment(state: StateInline) -> tuple[str, int, bool] | None:
    match = _BEGIN.match(state.src, state.pos, state.posMax)
    if match is None or match[1].rstrip("*") not in _ENVIRONMENTS:
        return None
    closing = f"\\end{{{match[1]}}}"
    end = state.src.find(closing, match.end(), min(state.posMax, match.end() + LONGEST))
    if end < 0:
        return None
    end += len(closing)
    return state.src[state.pos : end], end, True
