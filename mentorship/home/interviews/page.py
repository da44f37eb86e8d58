"""`/study/interviews/`: the role and the day, its rounds, and how ready one is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mentorship.cohorts.models import Booking, Cohort, Slot
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.times import time_html
from mentorship.home.interviews.readiness import interviews_of, radar_of, readiness_of
from mentorship.people.requests import Request
from mentorship.study.models import PracticePlan
from mentorship.study.questions.loading import roles


class InterviewForm(forms.Form):
    """Which role, and when it is asked about."""

    use_required_attribute = False

    role = forms.ChoiceField(error_messages={"required": "Choose a role."})
    interview_on = forms.DateField(
        label="Day of the interview", required=False, input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, plan: PracticePlan) -> None:
        initial = {"role": plan.role, "interview_on": plan.interview_on}
        super().__init__(data, initial=initial, auto_id="interview-%s")
        field: Any = self.fields["role"]
        field.choices = [("", "Choose"), *((key, role.title) for key, role in roles().items())]


@require_http_methods(["GET", "POST"])
@login_required
def interviews(request: Request) -> HttpResponse:
    """How ready one is for each round of a role; POST chooses role and day."""
    person, now = request.user, clock.now()
    plan = PracticePlan.of(person)
    form, status = InterviewForm(request.POST if request.method == "POST" else None, plan=plan), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                PracticePlan.change(by=person, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
            else:
                messages.success(request, "Your plan stands below.")
                return redirect("home:interviews")
    found = readiness_of(person, plan, now)
    cohorts = Cohort.objects.of(person).filter(state=Cohort.State.RUNNING).order_by("-starts_on")[:3]
    context = {
        "form": form, "found": found, "radar": radar_of(found) if found else None,
        "held": [held_row(row) for row in interviews_of(person, now)[:10]],
        "coming": [coming_row(row, person) for row in coming_of(person, now)],
        "offers": [(cohort.name, f"{cohort.get_absolute_url()}hours/?kind=interview") for cohort in cohorts],
    }  # fmt: skip
    return render(request, "home/interviews/page.html", context, status=status)


def coming_of(person: Any, at: Any) -> Any:
    rows = Booking.objects.visible_to(person).standing().filter(slot__kind=Slot.Kind.INTERVIEW, slot__ends_at__gte=at)
    return rows.select_related("slot__cohort", "slot__host__person", "guest__person").order_by("slot__starts_at")[:5]


def held_row(row: Any) -> dict[str, Any]:
    slot = row.booking.slot
    return {
        "title": slot.get_interview_round_display(), "url": slot.get_absolute_url(), "by": str(row.by.person),
        "when": time_html(slot.starts_at), "next_time": row.next_time,
    }  # fmt: skip


def coming_row(booking: Any, person: Any) -> dict[str, Any]:
    slot, other = booking.slot, str(booking.other(person).person)
    side = f"{other} asks" if booking.candidate.person_id == person.pk else f"you ask {other}"
    return {
        "title": slot.get_interview_round_display(), "url": slot.get_absolute_url(), "when": time_html(slot.starts_at),
        "side": side,
    }  # fmt: skip
