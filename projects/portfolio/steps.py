"""The cheapest way to the next threshold: which steps, in which order, in how many hours.

Every work that is there can get more facts, become another kind, or be left out; new works can be added. Of each the
choices that cost more and bring no more are dropped; what is left is a knapsack over hours, solved exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from projects.portfolio.score import Score, Work, points_of
from projects.portfolio.tables import Table, effort

UNIT = 5  # hours; every estimate is a multiple
NEW_AT_MOST = 4
NOTHING = ""


class Choice(NamedTuple):
    """What could become of one work: after it, its kind and facts; `gain` in points, `cost` in units."""

    cost: int
    gain: int
    kind: str
    facts: frozenset[str]


@dataclass(frozen=True)
class Step:
    """One thing to do. `total` is the score after it."""

    title: str
    what: str
    hours: int
    total: int


@dataclass(frozen=True)
class Plan:
    steps: tuple[Step, ...]
    hours: int


def cheapest(score: Score) -> Plan | None:
    """The plan with the fewest hours that reaches the next threshold; None beyond the last one."""
    needed = score.next_threshold - score.total
    if not score.next_level:
        return None
    table = score.table
    works = [line.work for line in score.lines]
    choices = [_best(choices_for(table, work)) for work in works] + [_best(_new(table))] * NEW_AT_MOST
    picked = _knapsack(choices, needed)
    if picked is None:
        return None
    news = [choice for choice in picked[len(works) :] if choice.kind]
    names = ["A new work"] if len(news) == 1 else [f"New work {number}" for number in range(1, len(news) + 1)]
    works += [Work(name, name, NOTHING, frozenset()) for name in names]
    chosen = picked[: len(score.lines)] + news
    return _in_order([list(_spelled(table, *pair)) for pair in zip(works, chosen, strict=True)], score.total)


def choices_for(table: Table, work: Work) -> Iterator[Choice]:
    """All that can become of a work that counts already, itself as it is among them."""
    known, now = effort(), points_of(table, work.kind, work.facts)
    yield Choice(0, -now, NOTHING, frozenset())
    kinds = {work.kind: 0} | {to: hours for (old, to), hours in known.becomes.items() if old == work.kind}
    missing = [f.key for f in table.factors if f.key not in work.facts and f.key not in known.only_new]
    for kind, hours in kinds.items():
        if table.kind(kind):
            yield from _with_facts(table, kind, work.facts, missing, hours, now)


def _new(table: Table) -> Iterator[Choice]:
    yield Choice(0, 0, NOTHING, frozenset())
    for kind in table.kinds:
        if kind.key in effort().new:
            every = [factor.key for factor in table.factors]
            yield from _with_facts(table, kind.key, frozenset(), every, effort().new[kind.key], 0)


def _with_facts(
    table: Table, kind: str, facts: frozenset[str], missing: list[str], hours: int, now: int
) -> Iterator[Choice]:
    for size in range(len(missing) + 1):
        for more in combinations(missing, size):
            cost = hours + sum(effort().facts[fact] for fact in more)
            after = facts | set(more)
            yield Choice(cost // UNIT, points_of(table, kind, after) - now, kind, after)


def _best(choices: Iterator[Choice]) -> list[Choice]:
    """Only those that bring more than every cheaper one, the cheapest first."""
    kept: list[Choice] = []
    for choice in sorted(choices, key=lambda choice: (choice.cost, -choice.gain, choice.kind == NOTHING)):
        if not kept or choice.gain > kept[-1].gain:
            kept.append(choice)
    return kept


def _knapsack(choices: list[list[Choice]], needed: int) -> list[Choice] | None:
    """One choice for each work, together at least `needed` points for the fewest units; None if nothing is enough."""
    # By cost: the most points that the works so far can bring for it, and the choices that do.
    best: dict[int, tuple[int, tuple[Choice, ...]]] = {0: (0, ())}
    for options in choices:
        after: dict[int, tuple[int, tuple[Choice, ...]]] = {}
        for cost, (gain, picked) in best.items():
            for option in options:
                new, total = cost + option.cost, gain + option.gain
                if new not in after or total > after[new][0]:
                    after[new] = (total, (*picked, option))
        best = _frontier(after)
    enough = [cost for cost, (gain, _picked) in best.items() if gain >= needed]
    return list(best[min(enough)][1]) if enough else None


def _frontier(found: dict[int, tuple[int, tuple[Choice, ...]]]) -> dict[int, tuple[int, tuple[Choice, ...]]]:
    kept, most = {}, None
    for cost in sorted(found):
        if most is None or found[cost][0] > most:
            most = found[cost][0]
            kept[cost] = found[cost]
    return kept


def _spelled(table: Table, work: Work, choice: Choice) -> Iterator[tuple[int, str, str, int]]:
    """The steps that make `choice` of `work`: hours, the work's title, what to do, what it brings."""
    known, now = effort(), points_of(table, work.kind, work.facts)
    if choice.kind == NOTHING:
        if work.kind != NOTHING:
            yield 0, work.title, "leave it out of your portfolio", -now
        return
    kind = table.kind(choice.kind)
    if kind and choice.kind != work.kind:
        hours = known.becomes.get((work.kind, choice.kind)) or known.new[choice.kind]
        after = points_of(table, choice.kind, work.facts)
        verb = "make it" if work.kind else "begin it"
        yield hours, work.title, f"{verb}: {_lower(kind.title)}", after - now
        now = after
    facts = set(work.facts)
    for fact in sorted(choice.facts - work.facts, key=lambda fact: known.facts[fact]):
        facts.add(fact)
        after = points_of(table, choice.kind, facts)
        yield known.facts[fact], work.title, known.how[fact], after - now
        now = after


def _lower(title: str) -> str:
    return title if title[:2].isupper() else title[0].lower() + title[1:]


def _in_order(told: list[list[tuple[int, str, str, int]]], total: int) -> Plan:
    """The cheapest work first; the steps of one work stay in their order."""
    steps: list[Step] = []
    for mine in sorted(told, key=lambda mine: sum(step[0] for step in mine)):
        for hours, title, what, gain in mine:
            total += gain
            steps.append(Step(title, what, hours, total))
    return Plan(tuple(steps), sum(step.hours for step in steps))
