"""Small notebooks of our own, made with nbformat."""

import base64
import zlib
from io import BytesIO

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image


def notebook(*cells, **metadata) -> bytes:
    """A notebook file of these cells; a string is a Markdown cell."""
    cells = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return nbformat.writes(new_notebook(cells=cells, metadata=metadata)).encode()


def code(source: str = "1 + 1", *outputs, count: int | None = 1):
    """A code cell with its outputs."""
    return new_code_cell(source, outputs=list(outputs), execution_count=count)


def shown(**data):
    """A display output; `text_html="..."` stands for the type text/html, `image_svg_xml` for image/svg+xml."""
    types = {"image_svg_xml": "image/svg+xml"}
    return new_output("display_data", data={types.get(k, k.replace("_", "/", 1)): v for k, v in data.items()})


def printed(text: str, name: str = "stdout"):
    """A stream output."""
    return new_output("stream", text=text, name=name)


def picture(width: int = 4, height: int = 3, form: str = "PNG", **options) -> bytes:
    """A small image file."""
    out = BytesIO()
    Image.new("RGB", (width, height), "#3366cc").save(out, form, **options)
    return out.getvalue()


def encoded(data: bytes) -> str:
    """As notebooks hold images."""
    return base64.b64encode(data).decode()


def huge_png() -> bytes:
    """A PNG header that promises 40,000 x 40,000 pixels."""
    small = bytearray(picture())
    small[16:24] = (40_000).to_bytes(4, "big") * 2
    small[29:33] = zlib.crc32(bytes(small[12:29])).to_bytes(4, "big")
    return bytes(small)
