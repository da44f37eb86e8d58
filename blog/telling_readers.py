"""What people are told of comments by readers, and of posts by who wrote them; in the transaction of its cause."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from blog.telling import editors
from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.models import Event, User

if TYPE_CHECKING:
    from blog.models import ReaderComment, Shared

BATCH = 500


def commented(comment: ReaderComment, *, at: datetime) -> None:
    """The post's author, and whose comment it answers; nobody of their own words, nobody twice."""
    post, body, url = comment.post, comment.text[:500], comment.get_absolute_url()
    told = {comment.author_id}
    if comment.parent is not None and comment.parent.author_id not in told:
        told.add(comment.parent.author_id)
        title = f"{comment.author.name} answers your comment on “{post.title}”"
        tell(comment.parent.author, "comment_answered", subject=comment, title=title, body=body, url=url, at=at)
    if post.author_id not in told:
        title = f"{comment.author.name} comments on your post “{post.title}”"
        tell(post.author, "reader_commented", subject=comment, title=title, body=body, url=url, at=at)


def reported(comment: ReaderComment, event: Event, *, at: datetime) -> None:
    others = [editor for editor in editors() if editor.pk not in (comment.author_id, event.actor_id)]
    tell_all(
        others,
        "comment_reported",
        subject=event,
        title=f"A comment on “{comment.post.title}” was reported",
        body=f"{comment.author.name} wrote:\n\n{comment.text[:500]}\n\nLeave it, or hide it and say why.",
        url="/blog/comments/",
        at=at,
    )


def hidden(comment: ReaderComment, event: Event, *, at: datetime) -> None:
    if event.actor_id == comment.author_id:
        return
    tell(
        comment.author,
        "comment_hidden",
        subject=event,
        title=f"Your comment on “{comment.post.title}” was hidden",
        body=f"The reason: {comment.hidden_because}\n\nYou wrote:\n\n{comment.text[:500]}",
        url=comment.post.get_absolute_url(),
        at=at,
    )


def shared(row: Shared, *, at: datetime) -> int:
    """Those it is meant for, each once however many ways lead to them; how many were told by this call.

    Nobody is told twice of one post: who follows its author and is in the cohort hears of it once.
    """
    post = row.post
    authors = [person.pk for person in post.authors()]
    if row.cohort is not None:
        people = User.objects.active().filter(memberships__in=row.cohort.memberships.active()).distinct()
        title = f"{post.author.name} wrote: {post.title}"
    else:
        people = User.objects.active().filter(follows__author__in=authors).distinct()
        title = f"New from {post.author.name}: {post.title}"
    count, batch = 0, []
    for person in people.exclude(pk__in=[row.by_id, *authors]).order_by("pk").iterator(chunk_size=BATCH):
        batch.append(person)
        if len(batch) == BATCH:
            count, batch = count + _tell(batch, row, title, at), []
    return count + (_tell(batch, row, title, at) if batch else 0)


def _tell(people: list[User], row: Shared, title: str, at: datetime) -> int:
    post = row.post
    return tell_all(
        people, "post_shared", subject=post, title=title, body=post.teaser, url=post.get_absolute_url(), at=at
    )
