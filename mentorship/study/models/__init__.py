"""What people write down while they study: minutes on a day, and notes. Rooms beside have models of their own."""

from mentorship.study.models.entry import EntryQuerySet, Mood, StudyEntry
from mentorship.study.notes.models import Note, NoteQuerySet
from mentorship.study.timer.models import Stretch, Timer, TimerQuerySet

__all__ = [
    "EntryQuerySet",
    "Mood",
    "Note",
    "NoteQuerySet",
    "Stretch",
    "StudyEntry",
    "Timer",
    "TimerQuerySet",
]
