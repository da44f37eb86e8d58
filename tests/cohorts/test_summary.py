"""Hand-over: a summary for who mentors next, read by mentors and admins; the history of assignments."""

import pytest

from mentorship.cohorts.matching import reassign
from mentorship.cohorts.models import Assignment, Membership, MentorNote
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes


@pytest.fixture
def pair(mentee):
    return mentee.assignments_as_mentee.get()


@pytest.fixture
def address(cohort, pair):
    return f"/cohorts/{cohort.slug}/assignments/{pair.pk}/"


def notes_of(cohort, mentee):
    return f"/cohorts/{cohort.slug}/members/{mentee.pk}/notes/"


def test_a_summary_written_while_reassigning_is_read_by_the_next_mentor(
    sign_in, ada, amara, cohort, mentee, address, ines
):
    sent = {"mentor": ines.pk, "reason": "New hours", "summary": "Ask *why* first."}
    assert sign_in(ada).post(address + "reassign/", sent).status_code == 302
    assert "A summary" not in Notification.objects.get(person=amara).body
    told = Notification.objects.get(person=ines.person, kind="assigned_mentee")
    assert notes_of(cohort, mentee) in told.body
    page = sign_in(ines.person).get(notes_of(cohort, mentee)).text
    assert "Summary for the next mentor" in page
    assert "Ask <em>why</em> first." in page
    assert sign_in(amara).get(notes_of(cohort, mentee)).status_code == 404


def test_who_mentored_is_asked_and_the_next_one_is_told(sign_in, ada, mateo, cohort, mentee, address, ines):
    sign_in(ada).post(address + "reassign/", {"mentor": ines.pk, "reason": "New hours", "summary": ""})
    asked = Notification.objects.get(person=mateo, kind="assignment_ended")
    assert asked.url == address + "summary/"
    client = sign_in(mateo)
    assert client.get(asked.url).status_code == 200
    assert client.post(asked.url, {"text": " "}).status_code == 422
    assert client.post(asked.url, {"text": "Knows a lot, trusts it little."}).status_code == 302
    told = Notification.objects.get(person=ines.person, kind="summary_left")
    assert "Knows a lot" in sign_in(ines.person).get(told.url).text
    assert "/notes/" in client.get(asked.url)["Location"]  # from then on one's own is changed
    history = sign_in(ada).get(f"/cohorts/{cohort.slug}/assignments/history/").text
    assert "New hours" in history
    assert notes_of(cohort, mentee) in history


def test_ending_with_a_summary(sign_in, ada, mateo, address, pair):
    sign_in(ada).post(address + "end/", {"reason": "A pause", "summary": "Begin with trees."})
    assert MentorNote.objects.get(hands_over=pair).author == ada
    assert Notification.objects.get(person=mateo).body == "A pause"
    late = sign_in(mateo).post(address + "summary/", {"text": "Mine"})
    assert (late.status_code, "summary already" in late.text) == (409, True)


def test_who_may_leave_a_summary(sign_in, amara, bela, noor, other_cohort, ines, address, pair):
    for person in (amara, bela, noor, ines.person):
        assert sign_in(person).get(address + "summary/").status_code == 404
        with pytest.raises(Refused):
            MentorNote.hand_over(pair, by=person, text="Hm")


def test_a_refused_reassignment_leaves_no_summary(ada, mentee, ines):
    ines.set_capacity(0, by=ada)
    with pytest.raises(Refused):
        reassign(mentee=mentee, mentor=ines, reason="Away", summary="Lost?", by=ada)
    assert not MentorNote.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "x" * 5001])
def test_a_summary_that_cannot_be(sign_in, ada, address, ines, text):
    answer = sign_in(ada).post(address + "reassign/", {"mentor": ines.pk, "reason": "Away", "summary": text})
    assert answer.status_code == 422
    assert Assignment.objects.active().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_summaries_at_once_are_one():
    cohort, ada = factory.make_cohort(), factory.make_person(groups=["admins"])
    mentor = factory.make_membership(cohort, factory.make_person(), role="mentor")
    pair = factory.make_assignment(factory.make_membership(cohort, factory.make_person()), mentor)
    calls = [lambda by=by: MentorNote.hand_over(pair, by=by, text="Mine") for by in (ada, mentor.person)]
    assert codes(at_once(calls)) == ["done", "summarised"]


def test_the_history_in_as_many_queries_for_many(sign_in, ada, cohort, mentor, pair, django_assert_max_num_queries):
    people = [factory.make_person() for _ in range(60)]
    rows = Membership.objects.bulk_create(Membership(cohort=cohort, person=one, role="mentee") for one in people)
    began, ended = factory.days_ago(2), factory.days_ago(1)
    ended_ones = {"cohort": cohort, "mentor": mentor, "assigned_by": ada, "started_at": began, "ended_at": ended}
    Assignment.objects.bulk_create(Assignment(mentee=row, end_reason="Done", **ended_ones) for row in rows)
    client = sign_in(ada)
    client.get("/cohorts/")
    with django_assert_max_num_queries(8):
        assert client.get(f"/cohorts/{cohort.slug}/assignments/history/").status_code == 200
