"""The cockpit and the progress page: what they say, and how many queries they take."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.cockpit import overview
from mentorship.cohorts.models import Assignment, Membership
from streams.models import Item, Progress, Unit
from tests import factory

NOW = timezone.now()


def test_who_waits_and_since_when(sign_in, ada, olga, cohort):
    row = factory.make_application(cohort, olga, submitted_at=NOW - timedelta(days=5, hours=1))
    seen = overview(cohort, NOW)
    assert seen.undecided == [{"name": "Olga Ivanova", "days": 5, "url": row.get_absolute_url()}]
    page = sign_in(ada).get(f"/cohorts/{cohort.slug}/cockpit/").text
    assert f'href="{row.get_absolute_url()}"' in page
    assert "5 days" in page


def test_who_has_no_mentor_and_which_mentor_has_room(cohort, ines):
    seen = overview(cohort, NOW)
    assert (seen.without_mentor, seen.without_mentor_count, seen.room) == (["Béla Kovács"], 1, 7)
    assert [(m["name"], m["load"], m["full"]) for m in seen.mentors] == [
        ("Inês Sousa", 0, False),
        ("Mateo Rojas", 1, False),
    ]


def test_who_is_silent_the_longest_first(cohort, mentee, alone):
    Membership.objects.filter(pk=mentee.pk).update(joined_at=NOW - timedelta(days=9))
    Membership.objects.filter(pk=alone.pk).update(joined_at=NOW - timedelta(days=15))
    seen = overview(cohort, NOW)
    assert [(row["name"], row["days"], row["mentor"]) for row in seen.silent] == [
        ("Béla Kovács", 15, ""),
        ("Amara Okafor", 9, "Mateo Rojas"),
    ]
    assignment = Assignment.objects.get()
    assert [row["url"] for row in seen.silent] == [
        f"/cohorts/{cohort.slug}/assignments/",
        f"/cohorts/{cohort.slug}/assignments/{assignment.pk}/",
    ]


def test_the_next_meeting(cohort):
    factory.make_meeting(cohort, title="Later", starts_at=NOW + timedelta(days=9))
    factory.make_meeting(cohort, title="Off", starts_at=NOW + timedelta(days=1), cancelled_at=NOW)
    factory.make_meeting(cohort, title="Next", starts_at=NOW + timedelta(days=2))
    seen = overview(cohort, NOW)
    assert seen.next_meeting.title == "Next"
    assert not seen.calm


def test_an_empty_cohort_is_calm(sign_in, ada, open_cohort):
    assert overview(open_cohort, NOW).calm
    assert "Nobody waits for you" in sign_in(ada).get(f"/cohorts/{open_cohort.slug}/cockpit/").text


@pytest.fixture
def big(ada, stream, mateo):
    """Two hundred mentees on ten units with four items each, the first forty silent, with applications and a mentor."""
    cohort = factory.make_cohort(stream=stream, seats=400)
    units = [Unit.objects.create(stream=stream, key=f"u{n}", title=f"Unit {n}", position=n + 5) for n in range(9)]
    items = [factory.make_item(unit) for unit in units for _ in range(4)]
    Item.objects.filter(pk__in=[item.pk for item in items]).update(counts=True)
    people = [factory.make_person() for _ in range(200)]
    rows = Membership.objects.bulk_create(
        Membership(cohort=cohort, person=p, role="mentee", joined_at=NOW - timedelta(days=20 if n < 40 else 1))
        for n, p in enumerate(people)
    )
    mentor = factory.make_membership(cohort, mateo, role="mentor", capacity=50, load=50)
    Assignment.objects.bulk_create(
        Assignment(cohort=cohort, mentee=row, mentor=mentor, assigned_by=ada) for row in rows[:50]
    )
    Progress.objects.bulk_create(
        Progress(person=person, item=item, state="done") for person in people for item in items[:9]
    )
    for person in people[:30]:
        factory.make_application(cohort, person, state="withdrawn")
    return cohort


def test_the_cockpit_of_two_hundred(sign_in, ada, big, django_assert_max_num_queries):
    client = sign_in(ada)
    client.get("/cohorts/")  # a session notes its first visit
    with django_assert_max_num_queries(12):
        page = client.get(f"/cohorts/{big.slug}/cockpit/")
    seen = page.context["overview"]
    assert (seen.silent_count, seen.without_mentor_count, len(seen.silent)) == (40, 150, 10)


def test_the_progress_of_two_hundred_on_ten_units(sign_in, ada, big, django_assert_max_num_queries):
    client = sign_in(ada)
    client.get("/cohorts/")  # a session notes its first visit
    with django_assert_max_num_queries(10):
        page = client.get(f"/cohorts/{big.slug}/progress/")
    rows = page.context["rows"].splitlines()
    assert (len(rows), len(page.context["units"])) == (200, 10)
    assert re.findall(r'class="l(\d)"', rows[0]) == list("0441000000")
    assert 'data-label="Done">9 of ' in rows[0]


def test_a_mentor_reads_of_their_own_mentees_only(sign_in, mateo, cohort):
    page = sign_in(mateo).get(f"/cohorts/{cohort.slug}/progress/").text
    assert "Amara Okafor" in page
    assert "Béla Kovács" not in page


def test_who_is_away_soon(cohort, mateo, ines):
    row = factory.make_away(mateo, 3, 5)
    factory.make_away(mateo, 9, 10)
    factory.make_away(ines.person, 40, 41)
    assert [mentor["away"] for mentor in overview(cohort).mentors] == [None, row]
