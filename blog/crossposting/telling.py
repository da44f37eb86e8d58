"""What author and editor are told of a cross-post, once for each change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mentorship.notifications.outbox import tell_all
from mentorship.people.models import Event

if TYPE_CHECKING:
    from blog.models.cross_post import CrossPost

WORDS = {
    "open": (
        "“{title}” waits to be taken at {place}",
        "Who looks after {place} reads it next. Its state stands beside the post.",
    ),
    "changes_requested": (
        "Changes are asked for to “{title}” at {place}",
        "Read what is asked for there; change the post here, and it is sent again.",
    ),
    "merged": (
        "“{title}” is out at {place}",
        "It was taken over as it is. Share the link with whom it may help.",
    ),
    "closed": (
        "“{title}” was closed at {place}",
        "It is not taken over there for now. You can send it again.",
    ),
    "failed": (
        "“{title}” did not reach {place}",
        "What went wrong stands beside the post, and you can try again.",
    ),
}


def turned(cross_post: CrossPost, event: Event, at: datetime) -> None:
    """Tell everyone concerned but who did it; in the transaction of the change."""
    if cross_post.state not in WORDS:
        return
    post = cross_post.post
    people = {one for one in (post.author, post.editor, cross_post.asked_by) if one and one.pk != event.actor_id}
    title, body = (words.format(title=post.title, place=place(cross_post)) for words in WORDS[cross_post.state])
    more = "\n\n".join(part for part in (body, cross_post.reason, cross_post.url) if part)
    tell_all(
        sorted(people, key=lambda one: one.pk),
        f"cross_post_{cross_post.state}",
        subject=event,
        title=title,
        body=more,
        url=f"/blog/{post.pk}/cross-post/",
        at=at,
    )


def place(cross_post: CrossPost) -> str:
    names = {"jekyll": "the program's Jekyll blog", "devto": "dev.to", "hashnode": "Hashnode"}
    return names[cross_post.destination]
