"""What one wishes for matching in one cohort: topics, languages, waking hours, and whom one would like to work with."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.forms_wishes import AboutForm, OfferForm, TopicsForm, WishForm
from mentorship.cohorts.models import Availability, Cohort, Membership, Wish
from mentorship.cohorts.views.frame import page
from mentorship.common.errors import Refused
from mentorship.people.requests import Request


def own_seat(request: Request, slug: str) -> Membership:
    """The reader's seat there, as mentee or as mentor."""
    rows = Membership.objects.of(request.user).exclude(cohort__state=Cohort.State.DRAFT)
    return get_object_or_404(rows.filter(cohort__slug=slug).select_related("cohort__stream").order_by("pk")[:1])


def about_form(request: Request, seat: Membership, sent: bool = False) -> AboutForm:
    row, data = Availability.of(request.user), request.POST if sent else None
    return OfferForm(data, row=row) if seat.is_mentor else TopicsForm(data, row=row, seat=seat)


@require_safe
@login_required
def wishes(request: Request, slug: str) -> HttpResponse:
    return show(request, own_seat(request, slug))


def show(
    request: Request, seat: Membership, form: AboutForm | None = None, wish: WishForm | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what was typed and what is wrong with it."""
    said = list(Wish.objects.of(seat).select_related("about__person").order_by("veto", "about__person__name"))
    return page(
        request, "wishes.html", seat.cohort, "cohort", status, seat=seat, form=form or about_form(request, seat),
        wish_form=wish or WishForm(seat=seat), wishes=[row for row in said if not row.veto],
        vetoes=[row for row in said if row.veto],
    )  # fmt: skip


@require_POST
@login_required
def say(request: Request, slug: str) -> HttpResponse:
    """Languages, waking hours and topics."""
    seat = own_seat(request, slug)
    form = about_form(request, seat, sent=True)
    if not form.is_valid():
        return show(request, seat, form, status=422)
    said = dict(form.cleaned_data)
    with transaction.atomic():
        if not seat.is_mentor:
            seat.topics.set(said.pop("topics"))
        Availability.say(by=request.user, **said)
    messages.success(request, "Kept. The next matching goes by it.")
    return redirect("cohorts:wishes", slug)


@require_POST
@login_required
def wish(request: Request, slug: str) -> HttpResponse:
    """One wish or veto more."""
    seat = own_seat(request, slug)
    form = WishForm(request.POST, seat=seat)
    if not form.is_valid():
        return show(request, seat, wish=form, status=422)
    try:
        Wish.say(seat=seat, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error("about", refusal.message)
        return show(request, seat, wish=form, status=409)
    messages.success(request, "Kept. Only the admins read it.")
    return redirect("cohorts:wishes", slug)


@require_POST
@login_required
def unwish(request: Request, slug: str, pk: int) -> HttpResponse:
    seat = own_seat(request, slug)
    get_object_or_404(Wish.objects.of(seat).select_related("seat"), pk=pk).take_back(by=request.user)
    messages.success(request, "Taken back.")
    return redirect("cohorts:wishes", slug)
