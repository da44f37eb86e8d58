"""A cohort's own questions as fields of a form: what may be answered is said here once, for page, API and verb."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from mentorship.people import zones

if TYPE_CHECKING:
    from mentorship.cohorts.models import ApplicationQuestion

SHORT, LONG, LINK = 300, 4000, 500
FEW = 6  # choices that are shown at once, as dots


def field_of(question: "ApplicationQuestion") -> forms.Field:
    """The field that asks `question`; its `clean` says what is wrong with an answer."""
    kinds = question.Kind
    common: dict[str, Any] = {
        "label": question.label, "help_text": question.help_html(), "required": question.required,
    }  # fmt: skip
    match question.kind:
        case kinds.LONG:
            return forms.CharField(max_length=LONG, widget=forms.Textarea({"rows": 4}), **common)
        case kinds.CHOICE:
            offered = [(choice, choice) for choice in question.choices]
            if len(offered) <= FEW:
                none = [] if question.required else [("", "No answer")]
                return forms.ChoiceField(choices=[*offered, *none], widget=forms.RadioSelect, **common)
            return forms.ChoiceField(choices=[("", "Choose one"), *offered], **common)
        case kinds.HOURS:
            return forms.IntegerField(min_value=0, max_value=80, **common)
        case kinds.TIMEZONE:
            return forms.ChoiceField(choices=lambda: [("", "Choose one"), *zones.choices()], **common)
        case kinds.LINK:
            return forms.URLField(max_length=LINK, assume_scheme="https", **common)
    return forms.CharField(max_length=SHORT, **common)


def clean(question: "ApplicationQuestion", value: Any) -> str:
    """The answer as it is kept; ValidationError when it is none."""
    found = field_of(question).clean(value)
    return "" if found is None else str(found).replace("\r\n", "\n")


def problem(question: "ApplicationQuestion", value: Any) -> str:
    """What is wrong with `value` as an answer, as a sentence; '' when nothing is."""
    try:
        clean(question, value)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
