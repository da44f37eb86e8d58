"""Who writes a post together with its author, with their consent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse

from blog import telling_coauthors as telling
from mentorship.cohorts.models import Membership
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.people.events import record
from mentorship.people.models import User

if TYPE_CHECKING:
    from blog.models.post import Post

MOST = 5
HELD = ("asked", "agreed")
# Name and handle of each who writes the post `p` with its author, for statements by hand; NULL for nobody.
CO_WRITERS = """(
    SELECT json_agg(json_build_object('name', w.name, 'handle', w.handle) ORDER BY c.place)
    FROM blog_coauthor c JOIN people_user w ON w.id = c.person_id WHERE c.post_id = p.id AND c.state = 'agreed'
)"""


class CoauthorQuerySet(models.QuerySet["Coauthor"]):
    def agreed(self) -> CoauthorQuerySet:
        return self.filter(state=Coauthor.State.AGREED)

    def held(self) -> CoauthorQuerySet:
        """Those that take one of a post's places: asked or agreed, in the order of asking."""
        return self.filter(state__in=HELD).order_by("place")

    def visible_to(self, person: Any) -> CoauthorQuerySet:
        """What one was asked oneself, and whom one asked."""
        return self.filter(Q(person_id=person.pk) | Q(post__author_id=person.pk))

    def waiting_for(self, person: Any) -> CoauthorQuerySet:
        """What `person` has not answered yet."""
        return self.filter(person_id=person.pk, state=Coauthor.State.ASKED).exclude(post__state="published")

    def posts_of(self, person: Any) -> models.QuerySet[Any]:
        """The keys of posts that `person` agreed to write with their authors, for `pk__in`."""
        return self.agreed().filter(person_id=person.pk).values("post")


