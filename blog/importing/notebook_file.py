"""A notebook's cells as parts of a post. Runs in the killable process, on what the renderer's reader lets through."""

import base64
import json
import re
from typing import Any

from blog.importing.kramdown import from_html, images
from blog.importing.segments import CODE_SPAN, segments, without_comments
from blog.text import clean_body, clean_line
from mentorship.common.rendering.ansi import ansi_to_html, plain_controls
from mentorship.common.rendering.errors import NotebookError
from mentorship.common.rendering.images import FORMATS
from mentorship.common.rendering.notebook_active import active_html, active_type
from mentorship.common.rendering.notebook_cells import LONGEST_SOURCE, _digest
from mentorship.common.rendering.notebook_file import Cell, joined, read_notebook
from mentorship.common.rendering.notebook_outputs import _alternative, _as_formula, _merged

MOST_CELLS, MOST_OUTPUTS = 300, 600
LONGEST_OUTPUT, MOST_LINES, MOST_ROWS = 20_000, 120, 100
LARGEST_HTML = 300_000
TOO_MANY = "This notebook has more than {} {}. A post tells less: save a copy with what you want to tell."
_TITLE = re.compile(r"^#[ \t]+([^\n]+?)[ \t]*#*[ \t]*$|^(?![ \t#>*|-])([^\n]+)\n={3,}[ \t]*$", re.MULTILINE)
_STYLE = re.compile(r"<(style|script)\b[^<>]*>[\s\S]*?</\1\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_MATH = re.compile(
    rf"(?P<code>{CODE_SPAN})|(?P<double>\$\$[\s\S]+?\$\$)|\\\\\[(?P<square>[\s\S]+?)\\\\\]|\\\\\((?P<round>[\s\S]+?)\\\\\)"
    r"|(?<![\\$])\$[ \t]*(?P<tex>[^\s$](?:[^$\n]*[^\s$\\])?)[ \t]*\$(?!\$)"
)
_EMBEDDED = re.compile(r"\]\((attachment:[^\s()]{1,200}|data:image/[a-z+]{1,10};base64,[A-Za-z0-9+/=]+)")
_OBJECT = re.compile(r"`{3,}text\n<[^\n]*>\n`{3,}")  # how Python names what has no words of its own
_DATA = re.compile(r"data:image/[a-z+]{1,10};base64,")


def cells_bytes(raw: bytes) -> bytes:
    """What `notebook.upload` has called: the file in; JSON {title, language, cells} out."""
    notebook = read_notebook(raw)
    cells = [_cell(number, cell) for number, cell in enumerate(notebook.cells)]
    title = _title(cells)
    cells = [cell for cell in cells if cell["text"].strip() or cell["outputs"]]
    if len(cells) > MOST_CELLS:
        raise NotebookError(TOO_MANY.format(MOST_CELLS, "cells"))
    if sum(len(cell["outputs"]) for cell in cells) > MOST_OUTPUTS:
        raise NotebookError(TOO_MANY.format(MOST_OUTPUTS, "outputs"))
    return json.dumps({"title": title, "language": _language(notebook.language), "cells": cells}).encode()


def _title(cells: list[dict[str, Any]]) -> str:
    """The one heading of the highest level, taken from the text that it heads; '' if there are several or none."""
    heads = [(cell, found) for cell in cells if cell["kind"] == "prose" for found in _TITLE.finditer(cell["text"])]
    if len(heads) != 1 or heads[0][1].start() or heads[0][0]["number"] > 5:
        return ""
    cell, found = heads[0]
    cell["text"] = re.sub(r"\A\s*(?:\*{3,}|-{3,}|_{3,})\s*(?:\n|\Z)", "", cell["text"][found.end() :]).strip("\n")
    return clean_line(found[1] or found[2])[:140]


def images_bytes(payload: bytes) -> bytes:
    """A line of JSON (the keys of images) and the file in; JSON of each key that is an image, in base64, out."""
    head, _, raw = payload.partition(b"\n")
    wanted, cells = json.loads(head), read_notebook(raw).cells
    found = {key: data for key in wanted if (data := _pixels(cells, key))}
    return json.dumps(found).encode()


def _cell(number: int, cell: Cell) -> dict[str, Any]:
    source = clean_body(cell.source[:LONGEST_SOURCE])
    outputs = [] if cell.kind != "code" else [_output(number, i, one) for i, one in enumerate(_merged(cell.outputs))]
    return {
        "number": number + 1,
        "id": cell.ident,
        "kind": {"markdown": "prose", "code": "code"}.get(cell.kind, "raw"),
        "text": prose(source, number) if cell.kind == "markdown" else source.strip("\n"),
        "digest": _digest([{"source": cell.source}]),
        "outputs": [one for one in outputs if one],
    }


def prose(source: str, number: int) -> str:
    """Jupyter's Markdown as ours. Images that it carries are named `notebook:CELL/NUMBER`."""
    parts = []
    for kind, part in segments(without_comments(source)):
        if kind == "html" and re.search(r"<img\b", part, re.IGNORECASE):
            part = from_html(part) + "\n\n"
        elif kind == "prose":
            part = _MATH.sub(_formula, images(part))
        parts.append(part)
    names: list[str] = []

    def named(match: re.Match[str]) -> str:
        names.append(match[1])
        return f"](notebook:{number}/e{len(names) - 1}"

    return _EMBEDDED.sub(named, "".join(parts)).strip("\n")


