"""A post from a Markdown or Jekyll file with its images."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from blog import writing
from blog.importing import pictures
from blog.models import Post
from blog.writing import Source, Text
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.files import safe_name
from mentorship.common.rendering.markdown import LARGEST_TEXT
from mentorship.common.rendering.sandbox import run_bounded
from mentorship.people.models import User

LARGEST = 1_000_000  # bytes of the file; what becomes of it has to be as short as any post
ENDINGS = (".md", ".markdown", ".mkd", ".txt")
OTHERS = {
    b"PK\x03\x04": "is a zip archive. Unpack it, then choose the .md file and its images.",
    b"%PDF": "is a PDF document; the Markdown file that it was made from is needed.",
    b"\x89PNG": "is an image; choose the .md file too.",
    b"\xff\xd8\xff": "is an image; choose the .md file too.",
    b"GIF8": "is an image; choose the .md file too.",
    b"\x1f\x8b": "is an archive. Unpack it, then choose the .md file and its images.",
}


@dataclass(frozen=True)
class Found:
    """What a file says: the text of a post, and what its author should know."""

    text: Text
    sha256: str
    notes: list[str]


@dataclass(frozen=True)
class Imported:
    """The post, whether it stood there before, what its author should know, and the images still missing."""

    post: Post
    again: bool
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def is_text(name: str) -> bool:
    return name.lower().endswith(ENDINGS)


def read(raw: bytes, name: str, *, by: User, site: str = "") -> Found:
    """What the file `raw` says; nothing is stored. Refused in words (code `file`) if it is no such file."""
    name = safe_name(name)
    for mark, reason in OTHERS.items():
        if raw.startswith(mark):
            raise Refused(f"{name} {reason}", code="file")
    if len(raw) > LARGEST:
        raise Refused(
            f"{name} has {len(raw) / 1e6:.1f} MB. The text of a post has 200 KB at most; images come as files of "
            "their own.", code="file",
        )  # fmt: skip
    if not raw.strip():
        raise Refused(f"{name} is empty.", code="file")
    asked = {"name": name, "site": site, "author": [by.name, by.handle, by.email]}
    try:
        answer = run_bounded(
            "blog.importing.jekyll_file:read_bytes", json.dumps(asked).encode() + b"\n" + raw,
            what="file", cpu_seconds=5, wall_seconds=10, largest_answer=20 * LARGEST,
        )  # fmt: skip
    except RenderError as error:
        raise Refused(error.message, code="file") from None
    said = json.loads(answer)
    notes = said.pop("notes")
    if len(said["body"].encode()) > LARGEST_TEXT:
        raise Refused(f"The text of {name} is longer than 200 KB, which is the most that a post has.", code="file")
    return Found(Text(**said | {"tags": tuple(said["tags"])}), hashlib.sha256(raw).hexdigest(), notes)


def begin(
    *, by: User, raw: bytes, name: str, images: Sequence[tuple[str, Any]] = (), site: str = "",
    at: datetime | None = None,
) -> Imported:  # fmt: skip
    """A draft of `by` from the file `raw` with its `images` (name, file). The same file again gives the same post."""
    found = read(raw, name, by=by, site=site)
    source = Source(origin=Post.Origin.FILE, key=f"file:{found.sha256}", url=found.text.canonical_url)
    again = Post.objects.filter(author=by, origin_key=source.key).exists()
    try:
        post = writing.begin(by=by, text=found.text, source=source, at=at)
    except Refused as refusal:
        if refusal.code != "slug_taken":
            raise
        post = writing.begin(by=by, text=replace(found.text, slug=""), source=source, at=at)
    notes = list(found.notes)
    if images and "revise" in post.verbs_of(by):
        notes += pictures.add(post, files=images, by=by).problems
    return Imported(post, again, notes, [one.source for one in pictures.named_in(post.body)])
