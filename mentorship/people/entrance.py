"""allauth's forms in our words: no placeholder that repeats its label, one sentence about passwords."""

from typing import Any

from allauth.account import forms as account
from allauth.account.internal import flows
from allauth.mfa.base import forms as mfa
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest

PASSWORD = "At least 10 characters. Four unrelated words are good."  # noqa: S105
LABELS = {
    "Current Password": "Your password now",
    "New Password": "New password",
    "New Password (again)": "New password, again",
    "Password (again)": "Password, again",
    "Email": "E-mail address",
    "Authenticator code": "Code from the app",
}


class Calm:
    """Takes placeholders away and rewords labels of whatever form it is mixed into."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(str(field.label), field.label)
            if isinstance(field.widget, forms.PasswordInput):
                field.help_text = PASSWORD if name == "password1" else ""
            if name == "code":
                field.widget.attrs.update({"inputmode": "numeric", "spellcheck": "false", "autofocus": True})


class SignupForm(Calm, account.SignupForm):
    def try_save(self, request: HttpRequest) -> Any:
        """A known address answers like a new one, also in time, and also when two come at once."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError as error:
            if "user_email_unique" not in str(error):
                raise
            return None, flows.signup.prevent_enumeration(request, email=self.cleaned_data["email"])


class LoginForm(Calm, account.LoginForm):
    pass


class AddEmailForm(Calm, account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New address"
        self.fields["email"].help_text = "We send a link there. Until you open it, the old address stays."


class ChangePasswordForm(Calm, account.ChangePasswordForm):
    pass


class SetPasswordForm(Calm, account.SetPasswordForm):
    pass


class ResetPasswordForm(Calm, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Calm, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Calm, account.ReauthenticateForm):
    pass


class AuthenticateForm(Calm, mfa.AuthenticateForm):
    pass


class ReauthenticateCodeForm(Calm, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(Calm, totp.ActivateTOTPForm):
    pass


class DeactivateTOTPForm(Calm, totp.DeactivateTOTPForm):
    pass


class GenerateRecoveryCodesForm(Calm, recovery.GenerateRecoveryCodesForm):
    pass


class AddPasskeyForm(Calm, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "To tell your keys apart, such as 'phone'."
        self.fields["passwordless"].label = "Sign in with it alone"
        self.fields[
            "passwordless"
        ].help_text = "Then this key replaces the password. It has to ask for a PIN, a fingerprint or a face."
