"""What every page with private notes shows: the notes that the reader may read, and the form for one more."""

import uuid
from functools import lru_cache
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mentorship.cohorts.models import MentorNote
from mentorship.cohorts.models.note import LONGEST
from mentorship.people.models import User

NO_KEY = uuid.UUID(int=0)
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


class SummaryForm(forms.Form):
    text = forms.CharField(
        label="Summary", max_length=LONGEST, widget=forms.Textarea({"rows": 8}),
        help_text="Markdown. What went well, what is open, what to ask next.",
        error_messages={"required": "Write something first."},
    )  # fmt: skip


def new_form() -> SafeString:
    """The fields of a note that nobody has begun yet, rendered once: only the key is another one each time."""
    return SafeString(_blank().replace(str(NO_KEY), str(uuid.uuid4())))


@lru_cache(maxsize=1)
def _blank() -> str:
    return fields_of(NoteForm(initial={"key": NO_KEY}, auto_id="mentor-note-%s"))


def fields_of(form: NoteForm) -> SafeString:
    """The fields of what was typed."""
    return render_to_string("cohorts/_note_fields.html", {"form": form})


def notes_context(mentee: int, slug: str, reader: User, fields: SafeString | None = None) -> dict[str, Any]:
    """What `reader` reads of the notes about membership `mentee`, newest first; `fields` for who may write."""
    notes = MentorNote.objects.about(mentee, reader, MOST)
    return {
        "notes": [(note, note.author_id == reader.pk) for note in notes],
        "note_fields": fields,
        "notes_url": f"/cohorts/{slug}/members/{mentee}/notes/",
    }
