"""The places of a review where something is said, as HTML: on a question, on the whole round, on a cell.

Written out, every text escaped, since a project has a dozen questions and a review may have two hundred comments.
All controls name the form that they belong to, for they stand all over the page.
"""

from collections.abc import Callable
from functools import cache
from html import escape

from django.utils.safestring import SafeString

from projects import scale
from projects.draft import Draft, Said, new_key
from projects.models.rubric import Level
from projects.reading import Answered

FORM = 'form="draft"'
PLACEHOLDER = ' placeholder="Comment, in Markdown"'
LEVELS = dict(Level.choices)
KEY, ON, CRITERION = "__key__", "__on__", "__criterion__"


Picker = Callable[[int | None, str], str]  # the saved replies that suit a question, as HTML


def criteria_html(answers: list[Answered], draft: Draft, author: str, picker: Picker) -> SafeString:
    """A card for each question: the answer, the score, the comments. The first that is not scored is open."""
    first = next((row.criterion for row in answers if row.criterion not in draft.scores), None)
    cards = [_criterion_html(row, draft, author, row.criterion == first, picker) for row in answers]
    return SafeString("".join(cards))


def _criterion_html(row: Answered, draft: Draft, author: str, opened: bool, picker: Picker) -> str:
    question, said = escape(row.question), draft.on(row.criterion)
    sure = ""
    if row.confidence:
        words = scale.CONFIDENCE_WORDS[row.confidence].lower()
        sure = f'<p class="soft small">{escape(author)} is {words} of this ({row.confidence} of 5).</p>'
    score = scale.score_html(row.criterion, question, draft.scores.get(row.criterion, ""), FORM)
    return (
        f'<details class="criterion" id="criterion-{row.criterion}"{" open" if opened else ""}>'
        f'<summary><span>{question}</span><span class="criterion-state soft small">'
        f"{state_text(draft.scores.get(row.criterion, ''), len(said))}</span></summary>\n"
        f'<div class="stack">'
        f'<div class="stack tight answer"><div class="prose" hx-disable>{row.html}</div>{sure}</div>'
        f"{score}{places_html(said, row.criterion, question, picker(row.criterion, row.question))}</div></details>\n"
    )


def state_text(level: str, comments: int) -> str:
    """'Partly, 2 comments'; scripts write the same while one types."""
    said = [LEVELS[level]] if level in LEVELS else []
    if comments:
        said.append(f"{comments} comment{'s' if comments > 1 else ''}")
    return ", ".join(said)


def places_html(said: list[Said], criterion: int | None, on: str, replies: str = "") -> SafeString:
    """What is said so far, and one empty place more. `on`: the question, escaped; '' for the whole round."""
    name, on = (f"criterion-{criterion}", on) if criterion else ("round", "the whole round")
    places = "".join([said_html(one, number, on) for number, one in enumerate(said, 1)])
    # The question comes last, for it may say anything.
    empty = _empty_html(bool(criterion)).replace(KEY, new_key()).replace(CRITERION, str(criterion)).replace(ON, on)
    add = f' data-criterion="{criterion}"' if criterion else ""
    return SafeString(
        f'<div class="stack tight" data-places="{name}" data-on="{on}">{places}{empty}</div>'
        f'<div class="cluster spread place-more"><button class="button small quiet" type="submit" {FORM} data-do="add"'
        f"{add}>Add another</button>{replies}</div>"
    )


@cache
def _empty_html(on_question: bool) -> str:
    """An empty place; its key, its question's key and what it is on are put in where KEY, CRITERION and ON stand."""
    hidden = hidden_html(KEY, "criterion", CRITERION) if on_question else ""
    return place_html(Said(KEY, ""), hidden, f"New comment on {ON}", PLACEHOLDER)


def said_html(said: Said, number: int, on: str) -> str:
    """One comment, or the empty place for one; `on` is escaped."""
    parts = {"criterion": said.criterion, "file": said.file, "cell": said.cell}
    hidden = "".join([hidden_html(said.key, part, str(value)) for part, value in parts.items() if value])
    lines = lines_html(said.key, said.lines) if said.file else ""
    label, placeholder = f"Comment {number}", ""
    if not said.text:
        label, placeholder = "New comment", PLACEHOLDER
    return place_html(said, hidden, f"{label} on {on}", placeholder, lines)


def hidden_html(key: str, part: str, value: str) -> str:
    return f'<input type="hidden" {FORM} name="comment-{escape(key)}-{part}" value="{escape(value)}">'


def lines_html(key: str, lines: str) -> str:
    """Which lines of the cell: '3-7', or nothing for all of it."""
    return (
        f'<label class="choice said-lines">Lines <input {FORM} name="comment-{escape(key)}-lines" '
        f'value="{escape(lines)}" size="7" maxlength="20" placeholder="all" autocomplete="off"></label>'
    )


def place_html(said: Said, hidden: str, label: str, placeholder: str, lines: str = "") -> str:
    key, name = escape(said.key), f"comment-{escape(said.key)}"
    return (
        f'<div class="said stack tight" data-said="{key}"><input type="hidden" {FORM} name="comment" value="{key}">'
        f'{hidden}\n<label class="visually-hidden" for="{name}">{label}</label>\n'
        f'<textarea id="{name}" name="{name}-text" {FORM} rows="2" maxlength="20000"{placeholder}>'
        f'{escape(said.text)}</textarea>\n<div class="cluster spread">{lines}<label class="choice">'
        f'<input type="checkbox" {FORM} name="{name}-blocking" value="1"{" checked" if said.blocking else ""}> '
        f'Asks for a change</label><button class="button small quiet push" type="submit" {FORM} data-do="remove" '
        f'name="remove" value="{key}">Remove</button></div></div>\n'
    )


@cache
def templates_html() -> SafeString:
    """What scripts make new places from; `__key__` and `__on__` are put in."""
    kinds = {"said-template": (["criterion"], ""), "said-on-cell": (["file", "cell"], lines_html(KEY, ""))}
    empty, templates = Said(KEY, ""), []
    for name, (parts, lines) in kinds.items():
        hidden = "".join([hidden_html(KEY, part, "") for part in parts])
        place = place_html(empty, hidden, f"New comment on {ON}", PLACEHOLDER, lines)
        templates.append(f'<template id="{name}">{place}</template>')
    return SafeString("".join(templates))
