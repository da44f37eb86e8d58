"""What `difference.py` has called in the killable process: bytes in, JSON out."""

import json

from mentorship.common.rendering.difference_cells import Comparison, cells_of
from mentorship.common.rendering.difference_lines import Patience, compare_lines
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.notebook_file import read_notebook

LARGEST_TEXT = 2_000_000
LONGEST_PLAIN = 100_000
MOST_ROWS = 2_000


def compare_notebooks(payload: bytes) -> bytes:
    old, new = _parted(payload)
    return json.dumps(Comparison(cells_of(old), cells_of(new), Patience()).entries()).encode()


def compare_files(payload: bytes) -> bytes:
    old, new = (_text(raw) for raw in _parted(payload))
    rows = compare_lines(old, new, Patience())
    if len(rows) > MOST_ROWS:
        rows[MOST_ROWS:] = [{"kind": "skipped", "count": len(rows) - MOST_ROWS, "old": None, "new": None}]
    return json.dumps(rows).encode()


def compare_texts(payload: bytes) -> bytes:
    patience = Patience()
    texts = json.loads(payload).items()
    return json.dumps({key: compare_lines(old, new, patience) for key, (old, new) in texts}).encode()


def plain_sources(payload: bytes) -> bytes:
    sources = (cell.source.rstrip() for cell in read_notebook(payload).cells)
    return json.dumps("\n\n".join(sources)[:LONGEST_PLAIN]).encode()


def _parted(payload: bytes) -> tuple[bytes, bytes]:
    """Two files, behind the length of the first."""
    end = 8 + int.from_bytes(payload[:8], "big")
    return payload[8:end], payload[end:]


def _text(raw: bytes) -> str:
    if len(raw) > LARGEST_TEXT:
        raise RenderError("The files are too large to be compared line by line.")
    for encoding in ("utf-8-sig", "cp1252"):  # as spreadsheets still write
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RenderError("The files are no text.")
