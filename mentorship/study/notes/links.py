"""Links between the notes of one person. A link is kept by the name that it was written with."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from mentorship.study.notes.models import Note
from mentorship.study.notes.words import LONGEST_NAME, last_of


class NoteLinkQuerySet(models.QuerySet["NoteLink"]):
    def missing(self) -> "NoteLinkQuerySet":
        """Those to notes that nobody has written yet."""
        return self.filter(target=None)

    def waiting_for(self, note: Note) -> "NoteLinkQuerySet":
        """Those without a note that mean this one, now that it has a name."""
        rows = self.missing().filter(person_id=note.person_id)
        return rows.filter(Q(name=note.name) | Q(name__endswith=f"/{note.name}"))


class NoteLink(models.Model):
    """A note names another one of the same person: composite keys hold that (the migration of links)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    note = models.ForeignKey("study.Note", models.CASCADE, related_name="links")
    target = models.ForeignKey("study.Note", models.SET_NULL, null=True, blank=True, related_name="backlinks")
    name = models.CharField(max_length=LONGEST_NAME)
    written = models.CharField(max_length=LONGEST_NAME, help_text="The name as it was written first.")

    objects = NoteLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "name"], condition=Q(target=None), name="note_link_missing")]
        constraints = [
            models.UniqueConstraint("note", "name", name="note_link_once"),
            models.CheckConstraint(condition=~Q(name=""), name="note_link_has_name"),
        ]

    def __str__(self) -> str:
        return self.written


def relink(note: Note, written: dict[str, str]) -> None:
    """Make the links of `note` those in `written`, by their names; one that found its note before keeps it."""
    there = set(NoteLink.objects.filter(note=note).values_list("name", flat=True))
    if gone := there - written.keys():
        NoteLink.objects.filter(note=note, name__in=gone).delete()
    if new := [name for name in written if name not in there]:
        targets = targets_of(note.person_id, new)
        rows = [
            NoteLink(person_id=note.person_id, note=note, name=name, written=written[name], target_id=targets.get(name))
            for name in new
        ]
        NoteLink.objects.bulk_create(rows, ignore_conflicts=True)
    if note.name:
        NoteLink.objects.waiting_for(note).update(target=note)


def targets_of(person_id: int, names: list[str]) -> dict[str, int]:
    """The notes of the person that these names mean, as `Note.objects.named` finds each, at once."""
    asked = {*names, *map(last_of, names)}
    titled = Note.objects.filter(name__in=asked, person_id=person_id).order_by("-pk")
    placed = Note.objects.filter(source__name__in=names, source__person_id=person_id).order_by("-pk")
    by_name = dict(titled.values_list("name", "pk"))  # the first of those with one name, for it comes last here
    by_path = dict(placed.values_list("source__name", "pk"))
    found = {name: by_path.get(name) or by_name.get(name) or by_name.get(last_of(name)) for name in names}
    return {name: pk for name, pk in found.items() if pk}


def meant_by(name: str, person: Any) -> Note | None:
    """The note of `person` that a link with this name leads to: one that was renamed since is found too."""
    note = Note.objects.visible_to(person).named(name).first()
    if note is None:
        from mentorship.study.notes.words import name_of

        link = NoteLink.objects.filter(person_id=person.pk, name=name_of(name)).exclude(target=None).first()
        note = link.target if link else None
    return note
