from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell
from tests.access.table import row


def told(w) -> list[int]:
    """A notification of the mentee."""
    tell(w.people["mentee"], "assigned", subject=w.cohort, title="You have a mentor", url="/home/")
    return [Notification.objects.get(person=w.people["mentee"], kind="assigned", subject=f"cohort:{w.cohort.pk}").pk]


ROWS = [
    row("notifications:inbox", "GET", visitor="login"),
    row("notifications:read-all", "POST", visitor="login"),
    row("notifications:open", "POST", told, "404", visitor="login", mentee="in"),
    row("api:notification-list", "GET", visitor="401"),
    row("api:notification-detail", "GET", told, "404", visitor="401", mentee="in"),
    row("api:notification-read", "POST", told, "404", visitor="401", mentee="in"),
]
