"""A proposal for the whole cohort, and for who is on a pause: who stays, who changes, who waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts import matching
from mentorship.cohorts.models import Assignment, Membership, Pause, Proposal, Swap
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

NOW = timezone.now()


def pair(proposal, mentee):
    return proposal.pairs.get(mentee=mentee)


def paused(seat, days):
    today = timezone.localdate(NOW, seat.person.zone)
    Pause.take(seat, by=seat.person, reason="rest", first_day=today, returns_on=today + timedelta(days=days))
    return f"{today + timedelta(days=days):%-d %B}"


def everyone(cohort, ada):
    return matching.propose(cohort=cohort, by=ada, everyone=True)


def load(seat):
    return Membership.objects.get(pk=seat.pk).load


def test_who_is_on_a_long_pause_is_not_proposed_and_it_is_said(cohort, ada, alone, ines):
    until = paused(alone, 20)
    row = pair(matching.propose(cohort=cohort, by=ada), alone)
    assert (row.mentor, row.outcome) == (None, "alone")
    assert row.sentence == f"Béla is on a pause until {until}: propose again when they are back."


def test_who_is_back_soon_is_proposed_and_it_is_said(cohort, ada, alone, ines):
    until = paused(alone, 6)
    row = pair(matching.propose(cohort=cohort, by=ada), alone)
    assert row.mentor is not None
    assert f"Béla is back from a pause on {until}" in row.sentence


def test_a_pause_is_no_bar_by_hand(cohort, ada, alone, ines):
    paused(alone, 20)
    proposal = matching.propose(cohort=cohort, by=ada)
    matching.place(proposal=proposal, mentee=alone.pk, mentor=ines.pk, by=ada, version=1)
    matching.solve_again(proposal=proposal, by=ada, version=2)
    assert pair(proposal, alone).mentor == ines


def test_who_has_a_mentor_stays_where_little_speaks_against_it(cohort, ada, mentee, alone, mentor, ines):
    proposal = everyone(cohort, ada)
    row = pair(proposal, mentee)
    assert (row.mentor, row.before, row.outcome) == (mentor, mentor, "stays")
    assert row.sentence.startswith("They work together now")
    made = matching.apply(proposal=proposal, by=ada, version=1)
    assert [one.mentee for one in made] == [alone]
    assert mentee.assignments_as_mentee.count() == 1


def test_a_change_is_a_hand_over_with_a_reason(cohort, ada, amara, mateo, mentee, alone, mentor, ines):
    old = mentee.assignments_as_mentee.get()
    swap = Swap.ask(assignment=old, by=amara)
    factory.make_wish(mentee, ines)
    proposal = everyone(cohort, ada)
    assert (pair(proposal, mentee).outcome, pair(proposal, mentee).mentor) == ("changes", ines)
    Notification.objects.all().delete()
    matching.apply(proposal=proposal, by=ada, version=1, reason="Asked for.")
    old.refresh_from_db()
    swap.refresh_from_db()
    assert (old.end_reason, swap.state) == ("Asked for.", "settled")
    assert Assignment.objects.active().get(mentee=mentee).mentor == ines
    assert load(mentor) + load(ines) == 2
    assert Notification.objects.filter(person=mateo, kind="assignment_ended").count() == 1
    assert Notification.objects.filter(person=amara).count() == 1


def test_full_mentors_change_places(cohort, ada, mentee, alone, mentor, ines):
    matching.assign(mentee=alone, mentor=ines, by=ada)
    for seat in (mentor, ines):
        Membership.objects.filter(pk=seat.pk).update(capacity=1)
    for seat, whom in ((mentee, ines), (ines, mentee), (alone, mentor), (mentor, alone)):
        factory.make_wish(seat, whom)
    matching.apply(proposal=everyone(cohort, ada), by=ada, version=1)
    assert Assignment.objects.active().get(mentee=mentee).mentor == ines
    assert Assignment.objects.active().get(mentee=alone).mentor == mentor
    assert (load(mentor), load(ines)) == (1, 1)


def test_nobody_loses_their_mentor_to_who_has_none(cohort, ada, mentee, alone, mentor):
    Membership.objects.filter(pk=mentor.pk).update(capacity=1)
    factory.make_wish(alone, mentor)
    factory.make_wish(mentor, alone)
    proposal = everyone(cohort, ada)
    assert (pair(proposal, mentee).outcome, pair(proposal, alone).outcome) == ("stays", "alone")
    with pytest.raises(Refused, match="Everybody stays"):
        matching.apply(proposal=proposal, by=ada, version=1)


def test_who_was_ruled_out_stays_only_where_nobody_else_has_a_place(cohort, ada, mentee, mentor):
    factory.make_wish(mentee, mentor, veto=True)
    proposal = everyone(cohort, ada)
    assert pair(proposal, mentee).outcome == "stays"
    assert pair(proposal, mentee).sentence.startswith("Nobody else has a place, though one of them has ruled out")
    ines = factory.make_membership(cohort, factory.make_person("Inês Sousa"), role="mentor")
    matching.solve_again(proposal=proposal, by=ada, version=1)
    assert pair(proposal, mentee).mentor == ines


def test_who_is_on_a_long_pause_stays(cohort, ada, mentee, alone, mentor, ines):
    factory.make_wish(mentee, ines)
    factory.make_wish(ines, mentee)
    paused(mentee, 20)
    row = pair(everyone(cohort, ada), mentee)
    assert (row.outcome, "Amara is on a pause until" in row.sentence) == ("stays", True)


def test_by_hand_nobody_is_as_it_is(cohort, ada, mentee, alone, mentor, ines):
    proposal = everyone(cohort, ada)
    matching.place(proposal=proposal, mentee=mentee.pk, mentor=ines.pk, by=ada, version=1)
    assert pair(proposal, mentee).outcome == "changes"
    matching.place(proposal=proposal, mentee=mentee.pk, mentor=None, by=ada, version=2)
    assert (pair(proposal, mentee).outcome, pair(proposal, mentee).mentor) == ("stays", mentor)


def test_whose_mentor_has_closed_the_account_gets_another_one(cohort, ada, mateo, mentee, alone, mentor, ines):
    mateo.is_active = False
    mateo.save()
    proposal = everyone(cohort, ada)
    assert (pair(proposal, mentee).mentor, pair(proposal, mentee).outcome) == (ines, "changes")
    matching.apply(proposal=proposal, by=ada, version=1)
    assert load(mentor) == 0


def test_what_changed_meanwhile_is_said(cohort, ada, mentee, alone, mentor, ines):
    nadia = factory.make_membership(cohort, factory.make_person("Nadia Roy"), role="mentor")
    proposal = everyone(cohort, ada)
    matching.place(proposal=proposal, mentee=mentee.pk, mentor=ines.pk, by=ada, version=1)
    matching.reassign(mentee=mentee, mentor=nadia, reason="Hours", by=ada)
    with pytest.raises(matching.Meanwhile) as refusal:
        matching.apply(proposal=proposal, by=ada, version=2)
    assert refusal.value.changes == ["Amara Okafor was given Nadia Roy as mentor."]
    Assignment.objects.active().get(mentee=mentee).end(by=ada, reason="Left")
    with pytest.raises(matching.Meanwhile) as refusal:
        matching.apply(proposal=proposal, by=ada, version=2)
    assert refusal.value.changes == ["Amara Okafor has no mentor any more."]


def test_by_page(sign_in, cohort, ada, mentee, alone, mentor, ines):
    client, address = sign_in(ada), f"/cohorts/{cohort.slug}/proposal/"
    assert "Also those who have a mentor" in client.get(address).text
    client.post(address + "propose/", {"everyone": "on"})
    proposal = Proposal.objects.get()
    sent = {"proposal": proposal.pk, "version": 1}
    client.post(address + "place/", sent | {"mentee": mentee.pk, "mentor": ines.pk})
    page = client.get(address + "?show=changes").text
    assert "Until now with Mateo Rojas" in page
    assert "Béla Kovács" not in page.partition("<aside")[0]
    client.post(address + "apply/", sent | {"version": 2, "reason": "Hours."})
    assert mentee.assignments_as_mentee.get(ended_at__isnull=False).end_reason == "Hours."
    assert "also for those who have a mentor" in client.get(address).text


def test_a_mentor_who_closes_the_account_does_not_break_the_page(sign_in, cohort, ada, mateo, mentee, mentor, ines):
    everyone(cohort, ada)
    mateo.is_active = False
    mateo.save()
    assert "Stays" in sign_in(ada).get(f"/cohorts/{cohort.slug}/proposal/").text


def test_by_api(sign_in, cohort, ada, mentee, alone, mentor, ines):
    client = sign_in(ada)
    json = {"content_type": "application/json"}
    made = client.post("/api/v1/proposals/", {"cohort": cohort.slug, "everyone": True}, **json).json()
    assert made["everyone"]
    found = {row["mentee"]: (row["before"], row["outcome"]) for row in made["pairs"]}
    assert found == {mentee.pk: (mentor.pk, "stays"), alone.pk: (None, "new")}
    address = f"/api/v1/proposals/{made['id']}/"
    client.post(address + "place/", {"version": 1, "mentee": mentee.pk, "mentor": ines.pk}, **json)
    assert client.post(address + "apply/", {"version": 2, "reason": "x" * 301}, **json).status_code == 400
    assert client.post(address + "apply/", {"version": 2, "reason": "Hours."}, **json).json()["state"] == "applied"
    assert Assignment.objects.active().get(mentee=mentee).mentor == ines


@pytest.mark.django_db(transaction=True)
def test_two_apply_while_the_board_reassigns():
    admins = [factory.make_person(groups=["admins"]) for _ in range(3)]
    cohort = factory.make_cohort(seats=40)
    mentors = [factory.make_membership(cohort, factory.make_person(), role="mentor", capacity=4) for _ in range(3)]
    mentees = [factory.make_membership(cohort, factory.make_person()) for _ in range(6)]
    for number, seat in enumerate(mentees):
        matching.assign(mentee=seat, mentor=mentors[number % 2], by=admins[0])
    proposal = matching.propose(cohort=cohort, by=admins[0], everyone=True)
    matching.place(proposal=proposal, mentee=mentees[0].pk, mentor=mentors[2].pk, by=admins[0], version=1)
    copies = [Proposal.objects.get(pk=proposal.pk) for _ in range(2)]
    results = at_once([
        lambda: matching.apply(proposal=copies[0], by=admins[0], version=2),
        lambda: matching.apply(proposal=copies[1], by=admins[1], version=2),
        lambda: matching.reassign(mentee=mentees[0], mentor=mentors[1], reason="Hours", by=admins[2]),
    ])  # fmt: skip
    assert set(codes(results)) <= {"done", "outdated", "changed_meanwhile"}
    active = Assignment.objects.active()
    assert active.count() == 6
    assert {mentor.pk: load(mentor) for mentor in mentors} == {
        mentor.pk: active.filter(mentor=mentor).count() for mentor in mentors
    }
