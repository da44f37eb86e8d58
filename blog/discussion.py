"""What stands under a post: its comments, and what the reader has done and may do. A bounded number of queries."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery, Sum
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from blog.models import Follow, Post, ReaderComment, Reads, Shared, Thanks
from mentorship.cohorts.models import Cohort, Membership
from mentorship.common.pages import Page, paginate
from mentorship.common.times import time_html
from mentorship.people.models import User

THREADS = 20
MOST_REPLIES = 400  # under the threads of one page


@dataclass
class Reading:
    """What the reader of a post has done: nothing, for a visitor."""

    speaks: bool = False
    thanked: bool = False
    follows: bool = False
    own: bool = False
    cohorts: list[Cohort] = field(default_factory=list)
    thanks: int | None = None
    reads: tuple[int, int] | None = None


def reading_of(post: Post, reader: Any, at: datetime) -> Reading:
    """One query for who is signed in, two more for who may see its figures."""
    if not reader.is_authenticated:
        return Reading()
    found = (
        User.objects.filter(pk=reader.pk)
        .annotate(
            speaks=Exists(Membership.objects.filter(person=OuterRef("pk"))),
            thanked=Exists(Thanks.objects.filter(post=post, person=OuterRef("pk"))),
            follows_author=Exists(Follow.objects.filter(reader=OuterRef("pk"), author=post.author_id)),
        )
        .values_list("speaks", "thanked", "follows_author")
        .get()
    )
    own = post.author_id == reader.pk
    reading = Reading(found[0] or reader.is_editor, found[1], found[2], own)
    if own or reader.is_editor:
        reading.cohorts = Shared.cohorts_for(post, reader)
        reading.thanks, *reads = figures_of(post, at)
        reading.reads = (reads[0], reads[1])
    return reading


def figures_of(post: Post, at: datetime) -> tuple[int, int, int]:
    """How many said thanks; how often it was opened, and of that in the last thirty days."""
    since = at.date() - timedelta(days=30)
    days = Reads.objects.filter(post=OuterRef("pk")).order_by().values("post")
    thanks = Thanks.objects.filter(post=OuterRef("pk")).order_by().values("post")
    found = (
        Post.objects.filter(pk=post.pk)
        .annotate(
            said=Subquery(thanks.annotate(n=Count("pk")).values("n")),
            total=Subquery(days.annotate(n=Sum("count")).values("n")),
            recent=Subquery(days.filter(day__gt=since).annotate(n=Sum("count")).values("n")),
        )
        .values_list("said", "total", "recent")
        .get()
    )
    return found[0] or 0, found[1] or 0, found[2] or 0


def threads_of(
    request: HttpRequest, post: Post, at: datetime, size: int = THREADS
) -> tuple[Page, list[dict[str, Any]]]:
    """A page of the comments under `post`, the newest first, each with its replies as they came."""
    reader = request.user
    rows = ReaderComment.objects.filter(post=post).select_related("author", "hidden_by")
    page = paginate(request, rows.filter(parent=None).order_by("-pk"), size=size)
    replies: dict[int, list[dict[str, Any]]] = {}
    answers = rows.filter(parent__in=[row.pk for row in page.rows]) if page.rows else rows.none()
    for row in answers.order_by("pk")[:MOST_REPLIES]:
        if _told(row, reader, False):
            replies.setdefault(row.parent_id or 0, []).append(_shown(row, post, reader, at))
    shown = [
        _shown(row, post, reader, at) | {"replies": replies.get(row.pk, [])}
        for row in page.rows
        if _told(row, reader, row.pk in replies)
    ]
    return page, shown


def _told(row: ReaderComment, reader: Any, answered: bool) -> bool:
    """Whether it is there at all: what is gone stays as a word only where replies hang on it, or for its writer."""
    if row.state == ReaderComment.State.SHOWN or answered:
        return True
    return row.state == ReaderComment.State.HIDDEN and reader.is_authenticated and _reads_hidden(row, reader)


def _reads_hidden(row: ReaderComment, reader: Any) -> bool:
    return reader.is_authenticated and (reader.is_editor or row.author_id == reader.pk)


def _shown(row: ReaderComment, post: Post, reader: Any, at: datetime) -> dict[str, Any]:
    row.post = post
    readable = row.state == ReaderComment.State.SHOWN or (
        row.state == ReaderComment.State.HIDDEN and _reads_hidden(row, reader)
    )
    return {
        "pk": row.pk,
        "state": row.state,
        "readable": readable,
        "name": row.author.name,
        "handle": row.author.handle,
        "is_author": row.author_id == post.author_id,
        "html": mark_safe(row.html) if readable else "",  # noqa: S308 (made safe by the renderer)
        "because": row.hidden_because if readable else "",
        "time": time_html(row.created_at, at),
        "edited": row.edits > 0,
        "verbs": row.verbs_of(reader, at),
    }
