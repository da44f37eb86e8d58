"""Reports: sums and medians of a period, of a cohort or of one mentor in it, as page and as file."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Membership
from mentorship.home.cockpit.report import report_of
from tests import factory

NOW = timezone.now()


@pytest.fixture
def lived(cohort, amara, bela, mateo):
    """Amara's work was reviewed a day after it was handed in; both logged study, Béla most."""
    Membership.objects.filter(cohort=cohort).update(joined_at=NOW - timedelta(days=20))
    cohort.assignments.update(started_at=NOW - timedelta(days=20))
    factory.make_study_entry(amara, minutes=60)
    factory.make_study_entry(bela, minutes=600)
    work = factory.make_submission(cohort.memberships.get(person=amara), at=NOW - timedelta(days=3))
    factory.make_review(work, mateo, factory.accepting(work), at=NOW - timedelta(days=2))
    return cohort


def said(cohort, mentor=None, days=10):
    today = timezone.localdate(NOW, cohort.zone)
    lines = report_of(cohort, today - timedelta(days=days), today, timezone.now(), mentor)
    return {line.key: line.value for line in lines}


def test_counts_of_the_cohort_and_nothing_that_tells_of_two(lived):
    found = said(lived)
    assert (found["mentees"], found["rounds"], found["reviews"], found["works"]) == ("2", "1", "1", "1")
    assert (found["hours"], found["items"]) == ("", "")
    assert (found["median_hours"], found["median_review_days"], found["median_rounds"]) == ("", "", "")


def test_medians_from_three_on(lived):
    for minutes in (120, 180):
        person = factory.make_person()
        factory.make_membership(lived, person, joined_at=NOW - timedelta(days=5))
        factory.make_study_entry(person, minutes=minutes)
    found = said(lived)
    assert (found["hours"], found["median_hours"]) == ("16", "2.5")


def test_of_one_mentor_only_what_was_with_them(lived, mentor_seat):
    found = said(lived, mentor_seat)
    assert (found["mentees"], found["hours"], found["reviews"]) == ("1", "", "1")
    assert "applications" not in found


@pytest.fixture
def mentor_seat(cohort, mateo):
    return cohort.memberships.get(person=mateo)


def test_another_period_is_empty(lived):
    today = timezone.localdate(NOW, lived.zone)
    lines = report_of(lived, today - timedelta(days=90), today - timedelta(days=60), timezone.now())
    assert {line.value for line in lines} == {"0", ""}


def test_an_admin_chooses_the_mentor_and_a_mentor_is_shown_their_own(sign_in, lived, ada, mateo, noor, mentor_seat):
    factory.make_membership(lived, noor, role="mentor")
    address = f"/cohorts/{lived.slug}/report/"
    page = sign_in(ada).get(address, {"mentor": mentor_seat.pk}).text
    assert f"Mateo Rojas in {lived.name}" in page
    assert "too few to say" in page
    own = sign_in(noor).get(address, {"mentor": mentor_seat.pk})
    assert own.status_code == 422  # no such choice for her
    assert f"Noor Haddad in {lived.name}" in sign_in(noor).get(address).text


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ({"first": "2026-02-30"}, "Enter a valid date"),
        ({"first": "2026-05-02", "last": "2026-05-01"}, "comes before the first"),
        ({"first": "0001-01-01"}, "ten years at most"),
        ({"mentor": "999999"}, "Select a valid choice"),
    ],
)
def test_a_period_that_cannot_be_comes_back(sign_in, lived, ada, wrong, what):
    for page in ("report/", "report.csv"):
        answer = sign_in(ada).get(f"/cohorts/{lived.slug}/{page}", wrong)
        assert answer.status_code == 422
        assert what in answer.text


def test_the_file_says_the_same_and_holds_no_formula(sign_in, lived, ada):
    type(lived).objects.update(name="=cmd()")
    answer = sign_in(ada).get(f"/cohorts/{lived.slug}/report.csv")
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["cohort"] for row in rows} == {"'=cmd()"}
    assert {row["measure"]: row["value"] for row in rows}["mentees"] == "2"


def test_the_page_asks_little(sign_in, lived, ada, django_assert_max_num_queries):
    client = sign_in(ada)
    client.get("/cohorts/")
    with django_assert_max_num_queries(7):
        client.get(f"/cohorts/{lived.slug}/report/")
