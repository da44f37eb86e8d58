"""The best pairs for a whole cohort at once: one linear assignment, solved exactly.

Mentors stand in it once for each free place. A later place costs a little more, so that among pairs that are as good
the load is spread; places beyond the hours that a mentor has said cost more. Whatever forbids a pair costs more than
all else together, so that first as many as possible get a mentor, and then the points are the most there can be.

Mentees who have a mentor come before those who have none, so that nobody loses theirs to somebody else; and they stay
with one whom either has ruled out only where nobody else has a place. Who is on a long pause is left as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mentorship.cohorts.languages import joined
from mentorship.cohorts.matching.pairing import Around, Pair, Seat

FORBIDDEN, MENTORED, RULED_OUT = 10**9, 10**6, 5 * 10**5  # each more than what comes after it, of all together
SPREAD, BEYOND_HOURS = 15, 20
IS = ("is", "are")
BY_HAND = "Left without a mentor by hand."


@dataclass
class Question:
    """Whom to match: mentees without a mentor, or all of them, and the mentors who are there."""

    mentees: list[Seat]
    mentors: list[Seat]
    around: Around


@dataclass(frozen=True)
class Answer:
    """What became of one mentee: a pair, or why there is none."""

    mentee: Seat
    pair: Pair | None = None
    why_not: str = ""
    pinned: bool = False


@dataclass
class Solution:
    answers: list[Answer]
    lost_pins: list[str] = field(default_factory=list)  # pins that could not stay, each with why


def solve(question: Question, pins: Mapping[int, int | None] | None = None) -> Solution:
    """Pairs for `question`; those of `pins` (mentee to mentor, or to nobody) stay if they may."""
    mentors = {mentor.pk: mentor for mentor in question.mentors}
    taken = dict.fromkeys(mentors, 0)
    fixed: dict[int, Answer] = {}
    lost = []
    for mentee in question.mentees:
        if pins is None or mentee.pk not in pins:
            continue
        wanted = pins[mentee.pk]
        if wanted is None:
            fixed[mentee.pk] = Answer(mentee, why_not=BY_HAND, pinned=True)
            continue
        why = _why_no_pin(mentee, mentors.get(wanted), taken, question.around)
        if why:
            lost.append(why)
            continue
        taken[wanted] += 1
        fixed[mentee.pk] = Answer(mentee, Pair.of(mentee, mentors[wanted], question.around), pinned=True)
    for mentee in question.mentees:
        if mentee.resting and mentee.pk not in fixed:
            fixed[mentee.pk] = _resting(mentee, mentors.get(mentee.present), question.around)
            taken |= {mentee.present: taken[mentee.present] + 1} if fixed[mentee.pk].pair else {}
    rest = [mentee for mentee in question.mentees if mentee.pk not in fixed]
    solved = fixed | _solve(rest, question.mentors, taken, question.around)
    return Solution([solved[mentee.pk] for mentee in question.mentees], lost)


def _resting(mentee: Seat, mentor: Seat | None, around: Around) -> Answer:
    """Who is on a pause for long keeps the mentor they have, or gets none yet."""
    if mentor:
        return Answer(mentee, Pair.of(mentee, mentor, around))
    until = f"{mentee.paused_until:%-d %B}"
    return Answer(mentee, why_not=f"{mentee.short} is on a pause until {until}: propose again when they are back.")


def _cost(pair: Pair) -> int:
    if pair.forbidden and not pair.stays:
        return FORBIDDEN
    return (RULED_OUT if pair.forbidden else 0) - (MENTORED if pair.mentee.present else 0) - pair.points


def _why_no_pin(mentee: Seat, mentor: Seat | None, taken: dict[int, int], around: Around) -> str:
    if mentor is None:
        return f"{mentee.name}: the mentor chosen by hand is not there any more."
    if taken[mentor.pk] >= mentor.room:
        return f"{mentee.name}: {mentor.name} has no place left."
    if mentor.pk != mentee.present and Pair.of(mentee, mentor, around).forbidden in (
        "oneself",
        "vetoed_by_mentee",
        "vetoed_by_mentor",
    ):
        return f"{mentee.name}: one of the two has ruled out working with {mentor.name}."
    return ""


def _solve(mentees: list[Seat], mentors: list[Seat], taken: dict[int, int], around: Around) -> dict[int, Answer]:
    places = [(number, extra) for number, mentor in enumerate(mentors) for extra in _places(mentor, taken[mentor.pk])]
    pairs = [[Pair.of(mentee, mentor, around) for mentor in mentors] for mentee in mentees]
    found: dict[int, Answer] = {}
    if mentees and places:
        # Here, not above: who starts the web server should not wait for scipy.
        import numpy
        from scipy.optimize import linear_sum_assignment

        costs = numpy.array([[_cost(pair) for pair in row] for row in pairs])
        columns = numpy.array([number for number, _ in places])
        matrix = costs[:, columns] + numpy.array([extra for _, extra in places])
        for row, column in zip(*linear_sum_assignment(matrix), strict=True):
            pair = pairs[row][columns[column]]
            if pair.stays or not pair.forbidden:
                found[mentees[row].pk] = Answer(mentees[row], pair)
    for mentee, row in zip(mentees, pairs, strict=True):
        if mentee.pk not in found:
            found[mentee.pk] = Answer(mentee, why_not=why_not(row, taken))
    return found


def _places(mentor: Seat, taken: int) -> list[int]:
    """What each free place of `mentor` costs, the first one first."""
    costs = []
    for place in range(mentor.load + taken + 1, mentor.capacity + 1):
        beyond = mentor.hours is not None and mentor.elsewhere + place > mentor.hours
        costs.append(SPREAD * place // mentor.capacity + (BEYOND_HOURS if beyond else 0))
    return costs


def why_not(row: list[Pair], taken: Mapping[int, int]) -> str:
    """Why the mentee of `row`, their pairs with every mentor, stays without one."""
    if not row:
        return "The cohort has no mentor who is there."
    free = [pair for pair in row if pair.mentor.room > taken.get(pair.mentor.pk, 0)]
    if not free:
        return "No mentor has a place left."
    suit = [pair.mentor for pair in free if not pair.forbidden]
    if suit:
        names = joined([mentor.name for mentor in suit[:3]] + ([f"{len(suit) - 3} more"] if len(suit) > 3 else []))
        places = sum(mentor.room - taken.get(mentor.pk, 0) for mentor in suit)
        return f"Others fit better into the {places} place{'' if places == 1 else 's'} of {names}."
    said = {
        "vetoed_by_mentee": "ruled out by the mentee",
        "vetoed_by_mentor": "ruled out by the mentor",
        "language": "without a language in common",
        "oneself": "the very same person",
    }
    counts = {word: sum(pair.forbidden == word for pair in free) for word in said}
    parts = [(count, said[word]) for word, count in counts.items() if count]
    if len(free) == 1:
        return f"The only mentor with a place left is {parts[0][1]}."
    if len(parts) == 1:
        return f"All {len(free)} mentors with a place left are {parts[0][1]}."
    each = joined([f"{count} {IS[count > 1]} {why}" for count, why in parts])
    return f"Of {len(free)} mentors with a place left, {each}."
