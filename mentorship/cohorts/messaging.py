"""A few words from a mentor or an admin to a mentee: told in the app and by mail, once for each form that was sent."""

import uuid
from datetime import datetime

from django.db import transaction

from mentorship.cohorts.models import Membership
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell
from mentorship.people import events
from mentorship.people.models import User

LONGEST = 1000


def message(mentee: Membership, *, by: User, text: str, key: uuid.UUID, at: datetime | None = None) -> bool:
    """Send `text` to `mentee`; False when the same form had been sent before."""
    text = text.strip()
    if not text:
        raise Refused("Write something first.", code="text")
    with transaction.atomic():
        row = Membership.objects.select_for_update(no_key=True).select_related("cohort", "person").get(pk=mentee.pk)
        if row.left_at or row.is_mentor:
            raise Refused("Only who is a mentee here can be written to.", code="not_a_mentee")
        told = tell(
            row.person,
            "message",
            subject=f"message:{key}",
            title=f"{by} writes to you",
            body=text[:LONGEST],
            url=row.cohort.get_absolute_url(),
            at=at,
        )
        if told:
            events.record(actor=by, verb="message", subject=row, at=at)
    return told
