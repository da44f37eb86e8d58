"""Where allauth meets our people."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url

from mentorship.common.redirects import is_ours, safe_next
from mentorship.people import mails
from mentorship.people.models import User, free_handle

HANDLE_TRIES = 5
PROVED = "proved_address"


class AccountAdapter(DefaultAccountAdapter):
    """Gives a new person a handle, the name and zone of the form, and keeps redirects on this site."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Write to the program's admins if that surprises you.",
        "email_password_mismatch": "This address and this password do not go together.",
        "incorrect_code": "This code is not right. Codes change every 30 seconds.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your password.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, or reset your password.",
        "rate_limited": "Too many attempts. Wait a few minutes, then try again.",
        "same_as_current": "This is what it is already.",
    }

    def save_user(self, request: HttpRequest, user: User, form: object, commit: bool = True) -> User:
        """Fill and save `user`. A handle that someone takes at the same moment is replaced by the next free one."""
        data = getattr(form, "cleaned_data", {})
        user.name = data.get("name", "") or user.name
        user.timezone = data.get("timezone") or "UTC"
        user = super().save_user(request, user, form, commit=False)
        if commit:
            save_with_handle(user)
        return user

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """People have handles instead of user names; who comes by GitHub or Google gets theirs here."""
        user.name = user.name or user.email.partition("@")[0] or "New person"
        user.handle = user.handle or free_handle(user.name)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return safe_next(request, super().get_login_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return safe_next(request, resolve_url("people:settings"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("people:account")

    def is_safe_url(self, url: str | None) -> bool:
        return is_ours(context.request, url or "")

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Whoever opened a link that was mailed to this address reads its mail (see `remember_proved`)."""
        proved = request.session.get(PROVED, "")
        return bool(proved and proved == email.lower()) or super().is_email_verified(request, email)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Who proves an address owns it: an account that only claimed it and never got in makes room."""
        claims = User.objects.filter(email__iexact=email_address.email, last_login=None)
        claims = claims.exclude(pk=email_address.user_id).exclude(emailaddress__verified=True)
        try:
            with transaction.atomic():
                claims.delete()
                return super().confirm_email(request, email_address)
        except IntegrityError:
            messages.error(request, "This address could not be confirmed: another account has it.")
            return False

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMultiAlternatives:
        """The mail in both forms, from one text template of ours (see `mails`)."""
        return mails.compose(template_prefix, email, context, headers=headers)


def remember_proved(request: HttpRequest, address: str) -> None:
    """From now on, an account that is made in this browser with `address` needs no confirmation by mail."""
    request.session[PROVED] = address.lower()


def save_with_handle(user: User) -> None:
    """Save a new `user`, finding another handle when the one we chose is taken in the same moment."""
    for left in reversed(range(HANDLE_TRIES)):
        try:
            with transaction.atomic():
                user.save()
                return
        except IntegrityError as error:
            if "user_handle_unique" not in str(error) or not left:
                raise
            user.handle = free_handle(user.name)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Who comes by GitHub or Google brings a name along."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        names = (data.get("first_name"), data.get("last_name"))
        name = data.get("name") or " ".join(part for part in names if part) or data.get("username") or ""
        user.name = name[:100]
        return user

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """The providers of the environment: no query, and nothing that a row of the database could add."""
        return [
            SocialApp(provider=name, name=name, **app)
            for name, configured in settings.SOCIALACCOUNT_PROVIDERS.items()
            for app in configured["APPS"]
            if provider in (None, name) and client_id in (None, app["client_id"])
        ]


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps and recovery codes are encrypted at rest with the site's key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Codes change every 30 seconds."
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    @staticmethod
    def cipher() -> MultiFernet:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        digests = [hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])

    def encrypt(self, text: str) -> str:
        return self.cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self.cipher().decrypt(encrypted_text.encode()).decode()
