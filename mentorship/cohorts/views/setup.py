"""Setting a cohort up in four steps, each saved on its own; what it still misses stands beside."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mentorship.cohorts.forms import CohortForm, MentorForm
from mentorship.cohorts.forms_setup import STEP_FORMS, NewForm
from mentorship.cohorts.models import Charter, Cohort, Schedule
from mentorship.cohorts.models.charter import program_charter
from mentorship.cohorts.moving_up import moving_up
from mentorship.cohorts.readiness import missing
from mentorship.cohorts.seen import ChangedMeanwhile
from mentorship.cohorts.views.frame import administered, page
from mentorship.common.errors import Refused
from mentorship.people.requests import Request

STEPS = {1: "What and when", 2: "Seats and hours", 3: "Charter and public page", 4: "People and calendar"}
LATEST = 8  # cohorts to begin from
OF_SLUG = ("slug_taken", "cohort_test_by_address")


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    """The first step, from which the draft is made."""
    if not request.user.is_admin:
        raise Http404
    form = NewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = Cohort.draft(by=request.user, timezone=request.user.timezone, **form.values())
        except Refused as refusal:
            form.add_error("slug" if refusal.code in OF_SLUG else None, refusal.message)
        else:
            messages.success(request, "A draft. Only admins see it until it opens.")
            return redirect("cohorts:set_up", made.slug, 2)
    earlier = Cohort.objects.select_related("stream").order_by("-starts_on", "-pk")[:LATEST]
    context = {
        "form": form, "steps": [(name, "", number == 1) for number, name in STEPS.items()],
        "earlier": [(row, reverse("cohorts:clone", args=[row.slug])) for row in earlier],
    }  # fmt: skip
    return render(request, "cohorts/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
def set_up(request: Request, slug: str, step: int) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    cohort = administered(request, slug)
    if step == 4:
        return people(request, cohort)
    form = form_of(step, cohort, request.POST if request.method == "POST" else None)
    valid = form.is_bound and form.is_valid()
    look = valid and request.POST.get("go") == "look"  # what is typed, saved by nobody
    if valid and not look:
        try:
            saved = save(form, cohort, request)
        except ChangedMeanwhile as refusal:
            form.compare(Cohort.objects.select_related("stream").get(pk=cohort.pk), refusal.message)
        except Refused as refusal:
            form.add_error("slug" if refusal.code in OF_SLUG else None, refusal.message)
        else:
            messages.success(request, "Saved.")
            return redirect("cohorts:set_up", saved.slug, next_step(request.POST.get("go", ""), step))
    status = (409 if form.standing else 422) if form.is_bound and not look else 200
    shown = Cohort.objects.select_related("stream").get(pk=cohort.pk)
    moves = step == 2 and cohort.waitlist_moves_up
    moving = moving_up(form.instance if look else shown, reader=request.user) if moves else None
    return show(request, shown, step, form, status, moving=moving)


def form_of(step: int, cohort: Cohort, data: Any = None) -> CohortForm:
    initial = {}
    if step == 3:
        charter = Charter.of(cohort)
        initial = {"charter": charter.text if charter else program_charter()}
    # A copy: a form that fails has written what was typed into its instance.
    return STEP_FORMS[step](data, instance=Cohort.objects.get(pk=cohort.pk), initial=initial)


def save(form: CohortForm, cohort: Cohort, request: Request) -> Cohort:
    """One step, whole: what it has of the row, and the charter."""
    with transaction.atomic():
        fresh = Cohort.objects.get(pk=cohort.pk)
        fresh.edit(by=request.user, seen=form.cleaned_data["seen"], **form.values())
        if text := form.cleaned_data.get("charter"):
            Charter.write(cohort=fresh, text=text, by=request.user)
    return fresh


def next_step(go: str, step: int) -> int:
    return min(max(step + {"on": 1, "back": -1}.get(go, 0), 1), len(STEPS))


def show(request: Request, cohort: Cohort, step: int, form: Any, status: int = 200, **more: Any) -> HttpResponse:
    """The step with its neighbours, and what is missing, each with the step where it is put right."""
    lacks = missing(cohort)
    base = reverse("cohorts:set_up", args=[cohort.slug, 1])[:-2]
    wanting = {one.step for one in lacks if one.must}
    return page(
        request, "set_up.html", cohort, "edit", status, step=step, form=form, title=STEPS[step],
        steps=[(name, f"{base}{number}/", number == step, number in wanting) for number, name in STEPS.items()],
        lacks=[(one, f"{base}{one.step}/") for one in lacks], must=bool(wanting),
        is_draft=cohort.state == Cohort.State.DRAFT, version=version_of(form), **more,
    )  # fmt: skip


def version_of(form: Any) -> str:
    """What the browser's copy of the typed text belongs to: other values saved, and the copy is forgotten."""
    return str(form["seen"].value() or "") if "seen" in getattr(form, "fields", {}) else ""


def people(request: Request, cohort: Cohort) -> HttpResponse:
    """The last step: who mentors, what the calendar has, and opening it."""
    form = MentorForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            mentor = cohort.add_mentor(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("person", refusal.message)
            status = 409
        else:
            messages.success(request, f"{mentor.person} mentors here and is told so.")
            return redirect("cohorts:set_up", cohort.slug, 4)
    mentors = cohort.memberships.mentors().select_related("person").order_by("person__name", "pk")
    invited = cohort.invitations.open().filter(role="mentor").order_by("name", "address")
    return show(
        request, cohort, 4, form, status, mentors=list(mentors[:100]), invited=list(invited[:100]),
        schedule=Schedule.of(cohort), meetings=cohort.meetings.standing().count(),
        questions=cast(Any, cohort).application_questions.asked().count(),
    )  # fmt: skip
