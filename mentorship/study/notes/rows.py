"""Notes as pages show them."""

import re
from html import escape
from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Left, Length
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from mentorship.common.rendering.markdown import excerpt
from mentorship.common.rendering.parser import NOTE_BOX
from mentorship.common.rendering.wiki import LINK_CLASS
from mentorship.common.times import time_html
from mentorship.study.notes.models import Note
from mentorship.study.notes.words import NAMED
from streams.models import Item

ON_ITEM = 20
SHORT = 4_000  # of HTML: longer notes are begun in lists, and read on their page
_BOX = re.compile(re.escape(NOTE_BOX).replace(r"\{\}", "([☐☑])"))


def for_a_list(rows: QuerySet[Note]) -> QuerySet[Note]:
    """Of long notes only their beginning is read from the database."""
    short = Case(When(long__lte=SHORT, then=F("html")), default=Value(""), output_field=TextField())
    found = rows.annotate(long=Length("html")).annotate(short=short, begin=Left("text", 1_500))
    return found.defer("html", "text", "words")


def note_rows(notes: list[Note], now: Any) -> list[dict[str, Any]]:
    """Notes ready to print; `source` names each for who begins something from it."""
    return [note_row(note, now) for note in notes]


def note_row(note: Note, now: Any) -> dict[str, Any]:
    begin = begin_of(note)
    html = note.short if hasattr(note, "short") else note.html
    return {
        "pk": note.pk,
        "url": note.get_absolute_url(),
        "title": note.title,
        "html": html or f"<p>{escape(excerpt(begin, words=60, wiki=True))}</p>",
        "is_long": not html,
        "is_gap": note.is_gap,
        "shared": note.get_shared_display() if note.shared != Note.Shared.NOBODY else "",
        "tags": note.tags,
        "source": f"note:{note.pk}",
        "item": note.item.title if note.item else "",
        "item_url": note.item.get_absolute_url() if note.item else "",
        "time": time_html(note.created_at, now),
        "name": name_shown(note),
    }


def begin_of(note: Note) -> str:
    return str(note.begin if hasattr(note, "begin") else note.text)


def name_shown(note: Note) -> str:
    """Its title, or else its first words."""
    return note.title or excerpt(begin_of(note), words=8, wiki=True)


def read_by_others(note: Note, linked: str) -> SafeString:
    """A note's HTML for who it is shared with: its links are asked for at `linked`, which knows what they may read."""
    way = f'<a class="{LINK_CLASS}" href="'
    return mark_safe(note.html.replace(f"{way}{NAMED}?", f"{way}{linked}?"))  # noqa: S308 - sanitized before


def notes_on(item: Item, person: Any, now: Any) -> list[dict[str, Any]]:
    """The newest notes of `person` on `item`."""
    rows = for_a_list(Note.objects.visible_to(person).filter(item=item).newest_first())
    for note in (found := list(rows[:ON_ITEM])):
        note.item = None  # on its own page an item is not named again
    return note_rows(found, now)


def with_boxes(html: str) -> SafeString:
    """A note's HTML whose boxes are buttons of the form `tick`; only the renderer can have written them."""
    number = -1

    def button(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        done = match[1] == "☑"
        return (
            f'<button class="note-box" form="tick" name="box" value="{number}{"-" if done else "+"}" type="submit" '
            f'role="checkbox" aria-checked="{"true" if done else "false"}" aria-label="Done">{match[1]}</button>'
        )

    return mark_safe(_BOX.sub(button, html))  # noqa: S308 - sanitized before, the buttons are ours


def links_of(note: Note) -> dict[str, Any]:
    """What a note's page shows beside it: notes that link here, and links to what nobody has written yet."""
    named = reverse("study:note_named")
    back = Note.objects.filter(links__target=note).exclude(pk=note.pk).order_by("-changed_at", "-pk")
    rows = back.values_list("pk", "title", Left("text", 200))[:51]
    return {
        "backlinks": [
            {"url": reverse("study:note", args=[pk]), "title": title or excerpt(begin, words=8, wiki=True)}
            for pk, title, begin in rows[:50]
        ],
        "missing": [{"name": link.written, "address": named} for link in note.links.missing().order_by("pk")[:50]],
    }
