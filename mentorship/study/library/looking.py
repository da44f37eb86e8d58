"""Looking at links once a week each, politely: one at a time on each server, with a pause; in a task of the beat.

A server is claimed by its row, so that no two workers are there at once and none looks at a link twice. Who dies while
looking loses the claim after a while, and the link is still due. After an outage all that is due is looked at, still
one by one.
"""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from mentorship.common.links import look
from mentorship.study.library.models import LinkCheck, LinkHost

SECONDS = 45.0  # of one task; the rest is the next one's
PAUSE = timedelta(seconds=20)
LEASE = timedelta(minutes=3)


def look_around(*, at: datetime | None = None) -> int:
    """Look at links that are due, on servers that are free; how many."""
    ends, looked = time.monotonic() + SECONDS, 0
    while time.monotonic() < ends and (claimed := claim(at or timezone.now())):
        host, link = claimed
        found = look(link.url)
        now = at or timezone.now()
        # Whoever was slower than the lease has lost the server, and says nothing.
        rested = now + max(PAUSE, found.wait)
        if LinkHost.objects.filter(pk=host.pk, free_at=host.free_at).update(free_at=rested):
            link.saw(found, at=now)
        looked += 1
    return looked


@transaction.atomic
def claim(at: datetime) -> tuple[LinkHost, LinkCheck] | None:
    """A free server, now the caller's for a while, and the link there that waits longest; None when nothing is due."""
    due = LinkCheck.objects.due(at)
    free = LinkHost.objects.filter(Exists(due.filter(host=OuterRef("pk"))), free_at__lte=at)
    host = free.select_for_update(skip_locked=True).order_by("free_at", "pk").first()
    link = due.filter(host=host).order_by("due_at", "pk").first() if host else None
    if host is None or link is None:
        return None
    host.free_at = at + LEASE
    host.save(update_fields=["free_at"])
    return host, link
