"""What an admin fills in to invite people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mentorship.cohorts.invitation_file import Found, Unreadable, read_bytes, read_text
from mentorship.cohorts.inviting import CAPACITY, LARGEST_TEXT, LONGEST, Asked
from mentorship.cohorts.models import Membership

EXAMPLE = """name, address, role, capacity, message
Lena Fischer, lena@example.org, mentee
Kofi Adjei, kofi@example.org, mentor, 3"""


class InviteForm(forms.Form):
    """One person."""

    address = forms.EmailField(label="E-mail address", max_length=LONGEST["address"])
    name = forms.CharField(required=False, max_length=LONGEST["name"], help_text="How the letter greets them.")
    role = forms.ChoiceField(choices=Membership.Role, initial="mentee", widget=forms.RadioSelect)
    capacity = forms.IntegerField(
        required=False, min_value=0, max_value=50, initial=CAPACITY, label="Mentees at once", help_text="For mentors."
    )
    message = forms.CharField(
        required=False, max_length=LONGEST["message"], label="A word from you", widget=forms.Textarea({"rows": 3})
    )

    def asked(self) -> Asked:
        data = self.cleaned_data
        capacity = data["capacity"] if data["capacity"] is not None else CAPACITY
        return Asked(**data | {"capacity": capacity})


class ListForm(forms.Form):
    """Many: a file, or rows that were typed or corrected. `seen` is the fingerprint of what a preview showed."""

    file = forms.FileField(
        required=False, label="A CSV file", widget=forms.ClearableFileInput({"accept": ".csv,.tsv,.txt,text/csv"})
    )
    rows = forms.CharField(
        required=False, strip=False, max_length=LARGEST_TEXT, label="Rows",
        widget=forms.Textarea({"rows": 6, "class": "code", "spellcheck": "false", "placeholder": EXAMPLE}),
        help_text="One person a line; only the address is needed.",
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    found: Found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        name = "file" if data.get("file") else "rows"
        if not data.get(name):
            raise ValidationError("Choose a file, or write the rows into the box.")
        try:
            self.found = read_bytes(data["file"].read(1 + LARGEST_TEXT)) if name == "file" else read_text(data["rows"])
        except Unreadable as problem:
            self.add_error(name, str(problem))
        return data
