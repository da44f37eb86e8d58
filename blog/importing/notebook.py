"""A post from a notebook: its cells chosen, and brought up to date from a newer one."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from blog import writing
from blog.importing import updating
from blog.importing.notebook_file import fence
from blog.models import Figure, Notebook, Post
from blog.writing import Source, Text, text_of
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.files import safe_name
from mentorship.common.rendering.notebook_file import LARGEST, TOO_LARGE
from mentorship.common.rendering.sandbox import run_bounded
from mentorship.people.models import User

OUT, SHOWN, FOLDED = "out", "shown", "folded"
WORK = "blog.importing.notebook_file"
WANTED = re.compile(r"\]\(notebook:(\d+/e?\d+)\)")
FORMS = {"image": "As an image", "table": "As a table or text", "math": "As a formula", "text": "As printed text"}

Chosen = dict[str, str]


@dataclass(frozen=True)
class Part:
    """One piece of a post that came from a notebook: `key` is the cell's number, of an output with its own."""

    key: str
    text: str


def upload(
    *, by: User, raw: bytes, name: str, post: Post | None = None, origin_key: str = "", origin_url: str = "",
    at: datetime | None = None,
) -> Notebook:  # fmt: skip
    """Read a notebook file and keep it, so that its cells can be chosen. Refused in words (code `file`)."""
    name = safe_name(name)
    if post is not None:
        post.check_may("revise", by)
    try:
        if len(raw) > LARGEST:
            raise RenderError(TOO_LARGE)
        said = json.loads(run_bounded(f"{WORK}:cells_bytes", raw, cpu_seconds=10, wall_seconds=15))
    except RenderError as error:
        raise Refused(f"{name}: {error.message}", code="file") from None
    if not said["cells"]:
        raise Refused(f"{name} has no cells.", code="file")
    said["title"] = said["title"] or name.rpartition(".")[0].replace("_", " ").replace("-", " ").strip()[:140] or name
    return Notebook.keep(
        by=by, raw=raw, name=name, post=post, origin_key=origin_key, origin_url=origin_url, at=at, **said
    )


def richest_first(output: Mapping[str, Any]) -> list[str]:
    """The forms that an output can have; the database keeps no order of them."""
    return [form for form in FORMS if form in output["forms"]]


def usual(cell: Mapping[str, Any]) -> Chosen:
    """What is chosen of a cell until somebody says otherwise: prose, code, and outputs in their richest form."""
    number = str(cell["number"])
    chosen = {number: OUT if cell["kind"] == "raw" else SHOWN}
    for output in cell["outputs"]:
        forms = richest_first(output)
        chosen[f"{number}.{output['index']}"] = OUT if output["quiet"] or not forms else forms[0]
    return chosen


def choices(notebook: Notebook) -> Chosen:
    """What the page begins with; of a notebook that comes again, what was chosen for the same cells before."""
    found: Chosen = {}
    for cell in notebook.cells:
        found |= usual(cell)
    if notebook.post_id and (before := notebook.before()):
        for new, old in updating.same_cells(before.cells, notebook.cells).items():
            for key in usual(updating.cell_of(notebook.cells, new)):
                said = before.chosen.get(str(old) + key[len(str(new)) :])
                if said and allowed(notebook, key, said):
                    found[key] = said
    return found


def forms_of(notebook: Notebook, key: str) -> list[tuple[str, str]]:
    """The forms that the part `key` can have, each with its words."""
    number, _, index = key.partition(".")
    cell = updating.cell_of(notebook.cells, int(number))
    if not index:
        folded = [(FOLDED, "Folded: opened by a click")] if cell["kind"] == "code" else []
        return [(SHOWN, "Shown"), *folded, (OUT, "Left out")]
    output = next(output for output in cell["outputs"] if str(output["index"]) == index)
    return [*((form, FORMS[form]) for form in richest_first(output)), (OUT, "Left out")]


def allowed(notebook: Notebook, key: str, form: str) -> bool:
    """Whether the part `key` can have `form`."""
    return any(form == one for one, _words in forms_of(notebook, key))


def parts_of(notebook: Notebook, chosen: Chosen) -> list[Part]:
    """The pieces of the post, in order; images as `notebook:CELL/NUMBER`."""
    found: list[Part] = []
    for cell in notebook.cells:
        number = str(cell["number"])
        form = chosen.get(number, OUT)
        if form != OUT and cell["text"].strip():
            found.append(Part(number, _source(cell, form, notebook.language)))
        for output in cell["outputs"]:
            key = f"{number}.{output['index']}"
            if text := output["forms"].get(chosen.get(key, OUT)):
                found.append(Part(key, text))
    return found


def _source(cell: Mapping[str, Any], form: str, language: str) -> str:
    text: str = cell["text"]
    if cell["kind"] == "prose":
        return text
    code = fence(text, language if cell["kind"] == "code" else "text")
    return f"<details>\n<summary>Code</summary>\n\n{code}\n\n</details>" if form == FOLDED else code


