"""Who is told what when a meeting changes. Each function runs in the transaction of its cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from mentorship.common.times import exact, relative
from mentorship.notifications.outbox import key_of, tell, tell_all
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import ActionItem, Cohort, Exchange, Meeting, Membership, Visit


def scheduled(meeting: Meeting, *, at: datetime | None) -> None:
    _members(meeting, "meeting_scheduled", f"{meeting.title}: {when(meeting)}", meeting.link, at)


def series_made(cohort: Cohort, meetings: list[Meeting], event: int, *, at: datetime | None) -> None:
    """One word to every member of the whole rhythm, and to each coordinator of what they lead."""
    first = meetings[0]
    several = f"{len(meetings)} meetings are" if len(meetings) > 1 else "A meeting is"
    days = "\n".join(f"{meeting.title}: {when(meeting)}" for meeting in meetings)
    _members(
        first, "meetings_scheduled", f"{several} in the calendar of {cohort}", days, at, f"cohort:{cohort.pk}:{event}",
        url=calendar_of(cohort),
    )  # fmt: skip
    turns_given(cohort, meetings, event, at=at)


def turns_given(cohort: Cohort, meetings: Iterable[Meeting], event: int, *, at: datetime | None) -> None:
    """To each coordinator of `meetings`: which ones they lead."""
    if cohort.state == "draft":
        return
    mine: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        if meeting.coordinator:
            mine.setdefault(meeting.coordinator.person_id, []).append(meeting)
    for theirs in mine.values():
        first = theirs[0]
        assert first.coordinator is not None
        tell(
            first.coordinator.person, "turn_given", subject=f"cohort:{cohort.pk}:{event}", at=at,
            title=f"You lead {', '.join(meeting.title for meeting in theirs)} of {cohort}",
            body="\n".join(f"{meeting.title}: {when(meeting)}" for meeting in theirs)
            + "\n\nCannot you then? Ask somebody on the meeting's page to change with you.",
            url=first.get_absolute_url() if len(theirs) == 1 else calendar_of(cohort),
        )  # fmt: skip


def turns_handed_on(member: Membership, meetings: list[Meeting], *, at: datetime | None) -> None:
    """To who is not there on the days of `meetings`, which were theirs to lead: who leads each of them now."""
    cohort, first = member.cohort, meetings[0]
    if cohort.state == "draft":
        return
    led = [f"{row.title}: {row.coordinator.person if row.coordinator else 'nobody yet'}" for row in meetings]
    titles = ", ".join(row.title for row in meetings)
    tell(
        member.person, "turn_taken", subject=f"{key_of(first)}:{first.starts_at:%Y-%m-%dT%H:%M}:{key_of(member)}",
        title=f"Somebody else leads {titles} of {cohort}, for you are not there", body="\n".join(led), at=at,
        url=first.get_absolute_url() if len(meetings) == 1 else calendar_of(cohort),
    )  # fmt: skip


def coordinator_changed(
    meeting: Meeting, before: Membership | None, event: int, *, by: User, at: datetime | None
) -> None:  # fmt: skip
    """To who leads now and to who did, unless they did it themselves."""
    now_led = meeting.coordinator
    subject = f"{key_of(meeting)}:{event}"
    if meeting.cohort.state == "draft":
        return
    if now_led and now_led.person_id != by.pk:
        title = f"You lead {meeting.title}: {when(meeting)}"
        tell(now_led.person, "turn_given", subject=subject, title=title, url=meeting.get_absolute_url(), at=at)
    if before and before.person_id != by.pk and before.left_at is None:
        title = f"{now_led.person if now_led else 'Somebody else'} leads {meeting.title}, not you"
        tell(before.person, "turn_taken", subject=subject, title=title, url=meeting.get_absolute_url(), at=at)


def moved(meeting: Meeting, before: datetime, reason: str, event: int, *, at: datetime) -> None:
    """Once for each change, however often it goes back and forth."""
    body = f"It was {exact(before, meeting.cohort.zone)}. The new time is {relative(meeting.starts_at, at)}."
    body = "\n\n".join(part for part in (body, reason, meeting.link) if part)
    subject = f"{key_of(meeting)}:{event}"
    title = f"{meeting.title} is now {when(meeting)}"
    _members(meeting, "meeting_moved", title, body, at, subject)
    _visitors(meeting, "meeting_moved", title, body, subject, at)


def cancelled(meeting: Meeting, *, at: datetime) -> None:
    body = f"It was to be {when(meeting)}, {relative(meeting.starts_at, at)}."
    body = f"{body}\n\n{meeting.cancel_reason}" if meeting.cancel_reason else body
    _members(meeting, "meeting_cancelled", f"{meeting.title} is called off", body, at)
    _visitors(meeting, "meeting_cancelled", f"{meeting.title} is called off", body, meeting, at)


def _members(
    meeting: Meeting, kind: str, title: str, body: str, at: datetime | None, subject: str | None = None, url: str = ""
) -> None:
    if meeting.cohort.state == "draft":
        return  # nobody but admins sees it yet; who joins finds the calendar on the cohort's page
    address = url or meeting.get_absolute_url()
    tell_all(members_of(meeting.cohort), kind, subject=subject or meeting, title=title, body=body, url=address, at=at)


def members_of(cohort: Cohort) -> Iterable[User]:
    return User.objects.active().filter(memberships__in=cohort.memberships.active()).distinct()


def calendar_of(cohort: Cohort) -> str:
    return reverse("cohorts:meetings", args=[cohort.slug])


def when(meeting: Meeting) -> str:
    """In the cohort's zone, which the text names: one text goes to people in many zones."""
    return exact(meeting.starts_at, meeting.cohort.zone)


