"""The form in which an example is reviewed."""

from collections.abc import Iterator
from typing import Any

from django import forms

from projects.examples import Example, ExampleQuestion
from projects.models.calibration import LONGEST, Judged
from projects.models.rubric import Level
from projects.scale import StepsInput

VERDICTS = (("accepted", "Accept"), ("changes_requested", "Request changes"))


class CalibrationForm(forms.Form):
    """A score and a comment for each question, a summary, a verdict."""

    summary = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
        help_text="What is good, and what matters most.",
        error_messages={"required": "Write a summary first: a sentence or two on the whole."},
    )  # fmt: skip
    verdict = forms.ChoiceField(
        choices=VERDICTS, widget=StepsInput, error_messages={"required": "Choose a verdict first."}
    )

    def __init__(self, *args: Any, example: Example, **options: Any) -> None:
        super().__init__(*args, **options)
        self.example = example
        for question in example.questions:
            self.fields[f"score_{question.key}"] = forms.ChoiceField(
                label="Is this question answered?",
                choices=Level.choices,
                widget=StepsInput,
                error_messages={"required": "Score every question."},
            )
            self.fields[f"comment_{question.key}"] = forms.CharField(
                label="Comment",
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea({"rows": 2, "maxlength": LONGEST}),
            )
            self.fields[f"blocking_{question.key}"] = forms.BooleanField(label="Asks for a change", required=False)

    def questions(
        self,
    ) -> Iterator[tuple[ExampleQuestion, forms.BoundField, forms.BoundField, forms.BoundField]]:
        for question in self.example.questions:
            score, comment, blocking = (self[f"{part}_{question.key}"] for part in ("score", "comment", "blocking"))
            yield question, score, comment, blocking

    def said(self) -> dict[str, Judged]:
        """What the verb takes, of a form that is valid."""
        data = self.cleaned_data
        return {
            question.key: Judged(
                data[f"score_{question.key}"], data[f"comment_{question.key}"], data[f"blocking_{question.key}"]
            )
            for question in self.example.questions
        }
