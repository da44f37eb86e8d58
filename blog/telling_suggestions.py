"""What people are told of suggestions and of threads at a passage; each stands in the transaction of its cause."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.models import Event

if TYPE_CHECKING:
    from blog.models import EditorComment, Suggestion

ONE_BURST = timedelta(minutes=10)  # what one person does within is one message


def suggested(suggestion: Suggestion, at: datetime) -> None:
    """The first of a burst; the others stand beside it on the page."""
    post, by = suggestion.post, suggestion.by
    tell_all(
        post.authors(),
        "post_suggested",
        subject=suggestion,
        title=f"{by.name} suggests changes to “{post.title}”",
        body="Each suggestion stands beside your text. Accept it, and the text changes; or refuse it, with a word if "
        "you like. The post is ready once none is open.",
        url=f"{post.desk_url}#suggestions",
        at=at,
    )


def decided(suggestion: Suggestion, at: datetime) -> None:
    """Who suggested: of the first decision of a burst, and of each that comes with a word."""
    post, by = suggestion.post, suggestion.decided_by
    if by is None or by.pk == suggestion.by_id:
        return
    lately = post.suggestions.filter(by=suggestion.by, decided_by=by, decided_at__gt=at - ONE_BURST)
    if not suggestion.word and lately.exclude(pk=suggestion.pk).exists():
        return
    done = "accepted" if suggestion.state == "accepted" else "refused"
    tell(
        suggestion.by,
        "suggestion_decided",
        subject=suggestion,
        title=f"{by.name} {done} a suggestion of yours for “{post.title}”",
        body=suggestion.word or "What became of each stands beside the text.",
        url=f"{post.desk_url}#suggestions",
        by_email=False,
        at=at,
    )


def resolved(thread: EditorComment, event: Event, at: datetime) -> None:
    """Who began the thread learns that somebody else closed or opened it."""
    if thread.author_id == event.actor_id or event.actor is None:
        return
    done = "resolved" if thread.resolved_at else "opened again"
    tell(
        thread.author,
        "thread_resolved",
        subject=event,
        title=f"{event.actor.name} {done} a thread of yours at “{thread.post.title}”",
        body=thread.text,
        url=f"{thread.post.desk_url}#comment-{thread.pk}",
        by_email=False,
        at=at,
    )
