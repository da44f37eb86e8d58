"""What people fill in about cohorts."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import QueryDict

from mentorship.cohorts.models import Cohort, Membership
from mentorship.cohorts.seen import fingerprint
from mentorship.people import zones
from mentorship.people.models import User
from streams.models import Stream

FOLDS = [("first", 0), ("second", 1)]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class SeenForm(forms.ModelForm):
    """A form that carries the fingerprint of what it was filled from, in the hidden field `seen`."""

    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    WATCHED: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing: list[tuple[str, str]] = []
        if self.instance.pk:
            self.initial = {**self.initial, "seen": fingerprint(self.instance, self.WATCHED)}
        else:
            del self.fields["seen"]

    def values(self) -> dict[str, Any]:
        """What was filled in, without the fingerprint."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def compare(self, row: models.Model, message: str) -> None:
        """Show what stands in `row` beside what was typed; saving again is then meant."""
        self.add_error(None, message)
        typed = cast(QueryDict, self.data).copy()
        typed["seen"] = fingerprint(row, self.WATCHED)
        self.data = typed
        for name in self.WATCHED:
            if self.cleaned_data.get(name) != getattr(row, name):
                field: Any = row._meta.get_field(name)
                self.standing.append((str(field.verbose_name).capitalize(), self.shown(row, name)))

    def shown(self, row: Any, name: str) -> str:
        """The field `name` of `row` as people read it."""
        return str(getattr(row, name))


class CohortForm(SeenForm):
    WATCHED = Cohort.EDITABLE

    class Meta:
        model = Cohort
        fields = Cohort.EDITABLE
        widgets = {"starts_on": DayInput, "ends_on": DayInput, "applications_close_on": DayInput}
        help_texts = {
            "slug": "The last part of its page's address: small letters, digits, hyphens.",
            "about": "What it is like and what is expected. Everyone reads it while the cohort takes applications.",
            "for_whom": "What people should know already, and where they want to go.",
            "promise_days": "What mentors promise when they join; each may change their own. Empty: as it is.",
            "waitlist_moves_up": "At once, also seats that are free now; each is told once.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        streams, fixed = Stream.objects.published(), ""
        if self.instance.pk and self.instance.state != Cohort.State.DRAFT:
            streams, fixed = Stream.objects.filter(pk=self.instance.stream_id), "Fixed since the cohort has opened."
        if "stream" in self.fields:
            self.fields["stream"] = forms.ModelChoiceField(streams, help_text=fixed)
        if "timezone" in self.fields:
            self.fields["timezone"] = forms.ChoiceField(
                choices=zones.choices, help_text="Where the cohort's calendar is kept."
            )
        if "promise_days" in self.fields:
            self.fields["promise_days"].required = False

    def clean_promise_days(self) -> int:
        """Left empty, it stays what it is."""
        return self.cleaned_data["promise_days"] or self.instance.promise_days

    def clean_seats(self) -> int:
        seats: int = self.cleaned_data["seats"]
        if seats < self.instance.seats_taken:
            raise ValidationError(f"{self.instance.seats_taken} seats are taken: there cannot be fewer.")
        return seats


class PersonField(forms.CharField):
    """Someone by e-mail address or handle."""

    def clean(self, value: Any) -> User | None:
        text = super().clean(value).lstrip("@")
        if not text:
            return None
        person = User.objects.active().filter(Q(email__iexact=text) | Q(handle=text.lower())).first()
        if person is None:
            raise ValidationError("Nobody here has this address or handle. They sign up first.")
        return person


class MentorForm(forms.Form):
    person = PersonField(label="E-mail or handle", max_length=254)
    capacity = forms.IntegerField(min_value=0, max_value=50, initial=4, label="Mentees at once")


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(min_value=0, max_value=50)


class AssignForm(forms.Form):
    """Some mentees, one mentor."""

    mentees = forms.ModelMultipleChoiceField(
        Membership.objects.none(), error_messages={"required": "Choose at least one mentee."}
    )
    mentor = forms.ModelChoiceField(Membership.objects.none(), error_messages={"required": "Choose a mentor."})

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentees"].queryset = cohort.memberships.mentees()  # type: ignore[attr-defined]
        self.fields["mentor"].queryset = cohort.memberships.mentors().filter(person__is_active=True)  # type: ignore[attr-defined]


def summary_field() -> forms.CharField:
    return forms.CharField(
        required=False, max_length=5_000, label="Summary for the next mentor", widget=forms.Textarea({"rows": 3}),
        help_text="Private to mentors and admins. Left empty, who mentored them is asked for it.",
    )  # fmt: skip


class ReassignForm(forms.Form):
    mentor = forms.ModelChoiceField(Membership.objects.none(), label="New mentor")
    reason = forms.CharField(max_length=300, label="Why", help_text="It stands in the history; all three are told.")
    summary = summary_field()

    def __init__(self, *args: Any, cohort: Cohort, but: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mentors = cohort.memberships.mentors().filter(person__is_active=True).exclude(pk=but)
        mentors = mentors.select_related("person").order_by("person__name")
        field = self.fields["mentor"]
        field.queryset = mentors  # type: ignore[attr-defined]
        field.label_from_instance = lambda m: f"{m.person} ({m.load} of {m.capacity})"  # type: ignore[attr-defined]


class EndForm(forms.Form):
    reason = forms.CharField(max_length=300, label="Why", help_text="It stands in the history; both are told.")
    summary = summary_field()


class LeaveForm(forms.Form):
    reason = forms.CharField(required=False, max_length=300)
