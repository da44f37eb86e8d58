"""What the page of a team's contributions shows: who did what, who confirms it, what the mentor says."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse

from mentorship.people.models import User
from projects.models import CommitLog, Confirmation, Submission, TeamMember

YES, NO, OPEN, OWN = "yes", "no", "open", "own"


class Word(NamedTuple):
    """What one member says of a part: yes, no with a note, or nothing so far; 'own' where it is theirs."""

    who: TeamMember
    word: str
    note: str


@dataclass
class Part:
    """One member's part, as the reader sees it."""

    member: TeamMember
    said: list[Word]  # of every member what they say of it, and why not
    commits: int | None = None
    share: int = 0
    own: bool = False
    mine: Confirmation | None = None  # what the reader has said of it
    may_confirm: bool = False
    may_approve: bool = False
    missing: list[str] = field(default_factory=list)
    problem: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def confirmed(self) -> bool:
        return self.member.stated_at is not None and not self.missing


def context(
    submission: Submission, reader: User, problem: str = "", at_part: int = 0, typed: dict[str, str] | None = None
) -> dict[str, Any]:
    """The team's page; a `problem` stands at the part whose key is `at_part` (0: at the log), with what was typed."""
    members = list(submission.team.select_related("person", "membership", "approved_by"))
    confirmations: dict[int, dict[int, Confirmation]] = {}
    for row in Confirmation.objects.filter(submission=submission):
        confirmations.setdefault(row.member_id, {})[row.by_id] = row
    log = CommitLog.objects.select_related("uploaded_by").filter(submission=submission).first()
    own = next((member for member in members if member.person_id == reader.pk and not member.left_at), None)
    approves = submission.approvable_by(reader)
    parts = [_part(member, members, confirmations.get(member.pk, {}), own, approves, log) for member in members]
    for part in parts:
        if problem and part.member.pk == at_part:
            part.problem, part.typed = problem, typed or {}
    ready = [part for part in parts if part.confirmed and not part.member.approved_at]
    return {
        "submission": submission, "project": submission.project, "stream": submission.project.item.stream,
        "parts": parts, "log": log, "in_team": own is not None, "approves": approves,
        "authors": _authors(log, members) if log else [],
        "ready": ready if approves else [],
        "log_problem": problem if not at_part else "", "typed_log": (typed or {}).get("log", ""),
        "steps": _steps(parts), "accepted": submission.state == Submission.State.ACCEPTED,
        "counts_for": [str(part.member) for part in parts if part.member.credited_at],
        "address": reverse("projects:team", args=[submission.pk]),
    }  # fmt: skip


def _part(
    member: TeamMember,
    members: list[TeamMember],
    said: dict[int, Confirmation],
    own: TeamMember | None,
    approves: bool,
    log: CommitLog | None,
) -> Part:
    part = Part(member, [])
    for other in members:
        word = said.get(other.pk)
        if other.pk == member.pk:
            part.said.append(Word(other, OWN, ""))
        elif word:
            part.said.append(Word(other, YES if word.agrees else NO, word.note))
        else:
            part.said.append(Word(other, OPEN, ""))
        asked = other.pk != member.pk and not other.left_at and not other.membership.left_at
        if asked and not (word and word.agrees):
            part.missing.append(str(other))
    if log:
        part.commits = log.by_member().get(member.pk, 0)
        part.share = round(100 * part.commits / log.total()) if log.total() else 0
    if own:
        part.own, part.mine = own.pk == member.pk, said.get(own.pk)
        part.may_confirm = own.pk != member.pk and member.stated_at is not None
    part.may_approve = approves and member.stated_at is not None and member.approved_at is None
    return part


def _authors(log: CommitLog, members: list[TeamMember]) -> list[dict[str, Any]]:
    """The authors of the log, each with the choices of who of the team it is."""
    return [
        author | {"choices": [(member.pk, str(member), member.pk == author["member"]) for member in members]}
        for author in log.authors
    ]


def _steps(parts: list[Part]) -> list[tuple[str, int, int]]:
    """How far the team is: stated, confirmed, approved, of how many."""
    there = [part for part in parts if not part.member.left_at]
    return [
        ("stated", sum(part.member.stated_at is not None for part in there), len(there)),
        ("confirmed by the others", sum(part.confirmed for part in there), len(there)),
        ("approved by the mentor", sum(part.member.approved_at is not None for part in there), len(there)),
    ]
