"""What is typed into notes."""

import uuid
from typing import Any

from django import forms

from mentorship.study.notes.models import LONGEST, Note
from streams.models import Item


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
