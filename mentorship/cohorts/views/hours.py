"""Hours that members offer each other: who offers, who books, who calls off, and how an interview went."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.cohorts.forms_hours import BookForm, CallOffForm, FeedbackForm, OfferForm, span
from mentorship.cohorts.interviews import Level
from mentorship.cohorts.models import Booking, Cohort, InterviewFeedback, Membership, Slot
from mentorship.cohorts.models.interview_feedback import asked_of, check
from mentorship.cohorts.views.frame import belonging, page
from mentorship.common.clock import now
from mentorship.common.errors import Refused
from mentorship.common.pages import paginate
from mentorship.common.times import time_html
from mentorship.people.requests import Request
from mentorship.study.questions.models import QuestionTopic


@require_safe
@login_required
def hours(request: Request, slug: str) -> HttpResponse:
    """What is offered, what one has booked oneself, and what one offers."""
    cohort, moment = belonging(request, slug), now()
    rows = cohort.slots.select_related("host__person")
    offered = rows.open(moment).exclude(host__person=request.user)
    kind = request.GET.get("kind", "")
    if kind in Slot.Kind.values:
        offered = offered.filter(kind=kind)
    found, address = paginate(request, offered), reverse("cohorts:hours", args=[slug])
    bookings = Booking.objects.visible_to(request.user).standing().filter(slot__cohort=cohort)
    bookings = bookings.select_related("slot__host__person", "guest__person")
    coming = bookings.filter(slot__ends_at__gte=moment).order_by("slot__starts_at")[:50]
    past = bookings.filter(slot__ends_at__lt=moment).order_by("-slot__starts_at")[:10]
    mine = rows.open(moment).filter(host__person=request.user)[:50]
    return page(
        request, "hours.html", cohort, "hours", found=found, kind=kind, kinds=Slot.Kind.choices,
        offered=[line(slot, address) for slot in found], mine=[line(slot, address) for slot in mine],
        coming=[booked_line(row, request, address) for row in coming],
        past=[booked_line(row, request, address) for row in past], is_member=own_seat(request, cohort) is not None,
    )  # fmt: skip


def line(slot: Slot, address: str) -> dict[str, Any]:
    side = "" if slot.host_asks else "wants to be interviewed"
    return {
        "what": slot.what, "when": span(slot), "ago": time_html(slot.starts_at), "host": str(slot.host.person),
        "side": side, "url": f"{address}{slot.pk}/", "note": slot.note,
    }  # fmt: skip


def booked_line(booking: Booking, request: Request, address: str) -> dict[str, Any]:
    return line(booking.slot, address) | {"other": str(booking.other(request.user).person)}


def own_seat(request: Request, cohort: Cohort) -> Membership | None:
    return cohort.memberships.active().filter(person=request.user).order_by("-role").first()


@require_http_methods(["GET", "POST"])
@login_required
def offer(request: Request, slug: str) -> HttpResponse:
    cohort = belonging(request, slug)
    host = own_seat(request, cohort)
    if host is None:
        raise Http404
    form = OfferForm(request.POST if request.method == "POST" else None, host=host, zone=request.user.zone)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = Slot.offer(by=request.user, cohort=cohort, **form.slots())
            except Refused as refusal:
                form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
                status = 409
            else:
                messages.success(request, f"Offered {len(made)} times." if len(made) > 1 else "Offered.")
                return redirect("cohorts:hours", slug)
    return page(request, "hours_offer.html", cohort, "hours", status, form=form)


def found_slot(request: Request, slug: str, pk: int) -> Slot:
    """A slot that is still offered, or that the reader is part of, or any for admins."""
    cohort = belonging(request, slug)
    rows = cohort.slots.select_related("host__person", "cohort__stream")
    if not request.user.is_admin:
        own = Q(host__person=request.user) | Q(bookings__guest__person=request.user)
        rows = rows.filter(own | Q(pk__in=rows.open())).distinct()
    return get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def slot(request: Request, slug: str, pk: int) -> HttpResponse:
    return show(request, found_slot(request, slug, pk))


def show(request: Request, row: Slot, status: int = 200, **forms: Any) -> HttpResponse:
    """One slot with what the reader can do about it; `forms` hold what was wrong."""
    booking = row.booking()
    parts = (row.host.person_id, booking.guest.person_id if booking else 0)
    is_host, is_part = request.user.pk == row.host.person_id, bool(booking) and request.user.pk in parts
    if booking and not is_part:
        booking = None  # who has booked it is for the two of them
    feedback = written(request, booking) if booking else []
    may_say = bool(booking and not any(said["mine"] for said in feedback) and not refused(booking))
    context: dict[str, Any] = {
        "slot": row, "booking": booking, "is_host": is_host, "when": span(row), "ago": time_html(row.starts_at),
        "other": str(booking.other(request.user).person) if booking else "", "feedback": feedback, "may_say": may_say,
        "open": row.pk in set(Slot.objects.filter(pk=row.pk).open().values_list("pk", flat=True)),
        "notice": row.begins_with_notice(), "is_member": own_seat(request, row.cohort) is not None,
    }  # fmt: skip
    context |= {"book": BookForm(), "call_off": CallOffForm()} | forms
    if booking and may_say and "say" not in forms:
        context["say"] = FeedbackForm(booking=booking, person=request.user)
    return page(request, "slot.html", row.cohort, "hours", status, **context)


def refused(booking: Booking) -> bool:
    """Whether feedback cannot be given now."""
    try:
        check(booking, now())
    except Refused:
        return True
    return False


def written(request: Request, booking: Booking) -> list[dict[str, Any]]:
    """What was said that the reader may read, each point with its level."""
    rows = InterviewFeedback.objects.visible_to(request.user).filter(booking=booking).select_related("by__person")
    return [
        {
            "mine": row.by.person_id == request.user.pk, "by": str(row.by.person),
            "levels": [(p.question, Level(row.levels[p.key]).label) for p in asked_of(booking, row.by.person)],
            "went_well": row.went_well, "next_time": row.next_time, "topics": titles_of(row.topics),
        }
        for row in rows
    ]  # fmt: skip


def titles_of(topics: list[str]) -> list[str]:
    return list(QuestionTopic.objects.filter(key__in=topics).values_list("title", flat=True)) if topics else []


@require_POST
@login_required
def book(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_slot(request, slug, pk)
    form = BookForm(request.POST)
    if not form.is_valid():
        return show(request, row, 422, book=form)
    try:
        row.book(by=request.user, topic=form.cleaned_data["topic"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, row, 409, book=form)
    messages.success(request, "Booked: both of you have it by mail and in your calendars.")
    return redirect("cohorts:slot", slug, pk)


@require_POST
@login_required
def withdraw(request: Request, slug: str, pk: int) -> HttpResponse:
    row = get_object_or_404(belonging(request, slug).slots.filter(host__person=request.user), pk=pk)
    row.withdraw(by=request.user)
    messages.success(request, "Not offered any more.")
    return redirect("cohorts:hours", slug)


@require_POST
@login_required
def call_off(request: Request, slug: str, pk: int) -> HttpResponse:
    row = found_slot(request, slug, pk)
    booking = own_booking(request, row)
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return show(request, row, 422, call_off=form)
    try:
        booking.cancel(by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, row, 409, call_off=form)
    messages.success(request, "Called off; the other one is told.")
    return redirect("cohorts:hours", slug)


@require_POST
@login_required
def say(request: Request, slug: str, pk: int) -> HttpResponse:
    """How the interview went, once from each of the two."""
    row = found_slot(request, slug, pk)
    booking = own_booking(request, row)
    form = FeedbackForm(request.POST, booking=booking, person=request.user)
    if not form.is_valid():
        return show(request, row, 422, say=form)
    try:
        InterviewFeedback.give(booking=booking, by=request.user, **form.given())
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, row, 409, say=form)
    messages.success(request, "Thank you. They are told.")
    return redirect("cohorts:slot", slug, pk)


def own_booking(request: Request, row: Slot) -> Booking:
    booking = row.booking()
    if booking is None or request.user.pk not in (booking.guest.person_id, row.host.person_id):
        raise Http404
    return booking
