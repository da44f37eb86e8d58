"""Django's admin shows rows to admins, and changes nothing."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from mentorship.home.looking import shown_models
from mentorship.people import tokens
from mentorship.people.models import Event

MODELS = [model._meta.label_lower for model in shown_models()]


def address(label, page, *args):
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


def test_every_model_of_ours_is_there_and_no_secret_ones():
    ours = {"people", "notifications", "streams", "study", "cohorts", "projects", "blog"}
    assert {model._meta.label for model in apps.get_models() if model._meta.app_label in ours} <= {
        model._meta.label for model in shown_models()
    }
    hidden = {"socialaccount.socialtoken", "socialaccount.socialapp", "sessions.session"}
    assert not hidden & {model._meta.label_lower for model in admin.site._registry}


def test_only_admins_look(sign_in, ada, emre, mateo, olga):
    olga.is_staff = True
    olga.save(update_fields=["is_staff"])
    for person in (None, emre, mateo, olga):
        for path in ("/django-admin/", address("people.user", "changelist"), "/django-admin/anything/"):
            assert sign_in(person).get(path).status_code in {302, 404}
    assert sign_in(ada).get("/django-admin/").status_code == 200


def test_one_signs_in_where_everybody_does(client, db, sign_in, ada):
    assert client.get("/django-admin/login/?next=/django-admin/people/user/").url == (
        "/accounts/login/?next=/django-admin/people/user/"
    )
    assert sign_in(ada).get("/django-admin/password_change/").url == "/accounts/password/change/"


def test_two_factors_there_too(settings, sign_in, ada):
    settings.SECOND_FACTOR_REQUIRED = True
    assert sign_in(ada).get("/django-admin/").url == "/accounts/2fa/"


@pytest.mark.parametrize("label", MODELS)
def test_lists_and_rows_are_shown_and_cannot_be_changed(world, sign_in, label, django_assert_max_num_queries):
    client = sign_in(world.people["admin"])
    with django_assert_max_num_queries(12):
        assert client.get(address(label, "changelist")).status_code == 200
    assert client.get(address(label, "add")).status_code == 403
    row = apps.get_model(label).objects.order_by("pk").first()
    if row is not None:
        assert client.get(address(label, "change", row.pk)).status_code == 200
        assert client.post(address(label, "change", row.pk), {}).status_code == 403
        assert client.post(address(label, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_looking_is_kept_in_the_history(sign_in, ada, olga):
    sign_in(ada).get(address("people.user", "change", olga.pk))
    event = Event.objects.get(verb="looked_at")
    assert (event.actor, event.subject_type, event.subject_id) == (ada, "people.user", olga.pk)


def test_secrets_are_not_shown(sign_in, ada, olga):
    token, _secret = tokens.issue(person=olga, name="laptop")
    client = sign_in(ada)
    shown = client.get(address("people.token", "change", token.pk)).content.decode()
    shown += client.get(address("people.user", "change", olga.pk)).content.decode()
    assert token.digest not in shown
    assert olga.password not in shown
