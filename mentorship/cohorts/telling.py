"""Who is told what when a cohort changes. Each function runs in the transaction of its cause."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from mentorship.common.clock import now
from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import key_of, one_line, tell, tell_all, write
from mentorship.people.models import User

if TYPE_CHECKING:
    from mentorship.cohorts.models import Application, Assignment, GroupMember, Membership, MentorNote


def application_submitted(application: Application, *, at: datetime | None) -> None:
    """To the admins, in the app only: their mail about it is the reminder, should nobody decide."""
    tell_all(
        User.objects.admins(),
        "application_submitted",
        subject=application,
        title=f"{application.person} applies to {application.cohort}",
        url=application.get_absolute_url(),
        by_email=False,
        at=at,
    )


def application_decided(
    application: Application, state: str, note: str, *, moved_up: bool = False, at: datetime | None
) -> None:
    news = decision(application, state, note, moved_up=moved_up)
    tell(
        application.person, f"application_{state}", subject=application, title=news["title"], body=news["body"],
        url=news["url"], at=at,
    )  # fmt: skip


def decision(application: Application, state: str, note: str, *, moved_up: bool = False) -> dict[str, str]:
    """Title, body and address of what the applicant is told; previews show the same."""
    cohort = application.cohort
    url = reverse("cohorts:application", args=[cohort.slug])
    if state == "accepted":
        title, url = f"You have a seat in {cohort}", cohort.get_absolute_url()
        body = f"{cohort} begins on {cohort.starts_on:%-d %B %Y}. Its page shows who is with you and when you meet."
        if moved_up:
            body = f"A seat came free, and you were first on the waiting list. {body}"
    elif state == "waitlisted":
        title, body = f"You are on the waiting list of {cohort}", "Every seat is taken. You hear when one is free."
    else:
        title, body = f"{cohort} has no seat for you this time", "The next cohort is open to you."
    return {"title": title, "body": f"{body}\n\n{note}" if note else body, "url": url}


def named_reviewer(mentor: Membership, *, at: datetime | None) -> None:
    cohort = mentor.cohort
    tell(
        mentor.person, "reviewer_named", subject=mentor, title=f"You read the applications of {cohort}", at=at,
        body="Score each from 1 to 5 and say why. You read what the others think once you have said what you think.",
        url=reverse("cohorts:applications", args=[cohort.slug]),
    )  # fmt: skip


def mentor_added(mentor: Membership, *, at: datetime | None) -> None:
    """With the way to the cohort's page, or, while only admins see that, to the list where it will stand."""
    draft = mentor.cohort.state == "draft"
    tell(
        mentor.person,
        "mentor_added",
        subject=mentor,
        title=f"You are a mentor of {mentor.cohort}",
        body=f"You take up to {mentor.capacity} mentees at once. You hear when one is given to you.",
        url=reverse("cohorts:cohorts") if draft else mentor.cohort.get_absolute_url(),
        at=at,
    )


def assigned(assignment: Assignment, *, at: datetime | None) -> None:
    """To mentee and mentor."""
    mentee, mentor, cohort = assignment.mentee.person, assignment.mentor.person, assignment.cohort
    url = cohort.get_absolute_url()
    tell(
        mentee, "assigned_mentor", subject=assignment, title=f"{mentor} is your mentor in {cohort}", url=url, at=at,
        body="They review what you hand in. Write to them when you are stuck.",
    )  # fmt: skip
    tell(
        mentor, "assigned_mentee", subject=assignment, title=f"{mentee} is your mentee in {cohort}", url=url, at=at,
        body=f"A short hello from you is a good beginning.{before(assignment)}",
    )  # fmt: skip


def before(assignment: Assignment) -> str:
    """Where to read what a mentor before left for this one; '' when there is nothing."""
    if not assignment.mentee.mentor_notes.exclude(hands_over=None).exists():
        return ""
    return f" Who mentored them before left you a summary: {notes_url(assignment)}"


def notes_url(assignment: Assignment) -> str:
    return reverse("cohorts:mentor_notes", args=[assignment.cohort.slug, assignment.mentee_id])


def summarised(note: MentorNote, *, at: datetime | None) -> None:
    """To who mentors the mentee now, unless they wrote it themselves."""
    now_with = note.membership.assignments_as_mentee.active().select_related("mentor__person", "cohort").first()
    if now_with is None or now_with.mentor.person_id == note.author_id or now_with.pk == note.hands_over_id:
        return
    tell(
        now_with.mentor.person,
        "summary_left",
        subject=note,
        title=f"{note.author} left a summary about {note.membership.person} for you",
        body="What went well, and what to ask next. Only mentors and admins read it.",
        url=notes_url(now_with),
        at=at,
    )


def asks_for_summary(old: Assignment) -> tuple[str, str]:
    """What the mentor before reads, and where it leads: to the summary, unless there is one."""
    if old.mentee.mentor_notes.filter(hands_over=old).exists():
        return old.end_reason, old.cohort.get_absolute_url()
    ask = "Leave a few lines for who mentors them next: what went well, what to ask. The mentee never reads it."
    return f"{old.end_reason}\n\n{ask}", reverse("cohorts:summary", args=[old.cohort.slug, old.pk])


