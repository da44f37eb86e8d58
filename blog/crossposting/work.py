"""The work that cross-posts wait for: claimed with a lease, tried again with patience, given up with a reason."""

import logging
import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from blog.crossposting import sealing, target
from blog.crossposting.destination import Passing, Trouble
from blog.crossposting.jekyll import Jekyll
from blog.crossposting.registry import DESTINATIONS
from blog.models.cross_post import LIVE, THERE, CrossPost, JekyllTarget
from mentorship.common.enqueue import enqueue
from mentorship.common.errors import Refused

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # a task is ended after two
WAITS = (60, 300, 1_500, 7_500)  # seconds after each try that failed for now
AT_ONCE = 50
LOOKED_AT_EVERY = timedelta(minutes=30)
QUIET = timedelta(minutes=10)  # nobody has changed the post for so long: what was changed is sent on
TARGET_EVERY = timedelta(hours=6)


def work_on(pk: int, *, at: datetime | None = None) -> bool:
    """Do what the cross-post waits for, if it is due and nobody else is at it; whether this call did."""
    now = at or timezone.now()
    row = CrossPost.claim_one(pk, now, LEASE)
    if row is None or row.claim is None:
        return False
    try:
        _work(row)
    except Passing as trouble:
        _later(row, trouble, now)
    except Trouble as trouble:
        row.fail(row.claim, trouble.message)
    except Refused as refusal:
        if refusal.code != "lost_claim":
            row.fail(row.claim, refusal.message)
    except Exception:
        logger.exception("Cross-post %s could not be worked on.", pk)
        _later(row, Passing("Something went wrong in this program. It is tried again by itself."), now)
    return True


def _work(row: CrossPost) -> None:
    claim = row.claim
    if row.work == CrossPost.Work.CLOSE:
        row.stand(Jekyll().close(row), claim=claim)
        return
    if row.post.state != "published":
        raise Trouble("The post was taken off the blog here before it was sent.")
    secret = sealing.opened(row.sealed)
    if row.sealed and not secret:
        raise Trouble("The token that was given can no longer be read. Give it once more.")
    row.stand(DESTINATIONS[row.destination].send(row, secret), claim=claim)


def _later(row: CrossPost, trouble: Passing, now: datetime) -> None:
    if row.claim is None:
        return
    if row.tries > len(WAITS):
        row.fail(row.claim, trouble.message.removesuffix(" It is tried again by itself."))
        return
    seconds = max(trouble.after, WAITS[row.tries - 1] if not trouble.after else 0) * random.uniform(1, 1.2)  # noqa: S311
    row.put_off(row.claim, trouble.message, now + timedelta(seconds=seconds))


def sweep(*, at: datetime | None = None) -> int:
    """Send what is due to the workers, and what was edited on to where it stands; how many were sent."""
    now = at or timezone.now()
    for row in edited(now)[:AT_ONCE]:
        try:
            CrossPost.queue(row.post, by=None, destination=row.destination, way=row.way, at=now)
        except Refused as refusal:
            logger.info("Cross-post %s is not brought up to date: %s", row.pk, refusal.code)
    keys = list(CrossPost.objects.all().due(now).values_list("pk", flat=True)[:AT_ONCE])
    for pk in keys:
        enqueue("blog.cross_post", pk)
    return len(keys)


def edited(at: datetime) -> list[CrossPost]:
    """What the program itself sent and keeps up to date: its post was edited since, and not in the last minutes."""
    if not settings.CROSSPOST_JEKYLL_URL:
        return []
    later = CrossPost.objects.filter(
        post=OuterRef("post"), destination=OuterRef("destination"), turn__gt=OuterRef("turn")
    )
    rows = CrossPost.objects.filter(
        ~Exists(later), way="program", state__in=[*THERE, "merged"], sent_version__gt=0, post__state="published",
        post__version__gt=F("sent_version"), post__updated_at__lt=at - QUIET,
    )  # fmt: skip
    return list(rows.select_related("post").order_by("pk")[:AT_ONCE])


def look_around(*, at: datetime | None = None) -> int:
    """Ask where cross-posts stand that no webhook spoke of lately; how many were asked for."""
    now = at or timezone.now()
    long_ago = Q(looked_at=None) | Q(looked_at__lt=now - LOOKED_AT_EVERY)
    rows = CrossPost.objects.filter(long_ago, state__in=THERE).order_by(F("looked_at").asc(nulls_first=True), "pk")
    if not settings.CROSSPOST_GITHUB_REPOSITORY:
        rows = rows.exclude(destination="jekyll")
    count = 0
    for row in rows.select_related("post__author", "post__editor", "asked_by")[:AT_ONCE]:
        count += 1
        if look_at(row) is None:
            break  # nobody answers, or we asked too much: the rest waits
    return count


def look_at(row: CrossPost) -> bool | None:
    """Whether its state changed; None if it could not be asked for now."""
    try:
        return row.stand(DESTINATIONS[row.destination].look(row))
    except Passing as trouble:
        logger.warning("Cross-post %s was not looked at: %s", row.pk, trouble.message)
        return None
    except Trouble as trouble:
        CrossPost.objects.filter(pk=row.pk, state__in=LIVE).update(
            reason=trouble.message[:500], looked_at=timezone.now()
        )
        return False


def read_target(*, at: datetime | None = None) -> bool:
    """Read the Jekyll blog's repository anew, if it was not lately; whether it was."""
    now = at or timezone.now()
    url = settings.CROSSPOST_JEKYLL_URL
    fresh = JekyllTarget.objects.filter(url=url, read_at__gt=now - TARGET_EVERY, reason="")
    if not url or fresh.exists():
        return False
    try:
        target.refresh()
    except Trouble as trouble:
        said = {"reason": trouble.message[:500]}
        JekyllTarget.objects.update_or_create(url=url, defaults=said)
        return False
    JekyllTarget.objects.filter(url=url).update(read_at=now, reason="")
    return True
