"""Making an account, a second factor and a passkey, as a person does it in a browser."""

import re
import uuid

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from mentorship.notifications.models import Notification
from mentorship.people.models import User
from tests.browser.conftest import check_look
from tests.factory import PASSWORD, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def code(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def press(page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def sign_out(page) -> None:
    page.goto("/accounts/logout/")
    press(page, "Sign out")


def sign_in(page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def confirm_password(page) -> None:
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        press(page, "Go on")


def forget_used_codes(settings) -> None:
    """A code works once in its 30 seconds; nobody waits for the next one here."""
    default = settings.CACHES["default"] | {"KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = settings.CACHES | {"default": default}


def test_from_nothing_to_a_second_factor(open_page, settings):
    page = open_page(scheme="dark", size="phone", timezone_id="Europe/Vienna")
    page.goto("/accounts/signup/")
    check_look(page)
    page.get_by_label("Your name").fill("Lena Fischer")
    page.get_by_label("E-mail address").fill("lena@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Make my account")
    page.get_by_role("heading", name="Look into your mail").wait_for()
    check_look(page)

    page.goto(re.search(r"http\S+/accounts/confirm-email/\S+", Notification.objects.latest("pk").body)[0])
    check_look(page)
    press(page, "Yes, confirm")
    page.get_by_role("heading", name="Profile").wait_for()
    assert User.objects.get().timezone == "Europe/Vienna"
    assert page.get_by_label("Timezone").input_value() == "Europe/Vienna"
    check_look(page)

    page.goto("/accounts/2fa/totp/activate/")
    confirm_password(page)
    check_look(page)
    secret = page.locator("code.secret").inner_text()
    page.get_by_label("Code from the app").fill(code(secret))
    press(page, "Turn it on")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert page.locator(".codes li").count() == 10
    check_look(page)

    sign_out(page)
    forget_used_codes(settings)
    sign_in(page, "lena@example.org")
    page.get_by_role("heading", name="One more step").wait_for()
    check_look(page)
    page.get_by_label("Code").fill(code(secret))
    press(page, "Sign in")
    page.wait_for_url("**/home/")


def test_a_passkey_signs_in_alone(open_page):
    olga = make_person("Olga Ivanova")
    page = open_page(olga)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto("/accounts/2fa/webauthn/add/")
    confirm_password(page)
    page.get_by_label("Name").fill("Phone")
    page.get_by_label("Sign in with it alone").check()
    press(page, "Add it")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/accounts/2fa/webauthn/")
    assert page.get_by_text("Phone", exact=True).first.is_visible()
    check_look(page)

    sign_out(page)
    page.goto("/accounts/login/")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/home/")


def test_the_zone_of_the_browser_is_one_click_away(open_page):
    page = open_page(make_person("Olga Ivanova", timezone="UTC"), timezone_id="Asia/Amman")
    page.goto("/settings/profile/")
    page.get_by_role("button", name="Use Asia/Amman").click()
    assert page.get_by_label("Timezone").input_value() == "Asia/Amman"
    press(page, "Save")
    page.get_by_text("Saved.").wait_for()
    assert User.objects.get().timezone == "Asia/Amman"


@pytest.mark.parametrize(("scheme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_the_pages_of_settings(open_page, scheme, size):
    ada = make_person("Ada Lindqvist", groups=["admins"])
    page = open_page(ada, scheme=scheme, size=size)
    settings = ["/settings/profile/", "/settings/account/", "/settings/tokens/", "/accounts/email/"]
    accounts = ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", f"/people/{ada.handle}/"]
    other = ["/api/docs/", "/api/docs/cohorts/", "/django-admin/", f"/django-admin/people/user/{ada.pk}/change/"]
    for path in [*settings, *accounts, *other]:
        assert page.goto(path).status == 200
        check_look(page)


def test_a_token_is_made_after_the_password(open_page):
    page = open_page(make_person("Olga Ivanova"), size="phone")
    page.goto("/settings/tokens/")
    page.get_by_label("Name").fill("laptop")
    press(page, "Make the token")
    confirm_password(page)
    assert page.locator("code.secret").inner_text().startswith("mlm_")
    check_look(page)
    page.goto("/settings/tokens/")
    press(page, "Revoke laptop")
    page.get_by_text("laptop no longer opens the API.").wait_for()
