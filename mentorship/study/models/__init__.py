"""What people write down while they study: minutes on a day, and notes."""

from mentorship.study.models.entry import EntryQuerySet, Mood, StudyEntry
from mentorship.study.notes.models import Note, NoteQuerySet

__all__ = ["EntryQuerySet", "Mood", "Note", "NoteQuerySet", "StudyEntry"]
