"""What people say about themselves."""

from typing import Any

from django import forms

from mentorship.people import zones
from mentorship.people.models import User
from mentorship.people.tokens import DAYS, MAX_DAYS


class SignupForm(forms.Form):
    """The fields that sign-up asks beside address and password; allauth puts them together."""

    name = forms.CharField(max_length=100, label="Your name", widget=forms.TextInput({"autocomplete": "name"}))
    timezone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput({"data-browser-zone": ""}))

    field_order = ["name", "email", "password1", "timezone"]

    def clean_timezone(self) -> str:
        """An unknown zone becomes UTC: the browser filled it in, not the person."""
        value = self.cleaned_data["timezone"]
        return value if zones.known(value) else "UTC"

    def signup(self, request: object, user: object) -> None:
        """Everything is saved by the adapter; allauth wants the method."""


class ProfileForm(forms.ModelForm):
    """One's own profile. The zone is a list, so that a city's first letters find it."""

    timezone = forms.ChoiceField(label="Timezone", help_text="All times are shown in it, mails come by its clock.")

    website = forms.URLField(
        required=False, assume_scheme="https", widget=forms.URLInput({"autocomplete": "url", "placeholder": "https://"})
    )

    class Meta:
        model = User
        fields = ["name", "handle", "headline", "bio", "website", "github", "visibility", "timezone"]
        labels = {"github": "GitHub user name", "visibility": "Who may open your profile"}
        help_texts = {
            "handle": "Your profile's address: 3 to 30 lower-case letters, digits and hyphens.",
            "bio": "A few lines: where you come from, what you like to work on.",
        }
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "handle": forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
            "bio": forms.Textarea({"rows": 5}),
            "github": forms.TextInput({"autocapitalize": "none", "spellcheck": "false"}),
            "visibility": forms.RadioSelect(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = zones.choices()
        mine = self.instance.timezone
        if not any(mine == zone for _region, places in known for zone, _name in places):
            known = [("Yours", [(mine, mine)]), *known]
        self.fields["timezone"].choices = known  # type: ignore[attr-defined]

    def clean_handle(self) -> str:
        return self.cleaned_data["handle"].strip().lower()


class TokenForm(forms.Form):
    name = forms.CharField(
        max_length=60, label="Name", help_text="What will use it, such as 'notebook on my laptop'.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    days = forms.IntegerField(
        min_value=1, max_value=MAX_DAYS, initial=DAYS, label="Days until it expires", help_text=f"1 to {MAX_DAYS}."
    )
