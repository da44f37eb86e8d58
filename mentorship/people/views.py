"""Profiles, and each person's settings."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mentorship.common.errors import Refused
from mentorship.people import profiles
from mentorship.people import tokens as keys
from mentorship.people.forms import ProfileForm, TokenForm
from mentorship.people.models import Token, User
from mentorship.people.requests import Request

SHOWN_TOKENS = 50


@require_safe
def profile(request: HttpRequest, handle: str) -> HttpResponse:
    """A person's page. Missing and not theirs to see are one answer: 404, and for visitors the way to sign-in."""
    person = User.objects.profiles_visible_to(request.user).filter(handle=handle).first()
    if person is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    return render(request, "people/profile.html", {"person": person, "mine": person.pk == request.user.pk})


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    return redirect("people:settings")


@require_safe
@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers look for the page that changes a password."""
    return redirect("account_change_password")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: Request) -> HttpResponse:
    """One's own profile, handle and timezone."""
    person = User.objects.get(pk=request.user.pk)  # apart from request.user, which the form must not touch
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            profiles.change(person=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("handle", refused.message)
        else:
            messages.success(request, "Saved.")
            return redirect("people:settings")
    status = 422 if form.errors else 200
    return render(request, "people/settings.html", {"form": form}, status=status)


@require_safe
@login_required
def account(request: Request) -> HttpResponse:
    """How one signs in, each with its state and the page that changes it."""
    person = request.user
    kinds = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    facts = {
        "has_app": "totp" in kinds,
        "has_passkey": "webauthn" in kinds,
        "has_codes": "recovery_codes" in kinds,
        "sessions": UserSession.objects.filter(user=person).count(),
        "active_tokens": keys.active(person).count(),
    }
    return render(request, "people/account.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def tokens(request: Request) -> HttpResponse:
    """The keys to the API. A new one is shown in this answer and nowhere again."""
    if request.method == "POST":
        return make_token(request)
    return tokens_page(request, TokenForm())


@reauthentication_required
def make_token(request: Request) -> HttpResponse:
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            token, secret = keys.issue(person=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return tokens_page(request, TokenForm(), made=token, secret=secret)
    return tokens_page(request, form, status=422)


def tokens_page(request: Request, form: TokenForm, status: int = 200, **more: Any) -> HttpResponse:
    mine = Token.objects.filter(person=request.user).order_by("-created_at")[:SHOWN_TOKENS]
    facts = {"form": form, "tokens": mine, "asks_again": not did_recently_reauthenticate(request), **more}
    return render(request, "people/tokens.html", facts, status=status)


@require_POST
@login_required
def revoke(request: Request, pk: int) -> HttpResponse:
    token = get_object_or_404(Token, pk=pk, person=request.user)
    keys.revoke(token=token, by=request.user)
    messages.success(request, f"{token.name} no longer opens the API.")
    return redirect("people:tokens")
