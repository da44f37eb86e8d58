"""One's own profile: what may be changed, and what is said at which field."""

import threading

import pytest
from django.db import connection
from django.test import Client

from mentorship.common.errors import Refused
from mentorship.people import profiles
from mentorship.people.models import Event, User
from tests.factory import make_person

FIELDS = {
    "name": "Olga Ivanova", "handle": "olga", "headline": "Chemist", "bio": "", "website": "olga.example",
    "github": "olga", "visibility": "public", "timezone": "Europe/Riga",
}  # fmt: skip


def save(client, **changes):
    return client.post("/settings/profile/", FIELDS | changes)


def test_a_profile_is_saved(sign_in, olga):
    assert save(sign_in(olga)).status_code == 302
    olga.refresh_from_db()
    assert (olga.handle, olga.website, olga.visibility) == ("olga", "https://olga.example", "public")
    assert "handle" in Event.objects.get(verb="changed_profile").detail["fields"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("handle", "admin", "reserved"),
        ("handle", "bela-kovacs", "taken"),
        ("handle", "Ol", "3 to 30"),
        ("handle", "9lives", "starting with a letter"),
        ("name", "", "required"),
        ("timezone", "Moon/Crater", "not one of the available"),
        ("website", "javascript:alert(1)", "valid"),
        ("github", "a/b", "GitHub"),
        ("visibility", "everyone", "not one of the available"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(sign_in, olga, bela, field, value, message):
    User.objects.filter(pk=bela.pk).update(handle="bela-kovacs")
    answer = save(sign_in(olga), **{field: value, "headline": "Kept"})
    assert answer.status_code == 422
    assert message in answer.context["form"].errors[field][0]
    assert b'value="Kept"' in answer.content


def test_capitals_in_a_handle_are_made_small(sign_in, olga):
    save(sign_in(olga), handle=" OLGA ")
    olga.refresh_from_db()
    assert olga.handle == "olga"


def test_nothing_else_can_be_set(sign_in, olga):
    save(sign_in(olga), is_superuser="on", is_staff="on", email="evil@example.org")
    person = User.objects.get(pk=olga.pk)
    assert (person.is_superuser, person.is_staff, person.email) == (False, False, olga.email)


@pytest.mark.django_db(transaction=True)
def test_two_who_want_one_handle_at_once(sign_in):
    people = [make_person(), make_person(), make_person()]
    clients: list[Client] = [sign_in(person) for person in people]
    answers = []

    def run(client):
        answers.append(save(client, handle="same").status_code)
        connection.close()

    threads = [threading.Thread(target=run, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 422, 422]


def test_a_handle_taken_meanwhile_is_refused(olga, bela):
    with pytest.raises(Refused, match="taken"):
        profiles.change(person=olga, handle=bela.handle)


def test_the_page_offers_the_zone_one_has_even_an_old_name(sign_in, olga):
    User.objects.filter(pk=olga.pk).update(timezone="US/Eastern")
    assert b'<option value="US/Eastern" selected>' in sign_in(olga).get("/settings/profile/").content


def test_pages_need_few_queries(sign_in, olga, django_assert_max_num_queries):
    client = sign_in(olga)
    for path in ("/settings/profile/", "/settings/account/", "/settings/tokens/", f"/people/{olga.handle}/"):
        client.get(path)
        with django_assert_max_num_queries(8):
            assert client.get(path).status_code == 200
