"""What is typed into notes, and how they are looked for."""

import uuid
from typing import Any

from django import forms

from mentorship.common.errors import Refused
from mentorship.study.notes.models import Note
from mentorship.study.notes.words import LONGEST, LONGEST_TAG, LONGEST_TITLE, MOST_TAGS, clean_tag, clean_tags
from streams.models import Item

ADVICE = (
    "Markdown, with $TeX$ for mathematics, [[Title]] for a link to another note and - [ ] for a box to tick. "
    "Only you read it, unless you share it."
)


class NoteForm(forms.Form):
    """A note. `key` makes a form that is sent twice one note, `version` says which text was changed."""

    use_required_attribute = False

    title = forms.CharField(max_length=LONGEST_TITLE, required=False, label="Title")
    text = forms.CharField(
        max_length=LONGEST,
        label="Note",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=ADVICE,
        error_messages={"required": "Write something first."},
    )
    tags = forms.CharField(
        max_length=MOST_TAGS * (LONGEST_TAG + 2),
        required=False,
        label="Tags",
        help_text="Separated by commas, as in: trees, exam/week-3",
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
        self,
        data: Any = None,
        *,
        note: Note | None = None,
        item: Item | None = None,
        person: Any = None,
        title: str = "",
    ) -> None:
        initial: dict[str, Any] = {"key": uuid.uuid4(), "item": item.key if item else "", "title": title}
        if note is not None:
            initial = {name: getattr(note, name) for name in ("title", "text", "is_gap", "version")}
            initial["tags"] = ", ".join(note.tags)
        super().__init__(data, initial=initial, auto_id="note-%s")
        self.person = person
        # A browser would cut what is pasted without a word; the server says that it is too long.
        for name in ("text", "title", "tags"):
            self.fields[name].widget.attrs.pop("maxlength", None)
        if note is not None:
            del self.fields["key"], self.fields["item"]
            self.fields["text"].widget.attrs["rows"] = 14
        else:
            del self.fields["version"]
        if item is not None:  # on its page a thought is written down quickly; the rest can be said later
            del self.fields["title"], self.fields["tags"]

    def clean_tags(self) -> list[str]:
        try:
            return clean_tags(self.cleaned_data["tags"].split(","))
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None

    def clean_item(self) -> Item | None:
        key = self.cleaned_data["item"]
        if not key:
            return None
        found = Item.objects.visible_to(self.person).filter(key=key).first()
        if found is None:
            self.add_error("text", "The item that this was about is not in the curriculum.")
        return found


class FilterForm(forms.Form):
    """What a list of notes shows. What cannot be read shows all."""

    ONLY = (("", "All notes"), ("gaps", "Gaps"), ("shared", "Shared"))

    q = forms.CharField(max_length=200, required=False, label="Words")
    tag = forms.CharField(max_length=LONGEST_TAG, required=False, label="Tag")
    item = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    only = forms.ChoiceField(choices=ONLY, required=False, label="Show")

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s")

    def chosen(self, person: Any) -> tuple[Any, dict[str, str]]:
        """The notes of `person` that are asked for, in their order, and what was asked."""
        self.is_valid()
        said = {name: str(self.cleaned_data.get(name) or "").replace("\x00", "") for name in self.fields}
        rows = Note.objects.visible_to(person)
        rows = rows.tagged(said["tag"]) if clean_tag(said["tag"]) else rows
        rows = rows.filter(item__key=said["item"]) if said["item"] else rows
        rows = rows.gaps() if said["only"] == "gaps" else rows
        rows = rows.exclude(shared=Note.Shared.NOBODY) if said["only"] == "shared" else rows
        return (rows.best_first(said["q"]) if said["q"].strip() else rows.newest_first()), said


class ShareForm(forms.Form):
    shared = forms.ChoiceField(choices=Note.Shared.choices, widget=forms.RadioSelect, label="Who reads it with you")

    def __init__(self, data: Any = None, *, note: Note) -> None:
        super().__init__(data, initial={"shared": note.shared}, auto_id="share-%s")


class TickForm(forms.Form):
    """Which box, and `+` to tick it or `-` to clear it: a button says one thing."""

    box = forms.RegexField(r"^[0-9]{1,5}[+-]$")
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
