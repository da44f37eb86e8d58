"""A profile shows finished work, a cockpit the rounds that wait."""

import pytest
from django.core.management import call_command

from mentorship.people.models import User


@pytest.fixture
def demo(db):
    call_command("load_curriculum", verbosity=0)
    call_command("make_demo")
    return User.objects.get(email="ada@demo.example")


def test_a_profile_shows_accepted_projects_and_posts_only(demo, client):
    chiara = client.get("/people/chiara-conti/").content.decode()
    assert "House prices, explained twice" in chiara
    assert "Why a forest is steadier than its trees" in chiara
    amara = client.get("/people/amara-okafor/").content.decode()
    assert "Bike rentals" not in amara  # changes are requested
    assert "Splitting by time" not in amara  # a draft


def test_a_cockpit_shows_what_waits_and_how_long(demo, sign_in, django_assert_max_num_queries):
    client = sign_in(demo)
    client.get("/home/")
    with django_assert_max_num_queries(12):
        page = client.get("/cohorts/starting-out-autumn/cockpit/").content.decode()
    assert "Which bridges need a look first?" in page
    assert "2 overdue" in page
