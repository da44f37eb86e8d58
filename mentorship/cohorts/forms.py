"""What people fill in about cohorts."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import QueryDict

from mentorship.cohorts.models import Cohort, Meeting, Membership
from mentorship.cohorts.seen import fingerprint
from mentorship.common.times import AmbiguousTime, NonexistentTime, exact, from_local
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
            "about": "Who it is for and what is expected. Everyone reads it while the cohort takes applications.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        streams = Stream.objects.published()
        if self.instance.pk and self.instance.state != Cohort.State.DRAFT:
            streams = Stream.objects.filter(pk=self.instance.stream_id)
            self.fields["stream"].help_text = "Fixed since the cohort has opened."
        self.fields["stream"] = forms.ModelChoiceField(streams, help_text=self.fields["stream"].help_text)
        self.fields["timezone"] = forms.ChoiceField(
            choices=zones.choices, help_text="Where the cohort's calendar is kept."
        )

    def clean_seats(self) -> int:
        seats: int = self.cleaned_data["seats"]
        if seats < self.instance.seats_taken:
            raise ValidationError(f"{self.instance.seats_taken} seats are taken: there cannot be fewer.")
        return seats


class DecisionForm(forms.Form):
    note = forms.CharField(
        required=False, max_length=2000, label="A word to the applicant", widget=forms.Textarea({"rows": 4}),
        help_text="They read it with the decision.",
    )  # fmt: skip


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
        self.fields["mentor"].queryset = cohort.memberships.mentors()  # type: ignore[attr-defined]


class ReassignForm(forms.Form):
    mentor = forms.ModelChoiceField(Membership.objects.none(), label="New mentor")
    reason = forms.CharField(max_length=300, label="Why", help_text="It stands in the history; all three are told.")

    def __init__(self, *args: Any, cohort: Cohort, but: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mentors = cohort.memberships.mentors().exclude(pk=but).select_related("person").order_by("person__name")
        field = self.fields["mentor"]
        field.queryset = mentors  # type: ignore[attr-defined]
        field.label_from_instance = lambda m: f"{m.person} ({m.load} of {m.capacity})"  # type: ignore[attr-defined]


class EndForm(forms.Form):
    reason = forms.CharField(max_length=300, label="Why", help_text="It stands in the history; both are told.")


class LeaveForm(forms.Form):
    reason = forms.CharField(required=False, max_length=300)


class MeetingForm(SeenForm):
    """A meeting in the cohort's own time. A time that the clocks skip or show twice is asked about."""

    day = forms.DateField(widget=DayInput)
    clock = forms.TimeField(label="Time", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    which = forms.ChoiceField(
        required=False, label="Which of the two", widget=forms.RadioSelect
    )  # fmt: skip

    link = forms.URLField(
        required=False, assume_scheme="https", label="Where to meet", help_text="The address of the call."
    )

    WATCHED = Meeting.EDITABLE

    class Meta:
        model = Meeting
        fields = ["title", "day", "clock", "which", "minutes_long", "coordinator", "link"]
        labels = {"minutes_long": "Minutes"}
        help_texts = {"coordinator": "Leads this one; another one next time."}

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        if self.instance.pk:
            local = self.instance.starts_at.astimezone(cohort.zone)
            self.initial = {**self.initial, "day": local.date(), "clock": local.time()}
        self.fields["clock"].help_text = f"As the clocks show it in {cohort.timezone}."
        people = cohort.memberships.active().select_related("person").order_by("person__name")
        field = self.fields["coordinator"]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = lambda m: f"{m.person} ({m.role})"  # type: ignore[attr-defined]
        self._ask_which()

    def _ask_which(self) -> None:
        """'Which of the two' is asked, and then required, only for a time that exists twice."""
        which, zone = self.fields["which"], self.cohort.zone
        try:
            local = self._local()
            from_local(local, zone)
        except AmbiguousTime as twice:
            which.required, which.error_messages["required"] = True, str(twice)
            both = [(name, f"The {name}: {local.replace(tzinfo=zone, fold=fold):%H:%M %Z}") for name, fold in FOLDS]
            which.choices = both  # type: ignore[attr-defined]
            if self.instance.pk:
                self.initial = {**self.initial, "which": FOLDS[self.instance.starts_at.astimezone(zone).fold][0]}
        except (ValueError, ValidationError):
            del self.fields["which"]
        else:
            del self.fields["which"]

    def _local(self) -> datetime:
        """The local time that was typed, or that stands; ValidationError when it is none."""
        source: Any = self.data if self.is_bound else self.initial
        return datetime.combine(*(self.fields[name].clean(source.get(name)) for name in ("day", "clock")))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("day") and data.get("clock") and "which" not in self.errors:
            try:
                local = datetime.combine(data["day"], data["clock"])
                data["starts_at"] = from_local(local, self.cohort.zone, data.get("which", ""))
            except NonexistentTime as error:
                self.add_error("clock", str(error))
        return data

    def meeting(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Meeting.EDITABLE}

    def shown(self, row: Any, name: str) -> str:
        if name == "starts_at":
            return exact(row.starts_at, self.cohort.zone)
        if name == "coordinator":
            return str(row.coordinator.person) if row.coordinator else "Nobody yet"
        return super().shown(row, name)


class NotesForm(SeenForm):
    WATCHED = ["notes"]

    class Meta:
        model = Meeting
        fields = ["notes"]
        labels = {"notes": "Minutes and action items"}
        widgets = {"notes": forms.Textarea({"rows": 14})}