class Coauthor(models.Model):
    """One person's part in one post of somebody else. `place`, 1 to 5, is theirs while they are asked or agreed."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        AGREED = "agreed", "Agreed"
        REFUSED = "refused", "Refused"
        ENDED = "ended", "Left, or taken out"

    post = models.ForeignKey("blog.Post", models.CASCADE, related_name="coauthors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="coauthorships")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CoauthorQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        indexes = [models.Index(fields=["person", "state"], name="coauthor_of_person")]
        constraints = [
            models.UniqueConstraint("post", "person", name="coauthor_once"),
            models.UniqueConstraint("post", "place", name="coauthor_one_a_place"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "agreed", "refused", "ended"]), name="coauthor_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=HELD, place__isnull=False, place__gte=1, place__lte=MOST)
                | Q(state__in=["refused", "ended"], place=None),
                name="coauthor_has_place",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "refused"]) | Q(answered_at__isnull=False),
                name="coauthor_answered_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("blog:coauthor", args=[self.pk])

    @classmethod
    @transaction.atomic
    def ask(cls, post: Post, *, by: User, handle: str, at: datetime | None = None) -> Coauthor:
        """The author asks somebody of a cohort they share to write with them; the person is told.

        Again does nothing while it stands. Refused for anybody else, for a sixth, after a refusal (who refused may
        still agree), and once the post is published.
        """
        now = at or clock.now()
        lock(post)
        if post.author_id != by.pk:
            raise Refused("Only its author asks somebody to write with them.", code="not_yours")
        seat = Membership.objects.active().visible_to(by).filter(person__handle=handle, person__is_active=True)
        found = seat.exclude(person=by).select_related("person").first()
        if found is None:
            raise Refused("Nobody of your cohorts has this handle.", code="no_member")
        check_not_editor(post, found.person)
        row = Coauthor.objects.filter(post=post, person=found.person).first()
        if row is not None and row.state in HELD:
            return row
        if row is not None and row.state == cls.State.REFUSED:
            raise Refused(f"{found.person} refused. They can still agree by themselves.", code="refused_already")
        row = row or Coauthor(post=post, person=found.person)
        row.state, row.place, row.asked_at, row.answered_at = cls.State.ASKED, free_place(post), now, None
        row.save()
        telling.asked(row, record(actor=by, verb="asked_to_write", subject=row, at=now), now)
        return row

    @transaction.atomic
    def agree(self, *, by: User, at: datetime | None = None) -> None:
        """Their name stands on the post from now on, and they may write in it. Who refused may still agree."""
        now = at or clock.now()
        self._locked(by, ["asked", "refused"])
        check_not_editor(self.post, by)
        self.place = self.place or free_place(self.post)
        telling.agreed(self, self._become(self.State.AGREED, by, "agreed", now), now)

    @transaction.atomic
    def refuse(self, *, by: User, at: datetime | None = None) -> None:
        now = at or clock.now()
        self._locked(by, ["asked"])
        self.place = None
        telling.refused(self, self._become(self.State.REFUSED, by, "refused", now), now)

    @transaction.atomic
    def leave(self, *, by: User, at: datetime | None = None) -> None:
        """They take their name off the post again."""
        now = at or clock.now()
        self._locked(by, ["agreed"])
        self.place = None
        telling.left(self, self._become(self.State.ENDED, by, "left", now), now)

    @transaction.atomic
    def remove(self, *, by: User, at: datetime | None = None) -> None:
        """The author takes them out, or takes the question back."""
        now = at or clock.now()
        lock(self.post)
        self.refresh_from_db()
        if self.post.author_id != by.pk:
            raise Refused("Only its author takes somebody out.", code="not_yours")
        self._check(HELD)
        was, self.place = self.state, None
        event = self._become(self.State.ENDED, by, "took_out", now)
        telling.taken_out(self, was, event, now)

    def _locked(self, by: User, states: list[str]) -> None:
        """Lock the post, and read this row anew for the person it is about."""
        lock(self.post)
        self.refresh_from_db()
        if self.person_id != by.pk:
            raise Refused("Somebody else was asked.", code="not_yours")
        self._check(states)

    def _check(self, states: Any) -> None:
        if self.state not in states:
            raise Refused(f"That is not possible (any more): {self.get_state_display().lower()}.", code="not_open")

    def _become(self, state: str, by: User, verb: str, now: datetime) -> Any:
        self.state, self.answered_at = state, now
        self.save(update_fields=["state", "place", "answered_at"])
        return record(actor=by, verb=verb, subject=self, at=now)


def lock(post: Post) -> None:
    """Lock the post until the transaction ends, so that its co-authors change one after the other, before it is out."""
    state = type(post).objects.select_for_update(no_key=True).filter(pk=post.pk).values_list("state", flat=True).first()
    if state is None:
        raise Refused("This post was removed meanwhile.", code="post_gone")
    if state == "published":
        raise Refused("The post is published: its authors stay as they are.", code="published")


def check_not_editor(post: Post, person: User) -> None:
    """Nobody edits what they write. To be read with the post locked."""
    if type(post).objects.filter(pk=post.pk, editor=person).exists():
        raise Refused(f"{person.name} edits this post. Ask for another editor first.", code="edits_it")


def free_place(post: Post) -> int:
    taken = set(Coauthor.objects.filter(post=post).held().values_list("place", flat=True))
    found = next((number for number in range(1, MOST + 1) if number not in taken), None)
    if found is None:
        raise Refused(f"A post has {MOST} co-authors at most.", code="full")
    return found


def co_writers() -> ArraySubquery:
    """The same as an expression over posts."""
    rows = Coauthor.objects.agreed().filter(post=OuterRef("pk")).order_by("place")
    return ArraySubquery(rows.values(said=JSONObject(name="person__name", handle="person__handle")))


def agreed_of(post: Post) -> list[Coauthor]:
    """Those who agreed, in the order of their places; no query where `with_authors` has read them."""
    held = getattr(post, "_prefetched_objects_cache", {}).get("coauthors")
    rows = post.coauthors.select_related("person") if held is None else held
    return sorted((row for row in rows if row.state == Coauthor.State.AGREED), key=lambda row: row.place or 0)
