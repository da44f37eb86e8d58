"""What mentors note about a mentee for themselves and for who mentors next. The mentee never reads it."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.query import RawQuerySet

from mentorship.cohorts import telling
from mentorship.cohorts.models.assignment import Assignment
from mentorship.cohorts.models.membership import Membership
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown
from mentorship.people import events
from mentorship.people.models import User

HEADINGS = 4  # the highest heading in a note, below that of every list that shows it
LONGEST = 5_000


# `MentorNoteQuerySet.visible_to` for one mentee, with the author: the workspace of a review asks for it each time,
# and building that queryset took a third of the page. Tests hold the two together.
ABOUT = """
    SELECT note.*, author.name AS author_name
      FROM cohorts_mentornote AS note
      JOIN cohorts_membership AS about ON about.id = note.membership_id
      JOIN people_user AS author ON author.id = note.author_id
     WHERE note.membership_id = %(mentee)s AND about.person_id <> %(reader)s AND (%(admin)s
        OR EXISTS (SELECT FROM cohorts_membership AS seat
                    WHERE seat.person_id = %(reader)s AND seat.role = 'mentor' AND seat.left_at IS NULL
                      AND (note.author_id = %(reader)s AND seat.cohort_id = about.cohort_id
                           OR EXISTS (SELECT FROM cohorts_assignment AS pair
                                       WHERE pair.mentor_id = seat.id AND pair.mentee_id = about.id
                                         AND pair.ended_at IS NULL))))
     ORDER BY note.created_at DESC, note.id DESC LIMIT %(most)s
