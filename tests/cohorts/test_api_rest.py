"""What only pages could do before, by the API: the same scopes, verbs and refusals."""

from datetime import datetime, timedelta

import pytest

from mentorship.cohorts.models import Assignment, Group, Invitation, Membership, MentorNote, Schedule
from tests import factory


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        more = {} if method == "get" else {"content_type": "application/json"}
        response = getattr(sign_in(person), method)(f"/api/v1/{path}", data, **more)
        return response.status_code, response.json() if response.content else None

    return call


def test_a_mentor_s_room_and_name(call, ada, mateo, amara, cohort, mentor):
    base = f"cohorts/{cohort.slug}/mentors/"
    (row,) = call(ada, "get", base)[1]["results"]
    assert (row["name"], row["load"]) == ("Mateo Rojas", 1)
    assert call(mateo, "post", f"{base}{mentor.pk}/capacity/", {"capacity": 9})[0] == 404
    assert call(ada, "post", f"{base}{mentor.pk}/capacity/", {"capacity": 0})[1]["code"] == "load"
    assert call(ada, "post", f"{base}{mentor.pk}/capacity/", {"capacity": 9})[1]["capacity"] == 9
    assert call(mateo, "patch", f"mentoring/{mentor.pk}/", {"shown": True})[1]["shown"] is True
    assert call(amara, "patch", f"mentoring/{mentor.pk}/", {"shown": False})[0] == 404
    assert Membership.objects.get(pk=mentor.pk).shown


def test_topics_of_a_mentee(call, amara, mateo, cohort, mentee):
    key = cohort.stream.units.first().key
    address = f"cohorts/{cohort.slug}/topics/"
    assert call(amara, "put", address, {"topics": [key]}) == (200, {"topics": [key]})
    assert call(amara, "put", address, {"topics": ["none"]})[0] == 400
    assert call(amara, "get", address)[1] == {"topics": [key]}
    assert call(mateo, "get", address)[0] == 404


def test_progress_unit_by_unit(call, ada, mateo, amara, cohort):
    address = f"cohorts/{cohort.slug}/progress/"
    everyone = call(ada, "get", address)[1]["results"]
    assert [row["name"] for row in everyone] == ["Amara Okafor", "Béla Kovács"]
    assert everyone[0]["units"][0]["done"] == 0 < everyone[0]["units"][0]["required"]
    assert [row["name"] for row in call(mateo, "get", address)[1]["results"]] == ["Amara Okafor"]
    assert call(amara, "get", address)[0] == 404


def test_other_thresholds_are_tried_before_they_are_kept(call, ada, mateo, cohort):
    Membership.objects.filter(cohort=cohort).update(joined_at=factory.days_ago(20))
    type(cohort).objects.update(started_at=factory.days_ago(20), starts_on=factory.days_ago(20))
    address = f"cohorts/{cohort.slug}/thresholds/effect/"
    now = call(ada, "post", address, {})[1]
    assert (now["appear"], now["leave"]) == ([], [])
    weak = call(ada, "post", address, {"listed_from": 1})[1]
    assert len(weak["appear"]) + weak["stay"] == 2
    assert call(ada, "post", address, {"listed_from": -1})[0] == 400
    assert call(mateo, "post", address, {})[0] == 404


def test_a_summary_for_who_mentors_next(call, ada, mateo, amara, ines, cohort):
    pair = Assignment.objects.get()
    address = f"assignments/{pair.pk}/"
    assert call(amara, "post", f"{address}summary/", {"text": "x"})[0] == 404
    assert call(mateo, "post", f"{address}summary/", {"text": "Knows SQL."})[1]["text"] == "Knows SQL."
    assert call(ada, "post", f"{address}summary/", {"text": "x"})[1]["code"] == "summarised"
    given = {"mentor": ines.pk, "reason": "A new pairing"}
    assert call(ada, "post", f"{address}reassign/", given)[0] == 201
    assert call(ada, "post", f"{address}reassign/", given)[1]["code"] == "ended_already"
    second = Assignment.objects.active().get()
    call(ada, "post", f"assignments/{second.pk}/end/", {"reason": "Away", "summary": "Likes plots."})
    assert MentorNote.objects.get(hands_over=second).text == "Likes plots."


