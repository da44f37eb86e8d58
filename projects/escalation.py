"""What becomes of rounds that wait: the mentor is reminded, others are asked to help, the round is handed over.

Everything counts from the mentor's promise, their days away left out. Each step is 'due and not yet done', never a
window: a week without beat loses no step, and does not skip the days that others have to come forward of themselves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil as round_up
from typing import Any

from django.db import connection
from django.db.models import Count
from django.urls import reverse

from mentorship.cohorts.models import Away, Membership
from mentorship.cohorts.models.away import today_of
from mentorship.cohorts.models.membership import PROMISE_DAYS
from mentorship.cohorts.promise import WAITED
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.notifications.outbox import tell, tell_all
from mentorship.people.events import record
from mentorship.people.models import User
from projects import escalation_signed
from projects.escalation_signed import SIGNED
from projects.models import HandOver, Round
from projects.models.round import CLAIMS_AT_ONCE

WAITING, CLAIM_ENDS, OFFERED, STRANDED = "round_waiting", "claim_ends", "round_offered", "round_stranded"
HALF, DUE, OFFER, HAND_OVER = 1, 2, 3, 4  # the steps; the first two are the thresholds of what is told
OFFER_AFTER, HAND_OVER_AFTER = 2, 5  # days after the promise
SOON = timedelta(hours=6)
TIME_TO_HELP = timedelta(days=2)  # between being offered and being handed over

# Each round that waits, with whose it is, who holds it, and the step that it has reached at %(at)s.
STEPS = f"""
WITH waiting AS (
  SELECT r.id, r.offered_at, r.claimed_until, s.cohort_id, own.person_id AS own,
    coalesce(signed.writer, CASE WHEN r.claimed_until > %(at)s THEN r.claimed_by_id END) AS holder,
    signed.review, signed.signing, signed.signed_at, signed.under, signed.countersigner,
    {WAITED.format(since="r.handed_in_at", person="own.person_id")} AS waited,
    coalesce(own.promise_days, {PROMISE_DAYS}) * interval '1 day' AS promised,
    EXISTS (SELECT FROM cohorts_away away JOIN people_user gone ON gone.id = away.person_id
      WHERE away.person_id = own.person_id AND away.cover
        AND (%(at)s AT TIME ZONE gone.timezone)::date BETWEEN away.first_day AND away.last_day) AS covered
  FROM projects_round r
  JOIN projects_submission s ON s.id = r.submission_id
  JOIN cohorts_cohort c ON c.id = s.cohort_id AND c.state <> 'archived' AND
    CASE WHEN %(test_cohort)s = '' THEN c.clock_ahead IS NULL ELSE c.slug = %(test_cohort)s END
  LEFT JOIN LATERAL (
    SELECT m.person_id, m.promise_days FROM cohorts_assignment a
    JOIN cohorts_membership m ON m.id = a.mentor_id AND m.left_at IS NULL
    JOIN people_user u ON u.id = m.person_id AND u.is_active
    WHERE a.mentee_id = s.membership_id AND a.ended_at IS NULL
  ) own ON true
  {SIGNED}
  WHERE r.state = 'waiting' AND (r.handed_in_at <= %(at)s - interval '12 hours' OR signed.review IS NOT NULL)
), stepped AS (
  SELECT *, CASE
    WHEN waited >= promised + interval '{HAND_OVER_AFTER} days' THEN {HAND_OVER}
    WHEN waited >= promised + interval '{OFFER_AFTER} days' THEN {OFFER}
    WHEN waited >= promised THEN {DUE} WHEN waited >= promised / 2 THEN {HALF} ELSE 0 END AS step
  FROM waiting
)
SELECT * FROM (
  SELECT id, own, holder, step,
    json_build_object('review', review, 'signing', signing, 'countersigner', countersigner) AS signed, {{flags}}
  FROM stepped
) flagged WHERE {{any}} ORDER BY id
"""  # noqa: S608 - only constants of ours are put in
TOLD = f"""SELECT FROM notifications_notification n WHERE n.kind = '{WAITING}' AND n.subject = 'round:' || stepped.id
  AND n.threshold >= least(step, {DUE})"""
TO_REMIND = f"step > 0 AND holder IS NULL AND own IS NOT NULL AND NOT EXISTS ({TOLD} AND n.person_id = own)"
# Whose claim ends soon, once for each end.
TO_WARN = f"""review IS NULL AND claimed_until > %(at)s AND claimed_until <= %(at)s + %(soon)s AND NOT EXISTS (
  SELECT FROM notifications_notification n WHERE n.kind = '{CLAIM_ENDS}' AND n.person_id = holder
    AND n.subject = 'round:' || stepped.id || ':' || floor(extract(epoch FROM claimed_until))::bigint)"""  # noqa: S608
# Of nobody in particular: while a mentor of the cohort is untold.
TO_REMIND_ALL = f"""step > 0 AND holder IS NULL AND own IS NULL AND EXISTS (
  SELECT FROM cohorts_membership m JOIN people_user u ON u.id = m.person_id AND u.is_active
  WHERE m.cohort_id = stepped.cohort_id AND m.role = 'mentor' AND m.left_at IS NULL
    AND m.person_id <> (SELECT author_id FROM projects_submission s JOIN projects_round r ON r.submission_id = s.id
      WHERE r.id = stepped.id)
    AND NOT EXISTS ({TOLD} AND n.person_id = m.person_id))"""  # noqa: S608 - as above
# While a mentor is away who asked for cover, at once.
TO_OFFER = f"(step >= {OFFER} OR covered) AND holder IS NULL AND offered_at IS NULL"
TO_HAND_OVER = f"""step >= {HAND_OVER} AND holder IS NULL AND offered_at <= %(at)s - %(time_to_help)s
  AND NOT EXISTS (SELECT FROM notifications_notification n
    WHERE n.kind = '{STRANDED}' AND n.subject = 'round:' || stepped.id)"""
FLAGS = {
    "warn": TO_WARN,
    "remind": TO_REMIND,
    "remind_all": TO_REMIND_ALL,
    "offer": TO_OFFER,
    "hand_over": TO_HAND_OVER,
    **escalation_signed.flags(DUE, OFFER),
}
DUE_STEPS = STEPS.format(flags=", ".join(f"({sql}) AS {name}" for name, sql in FLAGS.items()), any=" OR ".join(FLAGS))


@dataclass(frozen=True)
class Waiting:
    """A round that waits, how far that has come, and what is due about it: names of `FLAGS`."""

    round: Any
    own: int | None
    holder: int | None
    step: int
    signed: dict[str, Any]  # of a review that waits to be countersigned: its key, and who countersigns
    due: tuple[str, ...]


def escalate(*, at: datetime) -> int:
    """Do what is due at `at` for every round that waits; how many steps that were."""
    steps: dict[str, Any] = {
        "warn": warn, "remind": remind, "remind_all": remind_all, "offer": offer, "hand_over": hand_over,
        "settle": escalation_signed.settle, "keep_held": escalation_signed.keep_held,
        "remind_countersigner": escalation_signed.remind_countersigner, "tell_stuck": escalation_signed.tell_stuck,
    }  # fmt: skip
    return sum(steps[name](row, at) for row in due(at) for name in row.due)


def due(at: datetime) -> list[Waiting]:
    """The rounds about which something is due; one query for none, and one more."""
    about: dict[str, Any] = {"at": at, "time_to_help": TIME_TO_HELP, "soon": SOON, "test_cohort": clock.test_cohort()}
    with connection.cursor() as cursor:
        cursor.execute(DUE_STEPS, about)
        found = cursor.fetchall()
    keys = [pk for pk, *_ in found]
    rows = Round.objects.select_related("submission__project", "submission__author", "submission__cohort")
    rounds = rows.in_bulk(keys) if keys else {}
    return [
        Waiting(rounds[pk], own, holder, step, signed, tuple(name for name, on in zip(FLAGS, flags, strict=True) if on))
        for pk, own, holder, step, signed, *flags in found
    ]


def days(round: Round, at: datetime) -> int:
    return (at - round.handed_in_at).days


def warn(row: Waiting, at: datetime) -> int:
    """Tell who holds a round that their claim ends."""
    round, submission = row.round, row.round.submission
    hours = max(round_up((round.claimed_until - at).total_seconds() / 3600), 1)
    return tell(
        User(id=row.holder),
        CLAIM_ENDS,
        subject=f"round:{round.pk}:{int(round.claimed_until.timestamp())}",
        title=f"Your claim on {submission.title} ends in {hours} hour{'' if hours == 1 else 's'}",
        body=f"Publish your review of round {round.number}, take 24 hours more, or let it go: your draft is kept.",
        url=reverse("projects:review", args=[round.pk]),
        at=at,
    )


def remind(row: Waiting, at: datetime) -> int:
    """Tell the mentor whose mentee waits, while nobody holds the round."""
    round, submission = row.round, row.round.submission
    work = f"Round {round.number} of “{submission.title}” ({submission.project.label})"
    if row.step == HALF:
        body = f"{work} waits for you. Half an hour and two good questions help more than a perfect review next week."
    else:
        body = (
            f"{work} has waited as long as you promised. If this is no good week for you, that happens: put your "
            "days away into your availability, and the other mentors are asked to help soon."
        )
    return tell(
        User(id=row.own),
        WAITING,
        subject=round,
        threshold=min(row.step, DUE),
        title=f"{submission.author} has waited {days(round, at)} days for your review",
        body=body,
        url=submission.get_absolute_url(),
        at=at,
    )


def mentors_beside(row: Waiting) -> list[User]:
    """The mentors of the cohort who could review: the author and the round's own mentor left out."""
    seats = Membership.objects.mentors().filter(cohort=row.round.submission.cohort_id, person__is_active=True)
    beside = seats.exclude(person=row.round.submission.author_id).select_related("person")
    return [seat.person for seat in beside.order_by("pk") if seat.person_id != row.own]


