"""Making posts known: the orders that wait, and once a month what was new on the blog."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from blog import telling_readers as telling
from blog.models import Follow, Post, Shared
from blog.models.scopes import PostQuerySet
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell

KIND = "posts_of_the_month"
HOUR = 9  # of the reader's own clock, on the first of a month
MOST_NAMED = 20


def tell_shared(at: datetime) -> int:
    """Work off the orders that wait, one transaction each; a second worker takes others. How many people were told."""
    told = 0
    while True:
        with transaction.atomic():
            waiting = Shared.objects.untold().select_for_update(skip_locked=True, of=("self",))
            row = waiting.select_related("post__author", "cohort").first()
            if row is None:
                return told
            # What was taken off the blog meanwhile is news to nobody.
            if row.post.state == Post.State.PUBLISHED:
                told += telling.shared(row, at=at)
            row.told_at = at
            row.save(update_fields=["told_at"])


def month_before(at: datetime, zone: Any) -> tuple[datetime, datetime]:
    """The last whole month of the calendar in `zone` at `at`: its first moment, and the first one after it."""
    first = timezone.localtime(at, zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)
    return (first - timedelta(days=1)).replace(day=1), first


def new_in(start: datetime, end: datetime, reader: int) -> PostQuerySet:
    """What was first published in that time and still stands, without the reader's own."""
    return (
        Post.objects.published()
        .filter(published_at__gte=start, published_at__lt=end)
        .exclude(author_id=reader)
        .order_by("-published_at", "-id")
    )


def digest(*, at: datetime) -> int:
    """Tell everyone who follows the blog what was new last month, from nine on the first by their own clock.

    'Due and not yet told': a worker that was down for a day, or a week, catches up, and nobody is told twice. Who
    followed only after the month had ended waits for the next one; a month without posts is not spoken of.
    """
    count = 0
    for follow in Follow.objects.filter(author=None, reader__is_active=True).select_related("reader").order_by("pk"):
        start, end = month_before(at, follow.reader.zone)
        if at < end.replace(hour=HOUR) or follow.since >= end:
            continue
        key = f"month:{start:%Y-%m}"
        if Notification.objects.filter(person=follow.reader, kind=KIND, subject=key).exists():
            continue
        posts = list(new_in(start, end, follow.reader_id).select_related("author")[: MOST_NAMED + 1])
        if posts:
            count += tell(
                follow.reader,
                KIND,
                subject=key,
                title=f"New on the blog in {start:%B}: {_counted(posts)}",
                body=_named(posts),
                url="/blog/",
                at=at,
            )
    return count


def _counted(posts: list[Post]) -> str:
    if len(posts) > MOST_NAMED:
        return f"more than {MOST_NAMED} posts"
    return f"{len(posts)} posts" if len(posts) > 1 else posts[0].title


def _named(posts: list[Post]) -> str:
    return "\n\n".join(f"{post.title}, by {post.author.name}\n{post.teaser}" for post in posts[:MOST_NAMED])
