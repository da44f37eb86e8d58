"""What people fill in about being together: pauses and leaving."""

from datetime import date, timedelta
from typing import Any

from django import forms

from mentorship.cohorts.forms import DayInput
from mentorship.cohorts.models import Departure, Pause


class PauseForm(forms.Form):
    reason = forms.ChoiceField(choices=Pause.Reason.choices, widget=forms.RadioSelect, label="Why")
    note = forms.CharField(
        required=False, max_length=300, label="A word about it",
        help_text="You, your mentor and the admins read it; nobody else.",
    )  # fmt: skip
    first_day = forms.DateField(widget=DayInput, label="First day of the pause")
    returns_on = forms.DateField(widget=DayInput, label="Back on", help_text="You can come back earlier at any time.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"first_day": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["returns_on"].widget.attrs["min"] = (today + timedelta(days=1)).isoformat()


class LeavingForm(forms.Form):
    kind = forms.ChoiceField(choices=Departure.Kind.choices, widget=forms.RadioSelect, label="What makes you leave")
    text = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea({"rows": 4}), label="In your words",
        help_text="The admins read it. It helps the next ones who are where you are.",
    )  # fmt: skip
    thanks = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea({"rows": 3}), label="A word to your mentor"
    )
    door_open = forms.BooleanField(
        required=False, initial=True, label="Tell me when the next cohort of this stream takes applications"
    )
