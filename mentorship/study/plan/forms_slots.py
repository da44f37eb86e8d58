"""What is typed about a slot, checked."""

from typing import Any

from django import forms

from mentorship.study import days
from mentorship.study.plan.models import WEEKDAYS
from mentorship.study.plan.slots import SHORTEST, PlanSlot, What
from streams.models import Item


class SlotForm(forms.Form):
    use_required_attribute = False

    weekday = forms.TypedChoiceField(label="Day", coerce=int, choices=list(enumerate(WEEKDAYS)))
    starts = forms.TimeField(
        label="Begins", input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Say when it begins.", "invalid": "Write the time as 18:30."},
    )  # fmt: skip
    minutes = forms.IntegerField(
        min_value=SHORTEST, max_value=days.DAY, initial=60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Say how many minutes.", "max_value": "A day has 1440 minutes."},
    )  # fmt: skip
    what = forms.ChoiceField(label="For", choices=What.choices)
    item = forms.ModelChoiceField(
        Item.objects.published(), required=False, empty_label="No item", help_text="For “An item”.",
        error_messages={"invalid_choice": "This item is not in the curriculum."},
    )  # fmt: skip

    FIELD_OF = {
        "weekday_unknown": "weekday",
        "slot_overlaps": "starts",
        "slot_past_midnight": "minutes",
        "slot_too_short": "minutes",
        "slot_item": "item",
    }

    def __init__(self, *args: Any, offered: list[Item], slot: PlanSlot | None = None, **kwargs: Any) -> None:
        if slot:
            said = {name: getattr(slot, name) for name in ("weekday", "starts", "minutes", "what", "item")}
            kwargs["initial"] = said
        super().__init__(*args, **kwargs)
        chosen = [slot.item] if slot and slot.item else []
        sent = str(self.data.get("item", "")) if self.is_bound else ""
        if sent.isascii() and sent.isdigit() and len(sent) < 10:
            chosen += Item.objects.published().filter(pk=int(sent))
        choices = dict.fromkeys((item.pk, item.title) for item in [*chosen, *offered])
        self.fields["item"].widget.choices = [("", "No item"), *choices]

    def clean(self) -> dict[str, Any]:
        """An item that is named is what the slot is for."""
        found = super().clean() or {}
        if found.get("item") and found.get("what") != What.ITEM:
            found["what"] = What.ITEM
        return found

    def refuse(self, refusal: Any) -> None:
        self.add_error(self.FIELD_OF.get(refusal.code), refusal.message)
