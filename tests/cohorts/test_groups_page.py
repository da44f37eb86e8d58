"""The pages of groups, and the same by the API."""

import pytest

from mentorship.cohorts.models import Group
from tests import factory


@pytest.fixture
def seats(cohort):
    for name in ("Chiara", "Dmitri"):
        factory.make_membership(cohort, factory.make_person(name))
    return list(cohort.memberships.mentees().order_by("pk"))


def test_forming_one_and_joining_it(sign_in, cohort, seats, amara, bela):
    client = sign_in(amara)
    assert b"Form a group" in client.get(f"/cohorts/{cohort.slug}/groups/").content
    data = {"kind": "capstone", "name": "The Gauss", "people": [seats[1].pk, seats[2].pk]}
    answer = client.post(f"/cohorts/{cohort.slug}/groups/new/", data)
    group = Group.objects.get()
    assert answer["Location"] == group.get_absolute_url()
    page = sign_in(bela).get(f"/cohorts/{cohort.slug}/groups/").content.decode()
    assert "Asks for your answer" in page
    assert "You are asked to join" in sign_in(bela).get(group.get_absolute_url()).content.decode()
    sign_in(bela).post(f"{group.get_absolute_url()}join/")
    assert group.joined().count() == 2
    assert "1 more has to join" in sign_in(bela).get(group.get_absolute_url()).content.decode()


def test_too_few_is_said_at_the_field_and_nothing_is_lost(sign_in, cohort, seats, amara):
    data = {"kind": "capstone", "name": "The Gauss", "people": [seats[1].pk]}
    answer = sign_in(amara).post(f"/cohorts/{cohort.slug}/groups/new/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Such a group has 3 to 4 people; this one would have 2." in page
    assert "The Gauss" in page
    assert not Group.objects.exists()


def test_one_takes_only_oneself_out(sign_in, cohort, seats, amara, bela, ada):
    group = factory.make_group(cohort, seats[:3])
    others = group.members.get(membership=seats[1])
    address = f"{group.get_absolute_url()}members/{others.pk}/leave/"
    assert sign_in(amara).post(address).status_code == 404
    assert sign_in(bela).post(address).status_code == 302
    assert group.joined().count() == 2
    last = group.members.get(membership=seats[2])
    sign_in(ada).post(f"{group.get_absolute_url()}members/{last.pk}/leave/")
    assert group.joined().count() == 1


def test_the_list_does_not_ask_more_with_more_groups(sign_in, cohort, seats, amara, django_assert_max_num_queries):
    client = sign_in(amara)
    for size in (1, 3):
        while Group.objects.count() < size:
            pair = [factory.make_membership(cohort, factory.make_person()) for _ in range(2)]
            factory.make_group(cohort, pair, kind="interview")
        with django_assert_max_num_queries(9):
            client.get(f"/cohorts/{cohort.slug}/groups/")


def test_by_the_api(sign_in, cohort, seats, amara, bela, olga):
    client = sign_in(amara)
    asked = {"cohort": cohort.slug, "kind": "interview", "name": "Pairs", "people": [seats[1].pk]}
    made = client.post("/api/v1/groups/", asked, content_type="application/json")
    assert made.status_code == 201, made.content
    address = f"/api/v1/groups/{made.json()['id']}/"
    assert sign_in(bela).post(f"{address}join/").json()["members"][1]["joined_at"]
    assert sign_in(bela).post(f"{address}join/").status_code == 409
    assert sign_in(olga).get(address).status_code == 404
    assert client.get("/api/v1/groups/").json()["results"][0]["name"] == "Pairs"
    wrong = client.post("/api/v1/groups/", asked | {"people": [1]}, content_type="application/json")
    assert wrong.status_code == 400
