"""What is filled in while applications are read and decided."""

from typing import Any

from django import forms

from mentorship.cohorts import deciding
from mentorship.cohorts.models import Application, Cohort
from mentorship.cohorts.models.application_score import HIGHEST, LOWEST

COMPARED = 4  # applicants side by side
LABELS = {1: "1, not now", 2: "2", 3: "3, perhaps", 4: "4", 5: "5, by all means"}


class DecisionForm(forms.Form):
    note = forms.CharField(
        required=False, max_length=2000, label="A word to the applicant", widget=forms.Textarea({"rows": 4}),
        help_text="They read it with the decision.",
    )  # fmt: skip


class ScoreForm(forms.Form):
    score = forms.TypedChoiceField(
        coerce=int, choices=[(number, LABELS[number]) for number in range(LOWEST, HIGHEST + 1)],
        widget=forms.RadioSelect, label="Your score",
    )  # fmt: skip
    comment = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea({"rows": 3}), label="Why",
        help_text="Who has scored this too reads it; the applicant does not.",
    )  # fmt: skip


class ChosenForm(DecisionForm):
    """A verb and those it is for, in their order of asking."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in deciding.RESULT], widget=forms.HiddenInput)
    chosen = forms.ModelMultipleChoiceField(
        Application.objects.none(), widget=forms.MultipleHiddenInput,
        error_messages={
            "required": "Choose somebody first.",
            "invalid_choice": "Somebody you chose is not here. Choose again.",
            "invalid_pk_value": "Somebody you chose is not here. Choose again.",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = cohort.applications.select_related("person", "cohort").order_by("submitted_at", "pk")
        self.fields["chosen"].queryset = rows  # type: ignore[attr-defined]
        self.fields["note"].label = "A word to each of them"
        self.fields["note"].help_text = "They read it with the decision."

    def clean_chosen(self) -> list[Application]:
        rows = list(self.cleaned_data["chosen"])
        if len(rows) > deciding.MOST:
            raise forms.ValidationError(f"Decide {deciding.MOST} at once at most.")
        return rows


class PlaceForm(forms.Form):
    to = forms.IntegerField(min_value=1, max_value=100_000)
