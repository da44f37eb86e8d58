"""The board: who has no mentor, who has room, who mentors whom."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts import matching
from mentorship.cohorts.forms import AssignForm, CapacityForm, EndForm, MentorForm, ReassignForm
from mentorship.cohorts.forms_swap import DeclineForm
from mentorship.cohorts.models import Apprenticeship, Assignment, Cohort, Membership
from mentorship.cohorts.views.frame import Roster, administered, page
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import time_html
from mentorship.people.requests import Request


@require_safe
@login_required
def board(request: Request, slug: str) -> HttpResponse:
    return show(request, administered(request, slug))


def show(
    request: Request,
    cohort: Cohort,
    status: int = 200,
    mentor_form: MentorForm | None = None,
    problem: str = "",
    chosen: AssignForm | None = None,
) -> HttpResponse:
    """The board, with what was typed and what is wrong with it."""
    roster = Roster(request.user)
    free = cohort.memberships.without_mentor().with_names().order_by("joined_at", "pk")
    mentors = cohort.memberships.mentors().with_names().order_by("person__name", "pk")
    mentors = mentors.annotate(apprentice=Exists(Apprenticeship.objects.active().filter(membership=OuterRef("pk"))))
    pairs = Assignment.objects.active().filter(cohort=cohort).select_related("mentee__person", "mentor__person")
    found = paginate(request, pairs.order_by("mentee__person__name", "pk"), 100)
    address = reverse("cohorts:assignments", args=[cohort.slug])
    ticked = set(chosen.data.getlist("mentees")) if chosen else set()  # type: ignore[attr-defined]
    return page(
        request, "board.html", cohort, "assignments", status, found=found, problem=problem,
        free=[roster.member(m) | {"ticked": str(m.pk) in ticked, "since": time_html(m.joined_at)} for m in free],
        mentors=[mentor_row(roster, m, chosen) for m in mentors],
        pairs=[pair(roster, row, address) for row in found],
        mentor_form=mentor_form or MentorForm(auto_id="mentor-%s"),
    )  # fmt: skip


def mentor_row(roster: Roster, mentor: Membership, chosen: AssignForm | None) -> dict[str, Any]:
    room = mentor.capacity - mentor.load
    slug = mentor.cohort.slug
    return roster.member(mentor) | {
        "load": mentor.load, "capacity": mentor.capacity, "room": room, "tone": "" if room > 0 else "warn",
        "closed": not mentor.person.is_active, "apprentice": mentor.apprentice,  # type: ignore[attr-defined]
        "ticked": chosen is not None and chosen.data.get("mentor") == str(mentor.pk),
        "capacity_url": reverse("cohorts:set_capacity", args=[slug, mentor.pk]),
        "leave_url": reverse("cohorts:leave", args=[slug, mentor.pk]),
    }  # fmt: skip


def pair(roster: Roster, row: Assignment, address: str) -> dict[str, Any]:
    return {
        "mentee": roster.person(row.mentee.person), "mentor": roster.person(row.mentor.person),
        "since": time_html(row.started_at), "url": f"{address}{row.pk}/",
    }  # fmt: skip


@require_POST
@login_required
def assign(request: Request, slug: str) -> HttpResponse:
    """Give the chosen mentees one mentor: all of them, or none."""
    cohort = administered(request, slug)
    form = AssignForm(request.POST, cohort=cohort)
    if not form.is_valid():
        problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return show(request, cohort, 422, problem=problem, chosen=form)
    mentor, mentees = form.cleaned_data["mentor"], form.cleaned_data["mentees"].select_related("person")
    try:
        matching.assign_all(mentees=mentees, mentor=mentor, by=request.user)
    except Refused as refusal:
        return show(request, cohort, 409, problem=refusal.message, chosen=form)
    messages.success(request, f"{mentor.person} has {len(mentees)} more. Everyone concerned is told.")
    return redirect("cohorts:assignments", slug)


def found_assignment(request: Request, slug: str, pk: int) -> Assignment:
    rows = Assignment.objects.filter(cohort=administered(request, slug))
    return get_object_or_404(rows.select_related("cohort__stream", "mentee__person", "mentor__person"), pk=pk)


@require_safe
@login_required
def assignment(request: Request, slug: str, pk: int) -> HttpResponse:
    return show_assignment(request, found_assignment(request, slug, pk))


def show_assignment(
    request: Request,
    row: Assignment,
    reassign: ReassignForm | None = None,
    end: EndForm | None = None,
    keep: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    roster = Roster(request.user)
    swaps = list(row.swaps.open().select_related("asked_by"))
    neutral = {"reason": "A new pairing"} if swaps else {}
    new_mentor = ReassignForm(cohort=row.cohort, but=row.mentor_id, initial=neutral, auto_id="reassign-%s")
    history = Assignment.objects.filter(mentee=row.mentee_id).select_related("mentor__person").order_by("-started_at")
    return page(
        request, "assignment.html", row.cohort, "assignments", status, assignment=row,
        mentee=roster.member(row.mentee), mentor=roster.member(row.mentor), history=history[:50],
        reassign_form=reassign or new_mentor,
        end_form=end or EndForm(auto_id="end-%s"), swaps=swaps, keep_form=keep or DeclineForm(auto_id="keep-%s"),
    )  # fmt: skip


@require_safe
@login_required
def history(request: Request, slug: str) -> HttpResponse:
    """Who worked with whom, from when to when, and why it ended."""
    cohort = administered(request, slug)
    rows = Assignment.objects.filter(cohort=cohort).select_related("mentee__person", "mentor__person", "assigned_by")
    found = paginate(request, rows.select_related("summary").order_by("-started_at", "-pk"), 50)
    roster, address = Roster(request.user), reverse("cohorts:assignments", args=[cohort.slug])
    pairs = [
        pair(roster, row, address)
        | {
            "until": time_html(row.ended_at), "why": row.end_reason, "by": str(row.assigned_by),
            "summary": f"{cohort.get_absolute_url()}members/{row.mentee_id}/notes/" if hasattr(row, "summary") else "",
        }
        for row in found
    ]  # fmt: skip
    return page(request, "history.html", cohort, "assignments", pairs=pairs, found=found)


@require_POST
@login_required
def reassign(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_assignment(request, slug, pk)
    form = ReassignForm(request.POST, cohort=row.cohort, but=row.mentor_id, auto_id="reassign-%s")
    if not form.is_valid():
        return show_assignment(request, row, reassign=form, status=422)
    mentor = form.cleaned_data["mentor"]
    try:
        if row.ended_at:
            raise Refused("This assignment has ended already.", code="ended_already")
        said = {name: form.cleaned_data[name] for name in ("reason", "summary")}
        matching.reassign(mentee=row.mentee, mentor=mentor, by=request.user, **said)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show_assignment(request, found_assignment(request, slug, pk), reassign=form, status=409)
    messages.success(request, f"{mentor.person} mentors {row.mentee.person} now. All three are told.")
    return redirect("cohorts:assignments", slug)


@require_POST
@login_required
def end(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_assignment(request, slug, pk)
    form = EndForm(request.POST, auto_id="end-%s")
    if not form.is_valid():
        return show_assignment(request, row, end=form, status=422)
    try:
        row.end(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show_assignment(request, found_assignment(request, slug, pk), end=form, status=409)
    messages.success(request, f"{row.mentee.person} has no mentor now.")
    return redirect("cohorts:assignments", slug)


@require_POST
@login_required
def add_mentor(request: Request, slug: str) -> HttpResponse:
    cohort = administered(request, slug)
    form = MentorForm(request.POST, auto_id="mentor-%s")
    if not form.is_valid():
        return show(request, cohort, 422, form)
    person, capacity = form.cleaned_data["person"], form.cleaned_data["capacity"]
    try:
        cohort.add_mentor(person=person, capacity=capacity, by=request.user)
    except Refused as refusal:
        form.add_error("person", refusal.message)
        return show(request, cohort, 409, form)
    messages.success(request, f"{person} is a mentor here and told so.")
    return redirect("cohorts:assignments", slug)


@require_POST
@login_required
def set_capacity(request: Request, slug: str, pk: int) -> HttpResponse:
    cohort = administered(request, slug)
    mentor = get_object_or_404(cohort.memberships.mentors().select_related("person"), pk=pk)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        return show(request, cohort, 422, problem=f"{mentor.person}: give a number from 0 to 50.")
    try:
        mentor.set_capacity(form.cleaned_data["capacity"], by=request.user)
    except Refused as refusal:
        return show(request, cohort, 409, problem=f"{mentor.person}: {refusal.message}")
    messages.success(request, f"{mentor.person} takes up to {mentor.capacity}.")
    return redirect("cohorts:assignments", slug)
