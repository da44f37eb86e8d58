"""What every page with private notes shows: the notes that the reader may read, and the form for one more."""

import uuid
from typing import Any

from django import forms

from mentorship.cohorts.models import MentorNote
from mentorship.cohorts.models.note import LONGEST
from mentorship.people.models import User

MOST = 100  # notes that are shown of one mentee


class NoteForm(forms.Form):
    """What is noted. `key` makes a form that is sent twice one note, `version` says what an edit began from."""

    text = forms.CharField(
        label="New private note",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="Markdown. The mentee never reads it; who mentors them next does, and admins.",
        error_messages={"required": "Write something first."},
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)


def new_form() -> NoteForm:
    return NoteForm(initial={"key": uuid.uuid4()}, auto_id="mentor-note-%s")


def notes_context(mentee: int, slug: str, reader: User, form: NoteForm | None = None) -> dict[str, Any]:
    """What `reader` reads of the notes about membership `mentee`, newest first; `form` for who may write."""
    rows = MentorNote.objects.visible_to(reader).filter(membership=mentee)
    notes = rows.select_related("author").order_by("-created_at", "-pk")[:MOST]
    return {
        "notes": [(note, note.author_id == reader.pk) for note in notes],
        "note_form": form,
        "notes_url": f"/cohorts/{slug}/members/{mentee}/notes/",
    }
