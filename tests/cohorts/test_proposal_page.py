"""The page of a proposal, by its forms, without JavaScript; and what htmx gets."""

import pytest

from mentorship.cohorts import matching
from mentorship.cohorts.models import Assignment, Membership, Proposal
from tests import factory


@pytest.fixture
def address(cohort):
    return f"/cohorts/{cohort.slug}/proposal/"


def now():
    """The hidden field that names the one proposal."""
    return {"proposal": Proposal.objects.get().pk}


@pytest.fixture
def adas(sign_in, ada):
    return sign_in(ada)


@pytest.fixture
def proposal(cohort, ada, alone, ines):
    return matching.propose(cohort=cohort, by=ada)


def test_from_nothing_to_assigned(adas, address, alone, ines):
    assert "Propose mentors for everyone" in adas.get(address).text
    assert adas.post(address + "propose/").status_code == 302
    page = adas.get(address).text
    assert "Béla Kovács" in page
    assert "both are awake" in page.lower()
    answer = adas.post(address + "place/", {**now(), "version": 1, "mentee": alone.pk, "mentor": ines.pk}, follow=True)
    assert "Béla Kovács with Inês Sousa" in answer.text
    assert "By hand" in answer.text
    assert f'<option value="{ines.pk}" selected' in answer.text
    answer = adas.post(address + "apply/", {**now(), "version": 2}, follow=True)
    assert "1 mentee got a mentor" in answer.text
    assert Assignment.objects.active().get(mentee=alone).mentor == ines
    assert "Every mentee has a mentor" in adas.get(address).text


def test_who_comes_second_sees_the_first_ones_proposal(adas, address, proposal):
    answer = adas.post(address + "propose/")
    assert (answer.status_code, "made a proposal a moment ago" in answer.text) == (409, True)
    assert "Solve again" in answer.text


def test_who_applies_an_older_version_gets_409_and_sees_the_new_one(sign_in, adas, address, proposal, alone, ines):
    eva = sign_in(factory.make_person("Eva Lind", groups=["admins"]))
    eva.post(address + "place/", {**now(), "version": 1, "mentee": alone.pk, "mentor": ines.pk})
    answer = adas.post(address + "apply/", {**now(), "version": 1})
    assert (answer.status_code, "Eva Lind changed this proposal meanwhile" in answer.text) == (409, True)
    assert 'name="version" value="2"' in answer.text
    assert eva.post(address + "apply/", {**now(), "version": 2}).status_code == 302
    late = adas.post(address + "apply/", {**now(), "version": 2})
    assert (late.status_code, "Eva Lind applied this proposal meanwhile" in late.text) == (409, True)


def test_what_changed_meanwhile_is_listed_and_nothing_is_lost(adas, address, proposal, alone, ines, ada):
    adas.post(address + "place/", {**now(), "version": 1, "mentee": alone.pk, "mentor": ines.pk})
    alone.leave(by=alone.person)
    answer = adas.post(address + "apply/", {**now(), "version": 2})
    assert answer.status_code == 409
    assert "<li>Béla Kovács has left the cohort.</li>" in answer.text
    assert Proposal.objects.get().state == "open"
    answer = adas.post(address + "solve/", {**now(), "version": 2})
    assert (answer.status_code, "nobody to match" in answer.text) == (409, True)
    assert adas.post(address + "discard/", {**now(), "version": 2}).status_code == 302


def test_a_page_of_an_older_proposal_does_not_apply_the_next_one(adas, address, proposal, cohort, ada):
    matching.discard(proposal=proposal, by=ada, version=1)
    matching.propose(cohort=cohort, by=ada)
    answer = adas.post(address + "apply/", {"proposal": proposal.pk, "version": 1})
    assert answer.status_code == 409
    assert not Assignment.objects.filter(assigned_by=ada).exists()


def test_letting_it_be_solved_again(adas, address, proposal, alone):
    adas.post(address + "place/", {**now(), "version": 1, "mentee": alone.pk, "mentor": ""})
    page = adas.get(address + "?show=alone").text
    assert "Left without a mentor by hand." in page
    adas.post(address + "release/", {**now(), "version": 2, "mentee": alone.pk})
    assert "Solved again" in adas.post(address + "solve/?show=alone", {**now(), "version": 3}, follow=True).text
    assert proposal.pairs.get().mentor is not None


@pytest.mark.parametrize("verb", ["place", "release", "solve", "apply", "discard"])
@pytest.mark.parametrize(
    "sent", [{}, {"version": "x"}, {"proposal": 1, "version": 1, "mentee": "0", "mentor": "a\x00"}]
)
def test_bad_input_is_no_fault(adas, address, proposal, verb, sent):
    if "version" in sent and sent["version"] == 1 and verb not in ("place", "release"):
        return
    answer = adas.post(f"{address}{verb}/", sent)
    assert (answer.status_code, "Choose again" in answer.text) == (422, True)


@pytest.mark.parametrize("verb", ["place", "release", "solve", "apply", "discard"])
def test_there_is_no_proposal(adas, address, cohort, verb):
    sent = {"proposal": 1, "version": 1, "mentee": 1}
    assert adas.post(f"{address}{verb}/", sent).status_code == 404


def test_htmx_gets_the_proposal_alone(adas, address, proposal, alone, ines):
    sent = {**now(), "version": 1, "mentee": alone.pk, "mentor": ines.pk}
    answer = adas.post(address + "place/", sent, headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith('<div id="proposal"')
    assert "0 + 1 of 4" in answer.text


def test_a_name_is_escaped(adas, address, cohort, proposal):
    person = factory.make_person("<script>alert(1)</script>")
    factory.make_membership(cohort, person, role="mentor")
    assert "<script>alert" not in adas.get(address).text


def test_as_many_queries_for_a_large_cohort(adas, address, cohort, ada, alone, ines, django_assert_max_num_queries):
    people = [factory.make_person() for _ in range(80)]
    Membership.objects.bulk_create(Membership(cohort=cohort, person=one, role="mentee") for one in people[:60])
    Membership.objects.bulk_create(
        Membership(cohort=cohort, person=one, role="mentor", capacity=4) for one in people[60:]
    )
    adas.get("/cohorts/")
    with django_assert_max_num_queries(32):
        assert adas.post(address + "propose/").status_code == 302
    with django_assert_max_num_queries(10):
        page = adas.get(address)
    assert "61" in page.text
    assert "?page=2" in page.text
