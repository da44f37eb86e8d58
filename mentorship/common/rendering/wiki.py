"""What Obsidian adds to Markdown: links between notes, embeds, comments that nobody is shown, callouts.

Every rule reads each character at most a few times, whatever it holds.
"""

import re
from html import escape
from typing import NamedTuple
from urllib.parse import quote, urlencode

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

LONGEST_LINK = 400
LINK_CLASS = "note-link"
_FILE = re.compile(r"\.(?!md$)[A-Za-z0-9]{1,8}$")
_CALLOUT = re.compile(r"\[!([A-Za-z][A-Za-z-]{0,30})\][+-]?[ \t]*([^\n]*)(?:\n|$)")
_TONES = {
    "callout-warn": {"warning", "caution", "attention", "danger", "error", "bug", "failure", "fail", "missing"},
    "callout-tip": {"tip", "hint", "important", "success", "check", "done"},
}


class Target(NamedTuple):
    """What stands between `[[` and `]]`. `name` is '' for a heading of the same note."""

    name: str
    heading: str
    words: str


def target_of(inner: str) -> Target | None:
    place, bar, words = inner.partition("|")
    name, _, heading = place.partition("#")
    name, heading = " ".join(name.split()).removesuffix(".md"), " ".join(heading.split())
    if not name and not heading:
        return None
    if heading.startswith("^"):
        heading = ""  # a block of Obsidian's own, which has no name here
    shown = " ".join(words.split()) if bar else ""
    return Target(name, heading, shown or " › ".join(part for part in (name, heading) if part) or place.strip())


def address_of(target: Target, notes_at: str) -> str:
    """Where a link leads: by name, so that it stays right whatever becomes of the note that it names."""
    if not target.name:
        return text_fragment(target.heading)
    asked = {"name": target.name} | ({"heading": target.heading} if target.heading else {})
    return f"{notes_at}?{urlencode(asked)}"


def text_fragment(words: str) -> str:
    """A fragment by which a browser finds these words in a page whose headings have no names of their own."""
    return "#:~:text=" + quote(words.rpartition("#")[2].strip(), safe="").replace("-", "%2D")


def wiki_plugin(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("link", "wiki_link", _link)
    parser.inline.ruler.before("link", "wiki_comment", _comment)
    parser.block.ruler.before(
        "paragraph", "wiki_comment", _comment_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.core.ruler.before("inline", "callouts", _callouts)
    parser.add_render_rule("wiki_link", _write_link)
    parser.add_render_rule("wiki_comment", lambda *_: "")


def _link(state: StateInline, silent: bool) -> bool:
    embed = state.src[state.pos] == "!"
    start = state.pos + embed
    if not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2, start + 2 + LONGEST_LINK)
    inner = state.src[start + 2 : end] if end > 0 else ""
    target = target_of(inner) if inner and "\n" not in inner and "[" not in inner else None
    if target is None:
        return False
    if not silent:
        token = state.push("wiki_link", "", 0)
        token.content, token.meta = target.words, {"target": target, "embed": embed}
    state.pos = end + 2
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2)
    if end < 0:
        return False
    if not silent:
        state.push("wiki_comment", "", 0)
    state.pos = end + 2
    return True


def _comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """From a line that begins with `%%` to one that ends with it. One that nobody closed is text."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("%%", begin) or state.is_code_block(start_line):
        return False
    close = state.src.find("%%", begin + 2)
    if close < 0:
        return False
    line = start_line
    while line < end_line and state.eMarks[line] < close:
        line += 1
    if line >= end_line or state.src[close + 2 : state.eMarks[line]].strip():
        return False
    if not silent:
        token = state.push("wiki_comment", "", 0)
        token.map = [start_line, line + 1]
        state.line = line + 1
    return True


def _callouts(state: StateCore) -> None:
    """`> [!NOTE] Title`: the first line of the quotation becomes its title."""
    found: list[Token] = []
    tokens = state.tokens
    for index, token in enumerate(tokens):
        found.append(token)
        if token.type != "inline" or index < 2 or tokens[index - 2].type != "blockquote_open":
            continue
        match = _CALLOUT.match(token.content)
        if match is None:
            continue
        kind = match[1].lower()
        tone = next((tone for tone, kinds in _TONES.items() if kind in kinds), "")
        tokens[index - 2].attrSet("class", f"callout {tone}".strip())
        found[-2].attrSet("class", "callout-title")
        rest = token.content[match.end() :]
        token.content = match[2].strip() or kind.replace("-", " ").capitalize()
        if rest.strip():
            close, again = Token("paragraph_close", "p", -1), Token("paragraph_open", "p", 1)
            close.block = again.block = True
            line = Token("inline", "", 0, map=token.map, level=token.level, content=rest, children=[])
            found += [close, again, line]
    state.tokens = found


def _write_link(_, tokens, index, __, env) -> str:
    """A link of ours, held back from the sanitizer; a file that is no note stays a name."""
    writing, target = env["writing"], tokens[index].meta["target"]
    words = escape(target.words)
    if _FILE.search(target.name):
        return f"<code>{escape(target.name)}</code>"
    if writing.links_open or not writing.notes_at:
        return words
    address = escape(address_of(target, writing.notes_at))
    return str(writing.slots.hold(f'<a class="{LINK_CLASS}" href="{address}">{words}</a>'))
