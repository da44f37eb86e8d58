"""A proposal: made, changed by hand, solved again, applied as a whole or put away."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts import matching
from mentorship.cohorts.models import Assignment, Membership, Proposal
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory


@pytest.fixture
def lena(cohort):
    """A third mentee, without a mentor as Béla is."""
    return factory.make_membership(cohort, factory.make_person("Lena Vogt"))


@pytest.fixture
def proposal(cohort, ada, alone, lena, mentor, ines):
    return matching.propose(cohort=cohort, by=ada)


def code(call, **arguments):
    with pytest.raises(Refused) as refusal:
        call(**arguments)
    return refusal.value.code


def pair(proposal, mentee):
    return proposal.pairs.get(mentee=mentee)


def test_everybody_without_a_mentor_is_in_it_and_nobody_is_told(proposal, alone, lena, ada):
    assert set(proposal.pairs.values_list("mentee", flat=True)) == {alone.pk, lena.pk}
    assert proposal.pairs.filter(mentor=None).count() == 0
    assert proposal.total() == sum(proposal.pairs.values_list("points", flat=True)) > 0
    assert not Notification.objects.exists()
    assert Event.objects.get(verb="propose").actor == ada


def test_what_people_have_said_decides(cohort, ada, alone, lena, mentor, ines, stream):
    unit = stream.units.get()
    lena.topics.add(unit)
    factory.make_availability(ines.person, "en pt", topics=[unit], streams=[stream], hours_a_week=3)
    factory.make_availability(lena.person, "pt")
    factory.make_wish(alone, mentor)
    factory.make_wish(mentor, alone)
    made = matching.propose(cohort=cohort, by=ada)
    assert pair(made, alone).mentor == mentor
    assert "Béla and Mateo asked for each other" in pair(made, alone).sentence
    assert pair(made, lena).mentor == ines
    assert "they speak Portuguese" in pair(made, lena).sentence.replace("They", "they")
    assert "Inês knows the wished topic “Basics”" in pair(made, lena).sentence


def test_who_worked_together_before_does_so_again(cohort, ada, alone, lena, mentor, ines, stream):
    earlier = factory.make_cohort(stream=stream)
    old = factory.make_membership(earlier, ines.person, role="mentor")
    ended = factory.make_assignment(factory.make_membership(earlier, lena.person), old)
    ended.end(by=ada, reason="Done")
    made = matching.propose(cohort=cohort, by=ada)
    assert pair(made, lena).mentor == ines
    assert "they worked together before" in pair(made, lena).sentence.lower()


def test_a_cohort_has_one_open_proposal(proposal, cohort, ada):
    assert code(matching.propose, cohort=cohort, by=ada) == "proposed_already"
    with pytest.raises(IntegrityError, match="proposal_one_open"), transaction.atomic():
        Proposal.objects.create(cohort=cohort, made_by=ada, changed_by=ada)


def test_nobody_to_match(cohort, ada, alone, mentor):
    matching.assign(mentee=alone, mentor=mentor, by=ada)
    assert code(matching.propose, cohort=cohort, by=ada) == "nobody_alone"


def test_a_pair_chosen_by_hand_stays_when_solved_again(proposal, ada, alone, mentor, ines):
    factory.make_wish(alone, mentor)
    matching.place(proposal=proposal, mentee=alone.pk, mentor=ines.pk, by=ada, version=1)
    assert matching.solve_again(proposal=proposal, by=ada, version=2) == []
    assert (pair(proposal, alone).mentor, pair(proposal, alone).pinned) == (ines, True)
    matching.release(proposal=proposal, mentee=alone.pk, by=ada, version=3)
    matching.solve_again(proposal=proposal, by=ada, version=4)
    assert (pair(proposal, alone).mentor, pair(proposal, alone).pinned) == (mentor, False)
    assert code(matching.release, proposal=proposal, mentee=alone.pk, by=ada, version=5) == "not_pinned"


def test_nobody_by_hand(proposal, ada, alone):
    row = matching.place(proposal=proposal, mentee=alone.pk, mentor=None, by=ada, version=1)
    assert (row.mentor, row.points, row.sentence) == (None, 0, "Left without a mentor by hand.")


def test_what_cannot_be_chosen_by_hand(proposal, ada, alone, lena, mentor, ines, other_cohort):
    factory.make_wish(alone, ines, veto=True)
    factory.make_wish(mentor, alone, veto=True)
    mentor.set_capacity(1, by=ada)
    for mentee, whom, expected in [
        (alone, ines.pk, "vetoed"),
        (lena, mentor.pk, "no_room"),
        (lena, other_cohort.memberships.get().pk, "not_a_mentor"),
        (mentor, ines.pk, "no_such_mentee"),
    ]:
        arguments = {"proposal": proposal, "mentee": mentee.pk, "mentor": whom, "by": ada, "version": 1}
        assert code(matching.place, **arguments) == expected
    mentor.set_capacity(3, by=ada)
    assert code(matching.place, proposal=proposal, mentee=alone.pk, mentor=mentor.pk, by=ada, version=1) == "vetoed"
    proposal.refresh_from_db()
    assert proposal.version == 1


def test_who_acts_on_an_older_version_is_told_by_whom_it_was_changed(proposal, ada, alone, ines):
    eva = factory.make_person("Eva Lind", groups=["admins"])
    matching.place(proposal=proposal, mentee=alone.pk, mentor=ines.pk, by=eva, version=1)
    with pytest.raises(matching.Outdated, match="Eva Lind changed this proposal meanwhile"):
        matching.apply(proposal=proposal, by=ada, version=1)
    matching.discard(proposal=proposal, by=eva, version=2)
    with pytest.raises(matching.Outdated, match="Eva Lind put away"):
        matching.place(proposal=proposal, mentee=alone.pk, mentor=None, by=ada, version=2)


def test_applying_assigns_everybody_and_tells_each_once(proposal, ada, alone, lena, mentor, ines):
    for mentee, version in ((alone, 1), (lena, 2)):
        matching.place(proposal=proposal, mentee=mentee.pk, mentor=ines.pk, by=ada, version=version)
    made = matching.apply(proposal=proposal, by=ada, version=3)
    assert {(one.mentee_id, one.mentor_id) for one in made} == {(alone.pk, ines.pk), (lena.pk, ines.pk)}
    assert Membership.objects.get(pk=ines.pk).load == 2
    told = {row.person_id: row.title for row in Notification.objects.all()}
    assert len(told) == Notification.objects.count() == 3
    assert told[ines.person_id] == f"You have 2 new mentees in {ines.cohort}"
    assert told[alone.person_id] == f"Inês Sousa is your mentor in {ines.cohort}"
    assert proposal.state == "applied"
    assert Event.objects.filter(verb="assign").count() == 2
    assert code(matching.apply, proposal=proposal, by=ada, version=4) == "outdated"


def test_nothing_is_applied_when_anything_changed_and_all_of_it_is_said(cohort, ada, alone, lena, mentor, ines):
    gone = factory.make_membership(cohort, factory.make_person("Gone Girl"))
    third = factory.make_membership(cohort, factory.make_person("Third Man"))
    proposal = matching.propose(cohort=cohort, by=ada)
    for version, (mentee, whom) in enumerate([(alone, ines), (lena, ines), (gone, mentor), (third, mentor)], 1):
        matching.place(proposal=proposal, mentee=mentee.pk, mentor=whom.pk, by=ada, version=version)
    gone.leave(by=gone.person)
    matching.assign(mentee=alone, mentor=mentor, by=ada)
    ines.set_capacity(1, by=ada)
    factory.make_wish(third, mentor, veto=True)
    before = Assignment.objects.count()
    with pytest.raises(matching.Meanwhile) as refusal:
        matching.apply(proposal=proposal, by=ada, version=5)
    assert refusal.value.changes == [
        "Béla Kovács was given Mateo Rojas as mentor.",
        "Gone Girl has left the cohort.",
        "One of Third Man and Mateo Rojas has ruled out working with the other.",
        "Inês Sousa has room for 1, not for 2.",
    ]
    assert Assignment.objects.count() == before
    lost = matching.solve_again(proposal=proposal, by=ada, version=5)
    assert [text.partition(":")[0] for text in lost] == ["Third Man"]
    matching.apply(proposal=proposal, by=ada, version=6)


@pytest.mark.parametrize("how", ["leaves", "closed"])
def test_a_mentor_who_is_gone(proposal, ada, alone, lena, ines, how):
    for mentee, version in ((alone, 1), (lena, 2)):
        matching.place(proposal=proposal, mentee=mentee.pk, mentor=ines.pk, by=ada, version=version)
    if how == "leaves":
        ines.leave(by=ada)
    else:
        ines.person.is_active = False
        ines.person.save()
    with pytest.raises(matching.Meanwhile) as refusal:
        matching.apply(proposal=proposal, by=ada, version=3)
    assert len(refusal.value.changes) == 1
    matching.solve_again(proposal=proposal, by=ada, version=3)
    assert not proposal.pairs.filter(mentor=ines).exists()


def test_nobody_is_given_a_mentor_whose_account_is_closed(ada, alone, ines):
    ines.person.is_active = False
    ines.person.save()
    assert code(matching.assign, mentee=alone, mentor=ines, by=ada) == "inactive"


def test_a_cohort_that_is_over(cohort, ada, alone, mentor):
    cohort.finish(by=ada)
    assert code(matching.propose, cohort=cohort, by=ada) == "cohort_over"
