"""What an author and who writes with them are told of each other."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mentorship.notifications.outbox import tell
from mentorship.people.models import Event

if TYPE_CHECKING:
    from blog.models import Coauthor


def asked(row: Coauthor, event: Event, at: datetime) -> None:
    author = row.post.author
    tell(
        row.person,
        "coauthor_asked",
        subject=event,
        title=f"{author.name} asks you to be co-author of “{row.post.title}”",
        body="If you agree, your name stands on the post and you can both change its text. Read it first; you may "
        "refuse, and leave again until it is published.",
        url=row.get_absolute_url(),
        at=at,
    )


def agreed(row: Coauthor, event: Event, at: datetime) -> None:
    _tell_author(row, "coauthor_agreed", event, f"{row.person.name} writes “{row.post.title}” with you", at)


def refused(row: Coauthor, event: Event, at: datetime) -> None:
    title = f"{row.person.name} does not want to be co-author of “{row.post.title}”"
    _tell_author(row, "coauthor_refused", event, title, at)


def left(row: Coauthor, event: Event, at: datetime) -> None:
    title = f"{row.person.name} is no longer co-author of “{row.post.title}”"
    _tell_author(row, "coauthor_left", event, title, at)


def taken_out(row: Coauthor, was: str, event: Event, at: datetime) -> None:
    """Who had only been asked hears nothing but that the question is gone."""
    agreed = was == "agreed"
    tell(
        row.person,
        "coauthor_taken_out",
        subject=event,
        title=f"You are no longer co-author of “{row.post.title}”"
        if agreed
        else f"{row.post.author.name} no longer asks you to be co-author of “{row.post.title}”",
        body="",
        url="/blog/board/",
        by_email=agreed,
        at=at,
    )


def _tell_author(row: Coauthor, kind: str, event: Event, title: str, at: datetime) -> None:
    tell(row.post.author, kind, subject=event, title=title, url=row.post.desk_url, by_email=False, at=at)