"""


class NoteChanged(Refused):
    """A note that was saved elsewhere meanwhile. `saved` is what stands there now."""

    def __init__(self, saved: "MentorNote") -> None:
        super().__init__("This note was changed in another window meanwhile.", code="changed_meanwhile")
        self.saved = saved


class MentorNoteQuerySet(models.QuerySet["MentorNote"]):
    def visible_to(self, reader: Any) -> "MentorNoteQuerySet":
        """One's own, where one still mentors; all about one's mentees; all for admins. Never those about oneself."""
        if not reader.is_authenticated:
            return self.none()
        rows = self.exclude(membership__person=reader)
        if reader.is_admin:
            return rows
        seats = Membership.objects.mentors().filter(person=reader)
        mine = Assignment.objects.active().filter(mentor__in=seats)
        own = Q(author=reader, membership__cohort__in=seats.values("cohort"))
        return rows.filter(own | Q(membership__in=mine.values("mentee")))

    def about(self, mentee: int, reader: User, most: int) -> "RawQuerySet[MentorNote]":
        """The newest that `reader` may read of those about membership `mentee`, each with `author_name`."""
        values = {"mentee": mentee, "reader": reader.pk, "admin": reader.is_admin, "most": most}
        return self.raw(ABOUT, values)

    def written_by(self, person: Any) -> "MentorNoteQuerySet":
        """Those that `person` may change: their own among those they read."""
        return self.visible_to(person).filter(author=person)


class MentorNote(models.Model):
    """One private note about one mentee in one cohort."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="mentor_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hands_over = models.OneToOneField(
        Assignment, models.PROTECT, null=True, blank=True, related_name="summary",
        help_text="The assignment that this is the summary of, for who mentors next.",
    )  # fmt: skip
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same form sent twice is one note.")
    text = models.TextField("note", max_length=LONGEST)
    html = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, help_text="Counts the saves; who saves over another loses.")
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    objects = MentorNoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["membership", "-created_at"], name="mentor_note_newest")]
        constraints = [
            models.UniqueConstraint("author", "key", name="mentor_note_once"),
            models.CheckConstraint(condition=~Q(text=""), name="mentor_note_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @classmethod
    def write(
        cls, membership: Membership, *, by: User, text: str, key: uuid.UUID | None = None, at: datetime | None = None
    ) -> "MentorNote":
        """A new note about `membership`, by a mentor of its cohort. The same `key` again gives the first one."""
        moment, html = at or now(), _rendered(text)
        if not may_note(by, membership):
            raise Refused("Only mentors of the cohort note something about its mentees.", code="not_a_mentor")
        note = cls(
            membership=membership, author=by, key=key or uuid.uuid4(), text=text.strip(), html=html,
            created_at=moment, changed_at=moment,
        )  # fmt: skip
        try:
            with transaction.atomic():
                note.save(force_insert=True)
                events.record(actor=by, verb="noted", subject=note, detail={"about": membership.pk}, at=at)
        except IntegrityError:
            first = cls.objects.filter(author=by, key=note.key, membership=membership).first()
            if first is None:
                raise Refused("This key belongs to another note.", code="key_used") from None
            return first
        return note

    @classmethod
    def hand_over(cls, assignment: Assignment, *, by: User, text: str, at: datetime | None = None) -> "MentorNote":
        """The summary of `assignment` for who mentors next, by its mentor or an admin; who mentors now is told."""
        moment, html = at or now(), _rendered(text)
        if not may_hand_over(by, assignment):
            raise Refused("Who mentored them writes the summary, or an admin.", code="not_yours")
        note = cls(
            membership_id=assignment.mentee_id, author=by, hands_over=assignment, text=text.strip(), html=html,
            created_at=moment, changed_at=moment,
        )  # fmt: skip
        with transaction.atomic():
            try:
                with transaction.atomic():
                    note.save(force_insert=True)
            except IntegrityError as error:
                raise Refused("There is a summary already. Its author changes it.", code="summarised") from error
            events.record(actor=by, verb="handed_over", subject=note, detail={"assignment": assignment.pk}, at=at)
            telling.summarised(note, at=at)
        return note

    def edit(self, *, by: User, text: str, version: int, at: datetime | None = None) -> None:
        """Say it otherwise, if it is still the `version` that its author began with; else `NoteChanged`."""
        html = _rendered(text)
        if self.author_id != by.pk:
            raise Refused("Only who wrote a note changes it.", code="not_yours")
        with transaction.atomic():
            fields = {"text": text.strip(), "html": html, "changed_at": at or now()}
            rows = MentorNote.objects.filter(pk=self.pk, version=version)
            if not rows.update(version=F("version") + 1, **fields):
                saved = MentorNote.objects.filter(pk=self.pk).first()
                raise NoteChanged(saved) if saved else Refused("This note was removed meanwhile.", code="note_gone")
            self.refresh_from_db()
            events.record(actor=by, verb="changed", subject=self, at=at)

    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """Take it back. Nothing of it is kept but that it was there."""
        if self.author_id != by.pk:
            raise Refused("Only who wrote a note removes it.", code="not_yours")
        with transaction.atomic():
            if not MentorNote.objects.select_for_update(no_key=True).filter(pk=self.pk).exists():
                raise Refused("This note was removed meanwhile.", code="note_gone")
            events.record(actor=by, verb="removed", subject=self, detail={"about": self.membership_id}, at=at)
            self.delete()


def may_note(person: Any, membership: Membership) -> bool:
    """Whether `person` mentors in the cohort of `membership`, a mentee who is somebody else."""
    if membership.is_mentor or membership.person_id == person.pk:
        return False
    return Membership.objects.mentors().filter(person=person, cohort=membership.cohort_id).exists()


def may_hand_over(person: Any, assignment: Assignment) -> bool:
    """Whether `person` is the mentor of `assignment`, still in the cohort, or an admin; never the mentee."""
    if assignment.mentee.person_id == person.pk:
        return False
    seat = Membership.objects.mentors().filter(pk=assignment.mentor_id, person=person)
    return bool(person.is_admin) or seat.exists()


def _rendered(text: str) -> str:
    if not text.strip():
        raise Refused("Write something first.", code="empty")
    if len(text.strip()) > LONGEST:
        raise Refused(f"A note has {LONGEST:,} characters at most.", code="too_long")
    if "\x00" in text:
        raise Refused("The note holds a character that cannot be stored (NUL).", code="nul")
    try:
        return render_markdown(text.strip(), heading_level=HEADINGS)
    except RenderError as error:
        raise Refused(error.message, code="unreadable") from error
