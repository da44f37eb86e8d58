"""A list of invitations: first what each row will do, then all of it or nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mentorship.cohorts.inviting import Asked, invite_all, judge
from mentorship.cohorts.models import Invitation
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.guests import make_invitation

LIST = """name,address,role,capacity
Lena,lena@example.org,mentee,
Kofi,kofi@example.org,mentor,3
Lena,LENA@example.org,mentor,
,amara-okafor@example.org,,
,waits@example.org,,
,late@example.org,,
=1+1,eve@example.org,,
"""


@pytest.fixture
def address(open_cohort, amara, ada):
    """Amara is a member, one waits for an answer, one did not answer in time; three seats are left."""
    type(open_cohort).objects.update(seats=6)
    factory.make_membership(open_cohort, amara, role="mentor")
    make_invitation(open_cohort, ada, "waits@example.org")
    make_invitation(open_cohort, ada, "late@example.org", at=factory.days_ago(8))
    return f"/cohorts/{open_cohort.slug}/invitations/many/"


def seen_in(page: str) -> str:
    return re.search(r'name="seen" value="(\w{32})"', page)[1]


def test_the_preview_says_what_each_row_will_do_and_does_nothing(sign_in, ada, address):
    before = Invitation.objects.count()
    answer = sign_in(ada).post(address, {"file": SimpleUploadedFile("list.csv", LIST.encode())})
    rows = {row["line"]: row["word"] for row in answer.context["rows"]}
    assert rows == {
        2: "Invite", 3: "Invite", 4: "Duplicate", 5: "Member", 6: "Invited", 7: "Invite again", 8: "Not usable",
    }  # fmt: skip
    assert "Send 3 invitations" in answer.text
    assert "4 rows are left out" in answer.text
    assert Invitation.objects.count() == before


def test_then_all_of_it_is_sent(sign_in, ada, address, open_cohort):
    client = sign_in(ada)
    seen = seen_in(client.post(address, {"rows": LIST}).text)
    answer = client.post(address, {"rows": LIST, "seen": seen, "send": "yes"}, follow=True)
    assert "3 people are invited" in answer.text
    letters = Notification.objects.filter(kind="invitation").values_list("address", flat=True)
    assert {"lena@example.org", "kofi@example.org", "late@example.org"} <= set(letters)
    kofi = open_cohort.invitations.get(address="kofi@example.org")
    assert (kofi.role, kofi.capacity, kofi.name) == ("mentor", 3, "Kofi")
    again = client.post(address, {"rows": LIST, "seen": seen, "send": "yes"})
    assert again.status_code == 409
    assert "Something has changed meanwhile" in again.text


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_sent(sign_in, ada, address, open_cohort):
    client = sign_in(ada)
    seen = seen_in(client.post(address, {"rows": LIST}).text)
    make_invitation(open_cohort, ada, "kofi@example.org")
    before = Invitation.objects.count()
    answer = client.post(address, {"rows": LIST, "seen": seen, "send": "yes"})
    assert answer.status_code == 409
    assert "Send 2 invitations" in answer.text
    assert Invitation.objects.count() == before
    client.post(address, {"rows": LIST, "seen": seen_in(answer.text), "send": "yes"})
    assert Invitation.objects.count() == before + 2


def test_rows_that_were_changed_after_the_preview_are_looked_at_first(sign_in, ada, address):
    client = sign_in(ada)
    seen = seen_in(client.post(address, {"rows": LIST}).text)
    answer = client.post(address, {"rows": f"{LIST},more@example.org", "seen": seen, "send": "yes"})
    assert answer.status_code == 409
    assert "more@example.org" in answer.text


def test_nobody_without_a_seat(sign_in, ada, open_cohort):
    rows = "\n".join(f"guest{n}@example.org" for n in range(5)) + "\nm@example.org,,mentor"
    page = sign_in(ada).post(f"/cohorts/{open_cohort.slug}/invitations/many/", {"rows": rows})
    assert [row["word"] for row in page.context["rows"]] == ["No seat"] * 3 + ["Invite"] * 3
    assert "Send 3 invitations" in page.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose a file, or write the rows into the box."),
        ({"rows": "name,role\nLena,mentee"}, "The first line names columns"),
        ({"rows": "a@b.co\n" * 1001}, "There are more than 1,000 rows."),
        ({"rows": "x" * 1_000_001}, "at most 1000000 characters"),
        ({"file": SimpleUploadedFile("a.csv", b"somebody@example.org,Somebody\n" * 100_000)}, "larger than 1 MB"),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "empty"),
    ],
)
def test_a_list_that_cannot_be_read(sign_in, ada, address, data, sentence):
    answer = sign_in(ada).post(address, data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_thousand_cost_as_few_queries_to_look_at_as_ten(open_cohort, django_assert_num_queries):
    rows = [Asked(f"guest{n}@example.org", role="mentor") for n in range(1000)]
    with django_assert_num_queries(4):
        assert len([v for v in judge(open_cohort, rows) if v.is_sent]) == 1000


def test_hundreds_at_once_and_no_more_than_a_thousand(open_cohort, ada):
    rows = [Asked(f"guest{n}@example.org", role="mentor") for n in range(300)]
    assert len(invite_all(cohort=open_cohort, rows=rows, by=ada)) == 300
    assert Notification.objects.filter(kind="invitation").count() == 300
    with pytest.raises(Refused) as refusal:
        invite_all(cohort=open_cohort, rows=rows * 4, by=ada)
    assert refusal.value.code == "too_many"


def test_hostile_cells_are_shown_as_text(sign_in, ada, open_cohort):
    rows = '"<script>alert(1)</script>",a@example.org\n"</textarea><b>x",b@example.org'
    page = sign_in(ada).post(f"/cohorts/{open_cohort.slug}/invitations/many/", {"rows": rows}).text
    assert "<script>alert" not in page
    assert "</textarea><b>" not in page


def test_the_list_by_state_with_counts_and_the_letters_fate(sign_in, ada, open_cohort, address):
    client, base = sign_in(ada), f"/cohorts/{open_cohort.slug}/invitations/"
    Notification.objects.filter(address="waits@example.org").update(email="failed")
    page = client.get(base).text
    assert "waits@example.org" in page
    assert "late@example.org" not in page
    assert "Letter refused" in page
    assert "late@example.org" in client.get(f"{base}?state=expired").text
    assert client.get(f"{base}?state=nonsense").status_code == 200
    row = open_cohort.invitations.get(address="waits@example.org")
    assert "is no longer invited" in client.post(f"{base}{row.pk}/revoke/", follow=True).text
    assert "waits@example.org" in client.get(f"{base}?state=revoked").text
    late = open_cohort.invitations.get(address="late@example.org")
    assert "has a new link" in client.post(f"{base}{late.pk}/resend/", follow=True).text


def test_the_form_for_one(sign_in, ada, address, open_cohort):
    client, base = sign_in(ada), f"/cohorts/{open_cohort.slug}/invitations/"
    fields = {"address": "lena@example.org", "role": "mentee", "name": "Lena"}
    assert client.post(f"{base}invite/", fields).url == base
    again = client.post(f"{base}invite/", fields)
    assert again.status_code == 409
    assert "Has an invitation that is still good." in again.text
    assert 'value="Lena"' in again.text
    assert client.post(f"{base}invite/", fields | {"address": "nobody"}).status_code == 422


def test_the_list_costs_the_same_however_long(sign_in, ada, open_cohort, django_assert_max_num_queries):
    invite_all(cohort=open_cohort, rows=[Asked(f"m{n}@example.org", role="mentor") for n in range(120)], by=ada)
    client = sign_in(ada)
    with django_assert_max_num_queries(9):
        assert "Page 1" in client.get(f"/cohorts/{open_cohort.slug}/invitations/").text
