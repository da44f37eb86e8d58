"""What members fill in about their time."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from mentorship.cohorts.forms import DayInput
from mentorship.cohorts.models import Membership
from mentorship.cohorts.models.membership import LONGEST_PROMISE


class AwayForm(forms.Form):
    first_day = forms.DateField(widget=DayInput)
    last_day = forms.DateField(widget=DayInput)
    cover = forms.BooleanField(
        required=False, initial=True, label="Ask the other mentors to help with rounds that wait meanwhile"
    )

    def __init__(self, *args: Any, today: date, mentor: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not mentor:
            del self.fields["cover"]
        self.fields["last_day"].widget.attrs["min"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day comes before the first.")
        return data


class PromiseForm(forms.Form):
    """The days and the places of one seat; its fields have names of their own on a page with several."""

    days = forms.IntegerField(
        min_value=1, max_value=LONGEST_PROMISE, label="Days until your review",
        error_messages={
            "min_value": f"Promise between 1 and {LONGEST_PROMISE} days.",
            "max_value": f"Promise between 1 and {LONGEST_PROMISE} days.",
        },
    )  # fmt: skip

    capacity = forms.IntegerField(required=False, min_value=0, max_value=50, label="Mentees at once")

    def __init__(self, data: QueryDict | None = None, *, seat: Membership) -> None:
        said = {"days": seat.promise_days, "capacity": seat.capacity}
        super().__init__(data, initial=said, auto_id=f"seat-{seat.pk}-%s")
        self.seat = seat
        for field in self.fields.values():
            field.widget.attrs["class"] = "short"
