"""A person's notes as a folder of Markdown files in a zip, written while it is sent."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

import yaml
from django.db.models.functions import Left
from django.utils.timezone import localtime

from mentorship.common.rendering.wiki import target_of
from mentorship.study.notes.importing.file import CODE
from mentorship.study.notes.links import NoteLink
from mentorship.study.notes.models import Note
from mentorship.study.notes.words import last_of, line_of, name_of

AT_ONCE = 100
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can name
LONGEST_FILE_NAME = 120  # bytes: most systems take 255, and letters may have four
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|#^\[\]%\x00-\x1f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LINK = re.compile(r"\[\[([^\[\]\n]{1,400})\]\]")


class Sent:
    """What a zip is written to: it is taken away as it comes, and cannot be gone back in."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        found = b"".join(self.pieces)
        self.pieces.clear()
        return found


def zipped(person: Any) -> Iterator[bytes]:
    """The zip, piece by piece: a hundred notes are in memory at once, whatever there are."""
    names = file_names(person)
    sent = Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        keys = list(names)
        for start in range(0, len(keys), AT_ONCE):
            chosen = keys[start : start + AT_ONCE]
            notes = Note.objects.visible_to(person).filter(pk__in=chosen).select_related("item", "source")
            links: dict[int, dict[str, int]] = {}
            for note, name, target in NoteLink.objects.filter(note__in=chosen).values_list("note", "name", "target"):
                if target:
                    links.setdefault(note, {})[name] = target
            for one in notes.order_by("pk"):
                entry = zipfile.ZipInfo(f"{names[one.pk]}.md", max(localtime(one.changed_at).timetuple()[:6], EARLIEST))
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, written(one, links.get(one.pk, {}), names))
                yield sent.take()
    yield sent.take()


def file_names(person: Any) -> dict[int, str]:
    """By note the path of its file without ending: safe on every system, each once; where it was imported from."""
    taken: set[str] = set()
    numbers: dict[str, int] = {}  # where counting goes on, for thousands may be called the same
    found: dict[int, str] = {}
    rows = Note.objects.visible_to(person).order_by("pk")
    for pk, title, path, begin in rows.values_list("pk", "title", "source__path", Left("text", 80)):
        folders = (path or "").split("/")[:-1]
        stem = (path or "").rpartition("/")[2].rpartition(".")[0] if path else title
        stem = stem or line_of(begin.partition("\n")[0].lstrip("#-*> "))[:50]
        wanted = "/".join([*map(safe_name, folders), safe_name(stem)])
        name, number = wanted, numbers.get(name_of(wanted), 2)
        while name_of(name) in taken:
            name, number = f"{wanted} {number}", number + 1
        numbers[name_of(wanted)] = number
        taken.add(name_of(name))
        found[pk] = name
    return found


def safe_name(words: str) -> str:
    name = " ".join(_NOT_IN_NAMES.sub("-", line_of(words)).split())
    name = name.encode()[:LONGEST_FILE_NAME].decode("utf-8", "ignore").strip(" .-")
    return f"{name} note" if _RESERVED.fullmatch(name) else name or "Note"


def written(note: Note, links: dict[str, int], names: dict[int, str]) -> str:
    """The file: what is known of the note above its text, whose links name the files of this zip."""
    source = getattr(note, "source", None)
    head: dict[str, Any] = {"title": note.title} if note.title else {}
    head |= {"tags": note.tags} if note.tags else {}
    head |= {"item": note.item.key} if note.item else {}
    head |= {"gap": True} if note.is_gap else {}
    head |= {"created": note.created_at.isoformat(), "changed": note.changed_at.isoformat()}
    head |= {"key": str(note.key), "version": note.version}
    head |= {name: value for name, value in (source.rest if source else {}).items() if name not in head}
    above = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{above}---\n{linked(note.text, links, names)}\n"


def linked(text: str, links: dict[str, int], names: dict[int, str]) -> str:
    """`text` with the links whose file is called otherwise led there, outside of code; their words stay."""

    def lead(match: re.Match[str]) -> str:
        target = target_of(match[1])
        key = links.get(name_of(target.name)) if target and target.name else None
        if target is None or key not in names or name_of(target.name) in (name_of(names[key]), last(names[key])):
            return match[0]
        place = names[key] + (f"#{target.heading}" if target.heading else "")
        escaped = "\\" if "\\|" in match[1] else ""
        return f"[[{place}{escaped}|{target.words}]]"

    pieces, end = [], 0
    for code in CODE.finditer(text):
        pieces += [_LINK.sub(lead, text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*pieces, _LINK.sub(lead, text[end:])])


def last(path: str) -> str:
    return last_of(name_of(path))
