"""allauth's pages in our clothes: each answers, in our layout, without inline style or script, in our words."""

import re

import pytest
from allauth.mfa.models import Authenticator

from tests.factory import PASSWORD

VISITOR = [
    "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/confirm-email/", "/accounts/confirm-email/none/", "/accounts/inactive/",
    "/accounts/password/reset/key/1-none/", "/accounts/password/reset/key/done/",
    "/accounts/3rdparty/login/cancelled/", "/accounts/3rdparty/login/error/",
]  # fmt: skip
MEMBER = [
    "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/3rdparty/",
    "/accounts/reauthenticate/", "/accounts/logout/", "/accounts/2fa/webauthn/", "/settings/profile/",
    "/settings/account/", "/settings/tokens/",
]  # fmt: skip
GUARDED = [
    "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/keys/{key}/remove/", "/accounts/2fa/webauthn/keys/{key}/edit/",
]  # fmt: skip


def check(answer):
    page = answer.content.decode()
    assert 'class="site-header"' in page
    assert re.search(r"<title>[^<]+ · ML Mentorship</title>", page)
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"\son[a-z]+=", page)
    for attributes in re.findall(r"<script([^>]*)>", page):
        assert "src=" in attributes or 'type="application/json"' in attributes
    for word in ("Email Addresses", "Sign Out", "Two-Factor", "third-party", "Bad Token", "Passwordless"):
        assert word not in page


@pytest.mark.parametrize("path", VISITOR)
def test_a_visitors_pages(client, db, path):
    check(client.get(path, follow=True))


@pytest.mark.parametrize("path", MEMBER)
def test_a_members_pages(sign_in, olga, path):
    answer = sign_in(olga).get(path)
    assert answer.status_code == 200
    check(answer)


def test_an_open_change_of_address(sign_in, olga):
    olga.emailaddress_set.create(email="new@example.org", verified=False, primary=False)
    answer = sign_in(olga).get("/accounts/email/")
    assert b"Waits to be confirmed" in answer.content
    check(answer)


@pytest.mark.parametrize("path", GUARDED)
def test_pages_behind_the_password(sign_in, olga, path):
    address = path
    if "{key}" in path:
        key = Authenticator.objects.create(user=olga, type="webauthn", data={"name": "Phone", "credential": {}})
        address = path.format(key=key.pk)
    client = sign_in(olga)
    assert client.get(address).url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    answer = client.get(address)
    assert answer.status_code == 200
    check(answer)
