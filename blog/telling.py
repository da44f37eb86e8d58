"""What author and editors are told of a post; each function stands in the transaction of its cause."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from mentorship.cohorts.roles import everyone_who_mentors, mentors
from mentorship.common import clock
from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.models import Event, User

if TYPE_CHECKING:
    from blog.models import EditorComment, Post


def editors() -> list[User]:
    """Everyone who is in the group of editors; the admins when there is no editor."""
    people = User.objects.active()
    found = list(people.filter(groups__name=User.EDITORS).distinct().order_by("pk"))
    return found or list(people.filter(Q(groups__name=User.ADMINS) | Q(is_superuser=True)).distinct().order_by("pk"))


def editing_asked(post: Post, event: Event, at: datetime) -> None:
    others = [editor for editor in editors() if editor.pk != post.author_id]
    for editor in others:
        tell(
            editor,
            "post_waits_for_editor",
            subject=event,
            title=f"{post.author.name} asks for editing: {post.title}",
            body=f"{post.author.name} wrote “{post.title}” ({post.words} words) and asks an editor to read it. "
            "Take it on the editorial board, comment on it, then publish it or give it back.",
            url=post.desk_url,
            at=at,
        )
    for mentor in everyone_who_mentors(post.author):
        if mentor not in others:
            tell(
                mentor,
                "post_waits_for_editor",
                subject=event,
                title=f"{post.author.name}, your mentee, asks for editing: {post.title}",
                body=f"{post.author.name} wrote “{post.title}” ({post.words} words) and asks for a reader. You or an "
                "editor may take it, comment on it, and call it ready or give it back; an editor publishes it.",
                url=post.desk_url,
                at=at,
            )


def taken(post: Post, event: Event, at: datetime) -> None:
    if post.editor_id == post.author_id or post.editor is None:
        return
    tell(
        post.author,
        "post_taken",
        subject=event,
        title=f"{post.editor.name} edits your post “{post.title}”",
        body="You can both change the text now. Comments appear beside it.",
        url=post.desk_url,
        by_email=False,
        at=at,
    )


def given_back(post: Post, event: Event, said: EditorComment, at: datetime) -> None:
    tell_all(
        [person for person in post.authors() if person.pk != said.author_id],
        "post_given_back",
        subject=event,
        title=f"{said.author.name} gave “{post.title}” back to you",
        body=f"{said.text}\n\nIt is a draft again. Change what is asked for, then ask for editing once more.",
        url=post.desk_url,
        at=at,
    )


def ready(post: Post, event: Event, at: datetime) -> None:
    if event.actor_id == post.author_id:
        return
    tell(
        post.author,
        "post_ready",
        subject=event,
        title=f"“{post.title}” is ready",
        body="Your editor has nothing more to ask. It is published next; you can still take it back into editing.",
        url=post.desk_url,
        at=at,
    )


def reopened(post: Post, event: Event, at: datetime) -> None:
    """The other side learns that the text may change again."""
    other = post.author if event.actor_id != post.author_id else post.editor
    if other is None or other.pk == event.actor_id:
        return
    tell(
        other,
        "post_reopened",
        subject=event,
        title=f"“{post.title}” is in editing again",
        body="It was ready; somebody wants to change something first.",
        url=post.desk_url,
        by_email=False,
        at=at,
    )


def scheduled(post: Post, event: Event, at: datetime) -> None:
    if event.actor_id == post.author_id or post.scheduled_for is None:
        return
    when = timezone.localtime(post.scheduled_for, ZoneInfo(post.author.timezone))
    tell(
        post.author,
        "post_scheduled",
        subject=event,
        title=f"“{post.title}” is scheduled",
        body=f"It is published on {when:%A}, {when.day} {when:%B %Y}, at {when:%H:%M} ({post.author.timezone}).",
        url=post.desk_url,
        at=at,
    )


def stayed(post: Post, said: Event, reason: str, at: datetime) -> None:
    """Its moment came and it could not be published: told once to who set it, and to who can mend it."""
    actor = said.actor
    people = {actor} if actor is not None and actor.is_active else set()
    if actor is None or not actor.is_editor:
        people |= set(editors())
    tell_all(
        sorted(people, key=lambda one: one.pk),
        "post_stayed",
        subject=said,
        title=f"“{post.title}” did not publish itself",
        body=f"Its moment has come, but it stays as it is. {reason}",
        url=post.desk_url,
        at=at,
    )


def published(post: Post, event: Event, at: datetime) -> None:
    """Its authors, unless they did it; and, once, whoever follows them: a worker goes through those."""
    if event.actor is not None and not clock.test_cohort():
        from blog.models import Shared

        Shared.with_followers(post, by=event.actor, at=at)
    tell_all(
        [person for person in post.authors() if person.pk != event.actor_id],
        "post_published",
        subject=event,
        title=f"Your post is published: {post.title}",
        body="It is on the program's blog and in its feed. Share the link with whom it may help.",
        url=post.get_absolute_url(),
        at=at,
    )


def unpublished(post: Post, event: Event, said: EditorComment, at: datetime) -> None:
    tell_all(
        [person for person in post.authors() if person.pk != said.author_id],
        "post_unpublished",
        subject=event,
        title=f"“{post.title}” was taken off the blog",
        body=f"{said.author.name} says:\n\n{said.text}\n\nThe post is a draft again; nothing of it is lost.",
        url=post.desk_url,
        at=at,
    )


def discarded(post: Post, event: Event, at: datetime) -> None:
    """Its co-authors learn that there is nothing left to write in."""
    tell_all(
        [person for person in post.authors() if person.pk != event.actor_id],
        "post_discarded",
        subject=event,
        title=f"{post.author.name} discarded “{post.title}”",
        body="You were its co-author; the draft is gone.",
        url="/blog/board/",
        by_email=False,
        at=at,
    )


def commented(post: Post, said: EditorComment, at: datetime) -> None:
    """The authors, who edits the post, and editors and mentors who spoke before; nobody of their own words."""
    spoke = User.objects.active().filter(pk__in=post.editor_comments.values("author")).order_by("pk")
    edit = [one for one in spoke if one.is_editor or mentors(one, post.author_id)]
    sides = {*post.authors(), *([post.editor] if post.editor else []), *edit}
    for person in sorted(sides - {said.author}, key=lambda one: one.pk):
        tell(
            person,
            "post_commented",
            subject=said,
            title=f"{said.author.name} commented on “{post.title}”",
            body=said.text,
            url=post.desk_url,
            at=at,
        )
