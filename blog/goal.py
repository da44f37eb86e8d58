"""The program's first aim: everyone writes a post in their first two months."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Q, When
from django.utils import timezone

from blog.models import Post
from mentorship.cohorts.models import Cohort, Membership
from mentorship.common import clock
from mentorship.people.models import User

WEEKS = 8
# A post's states from the blog back to the idea, as an order.
FURTHEST_FIRST = Case(*(When(state=state, then=rank) for rank, state in enumerate(reversed(Post.State.values))))
DONE, IN_EDITING, DRAFTING, NOT_STARTED = "done", "in_editing", "drafting", "not_started"
STANDINGS = [DONE, IN_EDITING, DRAFTING, NOT_STARTED]
STATES = {
    "published": DONE,
    "scheduled": IN_EDITING,
    "ready": IN_EDITING,
    "in_editing": IN_EDITING,
    "draft": DRAFTING,
    "idea": NOT_STARTED,
}


@dataclass(frozen=True)
class Goal:
    """Where one mentee stands. `weeks_left` is 0 in the last week and negative once the day has passed."""

    due_on: date
    weeks_left: int
    state: str
    post: "Post | Written | None"

    @property
    def overdue(self) -> bool:
        return self.state != DONE and self.weeks_left < 0


@dataclass(frozen=True)
class Written:
    """What a goal needs of a post."""

    pk: int
    title: str
    state: str
    slug: str = ""


def current_goal_of(person: Any, at: datetime) -> Goal | None:
    """The goal of `person` in the running cohort that they joined last as a mentee; None for who is in none."""
    seats = Membership.objects.filter(
        person=person, role=Membership.Role.MENTEE, left_at=None, cohort__state=Cohort.State.RUNNING
    )
    membership = seats.select_related("cohort").order_by("-joined_at").first()
    return goal_of(membership, at) if membership else None


def goal_of(membership: Membership, at: datetime | None = None) -> Goal:
    """The goal of a mentee's membership; its weeks count from the cohort's first day, or from joining if later.

    What was written since they joined counts: the furthest post stands for them. A post that is written together
    counts for each of its authors from the moment they agreed, wherever it stands: a co-author whose post is
    published has reached the goal. One query, if `membership` brings its cohort.
    """
    cohort = membership.cohort
    return goal_from(
        cohort.starts_on, membership.joined_at, cohort.timezone, furthest_post_of(membership), at or clock.now()
    )


def goal_from(
    starts_on: date, joined_at: datetime, zone_name: str, post: "Post | Written | None", at: datetime
) -> Goal:
    """The same of what was read already: the cohort's first day and zone, and the furthest post."""
    zone = ZoneInfo(zone_name)
    due = max(starts_on, timezone.localdate(joined_at, zone)) + timedelta(weeks=WEEKS)
    days = (due - timezone.localdate(at, zone)).days
    return Goal(due, days // 7, STATES[post.state] if post else NOT_STARTED, post)


def furthest_post_of(membership: Membership) -> Post | None:
    """The person's post that is nearest to being read: the first published since they joined, or what they work on.

    A draft that was begun before joining counts too; what was published before does not.
    """
    return (
        Post.objects.of_writer(User(pk=membership.person_id))
        .filter(~Q(state="published") | Q(published_at__gte=membership.joined_at))
        .order_by(FURTHEST_FIRST, "id")
        .defer("body", "body_html")
        .first()
    )
