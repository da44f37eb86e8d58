"""What tests about accounts share: an empty cache, and posting the forms as a browser does."""

import re
import uuid

import pytest

from mentorship.notifications.models import Notification
from tests.factory import PASSWORD


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    """Each test counts for itself; clearing Redis would empty what tests beside this one count."""
    default = settings.CACHES["default"] | {"KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = settings.CACHES | {"default": default}


@pytest.fixture
def sign_up():
    def sign_up(client, email="lena@example.org", **more):
        fields = {"name": "Lena Fischer", "email": email, "password1": PASSWORD, "timezone": "Europe/Vienna"}
        return client.post("/accounts/signup/", fields | more)

    return sign_up


@pytest.fixture
def log_in():
    def log_in(client, email, password=PASSWORD, **more):
        return client.post("/accounts/login/", {"login": email, "password": password} | more)

    return log_in


@pytest.fixture
def link():
    """The path of the last letter's link."""

    def link():
        return re.search(r"https?://[^/\s]+(/accounts/\S+)", letters()[-1].body)[1]

    return link


def letters():
    """What would be sent by mail, oldest first: `title`, `body`, `address`."""
    return list(Notification.objects.filter(in_app=False).order_by("pk"))
