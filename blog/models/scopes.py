"""Which posts a person may see or work on, and the lists that pages ask for."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Prefetch, Q, Value, When

from blog.models.coauthor import HELD, Coauthor, co_writers
from mentorship.cohorts.roles import people_mentored_by

EDITORS_SEE = ("in_editing", "ready", "scheduled", "published")
MENTORS_SEE = ("in_editing", "ready", "scheduled")  # of those whom they mentor


class PostQuerySet(models.QuerySet[Any]):
    def published(self) -> "PostQuerySet":
        return self.filter(state="published")

    def in_editing(self) -> "PostQuerySet":
        return self.filter(state="in_editing")

    def due(self, at: datetime) -> "PostQuerySet":
        """Scheduled ones whose moment has come, the longest waiting first."""
        return self.filter(state="scheduled", scheduled_for__lte=at).order_by("scheduled_for", "id")

    def unclaimed_first(self) -> "PostQuerySet":
        """What is in editing: posts that nobody has taken first, then by how long they wait."""
        return self.in_editing().order_by(Case(When(editor=None, then=0), default=1), "in_editing_since", "id")

    def written(self) -> "PostQuerySet":
        """Posts that left their author's desk: editing was asked for at least once, or they were published."""
        return self.filter(Q(asked_at__isnull=False) | Q(published_at__isnull=False))

    def visible_to(self, reader: Any) -> "PostQuerySet":
        """Posts that `reader` may read: published ones, and those they may work on."""
        if not reader.is_authenticated:
            return self.published()
        if reader.is_admin:
            return self
        # Who is asked to put their name on a post reads it first.
        asked = Coauthor.objects.filter(person_id=reader.pk, state__in=HELD).values("post")
        return self.filter(Q(state="published") | Q(pk__in=asked) | _in_hands_of(reader))

    def in_hands_of(self, person: Any) -> "PostQuerySet":
        """Posts whose desk `person` may open: what they write; for editors what was handed to them, for mentors of that
        what their mentees wrote; admins all."""
        return self if person.is_admin else self.filter(_in_hands_of(person))

    def edited_by(self, person: Any) -> "PostQuerySet":
        """What was handed over and `person` may edit: all of it for editors, their mentees' posts for mentors."""
        if person.is_editor:
            return self.filter(state__in=EDITORS_SEE)
        return self.filter(_of_mentees_of(person)).annotate(of_mentee=Value(True))

    def of_writer(self, person: Any) -> "PostQuerySet":
        """What `person` writes: as author, or as a co-author who agreed."""
        own = self.model.objects.filter(author_id=person.pk).order_by().values("pk")
        return self.filter(pk__in=own.union(Coauthor.objects.posts_of(person).order_by(), all=True))

    def with_co_writers(self) -> "PostQuerySet":
        """Annotated with name and handle of those who write it with its author, for lists: no query more."""
        return self.annotate(co_writers=co_writers())

    def with_authors(self) -> "PostQuerySet":
        """Each with everybody whose name stands on it: one query more, however many posts."""
        rows = Coauthor.objects.agreed().select_related("person").order_by("place")
        return self.select_related("author").prefetch_related(Prefetch("coauthors", rows))


def _in_hands_of(person: Any) -> Q:
    others = Q(state__in=EDITORS_SEE) if person.is_editor else _of_mentees_of(person)
    return written_by(person) | others


def written_by(person: Any) -> Q:
    return Q(author_id=person.pk) | Q(pk__in=Coauthor.objects.posts_of(person))


def _of_mentees_of(person: Any) -> Q:
    return Q(state__in=MENTORS_SEE, author__in=people_mentored_by(person))
