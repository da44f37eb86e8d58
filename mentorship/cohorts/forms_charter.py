"""What a person ticks to accept a charter, and what an admin writes into it."""

from typing import Any

from django import forms

from mentorship.cohorts.models import Charter, Cohort
from mentorship.cohorts.models.charter import LONGEST


class CharterTextForm(forms.Form):
    text = forms.CharField(
        max_length=LONGEST, label="Text", widget=forms.Textarea({"rows": 16}),
        help_text="Markdown. Members are asked to accept each new version.",
    )  # fmt: skip


class CharterForm(forms.Form):
    """'I have read it': names the version that was read."""

    accepts = forms.BooleanField(
        label="I have read the charter and keep to it", error_messages={"required": "Tick this to join."}
    )
    version = forms.IntegerField(min_value=1, max_value=32_000, widget=forms.HiddenInput)

    def __init__(self, charter: Charter, data: Any = None) -> None:
        super().__init__(data, initial={"version": charter.version}, prefix="charter")
        self.charter = charter

    def agreed(self) -> int | None:
        return self.cleaned_data["version"] if self.is_valid() else None


def charter_form(cohort: Cohort, person: Any, data: Any = None) -> CharterForm | None:
    """The form for who has not accepted what holds now; None for whom nothing is asked of."""
    charter = Charter.of(cohort)
    if charter is None or charter.is_accepted_by(person):
        return None
    return CharterForm(charter, data)
