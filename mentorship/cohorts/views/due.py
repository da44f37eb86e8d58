"""What is due: until when, for whom longer, and who asks for more time."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_dates import AnswerForm, DueForm, ExtensionForm, GiveForm, MomentForm
from mentorship.cohorts.handed_in import handed_in
from mentorship.cohorts.models import DueDate, Extension, Membership
from mentorship.cohorts.models.membership import MembershipQuerySet
from mentorship.cohorts.seen import ChangedMeanwhile, fingerprint
from mentorship.cohorts.views.frame import administered, belonging, page
from mentorship.common import clock
from mentorship.common.errors import Refused
from mentorship.common.times import exact, time_html
from mentorship.people.requests import Request

WEEK = timedelta(days=7)
TONES = {"asked": "accent", "granted": "good", "declined": "", "withdrawn": "", "ended": ""}


def found_due(request: Request, slug: str, pk: int) -> DueDate:
    belonging(request, slug)
    rows = DueDate.objects.visible_to(request.user).for_person(request.user)
    return get_object_or_404(rows.select_related("cohort__stream", "item__stream"), cohort__slug=slug, pk=pk)


def followed(request: Request, due: DueDate) -> MembershipQuerySet:
    """The mentees of this cohort to whom the reader may give more time."""
    rows = Membership.objects.followed_by(request.user).filter(cohort=due.cohort_id).exclude(person=request.user.pk)
    return rows.select_related("person").order_by("person__name", "pk")


def own_seat(request: Request, due: DueDate) -> Membership | None:
    seats = Membership.objects.of(request.user).filter(cohort=due.cohort_id, role=Membership.Role.MENTEE)
    return seats.select_related("person", "cohort").first()


@require_safe
@login_required
def due(request: Request, slug: str, pk: int) -> HttpResponse:
    return show(request, found_due(request, slug, pk))


def show(request: Request, row: DueDate, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with the form that was refused in its place."""
    cohort, zone = row.cohort, row.cohort.zone
    seat, mentees = own_seat(request, row), followed(request, row)
    told = Extension.objects.visible_to(request.user).filter(due=row)
    history = list(told.select_related("membership__person", "asked_by", "decided_by")[:200])
    later = MomentForm.initial_of(max(row.own_at, clock.now()) + WEEK, zone)
    context: dict[str, Any] = {
        "due": row, "local": exact(row.own_at), "there": exact(row.own_at, zone), "when": time_html(row.own_at),
        "why": str(row.why), "all_local": exact(row.due_at), "seat": seat,
        "asked": [line(one) for one in history if one.state == "asked" and one.membership.person_id != request.user.pk],
        "history": [line(one) for one in history],
        "mine": next((one for one in history if seat and one.membership_id == seat.pk and one.state == "asked"), None),
        "answer_form": AnswerForm(), "follows": mentees.exists(),
    }  # fmt: skip
    context["given"] = bool(seat) and row.item_id in handed_in(request.user, cohort)
    if seat and not context["mine"] and not context["given"]:
        context["ask_form"] = forms.get("ask_form") or ExtensionForm(zone=zone, initial=later, prefix="ask")
    if context["follows"]:
        context["give_form"] = forms.get("give_form") or GiveForm(
            zone=zone, mentees=mentees, initial=later, prefix="give"
        )
    if request.user.is_admin:
        said = MomentForm.initial_of(row.due_at, zone) | {"seen": fingerprint(row, ["due_at"])}
        context["due_form"] = forms.get("due_form") or DueForm(zone=zone, initial=said)
    return page(request, "due.html", cohort, "calendar", status, **context)


def line(row: Extension) -> dict[str, Any]:
    return {
        "pk": row.pk, "person": str(row.membership.person), "state": row.state, "label": row.get_state_display(),
        "tone": TONES[row.state], "until": exact(row.until), "reason": row.reason, "note": row.note,
        "asked": time_html(row.asked_at), "by": str(row.decided_by) if row.decided_by else "",
    }  # fmt: skip


