"""kramdown, which Jekyll reads, turned into the Markdown of this program."""

import re
from html import unescape
from typing import Any

from markdownify import MarkdownConverter

from blog.importing.segments import CODE_SPAN, outside_code, segments, without_comments

_ATTRIBUTES = r"\{:(?![/:])[^{}\n]*\}"
_TOC = re.compile(r"^[ \t]*(?:[*+-]|\d+\.)[ \t][^\n]*\n[ \t]*\{:\s*toc[^{}\n]*\}[ \t]*\n?", re.MULTILINE)
_ATTRIBUTES_LINE = re.compile(rf"^[ \t>]*{_ATTRIBUTES}[ \t]*(?:\n|$)", re.MULTILINE)
_ATTRIBUTES_HERE = re.compile(rf"(?P<code>{CODE_SPAN})|[ \t]?{_ATTRIBUTES}")
_LANGUAGE = re.compile(r"^[ \t]*\{:[^{}\n]*\.language-([\w+#-]+)[^{}\n]*\}[ \t]*\n?")
_HEADING_ID = re.compile(r"^(#{1,6}[ \t].*?)[ \t]*\{#[\w:.-]+\}[ \t]*$", re.MULTILINE)
_EXTENSION = re.compile(r"\{::comment\}[\s\S]*?\{:/(?:comment)?\}|\{::options[^{}]*/\}")
_UNWRAPPED = re.compile(r"\{::?/?nomarkdown[^{}]*\}|\{:/\}")
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:[^\n]*(?:\n|$)", re.MULTILINE)
_DEFINITION = re.compile(r"^(?![ \t#>*+\-|:\d])([^\n|]{1,80})\n(?:\n)?:[ \t]+(?=\S)", re.MULTILINE)
_CENTER = re.compile(rf"(?P<code>{CODE_SPAN})|[ \t]*</?center\b[^<>]*>[ \t]*(?P<end>\n?)", re.IGNORECASE)
_WRAPPER = re.compile(r"^[ \t]*</?(?:div|section|article)\b[^<>]*>[ \t]*$", re.IGNORECASE | re.MULTILINE)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>[\s\S]*?</\1\s*>", re.IGNORECASE)
_IMG = re.compile(rf"(?P<code>{CODE_SPAN})|<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(src|alt|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_WITHIN = r"(?:(?!\n[ \t]*\n)(?:\\.|[^\\$]|\$(?!\$)))+?"  # of one paragraph, up to two dollars
_MATH = re.compile(
    rf"(?P<code>{CODE_SPAN})"
    rf"|(?P<block>(?:\A|(?<=\n))(?P<lead>[ ]{{0,3}})\$\$(?P<tex>{_WITHIN})\$\$[ \t]*(?=\n|\Z))"
    rf"|\\?\$\$(?P<inline>{_WITHIN})\$\$"
    r"|\\\\\[(?P<square>(?:(?!\n[ \t]*\n)[\s\S])+?)\\\\\]|\\\\\((?P<round>(?:(?!\n[ \t]*\n)[\s\S])+?)\\\\\)"
    r"|(?<![\\$\w])\$(?P<single>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\d$])"
    r"|(?P<escaped>\\.)|(?P<dollar>\$)",
    re.DOTALL,
)
_TEX = re.compile(r"[\\^_{}=<>]|\A(?!\d)[\w+*/|'(),.-]{1,12}\Z")
_ALIGNMENT = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")


def from_kramdown(text: str) -> str:
    """`text` with what only kramdown reads written as we read it. Its lines end in \\n, its Liquid is gone."""
    text = without_comments(text)
    text = _languages(text)
    text = outside_code(text, _plain_blocks)
    parts = [
        part if kind == "code" else html(part) if kind == "html" else _prose(part) for kind, part in segments(text)
    ]
    return re.sub(r"\n{4,}", "\n\n\n", "".join(parts)).strip("\n") + "\n"


def _languages(text: str) -> str:
    """An attribute list below a block of code names its language."""
    found = list(segments(text))
    for number in range(len(found) - 1):
        (kind, code), (_kind, after) = found[number], found[number + 1]
        if kind == "code" and (said := _LANGUAGE.match(after)):
            found[number], found[number + 1] = ("code", _fenced(code, said[1])), ("prose", after[said.end() :])
    return "".join(part for _kind, part in found)


def _fenced(code: str, language: str) -> str:
    if mark := re.match(r"[ ]{0,3}(`{3,}|~{3,})[ \t]*\n", code):
        return mark[0].rstrip() + language + "\n" + code[mark.end() :]
    lines = [line.removeprefix("\t") if line.startswith("\t") else line[4:] for line in code.strip("\n").split("\n")]
    return f"```{language}\n" + "\n".join(lines) + "\n```\n"


def _plain_blocks(text: str) -> str:
    """What changes where blocks begin and end, so before they are told apart."""
    text = _UNWRAPPED.sub("", _EXTENSION.sub("", text))
    text = _ABBREVIATION.sub("", _ATTRIBUTES_LINE.sub("", _TOC.sub("", text)))
    text = _HEADING_ID.sub(r"\1", _SCRIPT.sub("", text))
    text = _CENTER.sub(lambda match: match["code"] or match["end"] or "", text)
    return _DEFINITION.sub(r"**\1:** ", _WRAPPER.sub("", text))


def html(block: str) -> str:
    """A block of HTML; one that shows images becomes Markdown, since ours stand there by their address."""
    if not re.search(r"<img\b", block, re.IGNORECASE):
        return block
    return from_html(block) + "\n\n"


class _Converter(MarkdownConverter):
    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        return markdown_image(el.get("src") or "", el.get("alt") or el.get("title") or "")

    def convert_td(self, el: Any, text: str, parent_tags: Any) -> str:
        return str(super().convert_td(el, _in_cell(text), parent_tags))  # type: ignore[misc]

    def convert_th(self, el: Any, text: str, parent_tags: Any) -> str:
        return str(super().convert_th(el, _in_cell(text), parent_tags))  # type: ignore[misc]

    def convert_figcaption(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"\n\n*{text.strip()}*\n\n" if text.strip() else ""


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def from_html(html: str, **options: Any) -> str:
    """HTML as Markdown, without spaces around it."""
    text: str = _Converter(heading_style="ATX", bullets="-", **options).convert(html)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _prose(text: str) -> str:
    text = _ATTRIBUTES_HERE.sub(lambda match: match["code"] or "", text)
    text = images(text)
    text = _MATH.sub(_formula, text)
    return re.sub(r"\n{4,}", "\n\n\n", _tables(text))


def images(text: str) -> str:
    """`<img>` in a line of prose as Markdown."""
    return _IMG.sub(lambda match: match["code"] or _image(match[0]), text)


def _image(tag: str) -> str:
    found = {match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(tag)}
    return markdown_image(found.get("src", ""), found.get("alt") or found.get("title", ""))


def markdown_image(source: str, words: str) -> str:
    """An image as Markdown writes it, whatever stands in its address and words."""
    words = " ".join(re.sub(r"([\\\[\]])", r"\\\1", words).split())
    source = source.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"![{words}]({source})" if source else ""


def _formula(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    if match["block"] is not None:
        return _block(match)
    for name in ("inline", "round"):
        if match[name] is not None:
            return _inline(match[name], match)
    if match["square"] is not None:
        return f"\n\n$$\n{match['square'].strip()}\n$$\n\n"
    if match["single"] is not None:
        # One dollar is a dollar to kramdown; but many blogs have MathJax read what stands between two.
        return match[0] if _TEX.search(match["single"]) else match[0].replace("$", "\\$")
    return "\\$" if match["dollar"] else match[0]


def _block(match: re.Match[str]) -> str:
    """Between two dollars and by itself: a paragraph of its own, or a line of one."""
    text, start, end = match.string, match.start(), match.end()
    tex = match["tex"].strip()
    own = not text[max(0, text.rfind("\n", 0, max(0, start - 1))) : start].strip()
    if own or match["tex"].startswith("\n"):
        after = "" if re.match(r"[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)", text[end:]) else "\n"
        return ("" if own else "\n") + f"$$\n{tex}\n$$" + after
    return match["lead"] + _inline(match["tex"], match)


def _inline(tex: str, match: re.Match[str]) -> str:
    """Between single dollars; beside a digit those would be money, so a space comes between."""
    tex = " ".join(tex.split())
    if not tex:
        return match[0]
    text, start, end = match.string, match.start(), match.end()
    before = " " if start and text[start - 1].isdigit() else ""
    after = " " if text[end : end + 1].isdigit() else ""
    return f"{before}${tex}${after}"


def _tables(text: str) -> str:
    """Tables without a heading get an empty one; a row of images alone is those images."""
    lines, out = text.split("\n"), []
    for number, line in enumerate(lines):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) > 1 and all(re.fullmatch(r"!\[[^\]]*\]\([^()]*\)", cell) for cell in cells):
            out += [line for cell in cells for line in (cell, "")]
            continue
        first = not number or not lines[number - 1].strip()
        headed = number + 1 < len(lines) and _ALIGNMENT.fullmatch(lines[number + 1])
        if first and not headed and _ROW.match(line) and not _ALIGNMENT.fullmatch(line):
            out += ["|" + "  |" * len(cells), "|" + "---|" * len(cells)]
        out.append(line)
    return "\n".join(out)