def test_links_and_the_next_date_of_a_group(call, amara, bela, mateo, cohort):
    group = factory.make_pair(cohort, amara, bela)
    group.join(by=bela)
    base, link = f"groups/{group.pk}/", {"title": "Notes", "url": "https://example.org/n"}
    assert call(mateo, "post", f"{base}links/", link)[0] == call(mateo, "get", f"{base}meeting/")[0] == 404
    assert list(call(amara, "post", f"{base}links/", link | {"url": "javascript:1"})[1]) == ["url"]
    made = call(amara, "post", f"{base}links/", link)[1]
    assert call(bela, "delete", f"{base}links/{made['id']}/")[0] == 404
    assert [row["title"] for row in call(bela, "get", f"{base}links/")[1]] == ["Notes"]
    assert call(amara, "delete", f"{base}links/{made['id']}/")[0] == 204
    soon = {"meets_at": factory.days_ago(-2).isoformat(), "where": "Our call"}
    assert call(bela, "put", f"{base}meeting/", soon)[1]["where"] == "Our call"
    assert call(bela, "put", f"{base}meeting/", {"meets_at": "2001-01-01T00:00:00Z"})[1]["code"] == "meets_at"
    assert call(amara, "put", f"{base}meeting/", {"meets_at": None})[1] == {"meets_at": None, "where": ""}


def test_groups_for_a_whole_cohort(call, ada, mateo, cohort, mentee, alone, mentor):
    asked = {"cohort": cohort.slug, "kind": "accountability"}
    assert call(mateo, "get", "groups/proposal/", asked)[0] == 404
    (group,) = call(ada, "get", "groups/proposal/", asked)[1]["groups"]
    people = [row["membership"] for row in group["people"]]
    assert sorted(people) == [mentee.pk, alone.pk]
    made = asked | {"groups": [{"name": "One", "people": people}]}
    assert call(ada, "post", "groups/proposal/", asked | {"groups": made["groups"] * 2})[0] == 400
    wrong = asked | {"groups": [{"name": "One", "people": [mentee.pk, mentor.pk]}]}
    assert call(ada, "post", "groups/proposal/", wrong)[0] == 400
    assert call(ada, "post", "groups/proposal/", made)[0] == 201
    assert call(ada, "post", "groups/proposal/", made)[1]["code"] == "in_another"
    assert Group.objects.get().joined().count() == 2


def test_many_are_looked_at_then_invited(call, ada, mateo, cohort, amara):
    rows = [{"address": "lena@example.org"}, {"address": amara.email}, {"address": "no address"}]
    said = {"cohort": cohort.slug, "rows": rows}
    look = call(ada, "post", "invitations/look/", said)[1]
    assert [row["word"] for row in look["rows"]] == ["new", "member", "bad"]
    assert call(mateo, "post", "invitations/many/", said)[0] == 404
    assert call(ada, "post", "invitations/many/", said | {"seen": "x"})[1]["code"] == "changed_meanwhile"
    made = call(ada, "post", "invitations/many/", said | {"seen": look["seen"]})[1]
    assert [row["address"] for row in made] == ["lena@example.org"]


def test_an_invitation_is_accepted_by_whom_it_went_to(call, ada, olga, bela, other_cohort):
    from tests.guests import make_invitation

    row, token = make_invitation(other_cohort, ada, address=olga.email)
    assert call(olga, "post", "invitations/accept/", {"token": "unknown"})[0] == 404
    assert call(bela, "post", "invitations/accept/", {"token": token})[1]["code"] == "address"
    assert call(olga, "post", "invitations/accept/", {"token": token})[1]["state"] == "accepted"
    assert call(olga, "post", "invitations/accept/", {"token": token})[0] == 404
    assert Invitation.objects.get(pk=row.pk).accepted_by == olga