def minutes_out(meeting: Meeting, *, by: User, at: datetime | None) -> None:
    """To every member and the admins, once for each meeting, but not to who closed them."""
    people = {person.pk: person for person in (*members_of(meeting.cohort), *User.objects.admins())}
    people.pop(by.pk, None)
    tell_all(
        people.values(), "minutes_out", subject=meeting, title=f"The minutes of {meeting.title} are out",
        body=f"{meeting.cohort}, {when(meeting)}. They stand on its page, with who does what until when.",
        url=meeting.get_absolute_url(), at=at,
    )  # fmt: skip


def action_given(action: ActionItem, *, by: User, at: datetime | None) -> None:
    """To who takes it on, unless they wrote it down themselves."""
    owner, meeting = action.owner.person, action.meeting
    if owner.pk == by.pk or meeting.cohort.state == "draft":
        return
    tell(
        owner, "action_given", subject=f"{key_of(action)}:{owner.pk}",
        title=f"For you from {meeting.title}: {action.text}",
        body=f"Until {action.due_on:%-d %B}. You are reminded two days before; tick it on the meeting's page.",
        url=action.get_absolute_url(), at=at,
    )  # fmt: skip


def exchange_asked(exchange: Exchange, *, at: datetime | None) -> None:
    """To who is asked."""
    meeting, asker = exchange.meeting, exchange.asker.person
    body = f"{meeting.title}: {when(meeting)}."
    if exchange.in_return:
        body = f"{body} In return they would lead {exchange.in_return.title}: {when(exchange.in_return)}."
    tell(
        exchange.other.person, "exchange_asked", subject=exchange, at=at, url=meeting.get_absolute_url(),
        title=f"{asker} asks whether you lead {meeting.title}", body=f"{body}\n\nSay yes or no on its page.",
    )  # fmt: skip


def exchange_answered(exchange: Exchange, *, at: datetime | None) -> None:
    """To who asked."""
    meeting, other = exchange.meeting, exchange.other.person
    agreed = exchange.state == "agreed"
    title = f"{other} leads {meeting.title} for you" if agreed else f"{other} cannot lead {meeting.title}"
    body = "" if agreed else "You still lead it. Ask somebody else, or tell an admin."
    if agreed and exchange.in_return:
        body = f"You lead {exchange.in_return.title}: {when(exchange.in_return)}."
    url = meeting.get_absolute_url()
    tell(exchange.asker.person, "exchange_answered", subject=exchange, title=title, body=body, url=url, at=at)


def visit_asked(visit: Visit, *, at: datetime | None) -> None:
    """To the mentor of an upper stream."""
    meeting = visit.meeting
    tell(
        visit.mentor, "visit_asked", subject=visit, at=at, url=visit.get_absolute_url(),
        title=f"{meeting.cohort} asks you to its {meeting.title}",
        body="\n\n".join(part for part in (f"{when(meeting)}, {meeting.minutes_long} minutes.", visit.note) if part),
    )  # fmt: skip


def visit_answered(visit: Visit, *, at: datetime | None) -> None:
    """To who asked, and to who leads the meeting."""
    meeting = visit.meeting
    people = {visit.asked_by_id: visit.asked_by}
    if meeting.coordinator and meeting.coordinator.left_at is None:
        people[meeting.coordinator.person_id] = meeting.coordinator.person
    comes = "comes to" if visit.state == "accepted" else "cannot come to"
    tell_all(
        people.values(), f"visit_{visit.state}", subject=visit, title=f"{visit.mentor} {comes} {meeting.title}",
        url=meeting.get_absolute_url(), at=at,
    )  # fmt: skip


def visit_withdrawn(visit: Visit, *, at: datetime | None) -> None:
    title = f"{visit.meeting.cohort} does not need you at its {visit.meeting.title} after all"
    tell(visit.mentor, "visit_withdrawn", subject=visit, title=title, url="/home/", at=at)


def _visitors(meeting: Meeting, kind: str, title: str, body: str, subject: str | Meeting, at: datetime) -> None:
    """Who comes from an upper stream hears of another time too, with the page that they may open."""
    for visit in meeting.visits.filter(state__in=["asked", "accepted"]).select_related("mentor"):
        title = f"{meeting.cohort}: {title}"
        tell(visit.mentor, kind, subject=subject, title=title, body=body, url=visit.get_absolute_url(), at=at)
