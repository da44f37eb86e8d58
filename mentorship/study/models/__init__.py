"""What people write down while they study: minutes on a day, and notes."""

from mentorship.study.models.entry import EntryQuerySet, Mood, StudyEntry
from mentorship.study.models.note import Note, NoteQuerySet

__all__ = ["EntryQuerySet", "Mood", "Note", "NoteQuerySet", "StudyEntry"]