@require_POST
@login_required
def set_due(request: Request, slug: str, pk: int) -> HttpResponse:
    """Another time for everyone."""
    administered(request, slug)
    row = found_due(request, slug, pk)
    form = DueForm(request.POST, zone=row.cohort.zone)
    if not form.is_valid():
        return show(request, row, 422, due_form=form)
    try:
        row.set(form.cleaned_data["moment"], by=request.user, seen=form.cleaned_data["seen"])
    except ChangedMeanwhile:
        fresh = found_due(request, slug, pk)
        standing = exact(fresh.due_at, fresh.cohort.zone)
        form.add_error(None, f"Somebody set it to {standing} meanwhile. Save again if yours shall stand.")
        typed = request.POST.copy()
        typed["seen"] = fingerprint(fresh, ["due_at"])
        form.data = typed
        return show(request, fresh, 409, due_form=form)
    except Refused as refusal:
        form.add_error("day" if refusal.code == "day" else None, refusal.message)
        return show(request, found_due(request, slug, pk), 422, due_form=form)
    messages.success(request, "Saved; the mentees are told.")
    return redirect("cohorts:due", slug, pk)


@require_POST
@login_required
def release(request: Request, slug: str, pk: int) -> HttpResponse:
    """Let it follow the schedule again."""
    administered(request, slug)
    found_due(request, slug, pk).release(by=request.user)
    messages.success(request, "It follows the schedule again.")
    return redirect("cohorts:due", slug, pk)


@require_POST
@login_required
def ask(request: Request, slug: str, pk: int) -> HttpResponse:
    """A mentee asks for more time."""
    row = found_due(request, slug, pk)
    seat = get_object_or_404(
        Membership.objects.of(request.user).select_related("person"), cohort=row.cohort_id, role=Membership.Role.MENTEE
    )
    form = ExtensionForm(request.POST, zone=row.cohort.zone, prefix="ask")
    if form.is_valid():
        data = form.cleaned_data
        try:
            Extension.ask(due=row, membership=seat, by=request.user, until=data["moment"], reason=data["reason"])
        except Refused as refusal:
            form.add_error("day" if refusal.code == "day" else None, refusal.message)
        else:
            messages.success(request, "Asked. You are told what your mentor says.")
            return redirect("cohorts:due", slug, pk)
    return show(request, row, 422, ask_form=form)


@require_POST
@login_required
def give(request: Request, slug: str, pk: int) -> HttpResponse:
    """A mentor or an admin gives a mentee more time."""
    row = found_due(request, slug, pk)
    mentees = followed(request, row)
    if not (request.user.is_admin or mentees.exists()):
        get_object_or_404(mentees, pk=0)
    form = GiveForm(request.POST, zone=row.cohort.zone, mentees=mentees, prefix="give")
    if form.is_valid():
        data = form.cleaned_data
        try:
            Extension.give(
                due=row, membership=data["mentee"], by=request.user, until=data["moment"], reason=data["reason"]
            )
        except Refused as refusal:
            form.add_error("day" if refusal.code == "day" else None, refusal.message)
        else:
            messages.success(request, f"{data['mentee'].person} has more time, and is told.")
            return redirect("cohorts:due", slug, pk)
    return show(request, row, 422, give_form=form)


@require_POST
@login_required
def answer(request: Request, slug: str, pk: int, extension: int, verb: str) -> HttpResponse:
    """Grant or decline what was asked, or end what was given."""
    row = found_due(request, slug, pk)
    rows = Extension.objects.decidable_by(request.user).select_related("due__cohort", "due__item", "membership__person")
    found = get_object_or_404(rows, pk=extension, due=row.pk)
    form = AnswerForm(request.POST)
    getattr(found, verb)(by=request.user, note=form.cleaned_data["note"] if form.is_valid() else "")
    messages.success(request, f"{found.membership.person} is told.")
    return redirect("cohorts:due", slug, pk)


@require_POST
@login_required
def withdraw(request: Request, slug: str, pk: int, extension: int) -> HttpResponse:
    """Take back what one asked for."""
    row = found_due(request, slug, pk)
    found = get_object_or_404(Extension, pk=extension, due=row.pk, membership__person=request.user)
    found.withdraw(by=request.user)
    messages.success(request, "Taken back.")
    return redirect("cohorts:due", slug, pk)
