"""How the audit is searched."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from mentorship.cohorts.forms import DayInput
from mentorship.cohorts.models import Cohort
from mentorship.home.audit.reading import Wanted, day_begins, verbs
from mentorship.home.audit.sentences import OF, noun
from mentorship.people.models import User

PARTS = [("", "did or had done"), ("did", "did"), ("to", "had done to them")]


class AnyoneField(forms.CharField):
    """Someone by e-mail address or handle, closed accounts too: history has no end."""

    def clean(self, value: Any) -> User | None:
        text = super().clean(value).lstrip("@")
        if not text:
            return None
        person = User.objects.filter(Q(email__iexact=text) | Q(handle=text.lower())).first()
        if person is None:
            raise ValidationError("Nobody here has this address or handle.")
        return person


class AuditForm(forms.Form):
    person = AnyoneField(required=False, max_length=254, label="Person", help_text="E-mail or handle.")
    part = forms.ChoiceField(required=False, choices=PARTS, label="What they")
    verb = forms.ChoiceField(required=False, label="Verb")
    subject = forms.ChoiceField(required=False, label="Subject")
    number = forms.IntegerField(required=False, min_value=1, max_value=2**62, label="Number of the subject")
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), required=False, to_field_name="slug", empty_label="Every cohort"
    )
    since = forms.DateField(required=False, widget=DayInput, label="From")
    until = forms.DateField(required=False, widget=DayInput, label="To, that day included")

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        shown = [("", "Every verb"), *((verb, verb.replace("_", " ")) for verb in verbs())]
        self.fields["verb"].choices = shown  # type: ignore[attr-defined]
        kinds = sorted({kind for kind, _ in OF} | {"cohorts.group", "blog.post", "projects.comment"})
        subjects = [("", "Everything"), *((kind, noun(kind)) for kind in kinds)]
        self.fields["subject"].choices = subjects  # type: ignore[attr-defined]
        self.fields["cohort"].queryset = Cohort.objects.order_by("-starts_on", "name")  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].help_text = f"In {reader.timezone}."

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "This day is before the first one.")
        if data.get("number") and not data.get("subject"):
            self.add_error("number", "Say of which subject this is the number.")
        for name in ("since", "until"):
            if data.get(name) and not 1970 <= data[name].year <= 9000:
                self.add_error(name, "Choose a day of our time.")
        return data

    def wanted(self) -> Wanted:
        data, zone = self.cleaned_data, self.reader.zone
        return Wanted(
            data["person"], data["part"], data["verb"], data["subject"], data["number"],
            data["cohort"].pk if data["cohort"] else None,
            day_begins(data["since"], zone) if data["since"] else None,
            day_begins(data["until"], zone, 1) if data["until"] else None,
        )  # fmt: skip
