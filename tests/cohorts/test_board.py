"""The assignment board, by its forms, without JavaScript."""

import pytest

from mentorship.cohorts.models import Assignment, Membership
from tests import factory


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/"


def test_mentees_without_a_mentor_come_first(sign_in, ada, address, alone):
    page = sign_in(ada).get(address + "assignments/").text
    assert page.index("Without a mentor") < page.index("Béla Kovács") < page.index("Who works with whom")


def test_several_are_assigned_at_once(sign_in, ada, cohort, address, alone, ines):
    another = factory.make_membership(cohort, factory.make_person())
    data = {"mentees": [alone.pk, another.pk], "mentor": ines.pk}
    assert sign_in(ada).post(address + "assignments/assign/", data).status_code == 302
    assert Membership.objects.get(pk=ines.pk).load == 2


def test_all_or_none_and_the_choice_is_kept(sign_in, ada, cohort, address, alone, ines):
    ines.set_capacity(1, by=ada)
    another = factory.make_membership(cohort, factory.make_person())
    data = {"mentees": [alone.pk, another.pk], "mentor": ines.pk}
    response = sign_in(ada).post(address + "assignments/assign/", data)
    assert response.status_code == 409
    assert "no room" in response.text
    assert f'value="{alone.pk}" id="mentee-{alone.pk}" checked' in response.text
    assert not Assignment.objects.filter(mentor=ines).exists()


@pytest.mark.parametrize("data", [{}, {"mentees": ["x"], "mentor": "y"}, {"mentor": "1"}])
def test_a_wrong_choice(sign_in, ada, address, alone, data):
    assert sign_in(ada).post(address + "assignments/assign/", data).status_code == 422


def test_a_mentor_of_another_cohort_is_no_choice(sign_in, ada, address, alone, other_cohort):
    data = {"mentees": [alone.pk], "mentor": other_cohort.memberships.get().pk}
    assert sign_in(ada).post(address + "assignments/assign/", data).status_code == 422


def test_reassigning_asks_for_a_reason(sign_in, ada, address, ines):
    assignment = Assignment.objects.get()
    page = f"{address}assignments/{assignment.pk}/"
    assert sign_in(ada).post(page + "reassign/", {"mentor": ines.pk, "reason": ""}).status_code == 422
    assert sign_in(ada).post(page + "reassign/", {"mentor": ines.pk, "reason": "Away"}).status_code == 302
    assert Assignment.objects.active().get().mentor == ines
    again = sign_in(ada).post(page + "reassign/", {"mentor": ines.pk, "reason": "Again"})
    assert again.status_code == 409
    assert "Away" in sign_in(ada).get(page).text


def test_ending(sign_in, ada, address):
    page = f"{address}assignments/{Assignment.objects.get().pk}/"
    assert sign_in(ada).post(page + "end/", {"reason": ""}).status_code == 422
    assert sign_in(ada).post(page + "end/", {"reason": "A pause"}).status_code == 302
    assert not Assignment.objects.active().exists()
    assert sign_in(ada).post(page + "end/", {"reason": "A pause"}).status_code == 409


@pytest.mark.parametrize("who", ["olga-ivanova", "@olga-ivanova", "OLGA-IVANOVA@example.org"])
def test_a_mentor_is_added_by_address_or_handle(sign_in, ada, olga, cohort, address, who):
    response = sign_in(ada).post(address + "mentors/add/", {"person": who, "capacity": "3"})
    assert response.status_code == 302
    assert cohort.memberships.mentors().get(person=olga).capacity == 3


@pytest.mark.parametrize(
    ("who", "status", "sentence"),
    [
        ("nobody", 422, "Nobody here has this address"),
        ("amara-okafor", 409, "is a mentee of this cohort"),
        ("mateo-rojas", 409, "already mentors this cohort"),
        ("a\x00b", 422, "Null characters"),
    ],
)
def test_who_cannot_be_added(sign_in, ada, address, who, status, sentence):
    response = sign_in(ada).post(address + "mentors/add/", {"person": who, "capacity": "3"})
    assert (response.status_code, sentence in response.text) == (status, True)


@pytest.mark.parametrize(("capacity", "status"), [("5", 302), ("0", 409), ("51", 422), ("x", 422)])
def test_capacity(sign_in, ada, address, mentor, capacity, status):
    response = sign_in(ada).post(f"{address}mentors/{mentor.pk}/capacity/", {"capacity": capacity})
    assert response.status_code == status
    assert Membership.objects.get(pk=mentor.pk).capacity == (5 if status == 302 else 4)


def test_the_board_of_a_hundred_and_fifty(sign_in, ada, cohort, address, ines, django_assert_max_num_queries):
    Membership.objects.filter(pk=ines.pk).update(capacity=50, load=50)
    people = [factory.make_person() for _ in range(150)]
    rows = Membership.objects.bulk_create(Membership(cohort=cohort, person=p, role="mentee") for p in people)
    Assignment.objects.bulk_create(
        Assignment(cohort=cohort, mentee=row, mentor=ines, assigned_by=ada) for row in rows[:50]
    )
    client = sign_in(ada)
    client.get("/cohorts/")  # a session notes its first visit
    with django_assert_max_num_queries(9):
        assert client.get(address + "assignments/").status_code == 200
