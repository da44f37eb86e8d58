"""The numbers of cohorts: each held to what the apps say, together in few queries at any size."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts import tasks
from mentorship.cohorts.graduating import own_ways
from mentorship.cohorts.models import Cohort, GraduationRule, Membership, Visits
from mentorship.cohorts.visits import count_visit, keep_visits
from mentorship.home.cockpit.numbers import numbers_of
from projects.models import Submission
from tests import factory

NOW = timezone.now()


@pytest.fixture
def lived(cohort, amara, bela, mateo, olga, ada, stream):
    """Amara does everything, Béla left after a step; one application waits."""
    Membership.objects.filter(cohort=cohort).update(joined_at=NOW - timedelta(days=30))
    factory.make_application(cohort, olga)
    stream.items.get(key__endswith="intro").mark(by=bela, state="done")
    for person, minutes in ((amara, 90), (bela, 30)):
        factory.make_study_entry(person, minutes=minutes)
        factory.make_post(person, state="published")
    factory.make_post(amara)
    seat = cohort.memberships.get(person=amara)
    work = factory.make_submission(seat, at=NOW - timedelta(days=9))
    stream.items.get(key__endswith="chapter-5").mark(by=amara, state="done")
    factory.make_meeting(cohort, starts_at=NOW - timedelta(days=2))
    factory.make_meeting(cohort, starts_at=NOW - timedelta(days=1), cancelled_at=NOW)
    factory.make_meeting(cohort)
    cohort.memberships.get(person=bela).leave(by=ada)
    return work


def test_the_numbers_are_those_of_the_apps(cohort, lived):
    seen = numbers_of([cohort], timezone.now())[cohort.pk]
    assert (seen.applied, seen.undecided, seen.accepted, seen.started, seen.present, seen.active) == (1, 1, 2, 2, 1, 1)
    assert (seen.waiting, seen.overdue) == (1, Submission.objects.overdue(at=timezone.now()).count()) == (1, 1)
    assert (seen.meetings_held, seen.meetings_to_come, seen.posts) == (1, 1, 2)
    assert (seen.minutes, seen.median_minutes) == (120, 90)
    assert (seen.mentors, seen.load, seen.capacity) == (1, 1, 4)
    counted = cohort.stream.items.filter(counts=True).count()
    assert [unit.share for unit in seen.units] == [round(100 / counted)]


def test_each_cohort_has_its_own(cohort, other_cohort, lived):
    seen = numbers_of([other_cohort, cohort], NOW)
    assert (seen[other_cohort.pk].accepted, seen[other_cohort.pk].mentors) == (0, 1)
    assert seen[cohort.pk].accepted == 2
    assert numbers_of([], NOW) == {}


def test_graduates_are_counted(cohort, lived, amara, ada):
    factory.make_outcome(cohort.memberships.get(person=amara), ada)
    assert numbers_of([cohort], NOW)[cohort.pk].graduated == 1


def test_who_is_ready_is_who_meets_the_rule(cohort, stream, amara, bela, ada, sign_in):
    GraduationRule.change(stream, by=ada, share=1, projects=0)
    for person in (amara, bela):
        stream.items.get(key__endswith="intro").mark(by=person, state="done")
    factory.make_post(amara, state="published")
    assert [own_ways(person)[0].way.met for person in (amara, bela)] == [True, False]
    assert numbers_of([cohort], NOW)[cohort.pk].ready == 1
    assert "1 ready to be confirmed" in sign_in(ada).get(f"/cohorts/{cohort.slug}/cockpit/").text
    factory.make_outcome(cohort.memberships.get(person=amara), ada)
    assert numbers_of([cohort], NOW)[cohort.pk].ready == 0


def test_a_look_at_the_public_page_is_counted_and_nothing_else(sign_in, stream, olga, ada, client):
    cohort = factory.make_cohort(stream=stream, state="open")
    for reader in (client, client, sign_in(olga), sign_in(ada)):
        assert reader.get(cohort.get_absolute_url()).status_code == 200
    assert not Visits.objects.exists()  # reading a page writes nothing
    assert keep_visits(timezone.now()) == 3  # an admin's look is none
    client.get(cohort.get_absolute_url())
    keep_visits(timezone.now())
    assert keep_visits(timezone.now()) == 0
    assert Visits.objects.get().count == 4
    assert numbers_of([cohort], NOW)[cohort.pk].seen == 4


def test_yesterdays_looks_are_kept_too(stream):
    cohort = factory.make_cohort(stream=stream, state="open")
    count_visit(cohort, timezone.now() - timedelta(days=1))
    tasks.keep_visits()
    assert Visits.objects.get().day < timezone.now().date()


def test_the_page_of_all_cohorts(sign_in, ada, amara, cohort, other_cohort, lived):
    page = sign_in(ada).get("/cockpit/").text
    for row in (cohort, other_cohort):
        assert f"/cohorts/{row.slug}/cockpit/" in page
    assert "1 overdue" in page
    assert "1 undecided" in page
    assert sign_in(amara).get("/cockpit/").status_code == 404


def test_archived_ones_are_left_out_and_no_cohort_says_what_to_do(sign_in, ada, stream):
    factory.make_cohort(stream=stream, state="archived", name="Long gone")
    page = sign_in(ada).get("/cockpit/").text
    assert "Long gone" not in page
    assert "Make the first one" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_ask_as_much_for_many_as_for_one(sign_in, ada, stream, count, django_assert_max_num_queries):
    people = [factory.make_person() for _ in range(count)]
    for _ in range(count):
        cohort = factory.make_cohort(stream=stream, seats=100)
    seats = [Membership(cohort=cohort, person=person, role="mentee") for person in people]
    Membership.objects.bulk_create(seats)
    client = sign_in(ada)
    client.get("/cohorts/")  # a session notes its first visit
    with django_assert_max_num_queries(10):
        client.get("/cockpit/")
    with django_assert_max_num_queries(15):
        client.get(f"/cohorts/{Cohort.objects.first().slug}/cockpit/")
