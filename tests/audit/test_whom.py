"""An event knows to whom and in which cohort, from the rows that its subject came with and without a question."""

from mentorship.cohorts.matching import assign
from mentorship.cohorts.models import Application, Membership
from mentorship.people import events
from mentorship.people.models import Event
from tests import factory


def last(verb):
    row = Event.objects.filter(verb=verb).order_by("-pk").first()
    return row.actor, row.whom, row.cohort_id


def test_decisions_are_about_the_applicant(ada, olga, stream):
    cohort = factory.make_cohort(stream=stream, state="open")
    Application.apply(cohort=cohort, person=olga, answers={"motivation": "a", "hours_a_week": 9})
    assert last("apply") == (olga, None, cohort.pk)
    Application.objects.get().accept(by=ada)
    assert last("accept") == (ada, olga, cohort.pk)
    assert last("join") == (ada, olga, cohort.pk)


def test_assignments_are_about_the_mentee(ada, cohort, bela, mateo):
    mentee, mentor = (Membership.objects.get(person=person) for person in (bela, mateo))
    assign(mentee=mentee, mentor=mentor, by=ada)
    assert last("assign") == (ada, bela, cohort.pk)


def test_work_is_about_its_author(cohort, amara, mateo):
    submission = factory.make_submission(Membership.objects.get(person=amara))
    assert last("handed_in") == (amara, None, cohort.pk)
    submission.rounds.get().claim(by=mateo)
    actor, _, _ = last("claimed")
    assert actor == mateo
    factory.make_review(submission, mateo)
    assert last("published") == (mateo, amara, cohort.pk)


def test_what_stands_outlives_the_person(ada, olga):
    events.record(actor=ada, verb="made_admin", subject=olga)
    key = olga.pk
    olga.delete()
    row = Event.objects.select_related("whom").get()
    assert (row.whom_id, row.whom) == (key, None)


def test_it_asks_the_database_nothing_more(ada, cohort, django_assert_num_queries):
    with django_assert_num_queries(1):
        events.record(actor=ada, verb="edit", subject=Membership.objects.none().model(pk=1, cohort_id=cohort.pk))
