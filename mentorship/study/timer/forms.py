"""What is typed at a timer, checked."""

from datetime import timedelta
from typing import Any

from django import forms

from mentorship.study import days
from mentorship.study.models import Mood
from streams.models import Item


class StartForm(forms.Form):
    """What the timer is for: an item by its key, or nothing in particular."""

    item = forms.ModelChoiceField(
        Item.objects.published(), to_field_name="key", required=False, empty_label="In general",
        error_messages={"invalid_choice": "This item is not in the curriculum."},
    )  # fmt: skip


class StopForm(forms.Form):
    """How the sitting was. Minutes are only said for a timer that ran on alone."""

    use_required_attribute = False

    note = forms.CharField(max_length=200, required=False)
    mood = forms.TypedChoiceField(
        label="How did it feel?", required=False, coerce=int, empty_value=None,
        choices=[("", "Not said"), *Mood.choices],
    )  # fmt: skip
    minutes = forms.IntegerField(
        min_value=1, max_value=days.DAY, required=False, label="Minutes, if the timer ran on without you",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": "Log at least 1 minute.", "max_value": "A day has 1440 minutes."},
    )  # fmt: skip
    day = forms.DateField(
        required=False, label="On which day", input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    FIELD_OF = {
        "timer_forgotten": "minutes",
        "minutes_out_of_range": "minutes",
        "day_full": "minutes",
        "day_in_future": "day",
        "day_closed": "day",
    }

    def __init__(self, *args: Any, person: Any, at: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = days.today_of(person, at)
        first = today - timedelta(days=days.OPEN_FOR)
        self.fields["day"].widget.attrs |= {"min": first.isoformat(), "max": today.isoformat()}

    def refuse(self, refusal: Any) -> None:
        self.add_error(self.FIELD_OF.get(refusal.code), refusal.message)
