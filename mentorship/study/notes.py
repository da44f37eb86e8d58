"""Notes as pages show them, and what is typed into them."""

import uuid
from typing import Any

from django import forms

from mentorship.common.rendering.markdown import excerpt
from mentorship.common.times import time_html
from mentorship.study.models import Note
from mentorship.study.models.note import LONGEST
from streams.models import Item

ON_ITEM = 20


class NoteForm(forms.Form):
    """A note. `key` makes a form that is sent twice one note, `version` says which text was changed."""

    use_required_attribute = False

    text = forms.CharField(
        max_length=LONGEST,
        label="Note",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Markdown. Only you read it.",
        error_messages={"required": "Write something first."},
    )
    is_gap = forms.BooleanField(
        required=False,
        label="A gap: I found no good resource for this",
        help_text="What you had to work out yourself is what others look for. A gap becomes a blog idea in one click.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)
    item = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)

    def __init__(
        self, data: Any = None, *, note: Note | None = None, item: Item | None = None, person: Any = None
    ) -> None:
        initial: dict[str, Any] = {"key": uuid.uuid4(), "item": item.key if item else ""}
        if note is not None:
            initial = {"text": note.text, "is_gap": note.is_gap, "version": note.version}
        super().__init__(data, initial=initial, auto_id="note-%s")
        self.person = person
        if note is not None:
            del self.fields["key"], self.fields["item"]
            self.fields["text"].widget.attrs["rows"] = 14
        else:
            del self.fields["version"]

    def clean_item(self) -> Item | None:
        key = self.cleaned_data["item"]
        if not key:
            return None
        found = Item.objects.visible_to(self.person).filter(key=key).first()
        if found is None:
            self.add_error("text", "The item that this was about is not in the curriculum.")
        return found


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
