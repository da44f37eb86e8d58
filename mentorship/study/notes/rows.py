"""Notes as pages show them."""

from typing import Any

from mentorship.common.rendering.markdown import excerpt
from mentorship.common.times import time_html
from mentorship.study.notes.models import Note
from streams.models import Item

ON_ITEM = 20


def note_rows(notes: list[Note], now: Any) -> list[dict[str, Any]]:
    """Notes ready to print; `source` names each for who begins something from it."""
    return [
        {
            "pk": note.pk,
            "url": note.get_absolute_url(),
            "html": note.html,
            "is_gap": note.is_gap,
            "source": f"note:{note.pk}",
            "item": note.item.title if note.item else "",
            "item_url": note.item.get_absolute_url() if note.item else "",
            "time": time_html(note.created_at, now),
            "name": excerpt(note.text, words=8),
        }
        for note in notes
    ]


def notes_on(item: Item, person: Any, now: Any) -> list[dict[str, Any]]:
    """The newest notes of `person` on `item`."""
    rows = Note.objects.visible_to(person).filter(item=item).newest_first()
    for note in (found := list(rows[:ON_ITEM])):
        note.item = None  # on its own page an item is not named again
    return note_rows(found, now)
