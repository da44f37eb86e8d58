"""The demo is made with the program's own verbs, on an empty database only."""

import pytest
from django.core.management import CommandError, call_command

from mentorship.cohorts.models import Cohort
from mentorship.home.demo.cast import CAST
from mentorship.notifications.models import Notification
from mentorship.people.models import User
from projects.models import Review, Submission


def test_the_demo_fills_every_page_and_mails_nobody(db, sign_in):
    call_command("load_curriculum", verbosity=0)
    call_command("load_library", verbosity=0)
    call_command("make_demo")
    assert User.objects.count() == len(CAST)
    assert set(Submission.objects.values_list("state", flat=True)) == {"awaiting_mentor", "awaiting_mentee", "accepted"}
    assert set(Cohort.objects.values_list("state", flat=True)) == {"running", "open", "draft", "finished"}
    assert set(Review.objects.values_list("state", flat=True)) == {"signed", "published"}
    assert Notification.objects.exists()
    assert not Notification.objects.filter(email="queued").exists()
    for role in CAST:
        assert sign_in(User.objects.get(email=role.email)).get("/home/").status_code == 200


def test_the_accounts_are_listed_only_where_they_are(db, capsys):
    call_command("make_demo", accounts=True)
    assert capsys.readouterr().out == ""


def test_it_refuses_where_people_are(amara):
    with pytest.raises(CommandError, match="empty database"):
        call_command("make_demo")
