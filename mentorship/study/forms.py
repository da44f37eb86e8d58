"""What is typed about study, checked."""

import uuid
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.db.models import Max, Q

from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.study import days
from mentorship.study.models import Mood, StudyEntry
from streams.models import Item

FIELD_OF = {  # which field a refusal belongs to
    "minutes_out_of_range": "minutes",
    "day_full": "minutes",
    "day_in_future": "day",
    "day_closed": "day",
}


def items_offered_to(person: Any) -> list[Item]:
    """What a person is likely to have studied: what they logged last, and what they have in progress."""
    return list(
        Item.objects.published()
        .filter(Q(study_entries__person=person) | Q(progress__person=person, progress__state="in_progress"))
        .annotate(last=Max("study_entries__day", filter=Q(study_entries__person=person)))
        .order_by("-last", "position")
        .only("pk", "title", "key")[:20]
    )


class DayField(forms.DateField):
    """A day; left empty it is today."""

    def validate(self, value: Any) -> None:
        return


class EntryForm(forms.Form):
    """Minutes, on a day, on an item or in general. `key` makes a form that is sent twice one entry."""

    use_required_attribute = False

    minutes = forms.IntegerField(
        min_value=1,
        max_value=days.DAY,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "list": "usual-minutes"}),
        error_messages={
            "required": "Say how many minutes.",
            "min_value": "Log at least 1 minute.",
            "max_value": "A day has 1440 minutes.",
        },
    )
    day = DayField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    item = forms.ModelChoiceField(Item.objects.published(), required=False, empty_label="In general")
    note = forms.CharField(max_length=200, required=False)
    mood = forms.TypedChoiceField(
        label="How did it feel?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Not said"), *Mood.choices],
        help_text="Nobody reads it. Your mentor is only told when it goes down twice in a row.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        person: Any,
        entry: StudyEntry | None = None,
        item: Item | None = None,
        offered: list[Item] | None = None,
        at: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        today = days.today_of(person, at or clock.now())
        initial: dict[str, Any] = {"day": today, "key": uuid.uuid4(), "item": item}
        if entry is not None:
            initial = {"minutes": entry.minutes, "day": entry.day, "item": entry.item_id, "note": entry.note}
            initial["mood"] = entry.mood
        super().__init__(*args, **kwargs | {"initial": initial})
        self.fields["day"].widget.attrs |= {
            "min": (today - timedelta(days=days.OPEN_FOR)).isoformat(),
            "max": today.isoformat(),
        }
        self._offer([*([item] if item else []), *(items_offered_to(person) if offered is None else offered)], entry)

    def _offer(self, items: list[Item], entry: StudyEntry | None) -> None:
        """Print only these items, and the one that was chosen; the field takes any that is in the curriculum."""
        chosen = [entry.item] if entry is not None and entry.item is not None else []
        if chosen:
            field = cast(forms.ModelChoiceField, self.fields["item"])
            field.queryset = Item.objects.filter(Q(retired_at=None) | Q(pk=chosen[0].pk))
        sent = self.data.get("item", "") if self.is_bound else ""
        if sent.isascii() and sent.isdigit() and len(sent) < 10:
            chosen += Item.objects.published().filter(pk=int(sent))
        choices = dict.fromkeys((item.pk, item.title) for item in [*chosen, *items])
        self.fields["item"].widget.choices = [("", "In general"), *choices]

    def refuse(self, refusal: Refused) -> None:
        """Say a verb's refusal at the field that it is about."""
        self.add_error(FIELD_OF.get(refusal.code), refusal.message)
