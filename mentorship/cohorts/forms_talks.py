"""What people fill in about guest talks."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from mentorship.cohorts.forms import SeenForm
from mentorship.cohorts.forms_dates import MomentForm
from mentorship.cohorts.models import Talk
from mentorship.common.times import exact
from mentorship.people import zones


def zone_of(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name or "UTC"))
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


class TalkForm(MomentForm, SeenForm):
    """A talk at a time on the clocks of its own zone."""

    minutes = forms.IntegerField(min_value=15, max_value=180, initial=60)
    timezone = forms.ChoiceField(choices=zones.choices, label="On the clocks of")
    place = forms.URLField(
        required=False, assume_scheme="https", label="Link to join", help_text="Who has signed up sees it."
    )
    slug = forms.SlugField(
        max_length=80, required=False, label="Address", help_text="The last part; made from the title if empty."
    )

    WATCHED = Talk.EDITABLE
    field_order = [
        *("title", "speaker_name", "speaker_about", "speaker_email", "about", "day", "clock", "which", "minutes"),
        *("timezone", "visibility", "limit", "place", "slug", "seen"),
    ]

    class Meta:
        model = Talk
        fields = [
            *("title", "speaker_name", "speaker_about", "speaker_email", "about", "visibility", "limit", "place"),
            *("slug", "timezone"),
        ]
        widgets = {"about": forms.Textarea({"rows": 8})}

    def __init__(self, data: Any = None, *, zone: ZoneInfo, **kwargs: Any) -> None:
        row = kwargs.get("instance")
        initial: dict[str, Any] = {"timezone": zone.key, "clock": "18:00"}
        if row:
            zone = zone_of(row.timezone)
            minutes = {"minutes": row.minutes, "timezone": row.timezone}
            initial = MomentForm.initial_of(row.starts_at, zone) | minutes
        if data is not None:
            zone = zone_of(data.get("timezone"))
        super().__init__(data, zone=zone, initial=initial, **kwargs)
        self.fields["clock"].help_text = "On the clocks of the zone below."

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("title", ""))[:80]
        if not slug:
            raise ValidationError("Give it an address: the title has no letters for one.")
        if slug in TAKEN:
            raise ValidationError("This address is taken by a page of ours. Choose another one.")
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("moment") and data.get("minutes"):
            try:
                data["ends_at"] = data["moment"] + timedelta(minutes=data["minutes"])
            except OverflowError:
                self.add_error("day", "Choose another day.")
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data["moment" if name == "starts_at" else name] for name in Talk.EDITABLE}

    def compare(self, row: Any, message: str) -> None:
        self.cleaned_data = self.cleaned_data | self.values()
        super().compare(row, message)

    def shown(self, row: Any, name: str) -> str:
        if name in ("starts_at", "ends_at"):
            return exact(getattr(row, name), zone_of(row.timezone))
        return super().shown(row, name)


TAKEN = frozenset(["new", "speaker", "past"])


class CancelTalkForm(forms.Form):
    reason = forms.CharField(max_length=300, required=False, label="Why", help_text="Who signed up reads it.")


class RecordingForm(forms.Form):
    recording = forms.URLField(
        required=False, assume_scheme="https", label="Recording", help_text="Where it can be watched. Empty: nowhere."
    )


class SpeakerForm(forms.Form):
    answer = forms.ChoiceField(
        choices=[("yes", "Yes, I will speak"), ("no", "No, I cannot")], widget=forms.RadioSelect, label="Your answer"
    )
    note = forms.CharField(max_length=500, required=False, label="A word to us", widget=forms.Textarea({"rows": 3}))
