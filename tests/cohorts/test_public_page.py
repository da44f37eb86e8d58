"""What everyone reads of a cohort, and the notice of a charter that waits."""

import pytest

from mentorship.cohorts.models import Cohort, Membership, Schedule
from mentorship.common.errors import Refused
from mentorship.people.models import User
from tests import factory
from tests.guests import make_charter


@pytest.fixture
def public(open_cohort, ada, mateo):
    Cohort.objects.filter(pk=open_cohort.pk).update(
        about="Small and quiet.", for_whom="Beginners & others.", hours_a_week=9, promise_days=6
    )
    factory.make_membership(open_cohort, mateo, role="mentor")
    make_charter(open_cohort, ada)
    return open_cohort


def test_a_visitor_reads_all_there_is_to_decide_on(client, public, ada):
    Schedule.draft(public, by=ada)
    page = client.get(f"/cohorts/{public.slug}/").text
    for text in (
        "Small and quiet.", "Beginners &amp; others.", "About 9 hours", "within 6 days", "2 of 2 left", "Basics",
        "We are on time", "Apply until",
    ):  # fmt: skip
        assert text in page


def test_a_full_one_says_that_there_is_a_waiting_list(client, public):
    for _ in range(2):
        factory.make_membership(public, factory.make_person())
    assert "All 2 taken; there is a waiting list" in client.get(f"/cohorts/{public.slug}/").text


def test_mentors_are_named_once_they_agree(client, sign_in, public, mateo, olga):
    address, seat = f"/cohorts/{public.slug}/", public.memberships.get(person=mateo)
    assert "Mateo" not in client.get(address).text
    assert sign_in(mateo).post(f"{address}members/{seat.pk}/show/", {"shown": "yes"}).status_code == 302
    page = client.get(address).text
    assert "Mateo Rojas" in page
    assert "/people/mateo" not in page
    assert f"/people/{mateo.handle}/" in sign_in(olga).get(address).text
    User.objects.filter(pk=mateo.pk).update(visibility="public")
    assert f"/people/{mateo.handle}/" in client.get(address).text
    sign_in(mateo).post(f"{address}members/{seat.pk}/show/", {"shown": "no"})
    assert "Mateo" not in client.get(address).text


def test_nobody_else_agrees_for_a_mentor(sign_in, public, mateo, ada, amara):
    seat = public.memberships.get(person=mateo)
    for person in (ada, amara):
        assert sign_in(person).post(f"/cohorts/{public.slug}/members/{seat.pk}/show/").status_code == 404
    with pytest.raises(Refused):
        seat.show(True, by=ada)
    mentee = factory.make_membership(public, amara)
    assert sign_in(amara).post(f"/cohorts/{public.slug}/members/{mentee.pk}/show/").status_code == 404
    assert not Membership.objects.filter(shown=True).exists()


def test_a_hostile_text_is_inert(client, public):
    Cohort.objects.update(for_whom="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(f"/cohorts/{public.slug}/").text


def test_an_admin_looks_at_a_draft_as_everyone_will_read_it(sign_in, ada, stream):
    draft = factory.make_cohort(stream=stream, state="draft", for_whom="Beginners.")
    page = sign_in(ada).get(f"/cohorts/{draft.slug}/?public").text
    assert "This is what everyone reads once it opens" in page
    assert "Beginners." in page


def test_a_member_is_told_of_a_charter_that_waits_until_they_accept(sign_in, amara, cohort, ada):
    address, notice = f"/cohorts/{cohort.slug}/", "The charter of this cohort waits for you"
    assert notice not in sign_in(amara).get(address).text
    make_charter(cohort, ada).accept(by=amara)
    assert notice not in sign_in(amara).get(address).text
    make_charter(cohort, ada, "Other words")
    assert notice in sign_in(amara).get(address).text
    assert notice not in sign_in(ada).get(address).text


def test_the_public_page_costs_as_many_queries_however_many_mentors(client, public, django_assert_max_num_queries):
    for _ in range(40):
        factory.make_membership(public, factory.make_person(), role="mentor", shown=True)
    with django_assert_max_num_queries(6):
        client.get(f"/cohorts/{public.slug}/")
