"""What people fill in about hours that they offer, book and give feedback on."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from mentorship.cohorts.forms_dates import MomentForm
from mentorship.cohorts.interviews import InterviewRound, Level, Point
from mentorship.cohorts.models import Booking, Membership, Slot
from mentorship.cohorts.models.interview_feedback import LONGEST_TEXT, asked_of, topics_asked
from mentorship.common.times import AmbiguousTime, NonexistentTime, exact, from_local

MOST_WEEKS = 12
SIDES = [("asks", "I interview"), ("answers", "I want to be interviewed")]


class OfferForm(MomentForm):
    """Hours from a moment on one's own clocks, also the same hours of the weeks after."""

    kind = forms.ChoiceField(label="What", choices=Slot.Kind.choices)
    interview_round = forms.ChoiceField(
        label="Round", required=False, choices=[("", "None: office hours"), *InterviewRound.choices],
        help_text="What a mock interview is about.",
    )  # fmt: skip
    side = forms.ChoiceField(label="Your side", choices=SIDES, initial="asks", widget=forms.RadioSelect)
    minutes = forms.IntegerField(min_value=15, max_value=90, initial=45)
    weeks = forms.IntegerField(
        min_value=1, max_value=MOST_WEEKS, initial=1, label="Weeks",
        help_text="1: on this day only. More: the same time each week, also across a change to summer time.",
    )  # fmt: skip
    place = forms.CharField(max_length=300, required=False, label="Where", help_text="The address of the call.")
    note = forms.CharField(max_length=300, required=False, label="What helps to know")

    field_order = ["kind", "interview_round", "side", "day", "clock", "which", "minutes", "weeks", "place", "note"]

    def __init__(self, *args: Any, host: Membership, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, zone=zone, initial={"clock": time(18, 0)}, **kwargs)
        self.fields["clock"].help_text = f"As your clocks show it: {zone.key}."
        if not host.is_mentor:
            kinds: Any = self.fields["kind"]
            kinds.choices = [(Slot.Kind.INTERVIEW.value, Slot.Kind.INTERVIEW.label)]
            rounds: Any = self.fields["interview_round"]
            rounds.choices, rounds.required = InterviewRound.choices, True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        interview = data.get("kind") == Slot.Kind.INTERVIEW
        if interview and not data.get("interview_round") and "interview_round" not in self.errors:
            self.add_error("interview_round", "Choose what the interview is about.")
        if not interview:
            data["interview_round"], data["side"] = "", "asks"
        if data.get("moment") and data.get("weeks"):
            data["starts"] = [data["moment"], *self._weeks_after(data)]
        return data

    def _weeks_after(self, data: dict[str, Any]) -> list[datetime]:
        """The same time on the clocks of each week after; one that a week's clocks skip or show twice is said."""
        found, first = [], datetime.combine(data["day"], data["clock"])
        for week in range(1, data["weeks"]):
            local = first + timedelta(weeks=week)
            try:
                found.append(from_local(local, self.zone))
            except NonexistentTime as error:
                self.add_error("weeks", f"In week {week + 1}: {error}")
            except AmbiguousTime:
                self.add_error(
                    "weeks", f"On {local:%-d %B} clocks show {local:%H:%M} twice: offer that week by itself."
                )
        return found

    def slots(self) -> dict[str, Any]:
        """As `Slot.offer` takes it."""
        data = self.cleaned_data
        named = {name: data[name] for name in ("kind", "interview_round", "starts", "minutes", "place", "note")}
        return named | {"host_asks": data["side"] == "asks"}


class BookForm(forms.Form):
    topic = forms.CharField(
        max_length=300, required=False, label="What about", help_text="A sentence, so that they can prepare."
    )


class CallOffForm(forms.Form):
    reason = forms.CharField(max_length=300, required=False, label="Why", help_text="The other one reads it.")


class FeedbackForm(forms.Form):
    """A level for each point, then two texts."""

    def __init__(self, *args: Any, booking: Booking, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points: list[Point] = asked_of(booking, person)
        for point in self.points:
            self.fields[f"level_{point.key}"] = forms.TypedChoiceField(
                label=point.question, choices=Level.choices, coerce=int, widget=forms.RadioSelect
            )
        for name, label in (("went_well", "What went well"), ("next_time", "What to try next time")):
            self.fields[name] = forms.CharField(
                label=label, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 3})
            )
        if choices := topics_asked(booking, person):
            self.fields["topics"] = forms.MultipleChoiceField(
                label="What was shaky?", choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
                help_text="They practise these questions soon after, with your interview as the reason.",
            )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """As `InterviewFeedback.give` takes it."""
        data = self.cleaned_data
        levels = {point.key: data[f"level_{point.key}"] for point in self.points}
        said = {"went_well": data["went_well"], "next_time": data["next_time"]}
        return said | {"levels": levels, "topics": data.get("topics", [])}


def span(slot: Slot) -> str:
    """'Fri 20 Nov 2026, 14:05 CET, 45 minutes' in the reader's zone."""
    return f"{exact(slot.starts_at)}, {slot.minutes} minutes"
