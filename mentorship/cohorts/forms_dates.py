"""What people fill in about a cohort's calendar: the weeks of units, moments on the cohort's clocks, more time."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from mentorship.cohorts.forms import FOLDS, DayInput
from mentorship.cohorts.models import Membership
from mentorship.common.times import AmbiguousTime, NonexistentTime, from_local
from streams.models import Unit

Spans = dict[int, tuple[int, int]]


class SkippedForm(forms.Form):
    """Which weeks have no program, and the version of the schedule that one has before one."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    skip = forms.TypedMultipleChoiceField(
        required=False, coerce=int, label="Weeks without program", widget=forms.CheckboxSelectMultiple,
        help_text="Holidays, say. Units pass over them.",
    )  # fmt: skip

    def __init__(self, *args: Any, weeks: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skip"].choices = weeks  # type: ignore[attr-defined]

    @property
    def version_seen(self) -> int:
        return int(self.cleaned_data["version"])


class ScheduleForm(SkippedForm):
    """The first and the last week of each unit."""

    def __init__(self, *args: Any, weeks: list[tuple[int, str]], units: Iterable[Unit], spans: Spans, **kwargs: Any):
        super().__init__(*args, weeks=weeks, **kwargs)
        self.units, self.standing = list(units), cast(list[tuple[str, str]], [])
        numbers = [(number, str(number)) for number, _days in weeks]
        for unit in self.units:
            span = spans.get(unit.pk, (len(weeks), len(weeks)))
            for name, week in zip(("first", "last"), span, strict=True):
                label = f"{name.title()} week of {unit.title}"
                self.fields[f"{name}_{unit.pk}"] = forms.TypedChoiceField(
                    choices=numbers, coerce=int, initial=min(week, len(weeks)), label=label,
                    widget=forms.Select({"aria-label": label}),
                )  # fmt: skip

    def rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(unit.title, self[f"first_{unit.pk}"], self[f"last_{unit.pk}"]) for unit in self.units]

    def spans(self) -> Spans:
        data = self.cleaned_data
        return {unit.pk: (data[f"first_{unit.pk}"], data[f"last_{unit.pk}"]) for unit in self.units}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        skipped = data.get("skip", [])
        for unit in self.units:
            first, last = (data.get(f"{name}_{unit.pk}") for name in ("first", "last"))
            if first and last and last < first:
                self.add_error(f"last_{unit.pk}", "It ends before it begins.")
            for name, week in (("first", first), ("last", last)):
                if week in skipped:
                    self.add_error(f"{name}_{unit.pk}", f"Week {week} is skipped.")
        return data

    def compare(self, spans: Spans, version: int, message: str) -> None:
        """Show what stands beside what was chosen; saving again is then meant."""
        self.add_error(None, message)
        typed = cast(QueryDict, self.data).copy()
        typed["version"] = str(version)
        self.data = typed
        for unit in self.units:
            there = spans.get(unit.pk)
            if there and there != self.spans_typed(unit):
                self.standing.append((unit.title, f"Weeks {there[0]} to {there[1]}"))

    def spans_typed(self, unit: Unit) -> tuple[Any, Any]:
        return self.cleaned_data.get(f"first_{unit.pk}"), self.cleaned_data.get(f"last_{unit.pk}")


class MomentForm(forms.Form):
    """A day and a time on the clocks of a zone. A time that they skip or show twice is asked about, not guessed."""

    day = forms.DateField(widget=DayInput)
    clock = forms.TimeField(
        label="Time", widget=forms.TimeInput({"type": "time"}, format="%H:%M"), initial=time(23, 59)
    )
    which = forms.ChoiceField(required=False, label="Which of the two", widget=forms.RadioSelect)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["clock"].help_text = f"As the clocks show it in {zone.key}, the cohort's zone."
        which = self.fields["which"]
        try:
            local = datetime.combine(*(self[name].field.clean(self[name].value()) for name in ("day", "clock")))
            from_local(local, zone)
        except AmbiguousTime as twice:
            which.required, which.error_messages["required"] = True, str(twice)
            which.choices = [  # type: ignore[attr-defined]
                (name, f"The {name}: {local.replace(tzinfo=zone, fold=fold):%H:%M %Z}") for name, fold in FOLDS
            ]
        except (ValueError, ValidationError, OverflowError):
            del self.fields["which"]
        else:
            del self.fields["which"]

    @classmethod
    def initial_of(cls, moment: datetime, zone: ZoneInfo) -> dict[str, Any]:
        local = moment.astimezone(zone)
        clock = local.time().replace(second=0, microsecond=0)
        return {"day": local.date(), "clock": clock, "which": FOLDS[local.fold][0]}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("day") and data.get("clock") is not None and "which" not in self.errors:
            local = datetime.combine(data["day"], data["clock"])
            try:
                data["moment"] = from_local(local, self.zone, data.get("which", ""))
            except NonexistentTime as error:
                self.add_error("clock", str(error))
            except (AmbiguousTime, OverflowError):
                self.add_error("day", "Choose another day.")
        return data


class DueForm(MomentForm):
    """Until when a project is handed in; `seen` is what the change began from."""

    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)


class ExtensionForm(MomentForm):
    reason = forms.CharField(max_length=300, label="Why")


class GiveForm(ExtensionForm):
    """More time for one of the mentees that one follows."""

    mentee = forms.ModelChoiceField(Membership.objects.none(), error_messages={"required": "Choose a mentee."})
    field_order = ["mentee", "day", "clock", "which", "reason"]

    def __init__(self, *args: Any, mentees: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["mentee"]
        field.queryset = mentees
        field.label_from_instance = lambda seat: str(seat.person)


class AnswerForm(forms.Form):
    note = forms.CharField(required=False, max_length=300, label="A word to them")
