"""A notebook in which everything that can hold text holds every vector."""

from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell

from tests.common.rendering.notebooks import code, encoded, notebook, picture, printed, shown
from tests.common.rendering.vectors import ALL


def hostile_notebook() -> bytes:
    """Sources, outputs of every kind, tracebacks, metadata and names of attachments."""
    cells = []
    for text in (text for text in ALL if text.isprintable() or ("\n" in text and "\ud800" not in text)):
        cells += [new_markdown_cell(text), new_raw_cell(text), _code(text), _with_attachment(text)]
    return notebook(*cells, kernelspec={"name": ALL[0], "display_name": ALL[0]}, language_info={"name": ALL[0]})


def _code(text: str):
    error = new_output("error", ename=text, evalue=text, traceback=[f"\x1b[31m{text}\x1b[0m"])
    outputs = [printed(text), printed(f"\x1b[31;{text}m{text}", text), error]
    outputs += [shown(**{kind: text}) for kind in ("text_html", "text_latex", "text_markdown", "text_plain")]
    outputs += [shown(image_svg_xml=text), shown(image_png=encoded(picture()), text_plain=text)]
    return code(text, *outputs)


def _with_attachment(text: str):
    cell = new_markdown_cell(f"![{text}](<attachment:{text}>)")
    cell["attachments"] = {text: {"image/png": encoded(picture())}}
    return cell
