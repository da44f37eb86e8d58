"""TeX formulas to MathML, on the server, from latex2mathml's tree and never from its string.

Its string is unescaped HTML (`\\text{<img onerror=...>}` comes out live) and its tree carries `href`, `class`
and `style` from the commands of those names. So the tree is rebuilt from the allowlist below, its text
escaped here.
"""

import re
import unicodedata
from html import escape
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

LONGEST_FORMULA = 2_000
DEEPEST = 60
MOST_ELEMENTS = 4_000

_TEXT_ELEMENTS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_ELEMENTS_WORDS = (
    "math menclose merror mfrac mmultiscripts mover mpadded mphantom mprescripts mroot mrow mspace msqrt "
    "mstyle msub msubsup msup mtable mtd mtr munder munderover none"
)
_ELEMENTS = _TEXT_ELEMENTS | frozenset(_ELEMENTS_WORDS.split())
_WORDS = {
    "display": {"block", "inline"},
    "displaystyle": {"true", "false"},
    "fence": {"true", "false"},
    "stretchy": {"true", "false"},
    "movablelimits": {"true", "false"},
    "accent": {"true", "false"},
    "accentunder": {"true", "false"},
    "largeop": {"true", "false"},
    "form": {"prefix", "infix", "postfix"},
    "columnalign": {"left", "right", "center"},
    "scriptlevel": {"-1", "0", "1", "2", "+1"},
    "notation": {"box", "updiagonalstrike", "downdiagonalstrike", "horizontalstrike"},
}
_LENGTHS_WORDS = "width height depth lspace rspace voffset minsize maxsize linethickness"
_LENGTHS = frozenset(_LENGTHS_WORDS.split())
# Small enough that a formula cannot reach over the page around it.
_LENGTH = re.compile(r"[+-]?([0-9]?(?:\.[0-9]{1,4})?(?:em|ex)|[0-9]{0,2}(?:\.[0-9]{1,4})?(?:px|pt|mu))|0")
_ENTITY = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_REFUSED = re.compile(
    r"\\(?:re|provide)?(?:newcommand|newenvironment|def|edef|gdef|let|require|catcode|input|include)\b"
)
_ENVIRONMENT = re.compile(
    r"\\(begin|end)\s*\{(align|flalign|alignat|eqnarray|gather|multline|equation|split)\*?\}(\{\d\})?"
)
_ENVIRONMENTS = {"gather": "align*", "multline": "align*", "equation": "equation*", "split": "split"}
_NUMBERING = re.compile(r"\\(?:label\s*\{[^{}]*\}|nonumber\b|notag\b)")
_ALIGN_CLASSES = {"left": "align-left", "right": "align-right", "center": "align-center"}
_VARIANTS = {
    "bold": "BOLD",
    "bold-italic": "BOLD ITALIC",
    "italic": "ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "monospace": "MONOSPACE",
}


class _Unreadable(Exception):
    """TeX that is shown as it was written."""


def tex_to_html(tex: str, *, display: bool) -> str:
    """Return MathML for one formula, or the TeX itself in `code` where it cannot be read. Never raises."""
    try:
        return _mathml(tex, display)
    except Exception:
        # latex2mathml raises a dozen unrelated types; whatever it was, the reader sees what was written.
        return f'<code class="tex">{escape(printable(tex), quote=False)}</code>'


def printable(text: str) -> str:
    """`text` without control characters and lone surrogates, which neither HTML nor UTF-8 can carry."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cf"))


def _mathml(tex: str, display: bool) -> str:
    tex = tex.strip()
    if not tex or len(tex) > LONGEST_FORMULA or _REFUSED.search(tex) or _depth(tex) > DEEPEST:
        raise _Unreadable
    tex = _ENVIRONMENT.sub(_plain_environment, _NUMBERING.sub("", tex))
    tree = convert_to_element(tex, display="block" if display else "inline")
    parts: list[str] = []
    _write(tree, parts, 0)
    return "".join(parts)


def _plain_environment(match: re.Match[str]) -> str:
    """Numbering would start at (1) in every formula, so environments lose it."""
    return f"\\{match[1]}{{{_ENVIRONMENTS.get(match[2], 'align*')}}}"


def _depth(tex: str) -> int:
    """How deep braces and environments nest; latex2mathml recurses once for each."""
    depth = deepest = 0
    for mark in re.findall(r"\\begin|\\end|\\left|\\right|\\\\|\\[{}]|[{}]", tex):
        if mark in ("{", "\\begin", "\\left"):
            depth += 1
            deepest = max(deepest, depth)
        elif mark in ("}", "\\end", "\\right"):
            depth -= 1
    return deepest


def _write(element: Element, parts: list[str], depth: int) -> None:
    tag = element.tag
    if tag not in _ELEMENTS or depth > DEEPEST * 2 or len(parts) > MOST_ELEMENTS * 2:
        raise _Unreadable
    parts.append(f"<{tag}{_attributes(element)}>")
    if tag in _TEXT_ELEMENTS:
        # Inside these the HTML parser leaves MathML, so they hold text and nothing else.
        parts.append(escape(_text(element), quote=False))
    else:
        # Chromium aligns the block in a cell, so what stands in an aligned cell is made one.
        row = ("<mrow>", "</mrow>") if element.get("columnalign") else ("", "")
        parts.append(row[0])
        for child in element:
            _write(child, parts, depth + 1)
        parts.append(row[1])
    parts.append(f"</{tag}>")


def _attributes(element: Element) -> str:
    kept = []
    for name, value in sorted(element.attrib.items()):
        allowed = value in _WORDS[name] if name in _WORDS else name in _LENGTHS and _LENGTH.fullmatch(value)
        if allowed:
            kept.append(f' {name}="{value}"')
    if element.get("mathvariant") == "normal" and element.tag == "mi":
        kept.append(' mathvariant="normal"')
    if align := _ALIGN_CLASSES.get(element.get("columnalign", "")):
        kept.append(f' class="{align}"')
    return "".join(kept)


def _text(element: Element) -> str:
    text = _ENTITY.sub(lambda match: chr(int(match[1], 16)), "".join(element.itertext()))
    if re.match(r"\\[a-zA-Z]{2}", text):
        raise _Unreadable  # a command that latex2mathml does not know and would print
    style = _VARIANTS.get(element.get("mathvariant", ""))
    if style and element.tag in ("mi", "mn"):
        text = "".join(_styled(character, style) for character in text)
    return printable(text.replace("\u2061", ""))


def _styled(character: str, style: str) -> str:
    """Browsers know no `mathvariant` but normal: bold x is its own character."""
    words = unicodedata.name(character, "").replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
    try:
        return unicodedata.lookup(f"MATHEMATICAL {style} {words}")
    except KeyError:
        return character
