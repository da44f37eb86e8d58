"""The questions of a project as both sides see them: beside each other in a round, and from round to round.

Written out as HTML, every text escaped: a project has a dozen questions, and pages of several rounds show them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from projects.models.rubric import Level
from projects.scale import CONFIDENCE_WORDS

LEVELS = Level.values
LEVEL_WORDS = dict(Level.choices)
BADGES = {"not_yet": "warn", "partly": "accent", "yes": "good", "beyond": "good"}
# How sure somebody is who sees it as a mentor does who scores so: from, to.
FITTING = {"not_yet": (1, 2), "partly": (2, 3), "yes": (3, 5), "beyond": (4, 5)}
SURER, BETTER = "surer", "better"
DIFFERENCES = {
    SURER: ("warn", "Surer than the review"),
    BETTER: ("good", "Better than thought"),
}


def difference(confidence: int | None, level: str) -> str:
    """'surer' when the mentee is surer than the mentor, 'better' when the work is better than they thought, or ''."""
    if confidence is None or level not in FITTING:
        return ""
    low, high = FITTING[level]
    if confidence > high:
        return SURER
    return BETTER if confidence < low else ""


@dataclass
class Question:
    """One criterion: what both sides said of it, by round."""

    criterion: int
    text: str
    confidence: dict[int, int | None] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)

    def differs(self, number: int) -> str:
        return difference(self.confidence.get(number), self.levels.get(number, ""))


def questions_of(rounds: Sequence[Any]) -> list[Question]:
    """The questions of `rounds`, each read `in_full` and arranged; in their order, with what was said of each."""
    found: dict[int, Question] = {}
    for round in rounds:
        for answer in round.answers.all():
            question = found.setdefault(answer.criterion_id, Question(answer.criterion_id, answer.criterion.question))
            question.confidence[round.number] = answer.confidence
        for score in round.review.scores.all() if round.review else ():
            question = found.setdefault(score.criterion_id, Question(score.criterion_id, score.criterion.question))
            question.levels[round.number] = score.level
    return list(found.values())


def side_by_side(round: Any) -> SafeString:
    """How sure the mentee was and what the mentor says, question by question; '' when neither said anything."""
    questions, number = questions_of([round]), round.number
    rows = [(one, one.confidence.get(number), one.levels.get(number, "")) for one in questions]
    if not any(confidence or level for _question, confidence, level in rows):
        return SafeString("")
    mentee, scored = escape(str(round.submission.author)), any(level for _question, _confidence, level in rows)
    mentor = escape(str(round.review.mentor)) if scored else "Mentor"
    body = "".join([_row_html(*row, mentee, mentor, scored) for row in rows])
    heads = f'<th scope="col">{mentee} is</th>' + (
        f'<th scope="col">{mentor} says</th><th scope="col">Where they differ</th>' if scored else ""
    )
    return SafeString(
        '<section class="stack tight rubric" aria-labelledby="rubric">'
        '<h2 id="rubric">The questions, side by side</h2>\n'
        f'<p class="soft">{_in_short(rows) if scored else "How sure the mentee is; the review scores the same."}</p>\n'
        '<div class="table stacks" role="region" tabindex="0" aria-label="What both sides say"><table>'
        f'<thead><tr><th scope="col">Question</th>{heads}</tr></thead>\n<tbody>{body}</tbody></table></div></section>\n'
    )


def _row_html(question: Question, confidence: int | None, level: str, mentee: str, mentor: str, scored: bool) -> str:
    said = ""
    if scored:
        tone, words = DIFFERENCES.get(difference(confidence, level), ("", ""))
        nothing = "No" if confidence and level else "–"
        badge = f'<span class="badge {tone}">{words}</span>' if words else f'<span class="soft">{nothing}</span>'
        said = f'<td data-label="{mentor} says">{level_html(level)}</td><td data-label="Where they differ">{badge}</td>'
    return (
        f'<tr><th scope="row">{escape(question.text)}</th><td data-label="{mentee} is">{confidence_html(confidence)}'
        f"</td>{said}</tr>\n"
    )


def _in_short(rows: list[tuple[Question, int | None, str]]) -> str:
    """In a sentence or two, where the two differ."""
    found = [difference(confidence, level) for _question, confidence, level in rows]
    surer, better = found.count(SURER), found.count(BETTER)
    if not surer and not better:
        return "Both see it alike."
    told = []
    if surer:
        told.append(f"Surer than the review on {_counted(surer)}: there is something to find out.")
    if better:
        told.append(f"Better than thought on {_counted(better)}.")
    return " ".join(told)


def _counted(count: int) -> str:
    return f"{count} question{'' if count == 1 else 's'}"


def confidence_html(confidence: int | None) -> str:
    """How sure the mentee is: five dots, the number, a word."""
    if confidence is None:
        return '<span class="soft">Not said</span>'
    dots = "".join(
        f'<circle cx="{6 + 11 * step}" cy="7" r="4"{_on(step < confidence)}/>' for step in range(len(CONFIDENCE_WORDS))
    )
    return (
        f'<span class="said-so"><svg class="dots" viewBox="0 0 56 14" width="56" height="14" aria-hidden="true">{dots}'
        f"</svg> <span>{confidence} of 5, {CONFIDENCE_WORDS[confidence].lower()}</span></span>"
    )


def level_html(level: str) -> str:
    """What the mentor says: four steps that rise, and the word."""
    if not level:
        return '<span class="soft">Not scored</span>'
    reached = LEVELS.index(level)
    bars = "".join(
        f'<rect x="{1 + 11 * step}" y="{10 - 3 * step}" width="8" height="{4 + 3 * step}"{_on(step <= reached)}/>'
        for step in range(len(LEVELS))
    )
    return (
        '<span class="said-so"><svg class="dots" viewBox="0 0 46 14" width="46" height="14" aria-hidden="true">'
        f'{bars}</svg> <span class="strong">{LEVEL_WORDS[level]}</span></span>'
    )


def _on(on: bool) -> str:
    return ' class="on"' if on else ""
