"""Small scales to choose on: how sure the mentee is, how far the mentor sees it carry."""

from functools import lru_cache
from html import escape
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from projects.models.rubric import Level

# From 1 to 5: how sure one is of an answer.
CONFIDENCE = ((1, "Guessing"), (2, "Unsure"), (3, "Fairly sure"), (4, "Sure"), (5, "Certain"))
CONFIDENCE_WORDS = dict(CONFIDENCE)
NAME = "__name__"


class ConfidenceInput(forms.RadioSelect):
    """Five steps in a row, the ends in words. Written out, for a form has a dozen of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value[0] if isinstance(value, list) and value else value)
        start = str((attrs or {}).get("id") or f"id_{name}")
        steps = [
            step_html(name, f"{start}_{number}", str(number), _numbered(number, word), chosen == str(number))
            for number, word in CONFIDENCE
        ]
        return SafeString(f'<div class="scale">{"".join(steps)}</div>')


class StepsInput(forms.RadioSelect):
    """The choices in a row, each as one step."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value[0] if isinstance(value, list) and value else value)
        start = str((attrs or {}).get("id") or f"id_{name}")
        steps = [
            step_html(name, f"{start}_{number}", str(choice), escape(str(label)), chosen == str(choice))
            for number, (choice, label) in enumerate(self.choices)
        ]
        return SafeString(f'<div class="scale">{"".join(steps)}</div>')


class ConfidenceField(forms.TypedChoiceField):
    """How sure the mentee is, from 1 to 5; None when they did not say."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label="How sure are you of this answer?",
            choices=[("", "Not said"), *CONFIDENCE],
            coerce=int,
            empty_value=None,
            required=False,
            widget=ConfidenceInput,
            error_messages={"invalid_choice": "Say how sure you are with a number from 1 to 5."},
            **options,
        )


def score_html(criterion: int, question: str, chosen: str, form: str = "") -> str:
    """Where a mentor scores one criterion: the four levels, and none yet. `question` is escaped already.

    `form`: the HTML with which each control names the form it belongs to.
    """
    return (
        f'<fieldset class="scored"><legend class="visually-hidden">Score for {question}</legend>'
        f'<div class="scale">{_levels_html(chosen, form).replace(NAME, f"score-{criterion}")}</div></fieldset>\n'
    )


@lru_cache(maxsize=64)
def _levels_html(chosen: str, form: str) -> str:
    """The levels of any criterion, whose name is put in where NAME stands."""
    steps = [
        step_html(NAME, f"{NAME}-{value or 'none'}", value, escape(label), chosen == value)
        for value, label in (("", "Not scored"), *Level.choices)
    ]
    return "".join(steps).replace("<input ", f"<input {form} " if form else "<input ")


def step_html(name: str, pk: str, value: str, label: str, chosen: bool) -> str:
    """One step: a radio button whose label is what one sees. `label` is HTML."""
    checked = " checked" if chosen else ""
    return (
        f'<input type="radio" id="{escape(pk)}" name="{escape(name)}" '
        f'value="{escape(value)}"{checked}><label for="{escape(pk)}">{label}</label>'
    )


def _numbered(number: int, word: str) -> str:
    """The ends say their word; between them it is for who cannot see where they stand."""
    hidden = "" if number in (1, 5) else ' class="visually-hidden"'
    return f"{number}<span{hidden}> {word}</span>"
