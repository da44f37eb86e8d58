"""Cross-posts as lists show them: values prepared here."""

from datetime import datetime
from typing import Any

from blog.models import CrossPost, Post
from mentorship.common import clock
from mentorship.common.times import time_html

COLUMNS = (
    *("id", "destination", "way", "state", "reason", "url", "number", "sent_version", "turned_at", "work", "tries"),
    *("post_id", "post__title", "post__version", "post__author__name"),
)
LABELS = dict(CrossPost.State.choices)
# Elsewhere than in a repository nothing is merged.
OUT = {"open": "Waits there", "merged": "Out"}
LOOKS = {"merged": "good", "open": "accent", "changes_requested": "warn", "failed": "bad"}


def listed(person: Any, state: str) -> Any:
    """The columns of every cross-post that `person` may see."""
    rows = CrossPost.objects.in_hands_of(person).order_by("-turned_at", "-pk")
    return (rows.filter(state=state) if state else rows).values(*COLUMNS)


def of_post(post: Post) -> list[dict[str, Any]]:
    """Where a post stands elsewhere, the newest change first."""
    rows = CrossPost.objects.filter(post=post).order_by("-turned_at", "-pk").values(*COLUMNS)
    return stated(list(rows[:30]), clock.now())


def beside(post: Post) -> list[dict[str, Any]] | None:
    """The same for the desk; None for a post that cannot have been sent anywhere."""
    return of_post(post) if post.published_at is not None else None


def stated(rows: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Rows with their words: where to, how it stands there, since when, and what may be done."""
    places, ways = dict(CrossPost.Destination.choices), dict(CrossPost.Way.choices)
    return [
        row
        | {
            "place": places[row["destination"]],
            "how": ways[row["way"]],
            "label": (OUT.get(row["state"]) if row["destination"] != "jekyll" else "") or LABELS[row["state"]],
            "look": LOOKS.get(row["state"], ""),
            "since": time_html(row["turned_at"], now),
            "live": row["state"] in ("queued", "open", "changes_requested", "failed"),
            "behind": row["state"] in ("open", "changes_requested", "merged")
            and 0 < row["sent_version"] < row["post__version"],
            "desk": f"/blog/{row['post_id']}/cross-post/",
            "needs_token": row["way"] in ("fork", "account"),
        }
        for row in rows
    ]
