"""Telling people: the row in the caller's transaction, the delivery after its commit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from mentorship.common import clock
from mentorship.common.enqueue import enqueue
from mentorship.common.pipeline import Asked
from mentorship.notifications.models import Notification, new_message_id
from mentorship.people.models import User

NAMES = [field.attname for field in Notification._meta.concrete_fields if not field.primary_key]
PLACES = f"({', '.join(['%s'] * len(NAMES))})"
INSERT = (
    f"INSERT INTO notifications_notification ({', '.join(NAMES)}) VALUES {{places}}"  # noqa: S608
    " ON CONFLICT DO NOTHING RETURNING id"
)
BATCH = 500  # rows a statement; it takes 65,535 values at most


def key_of(subject: models.Model | str) -> str:
    """'round:12' for a round; stable for as long as the row. A key that is already text stays what it is."""
    return subject if isinstance(subject, str) else f"{subject._meta.model_name}:{subject.pk}"


def tell(
    person: User,
    kind: str,
    *,
    subject: models.Model | str,
    title: str,
    url: str,
    body: str = "",
    threshold: int = 0,
    by_email: bool = True,
    at: datetime | None = None,
) -> bool:
    """Tell `person` once of `kind` about `subject` (and `threshold`); True if this call was the one that did.

    `title` is a plain sentence, `body` plain text of some lines, `url` a path of this site. The row is written in
    the caller's transaction and delivered after its commit; a second call, also at the same moment, is harmless.
    """
    told = tell_all(
        [person], kind, subject=subject, title=title, url=url, body=body, threshold=threshold, by_email=by_email, at=at
    )
    return told == 1


def tell_all(
    people: Iterable[User],
    kind: str,
    *,
    subject: models.Model | str,
    title: str,
    url: str,
    body: str = "",
    threshold: int = 0,
    by_email: bool = True,
    at: datetime | None = None,
) -> int:
    """As `tell`, the same to each of `people`, in one statement; how many were told by this call."""
    now = at or clock.now()
    rows = [
        Notification(
            person=person,
            kind=kind,
            subject=key_of(subject),
            threshold=threshold,
            title=one_line(title),
            body=body,
            url=url,
            created_at=now,
            due_at=now,
            email=Notification.Email.QUEUED if by_email else Notification.Email.NONE,
        )
        for person in people
    ]
    return write(rows)


def take_back(kind: str, *, subject: models.Model | str, threshold: int = 0, at: datetime | None = None) -> list[User]:
    """Withdraw what was told of `kind` about `subject` from those who have not noticed; who knows it already.

    Part of the caller's transaction. Whose mail is on its way, or gone, or who has read it in the app, knows.
    """
    now = at or clock.now()
    rows = Notification.objects.filter(kind=kind, subject=key_of(subject), threshold=threshold)
    on_its_way = models.Q(email=Notification.Email.QUEUED, claimed_until__gt=now)
    rows.exclude(email=Notification.Email.SENT).exclude(on_its_way).filter(read_at=None).delete()
    return [row.person for row in rows.select_related("person") if row.person is not None]


@dataclass(frozen=True)
class Letter:
    """One mail to `address` that is no notification in the app. With a `subject` it is sent once, as by `tell`."""

    address: str
    kind: str
    title: str
    body: str
    subject: str = ""
    threshold: int = 0
    person: User | None = None


def send_mail_to(address: str, kind: str, *, title: str, body: str, person: User | None = None) -> None:
    """Send one mail to `address` that is no notification in the app: account mail, mail to who has no account yet.

    It takes the same way as all other mail, so that a mail server that is away delays it and loses nothing.
    """
    send_letters([Letter(address, kind, title, body, person=person)])


def send_letters(letters: Iterable[Letter], at: datetime | None = None) -> int:
    """As `send_mail_to`, many in one statement; how many were new. Their text is forgotten once they are sent."""
    now = at or clock.now()
    rows = [
        Notification(
            person=letter.person,
            address=letter.address,
            kind=letter.kind,
            subject=letter.subject or f"mail:{new_message_id()}",
            threshold=letter.threshold,
            title=one_line(letter.title),
            body=letter.body,
            in_app=False,
            created_at=now,
            due_at=now,
        )
        for letter in letters
    ]
    return write(rows)


def write(rows: list[Notification]) -> int:
    """Insert those of `rows` whose key is new, and start their delivery. How many were new.

    By the clock of a test cohort nothing is mailed: the rows are what its own page shows of it.
    """
    if not rows:
        return 0
    if tried := clock.test_cohort():
        for row in rows:
            row.test_cohort, row.email = tried, Notification.Email.NONE
    written = sum(_insert(rows[start : start + BATCH]) for start in range(0, len(rows), BATCH))
    if written and any(row.email == Notification.Email.QUEUED for row in rows):
        enqueue("notifications.deliver_due")
    return written


def _insert(rows: list[Notification]) -> int:
    """How many were new, which a bulk_create that ignores conflicts would not say."""
    values = [getattr(row, name) for row in rows for name in NAMES]
    return len(Asked(INSERT.format(places=", ".join([PLACES] * len(rows))), values).rows())


def one_line(text: str) -> str:
    """`text` without line breaks, at most 200 characters: it becomes a mail's subject."""
    return " ".join(text.split())[:200]
