"""What people write down while they study: minutes on a day, and notes. Rooms beside have models of their own."""

from mentorship.study.jobs.models import Job, JobMove, Resume
from mentorship.study.library import models as library
from mentorship.study.models.entry import EntryQuerySet, Mood, StudyEntry
from mentorship.study.notes.importing.models import NoteImport, NoteImportFile, NoteSource
from mentorship.study.notes.links import NoteLink, NoteLinkQuerySet
from mentorship.study.notes.models import Note, NoteQuerySet
from mentorship.study.papers.models import Paper, PaperPass, Reading
from mentorship.study.plan.models import Goal
from mentorship.study.plan.slots import PlanSlot
from mentorship.study.questions.models import Attempt, Call, Card, PracticePlan, Question, QuestionTopic
from mentorship.study.reports.models import ItemReport
from mentorship.study.timer.models import Stretch, Timer, TimerQuerySet

__all__ = [
    "Attempt",
    "Call",
    "Card",
    "EntryQuerySet",
    "Goal",
    "ItemReport",
    "Job",
    "JobMove",
    "Mood",
    "Note",
    "NoteImport",
    "NoteImportFile",
    "NoteLink",
    "NoteLinkQuerySet",
    "NoteQuerySet",
    "NoteSource",
    "Paper",
    "PaperPass",
    "PlanSlot",
    "PracticePlan",
    "Question",
    "QuestionTopic",
    "Reading",
    "Resume",
    "Stretch",
    "StudyEntry",
    "Timer",
    "TimerQuerySet",
    "library",
]
