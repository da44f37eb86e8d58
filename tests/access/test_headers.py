"""Every answer carries the headers, whatever it is; cookies and production do as trust.md promises."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.test import Client

ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/accounts/login/", 200),
    ("GET", "/home/", 302),
    ("GET", "/nothing/here/", 404),
    ("POST", "/", 405),
    ("GET", "/fault/", 500),
    ("GET", "/static/css/main.css", 200),
    ("GET", "/static/nothing.css", 404),
    ("GET", "/live", 200),
    ("GET", "/ready", 200),
    ("GET", "/api/v1/me/", 401),
    ("GET", "/api/v1/nothing/", 404),
    ("GET", "/api/schema/", 200),
    ("GET", "/api/docs/", 200),
    ("GET", "/django-admin/", 302),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_has_them(settings, method, path, status):
    settings.ROOT_URLCONF = "tests.access.urls_with_a_fault"
    answer = Client(raise_request_exception=False).generic(method, path)
    if path != "/ready":  # it says 503 where the database of the tests is not the one it asks
        assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert re.fullmatch(r"'self'( 'nonce-[A-Za-z0-9+/=_-]+')?", policy["script-src"])


def test_another_host_is_400(client, db):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_private_pages_are_kept_by_nobody(sign_in, olga):
    assert sign_in(olga).get("/settings/account/").headers["Cache-Control"] == "private, no-store"


def test_cookies_are_closed_to_scripts_and_other_sites(olga, client):
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": olga.email, "password": "correct horse battery"})
    for name in ("session", "csrf"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


PRODUCTION = {
    "DEBUG": "false", "SECRET_KEY": "a long secret of production, long enough for the check of fifty characters",
    "ALLOWED_HOSTS": "mentorship.example", "BASE_URL": "https://mentorship.example",
    "EMAIL_URL": "smtp://127.0.0.1:25", "DEFAULT_FROM_EMAIL": "hello@mentorship.example",
    "GITHUB_CLIENT_ID": "abc", "GITHUB_CLIENT_SECRET": "def",
}  # fmt: skip
ASK = """
import json, django; django.setup()
from django.conf import settings
from django.test import Client
from django.urls import reverse, NoReverseMatch
host = {"host": "mentorship.example"}
secure = Client(headers=host).get("/live", secure=True)
try:
    google = reverse("google_login")
except NoReverseMatch:
    google = None
print(json.dumps({
    "headers": dict(secure.headers),
    "plain": Client(headers=host).get("/streams/").headers.get("Location"),
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
    "csrf": [settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE],
    "second factor": settings.SECOND_FACTOR_REQUIRED,
    "github": reverse("github_login"),
    "google": google,
}))
"""


@pytest.fixture(scope="module")
def production():
    """What the program says of itself with production's environment."""
    names = ("DATABASE_URL", "REDIS_URL", "PATH", "HOME")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    environment |= PRODUCTION | {"DJANGO_SETTINGS_MODULE": "mentorship.settings"}
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_production_is_reached_by_https_alone(production):
    assert production["plain"] == "https://mentorship.example/streams/"
    assert production["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_production_has_host_cookies_and_second_factors(production):
    assert production["session"] == ["__Host-session", True, True]
    assert production["csrf"] == ["__Host-csrf", True]
    assert production["second factor"] is True


def test_a_provider_of_the_environment_is_there_and_others_are_not(production):
    assert production["github"] == "/accounts/github/login/"
    assert production["google"] is None
    assert "https://github.com" in production["headers"]["Content-Security-Policy"]


def test_without_providers_their_addresses_are_404(client, db):
    for path in ("/accounts/github/login/", "/accounts/google/login/", "/accounts/github/login/callback/"):
        assert client.get(path).status_code == 404
