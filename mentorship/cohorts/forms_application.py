"""The form in which people apply, and the one in which an admin words a question of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mentorship.cohorts import asking
from mentorship.cohorts.models import Application, ApplicationDraft, ApplicationQuestion

MOST_CHOICES, LONGEST_CHOICE = 20, 100


class ApplicationForm(forms.ModelForm):
    """The standard questions, then those of the cohort; filled with what was sent, and over that what was typed."""

    link = forms.URLField(
        required=False, assume_scheme="https", label="Something of yours to look at",
        help_text="A repository, a post or a profile.",
    )  # fmt: skip

    class Meta:
        model = Application
        fields = Application.ANSWERS
        labels = {
            "motivation": "Why do you want to join?",
            "background": "What have you learned and built so far?",
            "goal": "Where do you want to be when the cohort ends?",
            "hours_a_week": "How many hours a week can you study?",
        }
        widgets = {
            "motivation": forms.Textarea({"rows": 5}),
            "background": forms.Textarea({"rows": 5}),
            "goal": forms.Textarea({"rows": 3}),
        }

    def __init__(
        self, *args: Any, questions: Sequence[ApplicationQuestion] = (), draft: ApplicationDraft | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.name] = asking.field_of(question)
        if self.instance.pk and questions:
            said = self.instance.own_answers.values_list("question", "text")
            self.initial = {**self.initial, **{f"question_{pk}": text for pk, text in said}}
        if draft and draft.content:
            blank = dict.fromkeys(self.fields, "")  # what was emptied before it was saved is empty
            typed = {name: text for name, text in draft.content.items() if name in self.fields}
            self.initial = {**self.initial, **blank, **typed}

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Application.ANSWERS}

    def own(self) -> dict[int, Any]:
        """The answers to the cohort's own questions."""
        return {question.pk: self.cleaned_data[question.name] for question in self.questions}


class QuestionForm(forms.ModelForm):
    choices = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 4}), max_length=(LONGEST_CHOICE + 2) * MOST_CHOICES,
        help_text="One in each line; only for a question with several choices.",
    )  # fmt: skip

    class Meta:
        model = ApplicationQuestion
        fields = ["label", "kind", "choices", "help", "required"]
        labels = {"kind": "Answered with", "help": "A hint"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["choices"] = "\n".join(self.instance.choices)

    def clean_choices(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_CHOICES:
            raise ValidationError(f"{MOST_CHOICES} choices at most.")
        if any(len(line) > LONGEST_CHOICE for line in found):
            raise ValidationError(f"A choice has {LONGEST_CHOICE} characters at most.")
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "choices" in data and "kind" in data:
            if data["kind"] != ApplicationQuestion.Kind.CHOICE:
                data["choices"] = []
            elif len(data["choices"]) < 2:
                self.add_error("choices", "Offer at least two choices.")
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ApplicationQuestion.EDITABLE}