def test_a_schedule_is_drafted_and_a_date_follows_it_again(call, ada, amara, cohort):
    address = f"schedules/{cohort.slug}/draft/"
    assert call(amara, "post", address, {})[0] == 404
    assert call(ada, "post", address, {"skipped": [999]})[0] == 400
    first = call(ada, "post", address, {"skipped": [2]})[1]
    assert first["skipped"] == [2]
    assert call(ada, "post", address, {"version": 99})[1]["code"] == "changed_meanwhile"
    due = Schedule.of(cohort).cohort.due_dates.order_by("pk").first()
    due.set(due.due_at + timedelta(days=2), by=ada)
    assert call(amara, "post", f"due-dates/{due.pk}/release/")[0] == 404
    assert call(ada, "post", f"due-dates/{due.pk}/release/")[1]["by_hand"] is False
    assert call(ada, "post", f"due-dates/{due.pk}/release/")[1]["code"] == "not_by_hand"


def test_an_answer_is_edited_and_what_it_said_is_kept(call, amara, mateo, ada, cohort):
    from mentorship.cohorts.models import CohortQuestion

    asked = CohortQuestion.ask(cohort, by=amara, title="How?", text="By time?")
    address = f"answers/{asked.answer(by=mateo, text='Forward.').pk}/"
    assert call(amara, "patch", address, {"text": "x"})[0] == 404
    assert call(mateo, "patch", address, {"text": "Forward chaining.", "version": 0})[1]["edits"] == 1
    assert call(mateo, "patch", address, {"text": "x", "version": 0})[1]["saved"] == "Forward chaining."
    assert [row["text"] for row in call(amara, "get", f"{address}earlier/")[1]] == ["Forward."]
    assert call(ada, "delete", address)[0] == 204
    assert call(amara, "get", address)[0] == 404
    changed = call(amara, "patch", f"questions/{asked.pk}/", {"title": "How, exactly?", "text": "By time?"})[1]
    assert changed["title"] == "How, exactly?"


def test_an_announcement_is_pinned_and_put_off(call, mateo, amara, cohort):
    later = factory.days_ago(-2).isoformat()
    said = {"cohort": cohort.slug, "title": "A guest", "text": "Come.", "publish_at": later}
    address = f"announcements/{call(mateo, 'post', 'announcements/', said)[1]['id']}/"
    much_later = factory.days_ago(-5)
    changed = call(mateo, "patch", address, {"pinned": True, "publish_at": much_later.isoformat()})[1]
    assert (changed["pinned"], changed["text"]) == (True, "Come.")
    assert datetime.fromisoformat(changed["publish_at"]) == much_later
    assert call(mateo, "patch", address, {"publish_at": "2001-01-01T00:00:00Z"})[1]["code"] == "publish_at"
    assert call(amara, "get", address)[0] == 404


def test_a_proposal_lets_go_of_what_was_chosen_by_hand(call, ada, cohort, alone, mentor):
    made = call(ada, "post", "proposals/", {"cohort": cohort.slug})[1]
    address, said = f"proposals/{made['id']}/", {"mentee": alone.pk, "version": made["version"]}
    placed = call(ada, "post", f"{address}place/", said | {"mentor": mentor.pk})[1]
    said["version"] = placed["version"]
    freed = call(ada, "post", f"{address}release/", said)[1]
    assert [row["pinned"] for row in freed["pairs"]] == [False]
    assert call(ada, "post", f"{address}release/", said | {"version": freed["version"]})[1]["code"] == "not_pinned"


def test_one_s_calendar(call, amara, noor, cohort):
    factory.make_meeting(cohort, title="Session 1")
    factory.make_meeting(cohort, title="Over", starts_at=factory.days_ago(2))
    assert [row["title"] for row in call(amara, "get", "calendar/")[1]] == [f"Session 1, {cohort}"]
    assert call(noor, "get", "calendar/")[1] == []


def test_a_certificate_and_a_report(call, ada, mateo, amara, cohort, mentee):
    code = factory.make_outcome(mentee, ada).code
    assert call(None, "get", f"certificates/{code}/")[1]["name"] == "Amara Okafor"
    assert call(None, "get", "certificates/none/")[0] == 404
    address = f"cockpit/{cohort.slug}/report/"
    assert {row["key"] for row in call(ada, "get", address)[1]} >= {"mentees"}
    assert call(mateo, "get", address)[0] == 200
    assert call(ada, "get", address, {"first": "2026-02-30"})[0] == 400
    assert call(amara, "get", address)[0] == 404