def body_of(parts: list[Part]) -> str:
    return "\n\n".join(part.text for part in parts) + "\n" if parts else ""


def begin(
    notebook: Notebook, *, by: User, chosen: Chosen, title: str, at: datetime | None = None
) -> tuple[Post, list[str]]:
    """A draft of the parts that were chosen, and a sentence about each image that it has not got.

    The same notebook again gives the same post. Refused when nothing is chosen.
    """
    parts = parts_of(notebook, chosen)
    if not parts:
        raise Refused("Choose at least one cell.", code="nothing_chosen")
    key = notebook.origin_key or f"notebook:{notebook.pk}"
    source = Source(origin=Post.Origin.NOTEBOOK, key=key, url=notebook.origin_url)
    before = Post.objects.filter(author=by, origin_key=key).first()
    # One that was begun and not finished, because something failed in between, goes on.
    if before is not None and notebook.used_at is None and before.notebooks.exclude(used_at=None).exists():
        raise Refused("You began a post from this notebook before. Bring that one up to date.", code="begun_before")
    post = writing.begin(by=by, text=Text(title=title, body=body_of(parts)), source=source, at=at)
    if notebook.used_at is not None:
        return post, []
    parts, problems = with_figures(notebook, post, parts, by=by)
    writing.revise(post, by=by, version=post.version, text=replace(text_of(post), body=body_of(parts)), at=at)
    notebook.used(post, chosen=chosen, placed=[vars(part) for part in parts], at=at)
    return post, problems


def with_figures(notebook: Notebook, post: Post, parts: list[Part], *, by: User) -> tuple[list[Part], list[str]]:
    """`parts` with the images that they show stored as figures of `post`, and what went wrong with others."""
    wanted = list(dict.fromkeys(key for part in parts for key in WANTED.findall(part.text)))
    if not wanted:
        return parts, []
    try:
        payload = json.dumps(wanted).encode() + b"\n" + notebook.bytes()
        found = json.loads(run_bounded(f"{WORK}:images_bytes", payload))
    except RenderError as error:
        raise Refused(error.message, code="file") from None
    addresses, problems = {}, []
    for key in wanted:
        name = f"Cell {int(key.partition('/')[0]) + 1}"
        try:
            data = base64.b64decode(found.get(key, ""))
            figure = Figure.objects.store(post=post, file=data, by=by, name=f"{name}.png")
        except Refused as refusal:
            problems.append(f"{name}: {refusal.message}")
        else:
            addresses[key] = figure.address

    def put(match: re.Match[str]) -> str:
        return f"]({addresses[match[1]]})" if match[1] in addresses else match[0]

    return [Part(part.key, WANTED.sub(put, part.text)) for part in parts], problems


@dataclass(frozen=True)
class Update:
    """What a post becomes: its new text, what the notebook would change that its author wrote anew, and the parts."""

    body: str
    kept: list[updating.Kept]
    parts: list[Part]


def update_of(notebook: Notebook, chosen: Chosen) -> Update:
    """What bringing the post up to date would make of it; nothing is stored. Images already there keep their place."""
    before, post = notebook.before(), notebook.post
    if before is None or post is None:
        raise Refused("This post has no notebook yet.", code="no_notebook")
    return _merged(before, notebook, post.body, parts_of(notebook, chosen))


def _merged(before: Notebook, notebook: Notebook, body: str, parts: list[Part]) -> Update:
    same = updating.same_cells(before.cells, notebook.cells)
    old_keys = {
        part.key: f"{same[int(part.key.partition('.')[0])]}{part.key[len(part.key.partition('.')[0]) :]}"
        for part in parts
        if int(part.key.partition(".")[0]) in same
    }
    old = {entry["key"]: entry["text"] for entry in before.placed}
    body, kept = updating.merge(body, old, [(part.key, part.text) for part in parts], old_keys)
    return Update(body, kept, parts)


def update(
    notebook: Notebook, *, by: User, version: int, chosen: Chosen, at: datetime | None = None
) -> tuple[list[str], list[updating.Kept]]:
    """Bring the post up to date with a newer notebook, over the `version` that its author saw the difference to.

    Gives what went wrong with images, and what was left as its author wrote it. Raises ChangedMeanwhile, Refused.
    """
    before, post = notebook.before(), notebook.post
    if before is None or post is None:
        raise Refused("This post has no notebook yet.", code="no_notebook")
    if before.pk == notebook.pk:
        return [], []
    if version != post.version:
        raise writing.ChangedMeanwhile
    parts, problems = with_figures(notebook, post, parts_of(notebook, chosen), by=by)
    done = _merged(before, notebook, post.body, parts)
    writing.revise(post, by=by, version=version, text=replace(text_of(post), body=done.body), at=at)
    notebook.used(post, chosen=chosen, placed=[vars(part) for part in parts], at=at)
    return problems, done.kept
