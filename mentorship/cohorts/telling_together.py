"""Who is told what of pauses, of leaving and of what people write; each in the transaction of its cause."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mentorship.common.times import exact
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import key_of, tell, tell_all
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import (
        Announcement,
        Answer,
        Cohort,
        CohortQuestion,
        Departure,
        Group,
        GroupPost,
        Membership,
        Nudge,
        Pause,
    )


def mentors_of(membership: Membership) -> list[User]:
    """Who mentors this mentee now."""
    pairs = membership.assignments_as_mentee.active().select_related("mentor__person")
    return [pair.mentor.person for pair in pairs]


def paused(pause: Pause, *, by: User, at: datetime | None) -> None:
    """To mentor and admins, and to the mentee when an admin did it; the reason stands on the page, not in the mail."""
    seat, until = pause.membership, f"{pause.returns_on:%-d %B}"
    name, url = seat.person, seat.cohort.get_absolute_url()
    days = (pause.returns_on - pause.first_day).days
    body = f"From {pause.first_day:%-d %B}. Reminders stand still meanwhile, and what is due from that day on is due "
    body += f"{days} day{'' if days == 1 else 's'} later."
    people = {row.pk: row for row in [*User.objects.admins(), *mentors_of(seat)] if row.pk not in (by.pk, name.pk)}
    title = f"{name} takes a pause until {until}"
    tell_all(people.values(), "pause", subject=pause, title=title, body=body, url=f"{url}progress/", at=at)
    if by.pk != name.pk:
        title = f"You have a pause in {seat.cohort} until {until}"
        tell(name, "pause", subject=pause, title=title, body=body, url=pause_url(seat), at=at)


def back_early(pause: Pause, *, by: User, begun: bool, at: datetime | None) -> None:
    """To whoever was told of the pause; a return is greeted too, a pause called off is not."""
    seat = pause.membership
    title = f"{seat.person} is back" if begun else f"{seat.person} takes no pause after all"
    _others(pause, title, but=by, at=at)
    if begun or by.pk != seat.person_id:
        _greet(pause, begun=begun, at=at)


def returned(pause: Pause, *, at: datetime | None) -> None:
    if pause.membership.left_at is None:
        _greet(pause, begun=True, at=at)
        _others(pause, f"{pause.membership.person} is back from a pause", but=pause.membership.person, at=at)


def _greet(pause: Pause, *, begun: bool, at: datetime | None) -> None:
    cohort, body = pause.membership.cohort, ""
    title = f"Your pause in {cohort} does not take place"
    if begun:
        title = f"Welcome back to {cohort}"
        body = "Good that you are here again. Nothing has run away: begin with half an hour on whatever is next."
    url = cohort.stream.get_absolute_url()
    tell(pause.membership.person, "pause_over", subject=pause, title=title, body=body, url=url, at=at)


def _others(pause: Pause, title: str, *, but: User, at: datetime | None) -> None:
    """To the mentor by mail, to the admins in the app."""
    seat = pause.membership
    url = f"{seat.cohort.get_absolute_url()}progress/"
    mentors = [row for row in mentors_of(seat) if row.pk != but.pk]
    told = {but.pk, seat.person_id, *(row.pk for row in mentors)}
    tell_all(mentors, "pause_over", subject=pause, title=title, url=url, at=at)
    admins = [row for row in User.objects.admins() if row.pk not in told]
    tell_all(admins, "pause_over", subject=pause, title=title, url=url, by_email=False, at=at)


def pause_url(membership: Membership) -> str:
    return f"{membership.cohort.get_absolute_url()}members/{membership.pk}/pause/"


def departed(departure: Departure, mentors: list[User], *, at: datetime | None) -> None:
    """The thanks to who mentored; the admins know of the seat already and can read the reason."""
    if departure.thanks:
        seat = departure.membership
        title = f"{seat.person} has left {seat.cohort}, and thanks you"
        tell_all(mentors, "thanks", subject=departure, title=title, body=departure.thanks, url="/", at=at)


def ask_back(departure: Departure, cohort: Cohort, *, at: datetime | None) -> bool:
    """To who left the door open, once for each cohort that opens."""
    return tell(
        departure.membership.person,
        "come_back",
        subject=f"come_back:{cohort.pk}:{departure.membership.person_id}",
        title=f"{cohort} takes applications: the door is open",
        body=f"You left {departure.membership.cohort} and wanted to hear of the next one. It begins on "
        f"{cohort.starts_on:%-d %B %Y}. What you have done so far is still there.",
        url=cohort.get_absolute_url(),
        at=at,
    )


def group_meets(group: Group, *, by: User, at: datetime | None) -> None:
    """To the other members, once for each time it is moved to."""
    if group.meets_at is None:
        return
    people = [row.membership.person for row in group.joined() if row.membership.person_id != by.pk]
    subject = f"{key_of(group)}:{group.meets_at:%Y-%m-%dT%H:%M}"
    title = f"“{group.name}” meets next"
    body = "\n".join(text for text in (exact(group.meets_at, group.cohort.zone), group.meets_where) if text)
    tell_all(people, "group_meets", subject=subject, title=title, body=body, url=group.get_absolute_url(), at=at)


def posted(post: GroupPost, people: list[User], named: list[User], *, at: datetime | None) -> None:
    """To who is mentioned; to the other members in the app, once until they look."""
    mentioned(post, named, at=at)
    told = {post.author_id, *(person.pk for person in named)}
    subject = key_of(post.group)
    unread = Notification.objects.filter(kind="group_post", subject=subject, read_at=None, person__in=people)
    told |= set(unread.values_list("person", flat=True))
    others = [person for person in people if person.pk not in told]
    title = f"{post.author} writes in “{post.group.name}”"
    tell_all(
        others, "group_post", subject=subject, threshold=post.pk % 2_000_000_000, title=title, body=post.text[:500],
        url=post.group.get_absolute_url(), by_email=False, at=at,
    )  # fmt: skip


def mentioned(post: GroupPost, people: list[User], *, at: datetime | None) -> None:
    """Once for each post, however often it is edited."""
    others = [person for person in people if person.pk != post.author_id]
    title = f"{post.author} mentions you in “{post.group.name}”"
    url = post.get_absolute_url()
    tell_all(others, "mentioned", subject=post, title=title, body=post.text[:500], url=url, at=at)


def announced(row: Announcement, *, at: datetime | None) -> None:
    """To everybody in the cohort but its author, once."""
    people = User.objects.active().filter(memberships__in=row.cohort.memberships.active()).distinct()
    tell_all(
        people.exclude(pk=row.author_id), "announcement", subject=row, title=f"{row.cohort}: {row.title}",
        body=row.text[:2000], url=row.get_absolute_url(), at=at,
    )  # fmt: skip


def asked(question: CohortQuestion, *, at: datetime | None) -> None:
    """To the cohort's mentors, in the app."""
    people = User.objects.active().filter(memberships__in=question.cohort.memberships.mentors())
    title = f"{question.author} asks: {question.title}"
    url = question.get_absolute_url()
    people = people.exclude(pk=question.author_id).distinct()
    tell_all(people, "question", subject=question, title=title, url=url, by_email=False, at=at)


def answered(answer: Answer, *, at: datetime | None) -> None:
    """To who asked, as long as they are there."""
    question = answer.question
    if question.author_id == answer.author_id or question.seat.left_at:
        return
    title = f"{answer.author} answers: {question.title}"
    body, url = answer.text[:500], answer.get_absolute_url()
    tell(question.author, "answer", subject=answer, title=title, body=body, url=url, at=at)


def accepted(answer: Answer, *, by: User, at: datetime | None) -> None:
    if answer.author_id == by.pk:
        return
    title = f"Your answer helped: {answer.question.title}"
    tell(
        answer.author, "answer_accepted", subject=answer, title=title, url=answer.get_absolute_url(), by_email=False,
        at=at,
    )  # fmt: skip


def nudged(nudge: Nudge, *, at: datetime | None) -> None:
    title, url = f"{nudge.giver} thinks of you", nudge.group.get_absolute_url()
    body = str(nudge.Words(nudge.words).label)
    tell(nudge.receiver, "nudge", subject=nudge, title=title, body=body, url=url, at=at)
