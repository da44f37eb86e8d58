"""Inviting one person or hundreds: what would become of each row is said first, then all of it happens or nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from mentorship.cohorts import telling_invitations as telling
from mentorship.cohorts.models import Cohort, Invitation, Membership
from mentorship.cohorts.models.application import OVER
from mentorship.cohorts.models.invitation import CAPACITY
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.people import events
from mentorship.people.models import User

MOST = 1000  # rows at once
LARGEST_TEXT = 1_000_000  # bytes of a file; a thousand rows with a message each fit in
LONGEST = {"name": 100, "address": 254, "message": 1000}
FORMULA = ("=", "+", "-", "@", "\t", "\r")

NEW, AGAIN, MEMBER, INVITED, DUPLICATE = "new", "again", "member", "invited", "duplicate"
OVER_SEATS, BAD = "over", "bad"
SENT = (NEW, AGAIN)
SENTENCES = {
    NEW: "Gets an invitation.",
    AGAIN: "Was invited before and did not answer in time: gets a new link.",
    MEMBER: "Belongs to this cohort already.",
    INVITED: "Has an invitation that is still good.",
    DUPLICATE: "Stands further up already.",
    OVER_SEATS: "There is no seat left for this one: add seats first.",
}


@dataclass(frozen=True)
class Asked:
    """One person to invite. `wrong` says what cannot be read of the row, `line` where it stands in its file."""

    address: str
    role: str = "mentee"
    name: str = ""
    message: str = ""
    capacity: int = CAPACITY
    line: int = 0
    wrong: str = ""


@dataclass(frozen=True)
class Verdict:
    """What will become of one row: its word and its sentence."""

    asked: Asked
    word: str
    sentence: str

    @property
    def is_sent(self) -> bool:
        return self.word in SENT


def checked(asked: Asked) -> Asked:
    """`asked` with spaces trimmed and its address in lower case; `wrong` is set when it cannot be used."""
    row = replace(
        asked, address=asked.address.strip().lower(), name=asked.name.strip(),
        message=asked.message.replace("\r\n", "\n").replace("\r", "\n").strip(),
        role=asked.role.strip().lower() or "mentee",
    )  # fmt: skip
    return replace(row, wrong=row.wrong or what_is_wrong(row))


def what_is_wrong(row: Asked) -> str:
    for name, longest in LONGEST.items():
        if len(getattr(row, name)) > longest:
            return f"The {name} is longer than {longest} characters."
    if not (row.name + row.address + row.message.replace("\n", "")).isprintable():
        return "There are characters in it that nobody can read."
    if row.name.startswith(FORMULA) or row.address.startswith(FORMULA):
        return "It begins like a formula of a spreadsheet."
    try:
        validate_email(row.address)
    except ValidationError:
        return "This is no e-mail address."
    if row.role not in Membership.Role.values:
        return "The role is mentee or mentor."
    if not 0 <= row.capacity <= 50:
        return "A capacity is a number from 0 to 50."
    return ""


def judge(cohort: Cohort, rows: Iterable[Asked], at: datetime | None = None) -> list[Verdict]:
    """What would become of each of `rows` now; four queries, however many."""
    moment = at or now()
    rows = [checked(row) for row in rows]
    addresses = {row.address for row in rows if not row.wrong}
    members = addresses_of_members(cohort, addresses)
    known = cohort.invitations.filter(state="open", address__in=addresses)  # addresses are kept in lower case
    until = dict(known.values_list("address", "expires_at"))
    seats = seats_to_offer(cohort, moment)
    seen: set[str] = set()
    verdicts = []
    for row in rows:
        word = BAD if row.wrong else NEW
        if not row.wrong:
            if row.address in seen:
                word = DUPLICATE
            elif row.address in members:
                word = MEMBER
            elif row.address in until:
                word = INVITED if until[row.address] > moment else AGAIN
            if word in SENT and row.role == "mentee":
                word, seats = (word, seats - 1) if seats > 0 else (OVER_SEATS, seats)
            seen.add(row.address)
        verdicts.append(Verdict(row, word, row.wrong or SENTENCES[word]))
    return verdicts


def addresses_of_members(cohort: Cohort, addresses: set[str]) -> set[str]:
    """Which of `addresses` belong to members, as their account's address or as a confirmed one."""
    people = User.objects.filter(memberships__in=cohort.memberships.active())
    own = people.annotate(lower=Lower("email")).filter(lower__in=addresses).values_list("lower", flat=True)
    more = people.filter(emailaddress__verified=True).annotate(lower=Lower("emailaddress__email"))
    return {*own, *more.filter(lower__in=addresses).values_list("lower", flat=True)}


def seats_to_offer(cohort: Cohort, at: datetime | None = None) -> int:
    """Seats that are neither taken nor promised by an invitation that is still good."""
    return cohort.seats_left - cohort.invitations.open(at).filter(role="mentee").count()


def fingerprint(verdicts: Iterable[Verdict]) -> str:
    """A short text that changes when what would happen does."""
    told = [(v.asked.address, v.asked.role, v.asked.capacity, v.asked.name, v.asked.message, v.word) for v in verdicts]
    return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()[:32]


def invite(*, cohort: Cohort, asked: Asked, by: User, at: datetime | None = None) -> Invitation:
    """Invite one person; refused with the sentence that says why not."""
    return invite_all(cohort=cohort, rows=[asked], by=by, strict=True, at=at)[0]


def invite_all(
    *, cohort: Cohort, rows: list[Asked], by: User, seen: str = "", strict: bool = False, at: datetime | None = None
) -> list[Invitation]:
    """Invite whom `judge` would; all in one transaction, a letter each.

    `seen` is the fingerprint of what was shown before: refused, with nothing done, when that stands no more.
    """
    moment = at or now()
    if len(rows) > MOST:
        raise Refused(f"At most {MOST:,} at once.", code="too_many")
    try:
        with transaction.atomic():
            cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
            if cohort.state in OVER:
                raise Refused("This cohort is over.", code="cohort_over")
            verdicts = judge(cohort, rows, moment)
            if seen and seen != fingerprint(verdicts):
                raise Refused("Something has changed meanwhile. Look at the rows again.", code="changed_meanwhile")
            left_out = [verdict for verdict in verdicts if not verdict.is_sent]
            if strict and left_out:
                raise Refused(left_out[0].sentence, code=left_out[0].word)
            return send(cohort, [verdict for verdict in verdicts if verdict.is_sent], by, moment)
    except IntegrityError as error:
        raise Refused("Something has changed meanwhile. Look at the rows again.", code="changed_meanwhile") from error


def send(cohort: Cohort, verdicts: list[Verdict], by: User, at: datetime) -> list[Invitation]:
    """The rows, their events and their letters, in the caller's transaction."""
    late = {verdict.asked.address for verdict in verdicts if verdict.word == AGAIN}
    for old in cohort.invitations.filter(state="open", address__in=late):
        old.revoke(by=by, at=at)  # what nobody used in time makes room for the new one
    made: list[Invitation] = []
    tokens: list[str] = []
    for verdict in verdicts:
        asked = verdict.asked
        row = Invitation(
            cohort=cohort, address=asked.address, role=asked.role, name=asked.name, message=asked.message,
            capacity=asked.capacity if asked.role == "mentor" else 0, invited_by=by,
        )  # fmt: skip
        tokens.append(row.renew(at))
        made.append(row)
    Invitation.objects.bulk_create(made)
    for row in made:
        events.record(actor=by, verb="invite", subject=row, detail={"role": row.role}, at=at)
    telling.invited(zip(made, tokens, strict=True), at=at)
    return made
