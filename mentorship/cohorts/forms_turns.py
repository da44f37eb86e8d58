"""What people fill in about turns, visits and what they bring up."""

import uuid
from datetime import datetime
from typing import Any

from django import forms

from mentorship.cohorts.models import Meeting, Membership
from mentorship.cohorts.models.visit import mentors_above
from mentorship.common.clock import now
from mentorship.people.models import User


class ExchangeForm(forms.Form):
    """Whom to ask, and what one takes in return: one choice, for only some pairs are possible."""

    whom = forms.ChoiceField(label="Whom do you ask?", help_text="They say yes or no; until then you lead it.")

    def __init__(self, *args: Any, meeting: Meeting, at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = meeting.cohort.memberships.mentees().exclude(pk=meeting.coordinator_id or 0).select_related("person")
        self.seats = {seat.pk: seat for seat in people.order_by("person__name", "pk")}
        turns = meeting.cohort.meetings.upcoming(at or now()).filter(coordinator__in=self.seats).exclude(pk=meeting.pk)
        self.turns = {row.pk: row for row in turns}
        choices = [("", "Choose somebody")]
        for seat in self.seats.values():
            theirs = [row for row in self.turns.values() if row.coordinator_id == seat.pk]
            choices += [(f"{seat.pk}:{row.pk}", f"{seat.person}, and I lead {row.title} instead") for row in theirs]
            choices.append((str(seat.pk), f"{seat.person}{', nothing in return' if theirs else ''}"))
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> tuple[Membership, Meeting | None]:
        seat, _colon, turn = self.cleaned_data["whom"].partition(":")
        return self.seats[int(seat)], self.turns[int(turn)] if turn else None


class VisitForm(forms.Form):
    mentor = forms.ModelChoiceField(User.objects.none(), label="A mentor of an upper stream", empty_label="Choose")
    note = forms.CharField(required=False, max_length=300, label="What you would like them to talk about")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = mentors_above(meeting.cohort)  # type: ignore[attr-defined]


class PointForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        max_length=300, label="Bring something up", help_text="What blocks you, or a question. Every member reads it."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid.uuid4()}, **kwargs})
