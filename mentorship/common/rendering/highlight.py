"""Code with Pygments' classes and no style. The languages are a fixed few; any other is shown plain.

Pygments' expressions backtrack: 16 KB of blank lines keep its Python lexer busy for over a second, of quotes its
Makefile lexer for many. 2,500 characters took each of them under 0.2 s in all that was tried. So longer code is only
highlighted in the killable process, where `interruptible` gives each piece a second before it is shown plain.
"""

import re
import signal
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import NoReturn

from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LONGEST_HERE = 2_500
LONGEST_HIGHLIGHTED = 60_000
PATIENCE_SECONDS = 1.0
MOST_INTERRUPTIONS = 3
_ALIASES = {
    "py": "python",
    "python3": "python",
    "ipython": "ipython3",
    "sh": "bash",
    "shell": "bash",
    "zsh": "bash",
    "js": "javascript",
    "ts": "typescript",
    "yml": "yaml",
    "c++": "cpp",
    "dockerfile": "docker",
    "latex": "tex",
    "makefile": "make",
    "jsonc": "json",
}
_LANGUAGES_WORDS = (
    "python ipython3 pycon pytb bash console sql json yaml toml ini html css javascript typescript r julia "
    "java c cpp go rust scala diff docker make tex xml matlab http"
)
_LANGUAGES = frozenset(_LANGUAGES_WORDS.split())
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FORMATTER = HtmlFormatter(nowrap=True)


class TooLongHere(Exception):
    """Code that is to be highlighted in the killable process."""


class _TimeIsUp(Exception):
    pass


@dataclass
class _Interruptions:
    armed: bool = False
    count: int = 0


_interruptions = _Interruptions()


def interruptible() -> None:
    """From now on each piece of code has a second. Only for the killable process: it takes over SIGALRM."""

    def ring(number: int, frame: object) -> NoReturn:
        raise _TimeIsUp

    signal.signal(signal.SIGALRM, ring)
    _interruptions.armed = True


def _highlighted_in_time(source: str, lexer: Lexer) -> str:
    """Python's expressions look for signals while they match, so that an alarm does end them."""
    try:
        signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
        return pygments_highlight(source, lexer, _FORMATTER)
    except _TimeIsUp:
        _interruptions.count += 1
        return escape(source, quote=False)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def highlight(source: str, language: str) -> str:
    """Return `pre` with `source`, highlighted if we know `language`, a word as people write it after three backticks.

    Raises TooLongHere for long code outside of the killable process.
    """
    # Characters that turn the direction of writing can make code look like other code.
    source = _DIRECTIONS.sub("\ufffd", source)
    lexer = _lexer(language.lower()[:20])
    if lexer is None or len(source) > LONGEST_HIGHLIGHTED or _interruptions.count >= MOST_INTERRUPTIONS:
        inner = escape(source, quote=False)
    elif _interruptions.armed:
        inner = _highlighted_in_time(source, lexer)
    elif len(source) > LONGEST_HERE:
        raise TooLongHere
    else:
        inner = pygments_highlight(source, lexer, _FORMATTER)
    return f'<pre class="code"><code>{inner}</code></pre>\n'


@cache
def _known(name: str) -> Lexer | None:
    try:
        return get_lexer_by_name("ipython3" if name == "ipython3" else name, stripnl=False)
    except ClassNotFound:
        # ipython3 comes with IPython, which we do not need; its magics are read as Python.
        return get_lexer_by_name("python", stripnl=False) if name == "ipython3" else None


def _lexer(word: str) -> Lexer | None:
    name = _ALIASES.get(word, word)
    return _known(name) if name in _LANGUAGES else None
