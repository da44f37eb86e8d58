"""What the members of a group fill in on its page."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from mentorship.cohorts.forms import FOLDS, DayInput
from mentorship.cohorts.models import Group, Nudge
from mentorship.cohorts.models.written import LONGEST
from mentorship.common.times import AmbiguousTime, NonexistentTime, from_local


class PostForm(forms.Form):
    text = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea({"rows": 4}), label="Write to the group", strip=False,
        help_text="Markdown, with code and TeX. @handle tells a member.",
    )  # fmt: skip
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **({"auto_id": "post-%s"} | kwargs))
        if label:
            self.fields["text"].label = label


class LinkForm(forms.Form):
    title = forms.CharField(max_length=120, label="What it is")
    url = forms.URLField(max_length=500, assume_scheme="https", label="Address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": "link-%s"} | kwargs))

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if not url.lower().startswith(("http://", "https://")):
            raise forms.ValidationError("An address begins with https://.")
        scheme, _, rest = url.partition(":")
        return f"{scheme.lower()}:{rest}"


class GoalForm(forms.Form):
    text = forms.CharField(required=False, max_length=200, label="My goal for this week")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": "goal-%s"} | kwargs))


class NudgeForm(forms.Form):
    words = forms.TypedChoiceField(choices=Nudge.Words.choices, coerce=int)


class LocalTime(forms.Form):
    """A day and a time on the clocks of `zone`. One that they skip or show twice is asked about, at the field."""

    day = forms.DateField(required=False, widget=DayInput)
    clock = forms.TimeField(required=False, label="Time", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    which = forms.ChoiceField(required=False, label="Which of the two", widget=forms.RadioSelect)

    def __init__(self, *args: Any, zone: ZoneInfo, moment: datetime | None = None, **kwargs: Any) -> None:
        if moment:
            local = moment.astimezone(zone)
            begin = {"day": local.date(), "clock": local.time(), "which": FOLDS[local.fold][0]}
            kwargs["initial"] = begin | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["clock"].help_text = f"As the clocks show it in {zone}."
        twice = self._twice()
        if twice:
            self.fields["which"].choices = twice  # type: ignore[attr-defined]
        else:
            del self.fields["which"]

    def _typed(self) -> datetime | None:
        """The local time that was typed, or that stands."""
        source: Any = self.data if self.is_bound else self.initial
        try:
            day, clock = (self.fields[name].clean(source.get(name)) for name in ("day", "clock"))
        except forms.ValidationError:
            return None
        return datetime.combine(day, clock) if day and clock else None

    def _twice(self) -> list[tuple[str, str]]:
        local = self._typed()
        if local is None:
            return []
        try:
            from_local(local, self.zone)
        except AmbiguousTime:
            shown = [(name, local.replace(tzinfo=self.zone, fold=fold)) for name, fold in FOLDS]
            return [(name, f"The {name}: {moment:%H:%M %Z}") for name, moment in shown]
        except NonexistentTime:
            pass
        return []

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["moment"], day, clock = None, data.get("day"), data.get("clock")
        if bool(day) != bool(clock) and not {"day", "clock"} & set(self.errors):
            self.add_error("clock" if day else "day", "Say both, the day and the time, or neither.")
        elif day and clock:
            try:
                data["moment"] = from_local(datetime.combine(day, clock), self.zone, data.get("which", ""))
            except AmbiguousTime as error:
                self.add_error("which", str(error))
            except NonexistentTime as error:
                self.add_error("clock", str(error))
        return data


class MeetForm(LocalTime):
    where = forms.CharField(
        required=False, max_length=200, label="Where", help_text="The address of the call, or a place."
    )

    def __init__(self, *args: Any, group: Group, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, zone=zone, moment=group.meets_at, initial={"where": group.meets_where}, **kwargs)
