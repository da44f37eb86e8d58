"""`manage.py make_admin`: the first admin of an installation."""

import pytest
from django.core.management import CommandError, call_command

from mentorship.people.models import Event, User


def test_a_confirmed_person_becomes_admin_and_stops_being_one(olga, capsys):
    call_command("make_admin", olga.email.upper())
    assert User.objects.get(pk=olga.pk).is_admin
    assert Event.objects.get(verb="made_admin").subject_id == olga.pk
    call_command("make_admin", olga.email)
    assert "already" in capsys.readouterr().out
    call_command("make_admin", olga.email, "--remove")
    assert not User.objects.get(pk=olga.pk).is_admin


def test_nobody_and_unconfirmed_are_refused(olga):
    with pytest.raises(CommandError, match="Nobody has this address"):
        call_command("make_admin", "nobody@example.org")
    olga.emailaddress_set.update(verified=False)
    with pytest.raises(CommandError, match="not confirmed"):
        call_command("make_admin", olga.email)
