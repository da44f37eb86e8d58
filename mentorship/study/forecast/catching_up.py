"""A plan that would meet the schedule: slots beside those that stand, on days that are no days of rest."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from mentorship.study.plan.models import Goal
from mentorship.study.plan.slots import MOST, PlanSlot, What
from mentorship.study.plan.weeks import Wanted

MOST_A_DAY = 240  # minutes that are ever proposed for a day, those that are planned already among them
PIECE, STEP = 60, 15
# Where there is room on most days, in the order in which it is looked for: evening, morning, the day.
EVENING, MORNING, DAY = (18 * 60 + 30, 22 * 60), (6 * 60 + 30, 9 * 60), (9 * 60, 18 * 60 + 30)
WINDOWS = {"weekday": (EVENING, MORNING, DAY), "weekend": (DAY, EVENING)}
KINDS = (What.THEORY, What.CODING)


@dataclass(frozen=True)
class Proposal:
    """Slots to add; `minutes` is what the week would hold with them, `wanted` what the schedule asks for."""

    slots: tuple[Wanted, ...]
    minutes: int
    wanted: int

    @property
    def enough(self) -> bool:
        return self.minutes >= self.wanted

    @property
    def digest(self) -> str:
        """What was looked at: who accepts another one is shown that first."""
        text = repr([(slot.weekday, slot.starts, slot.minutes, str(slot.what)) for slot in self.slots])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def propose(standing: Iterable[PlanSlot], goal: Goal, wanted: int) -> Proposal:
    """Slots of an hour at most beside `standing`, the emptiest day first, until the week holds `wanted` minutes."""
    taken: dict[int, list[tuple[int, int]]] = {day: [] for day in range(7)}
    for slot in standing:
        taken[slot.weekday].append((slot.begins, slot.begins + slot.minutes))
    load = Counter({day: sum(end - begin for begin, end in spans) for day, spans in taken.items()})
    total, count = sum(load.values()), sum(len(spans) for spans in taken.values())
    days = [day for day in range(7) if not goal.rests_on(day)]
    made: list[Wanted] = []
    while total < wanted and days and count + len(made) < MOST:
        day = min(days, key=lambda day: (load[day], day))
        missing = -(-(wanted - total) // STEP) * STEP
        minutes = max(min(PIECE, missing, MOST_A_DAY - load[day]), 2 * STEP)
        begin = next(room(taken[day], day, minutes), None)
        if begin is None or load[day] + minutes > MOST_A_DAY:
            days.remove(day)
            continue
        made.append(Wanted(day, time(begin // 60, begin % 60), minutes, KINDS[len(made) % 2]))
        taken[day].append((begin, begin + minutes))
        load[day] += minutes
        total += minutes
    return Proposal(tuple(sorted(made, key=lambda slot: (slot.weekday, slot.starts))), total, wanted)


def room(spans: list[tuple[int, int]], day: int, minutes: int) -> Iterator[int]:
    """Where `minutes` fit between `spans`."""
    for first, last in WINDOWS["weekend" if day > 4 else "weekday"]:
        for begin in range(first, last - minutes + 1, STEP):
            if all(begin + minutes <= start or begin >= end for start, end in spans):
                yield begin


def slot_rows(slots: Iterable[Any]) -> list[dict[str, Any]]:
    """As pages and the API show them."""
    return [
        {"weekday": slot.weekday, "starts": slot.starts, "minutes": slot.minutes, "what": str(slot.what)}
        for slot in slots
    ]