def remind_all(row: Waiting, at: datetime) -> int:
    round, submission = row.round, row.round.submission
    tell_all(
        mentors_beside(row),
        WAITING,
        subject=round,
        threshold=min(row.step, DUE),
        title=f"{submission.author} has waited {days(round, at)} days, and nobody has taken the round",
        body=f"“{submission.title}” ({submission.project.label}) has no mentor of its own. Claim it if you have time.",
        url=f"{reverse('projects:queue')}?tab=unclaimed",
        at=at,
    )
    return 1


def offer(row: Waiting, at: datetime) -> int:
    """Ask the other mentors to help; the queue shows it until the round is reviewed."""
    round, submission = row.round, row.round.submission
    if not Round.objects.filter(pk=round.pk, state="waiting", offered_at=None).update(offered_at=at):
        return 0
    record(actor=None, verb="offered", subject=round, at=at)
    others = there(mentors_beside(row), at)
    covering = row.step < OFFER
    away = f"{User.objects.get(pk=row.own)} is away and asks for cover" if covering else ""
    why = away or f"{submission.author} has waited {days(round, at)} days"
    tell_all(
        others,
        OFFERED,
        subject=round,
        title=f"Help wanted: round {round.number} of {submission.title}",
        body=f"{why}. Whoever claims it reviews this one round; the mentee keeps their mentor.",
        url=f"{reverse('projects:queue')}?tab=unclaimed",
        at=at,
    )
    if row.own and others:
        title = f"Other mentors are asked to help with {submission.title}"
        late = "You are away, and asked for cover" if covering else "It is late, and that happens"
        body = f"{late}. It is still yours to take as long as nobody else has."
        url = submission.get_absolute_url()
        tell(User(id=row.own), "round_offered_own", subject=round, title=title, body=body, url=url, at=at)
    return 1


