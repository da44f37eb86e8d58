"""Who comes by GitHub or Google: a name, a handle, and nobody else's account."""

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from mentorship.people.adapter import SocialAdapter
from mentorship.people.models import User
from tests.factory import make_person


@pytest.fixture
def request_of_a_visitor(db):
    request = RequestFactory().get("/accounts/github/login/callback/")
    request.session, request.user = SessionStore(), AnonymousUser()
    with context.request_context(request):
        yield request


def arrive(request, **data) -> User:
    login = SocialLogin(account=SocialAccount(provider="github", uid="42"))
    login.user = User()
    login.email_addresses = [EmailAddress(email=data["email"], verified=True, primary=True)]
    adapter = get_adapter()
    adapter.populate_user(request, login, data)
    return adapter.save_user(request, login)


def test_the_adapter_is_ours():
    assert isinstance(get_adapter(), SocialAdapter)


@pytest.mark.parametrize(
    ("data", "name", "handle"),
    [
        ({"name": "Lena Fischer"}, "Lena Fischer", "lena-fischer-2"),
        ({"first_name": "Lena", "last_name": "Fischer"}, "Lena Fischer", "lena-fischer-2"),
        ({"username": "lena"}, "lena", "lena"),
        ({}, "mail", "mail"),
        ({"name": "管理"}, "管理", "person"),
        ({"name": "Admin"}, "Admin", "admin-2"),
    ],
)
def test_a_newcomer_gets_a_name_and_a_handle(request_of_a_visitor, data, name, handle):
    make_person("Lena Fischer")
    person = arrive(request_of_a_visitor, email="mail@example.org", **data)
    assert (person.name, person.handle) == (name, handle)
    assert not person.has_usable_password()
    assert User.objects.get(email="mail@example.org") == person
