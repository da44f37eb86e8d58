"""What beat starts for the blog."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from blog import links, publishing, reads, reminders, sharing
from blog.crossposting import work
from blog.importing import feed
from blog.models import CrossPost, Post
from mentorship.common.enqueue import enqueue
from mentorship.notifications import slots


@shared_task(name="blog.remind")
def remind() -> None:
    """Remind mentees of their first post; once for each slot of five minutes, however many beats there are."""
    now = timezone.now()
    if slots.claim("blog.remind", now):
        reminders.remind(at=now)


@shared_task(name="blog.publish_due")
def publish_due() -> None:
    """Publish what is due, also what a beat missed; once for each minute, however many beats there are."""
    now = timezone.now()
    if slots.claim("blog.publish_due", now, timedelta(minutes=1)):
        publishing.publish_due(at=now)


@shared_task(name="blog.tell_shared")
def tell_shared() -> None:
    """Those who follow an author, or are in a cohort that a post was shared with; what was left behind too."""
    sharing.tell_shared(timezone.now())


@shared_task(name="blog.digest")
def digest() -> None:
    """What was new last month, to who follows the blog; once for each slot of an hour."""
    now = timezone.now()
    if slots.claim("blog.digest", now, timedelta(hours=1)):
        sharing.digest(at=now)


@shared_task(name="blog.keep_reads")
def keep_reads() -> None:
    """How often posts were opened, from the cache into the database."""
    now = timezone.now()
    if slots.claim("blog.keep_reads", now):
        reads.keep_reads(now)


@shared_task(name="blog.cross_post")
def cross_post(pk: int) -> None:
    work.work_on(pk)


@shared_task(name="blog.look_at_cross_post")
def look_at_cross_post(pk: int) -> None:
    row = CrossPost.objects.select_related("post__author", "post__editor", "asked_by").filter(pk=pk).first()
    if row is not None:
        work.look_at(row)


@shared_task(name="blog.sweep_cross_posts")
def sweep_cross_posts() -> None:
    """What the queue lost, and what was edited."""
    work.sweep()


@shared_task(name="blog.look_at_cross_posts")
def look_at_cross_posts() -> None:
    """Where cross-posts stand, when no webhook says so."""
    now = timezone.now()
    if slots.claim("blog.look_at_cross_posts", now):
        work.look_around(at=now)


@shared_task(name="blog.read_jekyll_target")
def read_jekyll_target() -> None:
    now = timezone.now()
    if slots.claim("blog.read_jekyll_target", now):
        work.read_target(at=now)


@shared_task(name="blog.fetch_feed")
def fetch_feed(pk: int) -> None:
    """Fetch the feed that somebody asked for."""
    feed.fetch_feed(pk)


@shared_task(name="blog.fetch_images", time_limit=240, soft_time_limit=200)
def fetch_images(pk: int) -> None:
    """Fetch the images that a post names at other places."""
    feed.fetch_images(pk)


@shared_task(name="blog.check_links")
def check_links(pk: int) -> None:
    """Look whether the links of a post are alive."""
    links.check_links(pk)


@shared_task(name="blog.check_links_again")
def check_links_again() -> None:
    """Those of posts that others are about to read, once a day each; asked for every hour."""
    now = timezone.now()
    if slots.claim("blog.check_links_again", now, timedelta(hours=1)):
        for pk in Post.objects.filter(state__in=["in_editing", "ready", "scheduled"]).values_list("pk", flat=True):
            enqueue("blog.check_links", pk)
