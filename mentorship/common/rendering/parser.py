"""Our markdown-it: which syntax is on, and how each piece is written. All it writes is sanitized
afterwards.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from mentorship.common.rendering.author_html import image_html, rewrite_html
from mentorship.common.rendering.highlight import highlight
from mentorship.common.rendering.jupyter_math import backslash_math_plugin
from mentorship.common.rendering.outline import Outline
from mentorship.common.rendering.slots import Slots
from mentorship.common.rendering.tex import tex_to_html
from mentorship.common.rendering.wiki import wiki_plugin

MOST_FORMULAS = 500
WIDE = 24  # signs that fit on a phone's line; browsers break no formula, so a longer one scrolls by itself
NOTE_BOX = '<span class="task-box of-note">{}</span>'
_TASK = re.compile(r"\[([ xX])\]\s+")
_TAG = re.compile(r"<[^>]*>")

# Given an image's source and text, safe HTML to show it, or None if it lies elsewhere and becomes a link.
ShowImage = Callable[[str, str], str | None]


@dataclass
class Writing:
    """What one rendering carries along: the heading it starts at, the HTML held back, where its images come
    from.
    """

    heading_level: int = 2
    notebook: bool = False
    notes_at: str = ""  # the address that finds a note by its name; without one, links between notes are words
    anchor: str = ""
    show_image: ShowImage = lambda source, text: None
    outline: Outline | None = None
    slots: Slots = field(default_factory=Slots)
    formulas: int = 0
    links_open: int = 0
    heading_open: str = ""
    titles: list[tuple[int, str]] = field(default_factory=list)

    def env(self) -> dict[str, Any]:
        """The environment that markdown-it hands to every rule."""
        if self.outline is None:
            self.outline = Outline(self.heading_level)
        return {"writing": self}

    def formula(self, tex: str, *, display: bool, in_line: bool = False) -> str:
        """The marker of one formula; after the 500th they are shown as they were written."""
        self.formulas += 1
        if self.formulas > MOST_FORMULAS:
            return f'<code class="tex">{escape(tex, quote=False)}</code>'
        html = tex_to_html(tex, display=display)
        if in_line and len(_TAG.sub("", html)) > WIDE:
            html = f'<span class="math-wide" tabindex="0">{html}</span>'
        return self.slots.hold(html)


@cache
def parser_for(notebook: bool, wiki: bool = False) -> MarkdownIt:
    """The parser; `notebook` adds the forms of TeX that Jupyter reads, `wiki` what Obsidian adds.

    It holds no state between texts.
    """
    parser = MarkdownIt("commonmark", {"html": True, "linkify": False, "xhtmlOut": False})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=notebook, allow_digits=False, double_inline=True)
    parser.use(amsmath_plugin).use(footnote_plugin)
    if notebook:
        parser.use(backslash_math_plugin)
    if wiki:
        parser.use(wiki_plugin)
    parser.core.ruler.push("shape", _shape)
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


def _shape(state: StateCore) -> None:
    """Once all is parsed: task boxes, and the anchor prefix of this text's footnotes."""
    writing: Writing | None = state.env.get("writing")
    if writing is None:
        return
    if not writing.anchor:
        writing.anchor = hashlib.sha256(state.src.encode()).hexdigest()[:8]
    for index, token in enumerate(state.tokens):
        if token.type == "inline" and index > 1 and state.tokens[index - 2].type == "list_item_open":
            _shape_task(state.tokens[index - 2], token)


def plain_text(line: Token) -> str:
    """The words of an inline token, without markup; formulas as they were written."""
    return "".join(_plain(child) for child in line.children or ())


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type in ("html_inline", "footnote_ref"):
        return ""
    return plain_text(token) if token.type == "image" else token.content


def _shape_task(item: Token, line: Token) -> None:
    first = line.children[0] if line.children else None
    match = _TASK.match(first.content) if first and first.type == "text" else None
    if first and match:
        item.attrSet("class", "task")
        box = Token("task_box", "", 0)
        box.content = "☐" if match[1] == " " else "☑"
        first.content = first.content[match.end() :]
        line.children = [box, *(line.children or ())]


# How each token is written. markdown-it calls them with (renderer, tokens, index, options, env).


def _code(_, tokens: Sequence[Token], index: int, __, env) -> str:
    info = tokens[index].info.split()
    return highlight(tokens[index].content, info[0] if info else "")


def _math_inline(_, tokens, index, __, env) -> str:
    return env["writing"].formula(tokens[index].content, display=False, in_line=True)


def _math_inline_display(_, tokens, index, __, env) -> str:
    return env["writing"].formula(tokens[index].content, display=True, in_line=True)


