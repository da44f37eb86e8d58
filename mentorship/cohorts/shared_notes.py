"""Notes that others share: who reads them is decided here, where it is known who belongs together."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.roles import people_mentored_by
from mentorship.study.models import Note, NoteQuerySet


def shared_with(reader: Any) -> NoteQuerySet:
    """Notes of others that `reader` may read now: those of one's mentees, and of fellow members while a cohort runs.

    Each is asked for anew: what is unshared, whose assignment ended or who left is out of sight at once.
    """
    if not reader.is_authenticated:
        return Note.objects.none()
    mine = Membership.objects.of(reader).filter(cohort__state=Cohort.State.RUNNING).values("cohort")
    fellows = Membership.objects.active().filter(person=OuterRef("person"), cohort__in=mine)
    to_mentor = Q(shared=Note.Shared.MENTOR, person__in=people_mentored_by(reader))
    to_cohort = Q(Exists(fellows), shared=Note.Shared.COHORT)
    found: NoteQuerySet = Note.objects.filter(to_mentor | to_cohort).exclude(person_id=reader.pk)
    return found.filter(person__is_active=True)


def meant_in(note: Note, name: str, reader: Any) -> Note | None:
    """Where a link within `note` leads its reader: to another note of the same writer, if that is shared too."""
    found: Note | None = shared_with(reader).filter(person_id=note.person_id).named(name).first()
    return found
