"""What is typed about goals, checked."""

from typing import Any

from django import forms

from mentorship.study import days
from mentorship.study.plan.models import WEEK, WEEKDAYS, Goal


class GoalForm(forms.Form):
    use_required_attribute = False

    minutes_a_day = forms.IntegerField(
        label="Minutes a day", min_value=1, max_value=days.DAY, help_text="The program asks for two hours: 120.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Say how many minutes.", "max_value": "A day has 1440 minutes."},
    )  # fmt: skip
    minutes_a_week = forms.IntegerField(
        label="Minutes a week", min_value=1, max_value=WEEK,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Say how many minutes.", "max_value": "A week has 10080 minutes."},
    )  # fmt: skip
    rest_days = forms.TypedMultipleChoiceField(
        label="Days of rest", required=False, coerce=int, choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple, help_text="A day of rest never breaks your days in a row.",
    )  # fmt: skip

    FIELD_OF = {"day_out_of_range": "minutes_a_day", "week_out_of_range": "minutes_a_week", "no_day_left": "rest_days"}

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        initial = {name: getattr(goal, name) for name in self.base_fields}
        super().__init__(*args, **kwargs | {"initial": initial})

    def refuse(self, refusal: Any) -> None:
        self.add_error(self.FIELD_OF.get(refusal.code), refusal.message)
