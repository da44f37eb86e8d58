"""What is typed while practising, checked."""

import uuid
from typing import Any

from django import forms

from mentorship.study.questions.models import PracticePlan, Question
from mentorship.study.questions.models.attempt import LONGEST_ANSWER, Rating
from mentorship.study.questions.models.plan import LEAST_WANTED, MOST_NEW, MOST_WANTED
from mentorship.study.questions.models.question import LONGEST, MOST_POINTS, Level, Round


class RateForm(forms.Form):
    """One answer. `key` makes a form that is sent twice one attempt, `version` says which state was rated."""

    rating = forms.TypedChoiceField(choices=Rating.choices, coerce=int)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    key = forms.UUIDField(required=False)
    shown = forms.IntegerField(required=False, min_value=0, max_value=2**53)
    text = forms.CharField(max_length=LONGEST_ANSWER, required=False)
    ticked = forms.TypedMultipleChoiceField(
        choices=[(n, n) for n in range(MOST_POINTS)], coerce=int, required=False
    )  # fmt: skip


class PlanForm(forms.Form):
    use_required_attribute = False

    new_a_day = forms.IntegerField(
        label="New questions a day", min_value=0, max_value=MOST_NEW,
        help_text="Each comes back several times in its first weeks; begin with a few.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    wanted = forms.IntegerField(
        label="Retention you want, in per cent", min_value=LEAST_WANTED, max_value=MOST_WANTED,
        help_text="How many of the answers you know should still be there when they are asked. More means more often.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, plan: PracticePlan) -> None:
        super().__init__(data, initial={"new_a_day": plan.new_a_day, "wanted": plan.wanted}, auto_id="plan-%s")


class PointsField(forms.CharField):
    """Points, a line each."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return [line.lstrip("-* ").strip() for line in super().clean(value).splitlines() if line.strip("-* \t")]


class QuestionForm(forms.Form):
    """A question of one's own."""

    use_required_attribute = False

    text = forms.CharField(
        label="Question", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Markdown and TeX. Only you see it.", error_messages={"required": "Write the question first."},
    )  # fmt: skip
    covers = PointsField(
        label="What a good answer covers", max_length=4000, help_text="A line for each point.",
        error_messages={"required": "Say at least one thing that a good answer covers."},
    )  # fmt: skip
    answer = forms.CharField(max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    round = forms.ChoiceField(choices=Round.choices)
    level = forms.TypedChoiceField(choices=Level.choices, coerce=int, initial=Level.FIRST_JOB)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    note = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**53)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, data: Any = None, *, question: Question | None = None, note: Any = None) -> None:
        initial: dict[str, Any] = {"key": uuid.uuid4(), "note": note.pk if note else None}
        if question is not None:
            names = ("text", "covers", "answer", "round", "level", "version")
            initial = {name: getattr(question, name) for name in names}
        super().__init__(data, initial=initial, auto_id="question-%s")
        for name in ("key", "note") if question is not None else ("version",):
            del self.fields[name]
