"""What speaks for a mentee and a mentor, in points and in a sentence, and what forbids them."""

from dataclasses import dataclass, field
from datetime import date

from mentorship.cohorts.languages import joined, named
from mentorship.cohorts.matching.waking import Overlap, Waking, overlap

ENOUGH = 8 * 60  # minutes awake together; more makes nothing better
FOR_WAKING, FOR_TOPICS, FOR_LANGUAGE, FOR_STREAM = 40, 30, 10, 5
FOR_WISH_OF_MENTEE, FOR_WISH_OF_MENTOR, FOR_BEFORE, FOR_AWAY = 40, 30, 25, -10
FOR_STAYING = 35  # beside FOR_BEFORE, for the mentor whom a mentee has
MOST_POINTS = FOR_WAKING + FOR_TOPICS + FOR_LANGUAGE + FOR_STREAM + FOR_WISH_OF_MENTEE + FOR_WISH_OF_MENTOR + FOR_BEFORE
AWAY_LONG = 7  # days from now on: as far as matching looks ahead at who is not there


@dataclass(frozen=True)
class Seat:
    """A mentee or a mentor of a cohort as matching sees them; `pk` is their membership's."""

    pk: int
    person: int
    name: str
    waking: Waking
    languages: frozenset[str] = frozenset()
    topics: frozenset[int] = frozenset()
    wishes: frozenset[int] = frozenset()
    vetoes: frozenset[int] = frozenset()
    # Of mentees:
    present: int = 0  # the seat of the mentor whom they have
    paused_until: date | None = None
    resting: bool = False  # on a pause for longer than matching looks ahead
    # Of mentors; where mentees who have a mentor are matched anew, `load` is that of the others:
    capacity: int = 0
    load: int = 0
    elsewhere: int = 0  # mentees in other cohorts
    hours: int | None = None
    this_stream: bool = False
    away_until: date | None = None

    @property
    def room(self) -> int:
        return max(self.capacity - self.load, 0)

    @property
    def short(self) -> str:
        return self.name.partition(" ")[0] or self.name


@dataclass(frozen=True)
class Around:
    """What pairs are looked at by: the days of the cohort, the titles of topics, who worked together before."""

    days: tuple[date, ...]
    topics: dict[int, str] = field(default_factory=dict)
    before: frozenset[tuple[int, int]] = frozenset()  # mentee's person, mentor's person


@dataclass(frozen=True)
class Pair:
    """What is known of one mentee with one mentor."""

    mentee: Seat
    mentor: Seat
    awake: Overlap
    known: tuple[str, ...]  # the wished topics that the mentor knows
    before: bool

    @classmethod
    def of(cls, mentee: Seat, mentor: Seat, around: Around) -> "Pair":
        both = mentee.topics & mentor.topics
        return cls(
            mentee,
            mentor,
            overlap(mentee.waking, mentor.waking, around.days),
            tuple(around.topics[key] for key in around.topics if key in both) if both else (),
            (mentee.person, mentor.person) in around.before,
        )

    @property
    def stays(self) -> bool:
        """Whether they are mentee and mentor now."""
        return self.mentor.pk == self.mentee.present

    @property
    def shared(self) -> frozenset[str]:
        return self.mentee.languages & self.mentor.languages

    @property
    def forbidden(self) -> str:
        """Why this pair is never proposed, in a word; '' when it may be."""
        if self.mentee.person == self.mentor.person:
            return "oneself"
        if self.mentor.pk in self.mentee.vetoes:
            return "vetoed_by_mentee"
        if self.mentee.pk in self.mentor.vetoes:
            return "vetoed_by_mentor"
        if self.mentee.languages and self.mentor.languages and not self.shared and not self.stays:
            return "language"
        return ""

    @property
    def points(self) -> int:
        mentee, mentor = self.mentee, self.mentor
        points = FOR_WAKING * min(self.awake.mean, ENOUGH) // ENOUGH
        points += FOR_TOPICS * len(self.known) // len(mentee.topics) if mentee.topics else 0
        points += FOR_LANGUAGE if self.shared else 0
        points += FOR_STREAM if mentor.this_stream else 0
        points += FOR_WISH_OF_MENTEE if mentor.pk in mentee.wishes else 0
        points += FOR_WISH_OF_MENTOR if mentee.pk in mentor.wishes else 0
        points += (FOR_BEFORE + FOR_STAYING * self.stays) if self.before else 0
        return points + (FOR_AWAY if mentor.away_until else 0)

    @property
    def sentence(self) -> str:
        """Why the two, in one plain sentence."""
        said = [*self._history(), *self._wishes(), *self._common(), self._waking(), *self._topics()]
        if self.mentee.paused_until:
            day = f"{self.mentee.paused_until:%-d %B}"
            rests = f"is on a pause until {day}" if self.mentee.resting else f"is back from a pause on {day}"
            said.append(f"{self.mentee.short} {rests}")
        if self.mentor.away_until:
            said.append(f"{self.mentor.short} is away until {self.mentor.away_until:%-d %B}")
        text = joined(said)
        return f"{text[0].upper()}{text[1:]}."

    def _wishes(self) -> list[str]:
        mentee, mentor = self.mentee, self.mentor
        wished, wished_back = mentor.pk in mentee.wishes, mentee.pk in mentor.wishes
        if wished and wished_back:
            return [f"{mentee.short} and {mentor.short} asked for each other"]
        if wished or wished_back:
            who, whom = (mentee, mentor) if wished else (mentor, mentee)
            return [f"{who.short} asked for {whom.short}"]
        return []

    def _history(self) -> list[str]:
        if self.stays and self.forbidden:
            return ["nobody else has a place, though one of them has ruled out the other"]
        if self.stays:
            return ["they work together now" if self.before else "another pairing was asked for"]
        return []

    def _common(self) -> list[str]:
        said = ["they worked together before"] if self.before and not self.stays else []
        if self.shared:
            said.append(f"they speak {named(self.shared)}")
        elif self.mentee.languages and self.mentor.languages:
            said.append("they have no language in common")
        return said

    def _waking(self) -> str:
        if not self.awake.most:
            return "they are never awake at the same time"
        least, most = (hours(minutes) for minutes in (self.awake.least, self.awake.most))
        span = most if least == most else f"{least} to {most}"
        return f"both are awake {span} hour{'' if span in ('½', '1') else 's'} a day"

    def _topics(self) -> list[str]:
        wished = len(self.mentee.topics)
        if not wished:
            return []
        if not self.known:
            return [f"{self.mentor.short} knows none of the wished topics"]
        titles = ", ".join(f"“{title}”" for title in self.known[:2])
        if wished == 1:
            return [f"{self.mentor.short} knows the wished topic {titles}"]
        more = " and more" if len(self.known) > 2 else ""
        return [f"{self.mentor.short} knows {len(self.known)} of {wished} wished topics ({titles}{more})"]


def hours(minutes: int) -> str:
    """'7' or '7½': nobody needs the quarters."""
    whole, half = divmod(round(minutes / 30), 2)
    return f"{whole}{'½' * half}" if whole else "½" * half or "0"
