"""A cohort's way to its first posts: who is where, against the eight weeks. By name, never by rank."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from blog.goal import DONE, STATES, Goal, Written, goal_from
from blog.models import Coauthor, Post
from mentorship.cohorts.models import Cohort, Membership

FIELDS = ("pk", "title", "state", "slug")
ORDER = {state: rank for rank, state in enumerate(reversed(Post.State.values))}


@dataclass(frozen=True)
class Standing:
    """One mentee on the way to their first post. Only a published post is named: drafts are their writers'."""

    name: str
    handle: str
    goal: Goal

    @property
    def published(self) -> Written | None:
        return self.goal.post if isinstance(self.goal.post, Written) and self.goal.state == DONE else None


def watched_by(person: Any) -> Any:
    """Running cohorts whose writing `person` may look at: all for admins, those that are none for a test for editors,
    for others those that they mentor in."""
    rows = Cohort.objects.filter(state=Cohort.State.RUNNING).order_by("-starts_on", "-pk")
    if person.is_admin:
        return rows
    seats = Membership.objects.mentors().filter(person=person)
    own = Q(pk__in=seats.values("cohort"))
    return rows.filter(own | Q(clock_ahead=None) if person.is_editor else own)


def goals_of(cohort: Cohort, at: datetime) -> list[Standing]:
    """Where each mentee of `cohort` stands, by name; three queries, however many they are."""
    seats = list(cohort.memberships.mentees().select_related("person").order_by("person__name", "pk"))
    posts = posts_of([seat.person_id for seat in seats])
    found = []
    for seat in seats:
        counting = [
            post
            for post, published_at in posts[seat.person_id]
            if post.state != Post.State.PUBLISHED or published_at >= seat.joined_at
        ]
        furthest = min(counting, key=lambda post: (ORDER[post.state], post.pk), default=None)
        goal = goal_from(cohort.starts_on, seat.joined_at, cohort.timezone, furthest, at)
        found.append(Standing(seat.person.name, seat.person.handle, goal))
    return found


def posts_of(people: list[int]) -> dict[int, list[tuple[Written, Any]]]:
    """By person: what they write, as authors and as co-authors who agreed, with when it was published."""
    found: dict[int, list[tuple[Written, Any]]] = defaultdict(list)
    own = Post.objects.filter(author__in=people).values_list("author", *FIELDS, "published_at")
    through = [f"post__{name}" for name in (*FIELDS, "published_at")]
    together = Coauthor.objects.agreed().filter(person__in=people).values_list("person", *through)
    for person, pk, title, state, slug, published_at in [*own, *together]:
        found[person].append((Written(pk, title, state, slug), published_at))
    return found


def counted(standings: list[Standing]) -> dict[str, int]:
    """How many stand where, the furthest first, and how many are late."""
    counts = Counter(row.goal.state for row in standings)
    states = dict.fromkeys(STATES.values())
    return {state: counts[state] for state in states} | {"late": sum(row.goal.overdue for row in standings)}
