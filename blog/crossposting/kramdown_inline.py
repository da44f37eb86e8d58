"""One line of prose, written for kramdown: what would mean something there and nothing in our Markdown is escaped."""

import re
from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from blog.crossposting.html_tags import Move, quoted, safe_html
from blog.crossposting.liquid import inert

# Everywhere in prose. Braces are Liquid's and attribute lists', a pipe makes any line a row of a table.
_ALWAYS = re.compile(r"[\\`*\[\]<{}|]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TYPOGRAPHY = re.compile(r"--+|\.\.\.|>>|\$\$+|~~+")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What means something at the beginning of a line only.
_LINE = re.compile(r"^([#>:=]|[+-](?=\s|$)|\d+(?=[.)](?:\s|$)))")
_WEB_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def prose(text: str) -> str:
    text = _ENTITY.sub("&amp;", _ALWAYS.sub(r"\\\g<0>", text)).replace("\\{%", "&#123;%")
    text = _UNDERSCORE.sub(r"\\_", text)
    return _TYPOGRAPHY.sub(lambda match: "".join(TILDE if c == "~" else f"\\{c}" for c in match[0]), text)


MARKS = ("em_open", "strong_open", "em_close", "strong_close")
TILDE = "&#126;"  # plain kramdown cannot escape it


def line_start(line: str) -> str:
    """A line of a paragraph whose first sign would begin something else."""
    if line.startswith("^"):
        return "&#94;" + line[1:]
    found = _LINE.match(line)
    if not found:
        return line
    return f"{found[1]}\\{line[found.end() :]}" if found[1].isdigit() else f"\\{line}"


def formula(tex: str, *, inline: bool) -> str:
    """TeX that no reader mistakes for a table, a tag or Liquid."""
    tex = _WEB_TAG.sub("< ", re.sub(r"\n\s*\n+", "\n", tex.strip()))
    if inline:
        tex = re.sub(r"\s*\n\s*", " ", tex).replace(r"\|", r"\Vert ").replace("|", r"\vert ").strip()
    return inert(tex.replace("$$", "$ $"))


def address_in_link(address: str) -> str:
    signs = {"(": "%28", ")": "%29", "{": "%7B", "}": "%7D", "<": "%3C", ">": "%3E", "|": "%7C", '"': "%22",
             "'": "%27", " ": "%20", "\\": "%5C", "`": "%60"}  # fmt: skip
    return "".join(signs.get(sign, sign) for sign in address)


def title_of(token: Token) -> str:
    """The title of a link or image; kramdown reads entities in it, and no backslashes."""
    title = " ".join(str(token.attrs.get("title", "")).split())
    return f' "{quoted(title).replace("|", "&#124;")}"' if title else ""


class Inline:
    """Writes the tokens of one line; `in_cell` where a pipe ends a cell whatever stands around it."""

    def __init__(self, move: Move, in_cell: bool = False) -> None:
        self.move, self.in_cell = move, in_cell
        self.stack: list[str] = []

    def write(self, tokens: Sequence[Token]) -> str:
        """Lines of `tokens`, each safe at its beginning."""
        pieces: list[str] = []
        for index, token in enumerate(tokens):
            pieces += filter(None, [self._one(token, tokens, index, "".join(pieces[-1:]))])
        return "\n".join(line_start(line.lstrip(" ")) for line in "".join(pieces).split("\n"))

    def _one(self, token: Token, tokens: Sequence[Token], index: int, before: str) -> str:
        kind = token.type
        if kind in ("text", "text_special"):
            return prose(token.content)
        if kind == "softbreak":
            return " " if self.in_cell else "\n"
        if kind == "hardbreak":
            return "<br />" if self.in_cell else "<br />\n"
        if kind == "code_inline":
            return self._code(token.content)
        if kind in ("em_open", "strong_open", "em_close", "strong_close"):
            return self._emphasis(kind, tokens, index, before)
        if kind in ("s_open", "s_close"):
            return "<del>" if kind == "s_open" else "</del>"
        if kind in ("math_inline", "math_inline_double"):
            return f"$${formula(token.content, inline=True)}$$"
        if kind == "html_inline":
            return safe_html(token.content, self.move)
        if kind == "footnote_ref":
            return f"[^{token.meta['id'] + 1}]"
        if kind == "task_box":
            return f"{token.content} "
        if kind == "image":
            return self._image(token)
        if kind == "link_open":
            return self._link_open(token)
        if kind == "link_close":
            return self.stack.pop() if self.stack else ""
        return ""  # the way back from a footnote: kramdown writes its own

    def _code(self, code: str) -> str:
        awkward = "`" in code or code != code.strip() or not code or (self.in_cell and "|" in code)
        if awkward:
            signs = {"|": "&#124;", "{": "&#123;", "}": "&#125;", "`": "&#96;", "\n": " "}
            return f"<code>{''.join(signs.get(sign, escape(sign, quote=False)) for sign in code)}</code>"
        return f"`{inert(code)}`"

    def _emphasis(self, kind: str, tokens: Sequence[Token], index: int, before: str) -> str:
        """Stars, or tags where stars would run into each other."""
        name, way = kind.split("_")
        if way == "close":
            return self.stack.pop() if self.stack else ""
        after = next((one.type for one in tokens[index + 1 :] if one.type != "text" or one.content), "")
        crowded = before.endswith("*") or bool(self.stack) or after in MARKS
        mark = "*" if name == "em" else "**"
        self.stack.append(f"</{name}>" if crowded else mark)
        return f"<{name}>" if crowded else mark

    def _link_open(self, token: Token) -> str:
        target = self.move(str(token.attrs.get("href", "")), False)
        words = title_of(token)
        self.stack.append(f"]({address_in_link(target)}{words})" if target else "")
        return "[" if target else ""

    def _image(self, token: Token) -> str:
        target = self.move(str(token.attrs.get("src", "")), True)
        alt = "".join(child.content if child.content else " " for child in token.children or ())
        if not target:
            return prose(alt)
        words = title_of(token)
        return f"![{prose(alt)}]({address_in_link(target)}{words})"