def _math_block(_, tokens, index, __, env) -> str:
    formula = env["writing"].formula(tokens[index].content, display=True)
    return f'<figure><div class="math-block">{formula}</div></figure>\n'


def _heading_open(_, tokens, index, __, env) -> str:
    # While writing, not while parsing: headings in HTML take part in the same outline, in their order.
    writing = env["writing"]
    tag = tokens[index + 2].tag = writing.outline.tag(tokens[index].tag)
    writing.titles.append((int(tag[1]), plain_text(tokens[index + 1]).strip()[:200]))
    return f"<{tag}>"


def _html(_, tokens, index, __, env) -> str:
    return rewrite_html(tokens[index].content, env["writing"])


def _link_open(renderer, tokens, index, options, env) -> str:
    env["writing"].links_open += 1
    tokens[index].attrs.pop("title", None)
    return renderer.renderToken(tokens, index, options, env)


def _link_close(renderer, tokens, index, options, env) -> str:
    env["writing"].links_open -= 1
    # A link without words cannot be read out or seen; its address stands in for them.
    before = tokens[index - 1]
    words = escape(str(before.attrs.get("href", ""))) if before.type == "link_open" else ""
    return words + "</a>"


def _image(renderer, tokens, index, options, env) -> str:
    token, writing = tokens[index], env["writing"]
    words = renderer.renderInlineAsText(token.children or [], options, env)
    return image_html(str(token.attrs.get("src", "")), words, writing)


def _table_open(_, tokens, index, __, env) -> str:
    return "<figure><table>\n"


def _table_close(_, tokens, index, __, env) -> str:
    return "</table></figure>\n"


def _cell_open(_, tokens, index, __, env) -> str:
    if tokens[index].tag == "th" and not tokens[index + 1].content:
        # A heading without words heads nothing.
        tokens[index].tag = tokens[index + 2].tag = "td"
    align = str(tokens[index].attrs.get("style", "")).removeprefix("text-align:")
    return f'<{tokens[index].tag} class="align-{align}">' if align else f"<{tokens[index].tag}>"


def _task_box(_, tokens, index, __, env) -> str:
    if env["writing"].notes_at:  # held back: no author can write one, so that pages know each by its number
        return env["writing"].slots.hold(NOTE_BOX.format(tokens[index].content)) + " "
    return f'<span class="task-box">{tokens[index].content}</span> '


def _footnote_ref(_, tokens, index, __, env) -> str:
    writing, meta = env["writing"], tokens[index].meta
    number, again = meta["id"] + 1, meta.get("subId", 0)
    ident = f"{writing.anchor}-{number}" + (f"-{again}" if again > 0 else "")
    link = f'<a id="ref-{ident}" href="#note-{writing.anchor}-{number}">[{number}]</a>'
    return writing.slots.hold(f'<sup class="footnote-ref">{link}</sup>')


def _footnotes_open(_, tokens, index, __, env) -> str:
    return '<section class="footnotes"><ol>\n'


def _footnotes_close(_, tokens, index, __, env) -> str:
    return "</ol></section>\n"


def _footnote_open(_, tokens, index, __, env) -> str:
    writing = env["writing"]
    ident = f"note-{writing.anchor}-{tokens[index].meta['id'] + 1}"
    return "<li>" + writing.slots.hold(f'<span class="anchor" id="{ident}"></span>')


def _footnote_close(_, tokens, index, __, env) -> str:
    return "</li>\n"


def _footnote_back(_, tokens, index, __, env) -> str:
    writing, meta = env["writing"], tokens[index].meta
    again = f"-{meta['subId']}" if meta["subId"] > 0 else ""
    ident = f"ref-{writing.anchor}-{meta['id'] + 1}{again}"
    return " " + writing.slots.hold(f'<a class="footnote-back" href="#{ident}" aria-label="Back to the text">↩</a>')


RULES = {
    "heading_open": _heading_open,
    "fence": _code,
    "code_block": _code,
    "math_inline": _math_inline,
    "math_inline_double": _math_inline_display,
    "math_block": _math_block,
    "amsmath": _math_block,
    "html_inline": _html,
    "html_block": _html,
    "link_open": _link_open,
    "link_close": _link_close,
    "image": _image,
    "table_open": _table_open,
    "table_close": _table_close,
    "th_open": _cell_open,
    "td_open": _cell_open,
    "task_box": _task_box,
    "footnote_ref": _footnote_ref,
    "footnote_block_open": _footnotes_open,
    "footnote_block_close": _footnotes_close,
    "footnote_open": _footnote_open,
    "footnote_close": _footnote_close,
    "footnote_anchor": _footnote_back,
}
