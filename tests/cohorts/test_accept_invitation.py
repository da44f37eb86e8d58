"""Accepting: by whose address it is, once, with a seat; and the way in for who has no account yet."""

import pytest
from django.test import Client

from mentorship.cohorts.models import Cohort, Invitation, Membership
from mentorship.common.errors import Refused
from mentorship.people.models import User
from tests import factory
from tests.factory import PASSWORD
from tests.guests import make_charter, make_invitation


@pytest.fixture
def guest(open_cohort, ada, olga):
    """Olga's invitation as a mentee."""
    return make_invitation(open_cohort, ada, olga.email)


def code_of(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_a_mentee_takes_a_seat(guest, olga, open_cohort):
    member = guest[0].accept(by=olga)
    assert (member.person, member.role, member.cohort) == (olga, "mentee", open_cohort)
    assert Cohort.objects.get(pk=open_cohort.pk).seats_taken == 1
    row = Invitation.objects.get()
    assert (row.state, row.accepted_by) == ("accepted", olga)
    assert Invitation.of_token(guest[1]) is None


def test_a_mentor_gets_the_capacity_and_the_cohorts_promise(open_cohort, ada, olga):
    Cohort.objects.filter(pk=open_cohort.pk).update(promise_days=6)
    row, _ = make_invitation(open_cohort, ada, olga.email, role="mentor", capacity=3)
    member = row.accept(by=olga)
    assert (member.role, member.capacity, member.promise_days) == ("mentor", 3, 6)
    assert Cohort.objects.get(pk=open_cohort.pk).seats_taken == 0


def test_only_with_the_address_it_went_to_and_only_if_that_is_confirmed(guest, amara, olga):
    assert code_of(lambda: guest[0].accept(by=amara)) == "address"
    olga.emailaddress_set.update(verified=False)
    assert code_of(lambda: guest[0].accept(by=olga)) == "address"


def test_not_twice_not_late_not_after_it_was_taken_back(open_cohort, ada, olga, amara):
    row, _ = make_invitation(open_cohort, ada, olga.email)
    row.accept(by=olga)
    assert code_of(lambda: row.accept(by=olga)) == "no_longer_good"
    late, _ = make_invitation(open_cohort, ada, amara.email, at=factory.days_ago(8))
    assert code_of(lambda: late.accept(by=amara)) == "no_longer_good"
    late.revoke(by=ada)
    assert code_of(lambda: late.accept(by=amara)) == "no_longer_good"


def test_a_full_cohort_says_so_and_the_link_stays_good(guest, olga, open_cohort):
    for _ in range(2):
        factory.make_membership(open_cohort, factory.make_person())
    assert code_of(lambda: guest[0].accept(by=olga)) == "full"
    assert Invitation.of_token(guest[1]) == guest[0]


def test_who_had_applied_has_their_answer(guest, olga, open_cohort, ada):
    application = factory.make_application(open_cohort, olga)
    guest[0].accept(by=olga)
    application.refresh_from_db()
    assert (application.state, application.decided_by) == ("accepted", ada)


def test_who_belongs_to_the_cohort_by_now_is_told(guest, olga, open_cohort):
    factory.make_membership(open_cohort, olga, role="mentor")
    assert code_of(lambda: guest[0].accept(by=olga)) == "is_member"


def test_the_charter_is_accepted_along(guest, olga, open_cohort, ada, sign_in):
    charter = make_charter(open_cohort, ada)
    assert code_of(lambda: guest[0].accept(by=olga)) == "charter"
    assert code_of(lambda: guest[0].accept(by=olga, charter=7)) == "charter_changed"
    client, address = sign_in(olga), f"/cohorts/invitation/{guest[1]}/"
    assert "We are on time" in client.get(address).text
    wrong = client.post(f"{address}accept/", {"charter-version": 1})
    assert (wrong.status_code, "Tick this to join." in wrong.text) == (422, True)
    done = client.post(f"{address}accept/", {"charter-version": 1, "charter-accepts": "on"})
    assert done.url == f"/cohorts/{open_cohort.slug}/"
    assert charter.is_accepted_by(olga)


def test_every_dead_link_is_the_same_page(guest, olga, open_cohort, ada, sign_in):
    used, unknown = guest[1], "x" * 43
    late = make_invitation(open_cohort, ada, "late@example.org", at=factory.days_ago(8))[1]
    back, revoked = make_invitation(open_cohort, ada, "back@example.org", role="mentor")
    back.revoke(by=ada)
    guest[0].accept(by=olga)
    for client in (Client(), sign_in(olga)):
        answers = [client.get(f"/cohorts/invitation/{token}/") for token in (used, late, revoked, unknown)]
        assert {answer.status_code for answer in answers} == {404}
        bodies = {answer.text.partition("<main")[2].partition("</main>")[0] for answer in answers}
        assert len(bodies) == 1
        assert "This link is no longer good" in bodies.pop()


def test_a_newcomer_signs_up_with_the_invited_address_confirmed(client, db, ada, open_cohort):
    _row, token = make_invitation(open_cohort, ada, "lena@example.org")
    address = f"/cohorts/invitation/{token}/"
    assert "First, an account" in client.get(address).text
    on = client.post(f"{address}sign-up/")
    assert 'value="lena@example.org"' in client.get(on.url).text
    fields = {"name": "Lena", "email": "lena@example.org", "password1": PASSWORD, "timezone": "UTC", "next": address}
    assert client.post(on.url, fields).url == address
    lena = User.objects.get(email="lena@example.org")
    assert lena.emailaddress_set.get().verified
    client.post(f"{address}accept/")
    assert Membership.objects.get(person=lena).cohort == open_cohort


def test_another_address_is_not_confirmed_by_the_link(client, db, ada, open_cohort):
    token = make_invitation(open_cohort, ada, "lena@example.org")[1]
    client.post(f"/cohorts/invitation/{token}/sign-up/")
    fields = {"name": "Eve", "email": "eve@example.org", "password1": PASSWORD, "timezone": "UTC"}
    assert client.post("/accounts/signup/", fields).url == "/accounts/confirm-email/"
    address = User.objects.get(email="eve@example.org").emailaddress_set.get()
    assert (address.email, address.verified) == ("eve@example.org", False)


def test_sign_up_with_the_link_does_not_tell_whether_there_is_an_account(client, olga, guest, ada, open_cohort):
    """Nor does it let the holder of the link into the account that is there."""
    new = make_invitation(open_cohort, ada, "lena@example.org")[1]
    answers = []
    for browser, token in ((client, guest[1]), (Client(), new)):
        answers.append(browser.post(f"/cohorts/invitation/{token}/sign-up/"))
    assert len({answer.url.partition("?")[0] for answer in answers}) == 1
    fields = {"name": "Eve", "email": olga.email, "password1": PASSWORD, "timezone": "UTC"}
    client.post("/accounts/signup/", fields)
    assert client.get("/home/").status_code == 302
    assert olga.check_password(PASSWORD)


def test_someone_else_reads_why_and_neither_address(guest, amara, olga, sign_in):
    page = sign_in(amara).get(f"/cohorts/invitation/{guest[1]}/")
    assert "This went to another address" in page.text
    assert olga.email not in page.text
    answer = sign_in(amara).post(f"/cohorts/invitation/{guest[1]}/accept/")
    assert answer.status_code == 409
    assert not Membership.objects.filter(person=amara).exists()


def test_looking_changes_nothing(guest, olga, sign_in):
    sign_in(olga).get(f"/cohorts/invitation/{guest[1]}/")
    assert Invitation.of_token(guest[1]) == guest[0]
    assert not Membership.objects.exists()


def test_in_a_draft_the_way_leads_to_the_list(ada, olga, sign_in):
    draft = factory.make_cohort(state="draft")
    token = make_invitation(draft, ada, olga.email, role="mentor")[1]
    answer = sign_in(olga).post(f"/cohorts/invitation/{token}/accept/", follow=True)
    assert answer.redirect_chain[-1][0] == "/cohorts/"
    assert "Its page opens when it takes applications." in answer.text
