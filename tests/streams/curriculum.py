"""Loading the curriculum in tests, and editing a copy of it."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

SHIPPED = settings.BASE_DIR / "streams" / "curriculum"


def load(path: Path = SHIPPED, **options) -> str:
    out = StringIO()
    call_command("load_curriculum", path=path, stdout=out, **options)
    return out.getvalue()


def edit(files: Path, name: str, *changes: tuple[str, str]) -> None:
    text = (files / name).read_text()
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        text = text.replace(old, new)
    (files / name).write_text(text)


def remove_item(files: Path, name: str, key: str) -> None:
    """Take an item out: its lines up to the next list entry of the same or a lesser depth."""
    lines = (files / name).read_text().splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.strip() == f"- key: {key}")
    depth = len(lines[start]) - len(lines[start].lstrip())
    end = next(
        (n for n, line in enumerate(lines) if n > start and line.strip() and len(line) - len(line.lstrip()) <= depth),
        len(lines),
    )
    (files / name).write_text("".join(lines[:start] + lines[end:]))
