"""The API: the same scopes, verbs and refusals as the pages."""

import pytest

from mentorship.cohorts.models import Application, Assignment, Cohort, Membership
from tests import factory

ANSWERS = {"motivation": "To switch.", "background": "Physics.", "goal": "A job.", "hours_a_week": 10}


@pytest.fixture
def call(sign_in):
    """`call(person, "post", path, {…})` gives status and parsed body."""

    def call(person, method, path, data=None):
        client = sign_in(person)
        response = getattr(client, method)(f"/api/v1/{path}", data, content_type="application/json")
        return response.status_code, response.json() if response.content else None

    return call


def names(body):
    return [row["slug"] for row in body["results"]]


def test_cohorts_as_the_pages_show_them(call, amara, olga, cohort, open_cohort):
    assert names(call(None, "get", "cohorts/")[1]) == names(call(olga, "get", "cohorts/")[1]) == [open_cohort.slug]
    assert set(names(call(amara, "get", "cohorts/")[1])) == {cohort.slug, open_cohort.slug}
    body = call(None, "get", f"cohorts/{open_cohort.slug}/")[1]
    assert (body["seats_left"], body["takes_applications"]) == (2, True)
    assert call(olga, "get", f"cohorts/{cohort.slug}/")[0] == 404


def test_a_roster_is_for_members_and_has_no_addresses(call, amara, olga, cohort):
    status, body = call(amara, "get", f"cohorts/{cohort.slug}/roster/")
    assert (status, body["count"]) == (200, 3)
    assert set(body["results"][0]) == {"id", "name", "handle", "role", "joined_at"}
    assert call(olga, "get", f"cohorts/{cohort.slug}/roster/")[0] == 404


def test_applying_changing_withdrawing(call, olga, open_cohort):
    status, body = call(olga, "post", "applications/", ANSWERS | {"cohort": open_cohort.slug})
    assert (status, body["state"]) == (201, "submitted")
    address = f"applications/{body['id']}/"
    assert call(olga, "post", "applications/", ANSWERS | {"cohort": open_cohort.slug})[1]["code"] == "already_applied"
    assert call(olga, "patch", address, {"goal": "A better job."})[1]["goal"] == "A better job."
    assert call(olga, "post", address + "withdraw/")[1]["state"] == "withdrawn"
    assert call(olga, "patch", address, {"goal": "x"})[0] == 409


def test_only_the_answers_can_be_written(call, olga, ada, open_cohort):
    row = factory.make_application(open_cohort, olga)
    more = {"state": "accepted", "decided_by": olga.pk, "person": ada.pk, "decision_note": "Hi", "cohort": "x"}
    assert call(olga, "patch", f"applications/{row.pk}/", more | {"goal": "New"})[0] == 200
    row.refresh_from_db()
    assert (row.state, row.person, row.decision_note, row.goal) == ("submitted", olga, "", "New")


def test_an_admin_reads_all_but_changes_no_answers(call, ada, olga, open_cohort):
    row = factory.make_application(open_cohort, olga)
    assert call(ada, "get", f"applications/{row.pk}/")[0] == 200
    assert call(ada, "patch", f"applications/{row.pk}/", {"goal": "x"})[0] == 404
    assert call(ada, "post", f"applications/{row.pk}/withdraw/")[0] == 404


@pytest.mark.parametrize(
    ("verb", "state"), [("accept", "accepted"), ("waitlist", "waitlisted"), ("decline", "declined")]
)
def test_deciding(call, ada, olga, open_cohort, verb, state):
    row = factory.make_application(open_cohort, olga)
    assert call(olga, "post", f"applications/{row.pk}/{verb}/")[0] == 404
    status, body = call(ada, "post", f"applications/{row.pk}/{verb}/", {"note": "Because."})
    assert (status, body["state"], body["decision_note"]) == (200, state, "Because.")
    assert call(ada, "post", f"applications/{row.pk}/{verb}/")[1]["code"] == "illegal_state"


def test_a_full_cohort_is_a_409(call, ada, olga, open_cohort):
    Cohort.objects.filter(pk=open_cohort.pk).update(seats=1, seats_taken=1)
    row = factory.make_application(open_cohort, olga)
    status, body = call(ada, "post", f"applications/{row.pk}/accept/", {})
    assert (status, body["code"]) == (409, "full")
    assert not Membership.objects.exists()


def test_lists_are_narrowed_by_what_is_allowed(call, ada, olga, amara, open_cohort, cohort):
    factory.make_application(open_cohort, olga)
    factory.make_application(cohort, amara)
    assert call(ada, "get", "applications/")[1]["count"] == 2
    assert call(ada, "get", f"applications/?cohort={cohort.slug}&state=submitted")[1]["count"] == 1
    assert call(olga, "get", f"applications/?cohort={cohort.slug}")[1]["count"] == 0
    for wrong in ("state=x", "cohort=%00", "cohort=a b", "page=0"):
        assert call(ada, "get", f"applications/?{wrong}")[0] in (400, 404)


def test_assigning_reassigning_ending(call, ada, amara, mentor, alone, ines):
    assert call(amara, "post", "assignments/", {"mentee": alone.pk, "mentor": mentor.pk})[0] == 404
    status, body = call(ada, "post", "assignments/", {"mentee": alone.pk, "mentor": mentor.pk})
    assert (status, body["mentor_name"]) == (201, "Mateo Rojas")
    assert call(ada, "post", "assignments/", {"mentee": alone.pk, "mentor": ines.pk})[1]["code"] == "has_mentor"
    address = f"assignments/{body['id']}/"
    assert call(ada, "post", address + "reassign/", {"mentor": ines.pk})[0] == 400
    status, body = call(ada, "post", address + "reassign/", {"mentor": ines.pk, "reason": "Away"})
    assert (status, body["mentor"]) == (201, ines.pk)
    assert call(ada, "post", f"assignments/{body['id']}/end/", {"reason": "Done"})[1]["end_reason"] == "Done"
    assert call(ada, "post", f"assignments/{body['id']}/end/", {"reason": "Done"})[0] == 409


def test_one_sees_one_s_own_assignments(call, amara, bela, mateo, noor, cohort, other_cohort):
    counts = {p.name: call(p, "get", "assignments/")[1]["count"] for p in (amara, bela, mateo, noor)}
    assert counts == {"Amara Okafor": 1, "Béla Kovács": 0, "Mateo Rojas": 1, "Noor Haddad": 0}
    assert call(bela, "get", f"assignments/{Assignment.objects.get().pk}/")[0] == 404


def test_meetings_of_one_s_own_cohorts(call, amara, noor, cohort, other_cohort):
    meeting = factory.make_meeting(cohort)
    assert call(amara, "get", f"meetings/{meeting.pk}/")[1]["title"] == "Session 3"
    assert call(noor, "get", "meetings/")[1]["count"] == 0
    assert call(noor, "get", f"meetings/{meeting.pk}/")[0] == 404


def test_a_page_of_twenty_costs_as_few_queries_as_one(sign_in, ada, open_cohort, django_assert_max_num_queries):
    for _ in range(25):
        factory.make_application(open_cohort, factory.make_person())
    client = sign_in(ada)
    client.get("/cohorts/")  # a session notes its first visit
    with django_assert_max_num_queries(4):
        body = client.get("/api/v1/applications/").json()
    assert (len(body["results"]), body["count"]) == (20, Application.objects.count())
