"""How the questions of a submission moved from round to round: a small picture each, and all of it as a table."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from projects.models.rubric import Level
from projects.rubric import BADGES, LEVEL_WORDS, Question, questions_of

WIDTH, HEIGHT, EDGE = 132, 44, 8
LEVELS = Level.values


def movement(rounds: Sequence[Any]) -> SafeString:
    """The section for `rounds`, each read `in_full` and arranged; '' until one is scored."""
    ordered = sorted(rounds, key=lambda round: round.number)
    questions = questions_of(ordered)
    if not any(question.levels for question in questions):
        return SafeString("")
    numbers = [round.number for round in ordered]
    rows = "".join([_row_html(question, numbers) for question in questions])
    return SafeString(
        '<section class="stack tight moves" aria-labelledby="moves"><h2 id="moves">The questions, round by round</h2>\n'
        f'<p class="soft">{_in_short(questions)}</p>\n<ul class="plain list-rows">{rows}</ul>\n'
        '<p class="legend"><span class="key"><svg viewBox="0 0 28 10" width="28" height="10" aria-hidden="true">'
        '<path class="line" d="M1 5H27"/><circle class="dot" cx="14" cy="5" r="4"/></svg> what the mentor says</span>'
        '<span class="key"><svg viewBox="0 0 28 10" width="28" height="10" aria-hidden="true">'
        '<path class="line own" d="M1 5H27"/></svg> how sure the mentee was</span></p>\n'
        f"{_table_html(questions, numbers)}</section>\n"
    )


def moved(question: Question) -> int:
    """By how many levels the score rose between the first scored round and the last."""
    levels = [LEVELS.index(level) for _number, level in sorted(question.levels.items())]
    return levels[-1] - levels[0] if levels else 0


def _in_short(questions: list[Question]) -> str:
    scored = [question for question in questions if question.levels]
    rose = sum(moved(question) > 0 for question in scored)
    fell = sum(moved(question) < 0 for question in scored)
    if all(len(question.levels) == 1 for question in scored):
        weak = sum(_last(question) in ("not_yet", "partly") for question in scored)
        return f"{weak} of {len(scored)} still to be worked on." if weak else "All of them are answered."
    told = [f"{count} {word}" for count, word in ((rose, "better"), (fell, "weaker")) if count]
    same = len(scored) - rose - fell
    return ", ".join([*told, *([f"{same} the same"] if same else [])]) + " since the first review."


def _last(question: Question) -> str:
    return question.levels[max(question.levels)] if question.levels else ""


def _row_html(question: Question, numbers: list[int]) -> str:
    last = _last(question)
    steps = [LEVEL_WORDS[level] for _number, level in sorted(question.levels.items())]
    words = " to ".join([steps[0], steps[-1]] if steps and steps[0] != steps[-1] else steps[-1:]) or "Not scored"
    return (
        f'<li><span class="main">{escape(question.text)}</span>{_picture(question, numbers)}'
        f'<span class="badge {BADGES.get(last, "")}">{words}</span></li>\n'
    )


def _picture(question: Question, numbers: list[int]) -> str:
    """Both lines over the rounds. What they show is said in the label."""
    width = WIDTH - 2 * EDGE
    across = {number: EDGE + (width * place / (len(numbers) - 1) if len(numbers) > 1 else width / 2)
              for place, number in enumerate(numbers)}  # fmt: skip
    levels = [(across[number], _down(LEVELS.index(level) / 3)) for number, level in sorted(question.levels.items())]
    own = [(across[n], _down((sure - 1) / 4)) for n, sure in sorted(question.confidence.items()) if sure]
    dots = "".join([f'<circle class="dot" cx="{x:.0f}" cy="{y:.0f}" r="4"/>' for x, y in levels])
    rings = "".join([f'<circle class="ring-dot" cx="{x:.0f}" cy="{y:.0f}" r="2.5"/>' for x, y in own])
    return (
        f'<svg class="move" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(_told(question, numbers))}"><path class="floor" d="M0 {HEIGHT - 1}H{WIDTH}"/>'
        f"{_line(own, 'line own')}{_line(levels, 'line')}{rings}{dots}</svg>"
    )


def _down(share: float) -> float:
    return EDGE + (1 - share) * (HEIGHT - 2 * EDGE)


def _line(points: list[tuple[float, float]], name: str) -> str:
    if len(points) < 2:
        return ""
    return f'<polyline class="{name}" points="{" ".join(f"{x:.0f},{y:.0f}" for x, y in points)}"/>'


def _told(question: Question, numbers: list[int]) -> str:
    told = []
    for number in numbers:
        level, sure = question.levels.get(number, ""), question.confidence.get(number)
        said = [LEVEL_WORDS[level].lower()] if level else []
        said += [f"mentee {sure} of 5"] if sure else []
        told += [f"round {number}: {', '.join(said)}"] if said else []
    return "; ".join(told).capitalize() or "Nothing said yet"


def _table_html(questions: list[Question], numbers: list[int]) -> str:
    heads = "".join([f'<th scope="col">Round {number}</th>' for number in numbers])
    rows = ""
    for question in questions:
        cells = [_cell(question, number) for number in numbers]
        rows += f'<tr><th scope="row">{escape(question.text)}</th>{"".join(cells)}</tr>\n'
    return (
        '<details><summary class="small">As a table</summary><div class="table stacks" role="region" tabindex="0" '
        'aria-label="The questions, round by round, as a table"><table>'
        f'<thead><tr><th scope="col">Question</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>\n'
    )


def _cell(question: Question, number: int) -> str:
    level, sure = question.levels.get(number, ""), question.confidence.get(number)
    said = [LEVEL_WORDS[level]] if level else []
    said += [f"mentee {sure} of 5"] if sure else []
    return f'<td data-label="Round {number}">{", ".join(said) or "–"}</td>'
