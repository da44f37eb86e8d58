"""What opens with the link of an invitation. Used, late, revoked and unknown ones are the same answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mentorship.cohorts.as_of import clock_of
from mentorship.cohorts.forms_charter import CharterForm, charter_form
from mentorship.cohorts.models import Charter, Cohort, Invitation
from mentorship.common.errors import Refused
from mentorship.people.adapter import remember_proved
from mentorship.people.requests import Request


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "cohorts/invitation_gone.html", status=404)


@require_safe
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    row = Invitation.of_token(token)
    return show(request, row, token) if row else gone(request)


def show(
    request: HttpRequest, row: Invitation, token: str, form: CharterForm | None = None, problem: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The cohort, what is asked, its charter; then the way in, which depends on who is signed in."""
    signed_in, mine = request.user.is_authenticated, row.is_for(request.user)
    charter = Charter.of(row.cohort)
    if mine and form is None:
        form = charter_form(row.cohort, request.user)
    context = {
        "invitation": row, "cohort": row.cohort, "charter": charter, "form": form, "mine": mine, "problem": problem,
        "other": signed_in and not mine, "address": reverse("cohorts:invitation", args=[token]),
    }  # fmt: skip
    return render(request, "cohorts/invitation.html", context, status=status)


@require_POST
@never_cache
def sign_up(request: HttpRequest, token: str) -> HttpResponse:
    """On to sign-up. Who holds the link reads the mail of this address: it counts as confirmed there."""
    row = Invitation.of_token(token)
    if row is None:
        return gone(request)
    target = reverse("cohorts:invitation", args=[token])
    if request.user.is_authenticated:
        return redirect(target)
    remember_proved(request, row.address)
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': target, 'email': row.address})}")


@require_POST
@login_required
@never_cache
def accept(request: Request, token: str) -> HttpResponse:
    row = Invitation.of_token(token)
    if row is None:
        return gone(request)
    form = charter_form(row.cohort, request.user, request.POST) if row.is_for(request.user) else None
    if form is not None and not form.is_valid():
        return show(request, row, token, form, status=422)
    try:
        with clock_of(row.cohort):
            member = row.accept(by=request.user, charter=form.agreed() if form else None)
    except Refused as refusal:
        fresh = Invitation.of_token(token)
        return show(request, fresh, token, problem=refusal.message, status=409) if fresh else gone(request)
    if row.cohort.state == Cohort.State.DRAFT:
        messages.success(
            request, f"You are a {member.role} of {row.cohort}. Its page opens when it takes applications."
        )
        return redirect("cohorts:cohorts")
    messages.success(request, f"Welcome. You are a {member.role} of {row.cohort}.")
    return redirect(row.cohort)
