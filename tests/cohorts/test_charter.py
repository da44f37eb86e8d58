"""A cohort's charter: versions that stay, accepted once each, asked for again when it changes."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from mentorship.cohorts.models import Charter, CharterAcceptance, Cohort
from mentorship.cohorts.models.charter import program_charter
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.guests import make_charter

TICKED = {"charter-accepts": "on", "charter-version": 1}


@pytest.fixture
def charter(cohort, ada):
    return make_charter(cohort, ada)


def told(kind="charter_changed"):
    return Notification.objects.filter(kind=kind)


def test_the_program_says_the_same_on_its_own_page(client, db):
    page = client.get("/charter/").text
    headings = re.findall(r"^## (.+)$", program_charter(), re.M)
    assert len(headings) == 6
    for paragraph in program_charter().split("\n\n"):
        assert paragraph.removeprefix("## ").replace("'", "&#x27;") in page.replace("'", "&#x27;")


def test_each_change_is_a_version_that_every_member_is_told_of(charter, cohort, ada, amara):
    assert (charter.version, told().count()) == (1, 0)
    again = make_charter(cohort, ada)
    assert again == charter
    second = make_charter(cohort, ada, "## New\n\n**Words**")
    assert (second.version, "<strong>Words</strong>" in second.html) == (2, True)
    assert Charter.of(cohort) == second
    assert told().count() == 3
    assert told().get(person=amara).url == f"/cohorts/{cohort.slug}/charter/"


def test_what_nobody_accepted_in_a_draft_is_replaced(ada, amara):
    draft = factory.make_cohort(state="draft")
    make_charter(draft, ada, "One")
    assert make_charter(draft, ada, "Two").version == Charter.objects.get().version == 1
    Charter.of(draft).accept(by=amara)
    assert make_charter(draft, ada, "Three").version == 2


def test_accepting_is_kept_once_with_version_and_time(charter, amara):
    charter.accept(by=amara)
    charter.accept(by=amara)
    row = CharterAcceptance.objects.get()
    assert (row.person, row.charter.version) == (amara, 1)
    assert charter.is_accepted_by(amara)


def test_an_old_version_can_no_longer_be_accepted(charter, cohort, ada, amara):
    make_charter(cohort, ada, "Another one")
    with pytest.raises(Refused) as refusal:
        charter.accept(by=amara)
    assert refusal.value.code == "charter_changed"


@pytest.mark.parametrize(("text", "code"), [("  ", "empty"), ("x" * 10_001, "too_long")])
def test_what_is_no_charter(cohort, ada, text, code):
    with pytest.raises(Refused) as refusal:
        make_charter(cohort, ada, text)
    assert refusal.value.code == code


def test_a_version_stays_as_it_was_accepted_in_raw_sql_too(charter):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cohorts_charter SET text = 'Anything goes'")


def test_a_hostile_charter_is_inert(cohort, ada):
    html = make_charter(cohort, ada, "<script>alert(1)</script> <a href='javascript:x'>a</a>").html
    assert "<script" not in html
    assert "javascript:" not in html


def test_a_member_reads_and_accepts(sign_in, charter, cohort, amara):
    client, address = sign_in(amara), f"/cohorts/{cohort.slug}/charter/"
    page = client.get(address).text
    assert "We are on time" in page
    assert "Accept the charter" in page
    assert client.post(f"{address}accept/", {"charter-version": 1}).status_code == 422
    assert client.post(f"{address}accept/", TICKED).url == f"/cohorts/{cohort.slug}/"
    page = client.get(address).text
    assert "You accepted it" in page
    assert "Accept the charter" not in page


def test_a_version_that_was_replaced_while_reading_is_read_again(sign_in, charter, cohort, amara, ada):
    client, address = sign_in(amara), f"/cohorts/{cohort.slug}/charter/"
    make_charter(cohort, ada, "## Other words")
    answer = client.post(f"{address}accept/", TICKED)
    assert answer.status_code == 409
    assert "Other words" in answer.text
    assert "has changed meanwhile" in answer.text
    assert not CharterAcceptance.objects.exists()


def test_an_admin_sees_who_has_accepted_what(sign_in, charter, cohort, ada, amara, bela):
    charter.accept(by=amara)
    address = f"/cohorts/{cohort.slug}/charter/"
    assert "1 of 3" in sign_in(ada).get(address).text
    sign_in(ada).post(f"{address}write/", {"text": "## Other words"})
    page = sign_in(ada).get(address).text
    assert "0 of 3" in page
    assert "Version 1 only" in page
    assert page.count("Not yet") == 2


def test_a_wrong_text_comes_back(sign_in, cohort, ada):
    answer = sign_in(ada).post(f"/cohorts/{cohort.slug}/charter/write/", {"text": " "})
    assert answer.status_code == 422
    assert not Charter.objects.exists()


def test_who_sees_the_cohort_reads_its_charter_and_nobodys_name(client, sign_in, open_cohort, cohort, ada, olga):
    factory.make_membership(open_cohort, olga)
    make_charter(open_cohort, ada)
    page = client.get(f"/cohorts/{open_cohort.slug}/charter/").text
    assert "We are on time" in page
    assert "Olga" not in page
    assert client.get(f"/cohorts/{cohort.slug}/charter/").status_code == 404
    draft = factory.make_cohort(state="draft")
    factory.make_membership(draft, olga, role="mentor")
    assert sign_in(olga).get(f"/cohorts/{draft.slug}/charter/").status_code == 404


def test_a_cohort_without_one_shows_the_programs(client, open_cohort):
    assert "Help is given, not owed" in client.get(f"/cohorts/{open_cohort.slug}/charter/").text


def test_sixty_members_cost_as_few_queries_as_two(sign_in, charter, cohort, ada, django_assert_max_num_queries):
    Cohort.objects.update(seats=100)
    cohort.refresh_from_db()
    for _ in range(60):
        factory.make_membership(cohort, factory.make_person())
    client = sign_in(ada)
    with django_assert_max_num_queries(12):
        client.get(f"/cohorts/{cohort.slug}/charter/")
