"""Makers of invitations and charters, as `factory.py` has them of the rest."""

from typing import Any

from mentorship.cohorts.inviting import Asked, invite
from mentorship.cohorts.models import Charter, Cohort, Invitation
from mentorship.notifications.models import Notification
from mentorship.people.models import User
from tests.factory import count


def make_invitation(cohort: Cohort, by: User, address: str = "", **fields: Any) -> tuple[Invitation, str]:
    """An invitation and the token of its letter, as a mentee if nothing else is said."""
    at = fields.pop("at", None)
    asked = Asked(address or f"guest-{next(count)}@example.org", **fields)
    row = invite(cohort=cohort, asked=asked, by=by, at=at)
    return row, token_of(row)


def letter_of(row: Invitation) -> Notification:
    """The letter that was written for `row` last."""
    return Notification.objects.get(subject=f"invitation:{row.pk}", threshold=row.times_sent, in_app=False)


def token_of(row: Invitation) -> str:
    return letter_of(row).body.partition("/invitation/")[2].partition("/")[0]


def make_charter(cohort: Cohort, by: User, text: str = "## We are on time\n\nAlways.") -> Charter:
    return Charter.write(cohort=cohort, text=text, by=by)
