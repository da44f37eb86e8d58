"""What is typed into the library, checked."""

import uuid
from typing import Any

from django import forms

from mentorship.common.errors import Refused
from mentorship.study.library.choices import LEVELS, Cost, Kind, Topic
from mentorship.study.library.filters import CHOICES, SORTS
from mentorship.study.library.models.annotation import LONGEST
from mentorship.study.library.models.resource import LONGEST_SEARCH

FIELD_OF = {"no_address": "url", "known": "url", "waiting": "url"}  # which field a refusal belongs to


class FilterForm(forms.Form):
    """What of the library to show; all of it may be left out."""

    use_required_attribute = False

    q = forms.CharField(
        label="Search", required=False, max_length=LONGEST_SEARCH, widget=forms.TextInput(attrs={"type": "search"})
    )
    topic = forms.ChoiceField(required=False, choices=[("", "Any"), *CHOICES["topic"]])
    kind = forms.ChoiceField(required=False, choices=[("", "Any"), *CHOICES["kind"]])
    level = forms.TypedChoiceField(
        required=False, choices=[("", "Any"), *CHOICES["level"]], coerce=int, empty_value=None
    )
    cost = forms.ChoiceField(required=False, choices=[("", "Any"), *CHOICES["cost"]])
    source = forms.ChoiceField(required=False, label="Recommended by")
    sort = forms.ChoiceField(required=False, choices=[("", "As it fits"), *SORTS])

    def __init__(self, data: Any, *, sources: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="find-%s")
        self.fields["source"].choices = [("", "Anybody"), *sources]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked; fields that are wrong count as left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrow(self) -> bool:
        return any(name != "sort" for name in self.asked)


class SuggestForm(forms.Form):
    """A resource that somebody misses in the library."""

    use_required_attribute = False

    url = forms.URLField(
        label="Address",
        max_length=500,
        assume_scheme="https",
        error_messages={"required": "Say where it is.", "invalid": "Write an address that begins with https://."},
    )
    title = forms.CharField(max_length=200, error_messages={"required": "Say what it is called."})
    author = forms.CharField(max_length=160, required=False, label="By")
    kind = forms.ChoiceField(choices=Kind.choices)
    topic = forms.ChoiceField(choices=Topic.choices)
    level = forms.TypedChoiceField(choices=list(LEVELS.items()), coerce=int)
    cost = forms.ChoiceField(choices=Cost.choices)
    about = forms.CharField(
        max_length=400,
        label="What is good about it",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences for who has not seen it.",
        error_messages={"required": "Say why it helped you."},
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url.startswith(("https://", "http://")):
            raise forms.ValidationError("Write an address that begins with https://.")
        return url

    def refuse(self, refusal: Refused) -> None:
        self.add_error(FIELD_OF.get(refusal.code), refusal.message)


class AnnotationForm(forms.Form):
    """A note on a resource. `key` makes a form that is sent twice one, `version` says which text was changed."""

    use_required_attribute = False

    text = forms.CharField(
        max_length=LONGEST,
        label="Your note for others",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Markdown. All members can read it, under your name.",
        error_messages={"required": "Write what you want to say first."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000)

    def __init__(self, data: Any = None, *, annotation: Any = None) -> None:
        initial: dict[str, Any] = {"key": uuid.uuid4()}
        if annotation is not None:
            initial = {"text": annotation.text, "version": annotation.version}
        super().__init__(data, initial=initial, auto_id="annotation-%s")
        del self.fields["version" if annotation is None else "key"]


class ReasonForm(forms.Form):
    """Why something is hidden or not taken; whom it concerns reads it."""

    use_required_attribute = False

    reason = forms.CharField(max_length=300, label="Why", error_messages={"required": "Say why: they are told."})
