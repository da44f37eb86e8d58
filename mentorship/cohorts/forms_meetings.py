"""What people fill in about meetings."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from mentorship.cohorts.forms import FOLDS, DayInput, SeenForm
from mentorship.cohorts.models import Cohort, Meeting
from mentorship.cohorts.series import Rhythm
from mentorship.common import clock
from mentorship.common.times import AmbiguousTime, NonexistentTime, exact, from_local

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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

    reason = forms.CharField(
        required=False, max_length=300, label="Why another time", help_text="Every member reads it with the new time."
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
        else:
            del self.fields["reason"]
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


class DaysField(forms.CharField):
    """Days as people write them one after the other: 2026-12-24, 2026-12-31."""

    widget = forms.Textarea({"rows": 2})

    def clean(self, value: Any) -> frozenset[date]:
        days = set()
        for text in re.split(r"[\s,;]+", super().clean(value)):
            if not text:
                continue
            try:
                if not DAY.fullmatch(text):
                    raise ValueError
                days.add(date.fromisoformat(text))
            except ValueError:
                raise ValidationError(f"“{text[:30]}” is no day: write days as 2026-12-24.") from None
        return frozenset(days)


class SeriesForm(forms.Form):
    """The rhythm of a cohort's meetings, in the cohort's own time."""

    first_day = forms.DateField(widget=DayInput)
    clock = forms.TimeField(label="Time", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    which = forms.ChoiceField(
        required=False,
        label="Which of the two",
        widget=forms.RadioSelect,
        choices=[("first", "The first"), ("second", "The second")],
    )
    weeks = forms.TypedChoiceField(
        label="Rhythm", coerce=int, initial=2,
        choices=[(2, "Every two weeks"), (1, "Every week"), (3, "Every three weeks"), (4, "Every four weeks")],
    )  # fmt: skip
    minutes_long = forms.IntegerField(label="Minutes", min_value=5, max_value=90, initial=90)
    title = forms.CharField(
        max_length=120, initial="Session", label="What they are called", help_text="A number follows."
    )
    link = forms.URLField(
        required=False, assume_scheme="https", label="Where to meet", help_text="The address of the call."
    )
    skip = DaysField(
        required=False, max_length=1000, label="Days to skip",
        help_text="Holidays on which no meeting is made: 2026-12-24, 2026-12-31.",
    )  # fmt: skip
    leads = forms.BooleanField(
        required=False, initial=True, label="Deal out who leads",
        help_text="Who led least and longest ago, nobody who is away on that day. You can change each by hand.",
    )  # fmt: skip

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.fields["clock"].help_text = f"As the clocks show it in {cohort.timezone}, in summer and in winter."
        self.fields["first_day"].help_text = f"The cohort lasts until {cohort.ends_on:%-d %B %Y}."
        self.initial = {**self._standing(), **self.initial}
        if not self._asks_which():
            del self.fields["which"]

    def _standing(self) -> dict[str, Any]:
        """What the meetings that are there began with, so that running it again only adds what is missing."""
        first = self.cohort.meetings.filter(regular_on__isnull=False).order_by("regular_on").first()
        if first is None or first.regular_on is None:
            return {"first_day": max(self.cohort.starts_on, timezone.localdate(clock.now(), self.cohort.zone))}
        rows = list(self.cohort.meetings.filter(regular_on__isnull=False).order_by("regular_on")[:2])
        weeks = (rows[1].regular_on - first.regular_on).days // 7 if len(rows) == 2 and rows[1].regular_on else 2
        return {
            "first_day": first.regular_on, "clock": first.starts_at.astimezone(self.cohort.zone).time(),
            "minutes_long": first.minutes_long, "link": first.link, "weeks": weeks if 1 <= weeks <= 4 else 2,
            "title": first.title.rpartition(" ")[0] or first.title,
        }  # fmt: skip

    def _asks_which(self) -> bool:
        """Only where the chosen time exists twice on one of the days; it is required then."""
        if not self.is_bound:
            return False
        try:
            day, clock = (self.fields[name].clean(self.data.get(name)) for name in ("first_day", "clock"))
            weeks = self.fields["weeks"].clean(self.data.get("weeks"))
            skip = self.fields["skip"].clean(self.data.get("skip", ""))
        except ValidationError:
            return False
        rhythm = Rhythm(day, clock, weeks, skip=skip)
        for one in rhythm.days(self.cohort)[:60] if day <= self.cohort.ends_on else []:
            try:
                if one not in skip:
                    from_local(datetime.combine(one, clock), self.cohort.zone)
            except AmbiguousTime as error:
                self.fields["which"].required = True
                self.fields["which"].error_messages["required"] = str(error)
                return True
            except NonexistentTime:
                continue
        return False

    def rhythm(self) -> Rhythm:
        return Rhythm(**self.cleaned_data)


class CancelForm(forms.Form):
    reason = forms.CharField(required=False, max_length=300, label="Why", help_text="Every member reads it.")