def _formula(match: re.Match[str]) -> str:
    if match["square"] is not None:
        return f"\n\n$$\n{match['square'].strip()}\n$$\n\n"
    tex = match["round"] if match["round"] is not None else match["tex"]
    return match[0] if tex is None else f"${tex.strip()}$"


def _output(number: int, index: int, output: dict[str, Any]) -> dict[str, Any] | None:
    """The forms that an output can take in a post, the richest first."""
    kind, data = output["type"], output.get("data", {})
    forms: dict[str, str] = {}
    if kind == "stream":
        forms["text"] = _fenced(output["text"])
    elif kind == "error":
        forms["text"] = _fenced("\n".join(output["traceback"]) or f"{output['ename']}: {output['evalue']}")
    else:
        if any(one in data for one in FORMATS):
            forms["image"] = f"![{_words(data)}](notebook:{number}/{index})"
        forms |= _written(data)
    forms = {name: text for name, text in forms.items() if text}
    note = "" if forms.keys() - {"text"} else _why_not(data)
    if not forms and not note:
        return None
    nameless = list(forms) == ["text"] and _OBJECT.fullmatch(forms["text"])
    quiet = kind == "error" or output.get("name") == "stderr" or bool(nameless)
    return {"index": index, "forms": forms, "quiet": quiet, "note": note}


def _written(data: dict[str, Any]) -> dict[str, str]:
    forms = {}
    html = joined(data.get("text/html", ""))
    if html and len(html) <= LARGEST_HTML and not active_html(html) and not active_type(data):
        forms["table"] = _markdown(html)
    if latex := joined(data.get("text/latex", ""))[:LONGEST_OUTPUT].strip():
        forms["math"] = _display(latex)
    if markdown := joined(data.get("text/markdown", ""))[:LONGEST_OUTPUT]:
        forms["table"] = prose(clean_body(markdown), 0)
    forms["text"] = _fenced(joined(data.get("text/plain", "")))
    return forms


def _why_not(data: dict[str, Any]) -> str:
    """What an output is that has no other form than text, or none at all."""
    said = active_type(data) or ("Drawing (SVG)" if "image/svg+xml" in data else "")
    said = (
        said or active_html(joined(data.get("text/html", ""))) or ("" if "text/plain" in data or not data else "Output")
    )
    return f"{said} that only a notebook can show. Save it as an image to add it." if said else ""


def _markdown(html: str) -> str:
    """HTML of an output as Markdown, tables in pipes; a long table is cut."""
    text = from_html(_STYLE.sub("", html))
    lines = text.split("\n")
    if len(lines) > MOST_ROWS:
        lines = [*lines[:MOST_ROWS], "", f"*{len(lines) - MOST_ROWS:,} more rows are left out.*"]
    return "\n".join(lines)[:LONGEST_OUTPUT]


def _display(latex: str) -> str:
    tex = _as_formula(latex)
    if tex.startswith("\\begin"):
        return f"$$\n{tex}\n$$"
    return f"$$\n{tex.strip().removeprefix('$').removeprefix('$').removesuffix('$').removesuffix('$').strip()}\n$$"


def _fenced(text: str) -> str:
    """Printed text as a block, without a terminal's colours, cut where it is long."""
    plain = _TAG.sub("", ansi_to_html(plain_controls(text[:LONGEST_OUTPUT])))
    plain = clean_body(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&"))
    lines = plain.strip("\n").split("\n")
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], "…"]
    plain = "\n".join(line.rstrip() for line in lines)
    return fence(plain, "text") if plain.strip() else ""


def fence(code: str, language: str) -> str:
    """Code between fences longer than any in it."""
    mark = "`" * (1 + max((len(run) for run in re.findall(r"`{3,}", code)), default=2))
    return f"{mark}{language}\n{code}\n{mark}"


def _language(name: str) -> str:
    return re.sub(r"[^\w+#.-]", "", name.lower())[:30] or "python"


def _words(data: dict[str, Any]) -> str:
    """What the notebook says of an image; its size says nothing to who cannot see it."""
    said = clean_line(_alternative(data)).removeprefix("Output image").removeprefix("Output: ")
    return "" if said.startswith("Figure size") or " object" in said else re.sub(r"([\\\[\]])", r"\\\1", said)


def _pixels(cells: list[Cell], key: str) -> str:
    """The image that `key` names, in base64; '' if there is none."""
    number, _, place = key.partition("/")
    cell = cells[int(number)] if number.isdigit() and int(number) < len(cells) else None
    if cell is None:
        return ""
    if place.startswith("e"):
        found = _EMBEDDED.findall(without_comments(clean_body(cell.source[:LONGEST_SOURCE])))
        name = found[int(place[1:])] if place[1:].isdigit() and int(place[1:]) < len(found) else ""
        if match := _DATA.match(name):
            return _checked(name[match.end() :])
        bundle = cell.attachments.get(name.removeprefix("attachment:"))
    else:
        outputs = _merged(cell.outputs)
        bundle = outputs[int(place)].get("data") if place.isdigit() and int(place) < len(outputs) else None
    if not isinstance(bundle, dict):
        return ""
    return next((_checked(joined(bundle[one])) for one in FORMATS if one in bundle), "")


def _checked(text: str) -> str:
    try:
        return base64.b64encode(base64.b64decode(text)).decode()
    except ValueError:
        return ""
