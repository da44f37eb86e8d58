"""What people say for matching: languages, waking hours, topics, and whom they would like to work with."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from mentorship.cohorts.languages import CHOICES
from mentorship.cohorts.models import Availability, Membership
from mentorship.cohorts.models.availability import MOST_HOURS
from streams.models import Stream, Unit


class Boxes(forms.CheckboxSelectMultiple):
    """Many boxes in columns."""

    def __init__(self) -> None:
        super().__init__({"class": "box"})


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__({"step": 900}, format="%H:%M")


class AboutForm(forms.Form):
    """What anybody says. Nothing is required but waking hours: who says no language is matched without."""

    awake_from = forms.TimeField(label="Awake from", widget=ClockInput)
    awake_until = forms.TimeField(label="Awake until", widget=ClockInput)
    languages = forms.MultipleChoiceField(
        choices=CHOICES, required=False, widget=Boxes, help_text="In which you could talk about your work."
    )

    def __init__(self, data: QueryDict | None = None, *, row: Availability) -> None:
        said = {name: getattr(row, name) for name in ("awake_from", "awake_until", "languages", "hours_a_week")}
        super().__init__(data, initial=said, auto_id="about-%s")
        # Those that stand come first: the list is long.
        first = sorted(CHOICES, key=lambda choice: choice[0] not in row.languages)
        cast(Any, self.fields["languages"]).choices = first

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "awake_from" in data and data.get("awake_until") == data["awake_from"]:
            self.add_error("awake_until", "Say two different times: when you get up, and when you go to bed.")
        return data


class OfferForm(AboutForm):
    """What a mentor says beside."""

    hours_a_week = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_HOURS, label="Hours a week",
        help_text="For all your mentees together. About one for each is usual.",
    )  # fmt: skip
    streams = forms.ModelMultipleChoiceField(
        Stream.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, label="Streams you would mentor"
    )
    topics = forms.ModelMultipleChoiceField(
        Unit.objects.none(), required=False, widget=Boxes, label="Topics you can help with"
    )

    def __init__(self, data: QueryDict | None = None, *, row: Availability) -> None:
        super().__init__(data, row=row)
        self.fields["hours_a_week"].widget.attrs["class"] = "short"
        self.initial = {**self.initial, "streams": row.stream_keys, "topics": row.topic_keys}
        units = Unit.objects.published().select_related("stream").order_by("stream__number", "position")
        streams, topics = cast(Any, self.fields["streams"]), cast(Any, self.fields["topics"])
        streams.queryset, topics.queryset = Stream.objects.published(), units
        # One query for both lists of boxes.
        topics.choices = [(unit.pk, f"{unit.stream.number}: {unit.title}") for unit in units]
        streams.choices = list({unit.stream_id: (unit.stream_id, str(unit.stream)) for unit in units}.values())


class TopicsForm(AboutForm):
    """What a mentee says beside: topics of the cohort's stream."""

    topics = forms.ModelMultipleChoiceField(
        Unit.objects.none(), required=False, widget=Boxes, label="Topics you would like help with"
    )

    def __init__(self, data: QueryDict | None = None, *, row: Availability, seat: Membership) -> None:
        super().__init__(data, row=row)
        self.initial["topics"] = list(seat.topics.values_list("pk", flat=True))
        units = Unit.objects.published().filter(stream=seat.cohort.stream_id).order_by("position")
        self.fields["topics"].queryset = units  # type: ignore[attr-defined]
        self.fields["topics"].label_from_instance = lambda unit: unit.title  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """Somebody on the other side of the cohort, and whether one would like to work with them."""

    about = forms.ModelChoiceField(Membership.objects.none(), label="Person", empty_label="Choose somebody")
    veto = forms.TypedChoiceField(
        choices=[("no", "I would like to work with them"), ("yes", "Not with them, please")], initial="no",
        coerce=lambda said: said == "yes", label="What you wish", widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, seat: Membership) -> None:
        super().__init__(data, auto_id="wish-%s")
        rows = seat.cohort.memberships
        others = rows.mentees() if seat.is_mentor else rows.mentors()
        others = others.exclude(person=seat.person_id).select_related("person").order_by("person__name", "pk")
        field = self.fields["about"]
        field.label = "Mentee" if seat.is_mentor else "Mentor"
        field.queryset = others  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: str(one.person)  # type: ignore[attr-defined]
