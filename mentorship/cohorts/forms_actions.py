"""What people fill in about what they take on, and about who was there."""

import uuid
from typing import Any

from django import forms

from mentorship.cohorts.forms import DayInput
from mentorship.cohorts.models import ActionItem, Attendance, Meeting, Membership


class ActionForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(max_length=200, label="What")
    owner = forms.ModelChoiceField(Membership.objects.none(), label="Who", empty_label="Choose somebody")
    due_on = forms.DateField(label="Until", widget=DayInput)

    def __init__(self, *args: Any, meeting: Meeting, item: ActionItem | None = None, **kwargs: Any) -> None:
        if item:
            kwargs["initial"] = {"text": item.text, "owner": item.owner_id, "due_on": item.due_on}
        else:
            kwargs["initial"] = {"key": uuid.uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        people = meeting.cohort.memberships.active().select_related("person").order_by("person__name", "pk")
        field = self.fields["owner"]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = lambda seat: str(seat.person)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("text", "owner", "due_on")}


class AttendanceForm(forms.Form):
    """A choice for each member who was expected; what is left open is not noted."""

    def __init__(self, *args: Any, seats: list[Membership], noted: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for seat in seats:
            self.fields[f"seat-{seat.pk}"] = forms.ChoiceField(
                choices=Attendance.State.choices, label=str(seat.person), required=False, widget=forms.RadioSelect,
                initial=noted.get(seat.pk, ""),
            )  # fmt: skip

    def states(self) -> dict[int, str]:
        return {int(name.removeprefix("seat-")): state for name, state in self.cleaned_data.items() if state}