def there(people: list[User], at: datetime) -> list[User]:
    """Those of `people` who are not away."""
    away: dict[int, list[Away]] = {}
    for row in Away.objects.filter(person__in=people):
        away.setdefault(row.person_id, []).append(row)
    return [
        person
        for person in people
        if not any(row.first_day <= today_of(person, at) <= row.last_day for row in away.get(person.pk, []))
    ]


def hand_over(row: Waiting, at: datetime) -> int:
    """Give the round to the mentor with the fewest rounds in hand who has not had it; else tell the admins."""
    had = set(HandOver.objects.filter(round=row.round).values_list("to_mentor", flat=True))
    free = [person for person in there(mentors_beside(row), at) if person.pk not in had]
    held = Round.objects.filter(state="waiting", claimed_by__in=free, claimed_until__gt=at).order_by()
    in_hand = dict(held.values_list("claimed_by").annotate(Count("pk")))
    for person in sorted(free, key=lambda person: (in_hand.get(person.pk, 0), person.pk)):
        if in_hand.get(person.pk, 0) >= CLAIMS_AT_ONCE:
            break
        try:
            HandOver.give(row.round, to=person, at=at)
        except Refused:
            continue
        return 1
    submission = row.round.submission
    return tell_all(
        User.objects.admins(),
        STRANDED,
        subject=row.round,
        title=f"Nobody is left to review {submission.title}",
        body=f"{submission.author} has waited {days(row.round, at)} days, every mentor who is there was asked. "
        "Hand it over to somebody, or find a mentor more.",
        url=submission.get_absolute_url(),
        at=at,
    )
