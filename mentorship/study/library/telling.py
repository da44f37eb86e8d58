"""Who is told what of the library; each in the transaction of its cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.models import Event, User

if TYPE_CHECKING:
    from mentorship.study.library.models import Annotation, Resource


def suggested(resource: Resource, event: Event, *, at: datetime) -> None:
    """To the admins, in the app: a suggestion can wait."""
    title = f"{event.actor} suggests “{resource.title}” for the library"
    url = "/study/library/suggestions/"
    admins = [person for person in User.objects.admins() if person.pk != event.actor_id]
    tell_all(admins, "resource_suggested", subject=resource, title=title, url=url, by_email=False, at=at)


def decided(resource: Resource, *, at: datetime) -> None:
    """To who suggested it."""
    person = resource.suggested_by
    if person is None or person.pk == resource.decided_by_id:
        return
    title = f"“{resource.title}” is in the library now: thank you"
    if resource.state == resource.State.REFUSED:
        title = f"“{resource.title}” was not taken into the library"
    url, because = resource.get_absolute_url(), resource.decided_because
    tell(person, "resource_decided", subject=resource, title=title, body=because, url=url, at=at)


def recommended(people: Iterable[User], resource: Resource, *, by: User, note: str, at: datetime | None = None) -> int:
    """To each of `people`, once for each mentor and resource."""
    return tell_all(
        people,
        "resource_recommended",
        subject=f"recommended:{resource.pk}:{by.pk}",
        title=f"{by} recommends “{resource.title}” to you",
        body=note,
        url=resource.get_absolute_url(),
        at=at,
    )


def reported(annotation: Annotation, event: Event, *, at: datetime) -> None:
    """To the admins, once for each report that nobody has answered."""
    title = f"A note on “{annotation.resource.title}” was reported"
    url = "/study/library/reported/"
    tell_all(User.objects.admins(), "annotation_reported", subject=f"reported:{event.pk}", title=title, url=url, at=at)


def hidden(annotation: Annotation, event: Event, *, at: datetime) -> None:
    """To its writer, with the reason."""
    if annotation.author_id == event.actor_id:
        return
    title = f"Your note on “{annotation.resource.title}” is hidden"
    url, because = annotation.resource.get_absolute_url(), annotation.hidden_because
    subject = f"hidden:{event.pk}"
    tell(annotation.author, "annotation_hidden", subject=subject, title=title, body=because, url=url, at=at)