def assigned_together(assignments: list[Assignment], *, at: datetime | None) -> None:
    """Of many pairs at once: to each mentee their mentor, and to each mentor one notification for all their mentees."""
    by_mentor: dict[int, list[Assignment]] = {}
    rows = []
    for one in assignments:
        by_mentor.setdefault(one.mentor_id, []).append(one)
        mentor, cohort = one.mentor.person, one.cohort
        title = f"{mentor} is your mentor in {cohort}"
        body = "They review what you hand in. Write to them when you are stuck."
        rows.append(message(one.mentee.person, "assigned_mentor", one, title, body, cohort.get_absolute_url(), at))
    for theirs in by_mentor.values():
        first, cohort = theirs[0], theirs[0].cohort
        names = ", ".join(sorted(str(one.mentee.person) for one in theirs))
        if len(theirs) == 1:
            title, body = f"{names} is your mentee in {cohort}", "A short hello from you is a good beginning."
        else:
            title = f"You have {len(theirs)} new mentees in {cohort}"
            body = f"{names}. A short hello to each from you is a good beginning."
        rows.append(message(first.mentor.person, "assigned_mentee", first, title, body, cohort.get_absolute_url(), at))
    write(rows)


def message(
    person: User, kind: str, subject: Assignment, title: str, body: str, url: str, at: datetime | None
) -> Notification:
    moment = at or now()
    return Notification(
        person=person, kind=kind, subject=key_of(subject), title=one_line(title), body=body, url=url,
        created_at=moment, due_at=moment,
    )  # fmt: skip


def reassigned(old: Assignment, *, at: datetime | None) -> None:
    """To the mentor who had the mentee; the other two are told of the new assignment."""
    body, url = asks_for_summary(old)
    tell(
        old.mentor.person,
        "assignment_ended",
        subject=old,
        title=f"{old.mentee.person} has another mentor now",
        body=body,
        url=url,
        at=at,
    )


def assignment_ended(assignment: Assignment, *, at: datetime | None) -> None:
    mentee, mentor = assignment.mentee.person, assignment.mentor.person
    body, url = asks_for_summary(assignment)
    title = f"{mentee} is no longer your mentee"
    tell(mentor, "assignment_ended", subject=assignment, title=title, body=body, url=url, at=at)
    title, url = f"{mentor} is no longer your mentor", assignment.cohort.get_absolute_url()
    tell(mentee, "assignment_ended", subject=assignment, title=title, body=assignment.end_reason, url=url, at=at)


def left(membership: Membership, *, by: User, heir: User | None = None, at: datetime | None) -> None:
    """To whoever did not do it: the member an admin removed, or the admins when the member left.

    `heir` has the seat already: they were first on the waiting list.
    """
    cohort = membership.cohort
    if by.pk != membership.person_id:
        title = f"You are no longer in {cohort}"
        tell(membership.person, "membership_ended", subject=membership, title=title, url="/cohorts/", at=at)
        return
    tell_all(
        User.objects.admins(),
        "membership_ended",
        subject=membership,
        title=f"{membership.person} has left {cohort}: {f'{heir} moves up' if heir else 'a seat is free'}",
        url=reverse("cohorts:applications", args=[cohort.slug]) + "?state=waitlisted",
        by_email=False,
        at=at,
    )


def asked_into_group(member: GroupMember, *, joins: bool, at: datetime | None) -> None:
    group = member.group
    what = f"{group.get_kind_display().lower()} “{group.name}”"
    title = f"You are in the {what}" if joins else f"{member.asked_by} asks you to join the {what}"
    body = "" if joins else "Say yes or no on its page; the others wait for your answer."
    tell(member.membership.person, "group", subject=member, title=title, body=body, url=group.get_absolute_url(), at=at)


def answered_group(member: GroupMember, answer: str, *, at: datetime | None) -> None:
    """To those who are in it."""
    title = f"{member.membership.person} {answer} “{member.group.name}”"
    _group(member, "group_answered", title, but=member.membership.person, at=at)


def left_group(member: GroupMember, *, by: User, at: datetime | None) -> None:
    """To those who stay, and to who was taken out."""
    person, group = member.membership.person, member.group
    _group(member, "group_left", f"{person} has left “{group.name}”", but=by, at=at)
    if by.pk != person.pk:
        title = f"You are no longer in “{group.name}”"
        tell(person, "group_left", subject=member, title=title, url=group.get_absolute_url(), at=at)


def _group(member: GroupMember, kind: str, title: str, *, but: User, at: datetime | None) -> None:
    people = [row.membership.person for row in member.group.joined() if row.membership.person_id != but.pk]
    tell_all(people, kind, subject=member, title=title, url=member.group.get_absolute_url(), at=at)


def seated(member: Membership, *, at: datetime | None) -> None:
    """With the way to the cohort's page, or, while only admins see that, to the list where it will stand."""
    cohort, draft = member.cohort, member.cohort.state == "draft"
    tell(
        member.person, "seated", subject=member, title=f"You have a seat in {cohort}", at=at,
        url=reverse("cohorts:cohorts") if draft else cohort.get_absolute_url(),
        body=f"{cohort} begins on {cohort.starts_on:%-d %B %Y}. Its page shows who is with you and when you meet.",
    )  # fmt: skip
