"""What is filled in about stalled mentees: the cohort's thresholds, and a word to somebody."""

import uuid
from typing import Any

from django import forms

from mentorship.cohorts.forms import SeenForm
from mentorship.cohorts.messaging import LONGEST
from mentorship.cohorts.models import Thresholds
from mentorship.cohorts.seen import fingerprint

SIGNALS = [
    ("No step", "Nothing ticked, nothing handed in.", "progress_days", "progress_weight"),
    ("No study entry", "Nothing logged.", "study_days", "study_weight"),
    ("A review without an answer", "Changes were asked for, and no new round came.", "round_days", "round_weight"),
    ("Meetings missed", "In a row, up to the last one that was held.", "meetings_missed", "meetings_weight"),
    (
        "Mood down twice",
        "Lower than before each time; counts for so long.",
        "mood_days",
        "mood_weight",
    ),
]
UNITS = {"meetings_missed": "Meetings"}


class ThresholdsForm(SeenForm):
    WATCHED = Thresholds.EDITABLE

    class Meta:
        model = Thresholds
        fields = Thresholds.EDITABLE
        labels = {"listed_from": "Listed from a sum of"}
        help_texts = {"listed_from": "The weights of all that holds for somebody, added up."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" not in self.fields:  # the defaults, of which there is no row yet, can change meanwhile too
            self.fields["seen"] = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
            self.initial = {**self.initial, "seen": fingerprint(self.instance, self.WATCHED)}
        for _, _, name, weight in SIGNALS:
            self.fields[name].label = UNITS.get(name, "Days")
            self.fields[weight].label = "Weight"
            self.fields[weight].help_text = ""

    def signals(self) -> list[dict[str, Any]]:
        """The fields by the signal that they are about, for the page."""
        return [
            {"title": title, "about": about, "fields": [self[name], self[weight]]}
            for title, about, name, weight in SIGNALS
        ]


class MessageForm(forms.Form):
    """`key` makes a form that is sent twice one message."""

    text = forms.CharField(
        label="A few words",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="They read it in the app and by mail, with your name.",
        error_messages={"required": "Write something first."},
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid.uuid4()}} | kwargs)
