"""A team hands in once, by whoever of it does so; what follows, follows for everybody in it."""

import pytest

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from projects.models import Submission
from streams.models import Progress
from tests import factory


def hand_in(project, seat, **fields):
    return project.hand_in(by=seat.person, membership=seat, work=factory.make_work(project), **fields)


def test_any_member_hands_in_and_it_is_the_work_of_all(capstone, team, seats, olga):
    made = hand_in(capstone, seats[1])
    assert made.group == team
    assert [member.person for member in made.team.all()] == [seat.person for seat in seats]
    for seat in seats:
        assert made in Submission.objects.visible_to(seat.person)
        assert made in Submission.objects.by(seat.person)
        assert made.is_by(seat.person)
        assert Progress.objects.get(person=seat.person, item=capstone.item).state == "in_progress"
    assert made not in Submission.objects.visible_to(olga)
    told = Notification.objects.filter(kind="team_handed_in").values_list("person", flat=True)
    assert set(told) == {seats[0].person_id, seats[2].person_id}


def test_a_second_member_cannot_hand_it_in_again(capstone, team, seats):
    hand_in(capstone, seats[0])
    with pytest.raises(Refused) as refusal:
        hand_in(capstone, seats[2])
    assert refusal.value.code == "already_handed_in"
    assert "Your team" in refusal.value.message


def test_alone_a_team_project_is_refused(capstone, seats):
    with pytest.raises(Refused) as refusal:
        hand_in(capstone, seats[0])
    assert refusal.value.code == "needs_team"


def test_with_too_few_it_is_refused(capstone, team, seats):
    team.members.get(membership=seats[2]).leave(by=seats[2].person)
    with pytest.raises(Refused) as refusal:
        hand_in(capstone, seats[0])
    assert refusal.value.code == "team_size"


def test_a_project_for_one_is_handed_in_alone_in_a_team_too(stream, team, seats):
    single = stream.items.get(key__endswith="-project").project
    assert hand_in(single, seats[0]).group is None
    assert hand_in(single, seats[1]).group is None


def test_another_member_hands_in_the_next_round(capstone, team, seats, mateo, noor):
    made = hand_in(capstone, seats[0])
    factory.make_review(made, mateo)
    assert Notification.objects.filter(kind="reviewed").count() == 3
    with pytest.raises(Refused) as refusal:
        made.hand_in(by=noor, work=factory.make_work(capstone))
    assert refusal.value.code == "not_your_turn"
    second = made.hand_in(by=seats[2].person, work=factory.make_work(capstone))
    assert second.number == 2
    assert second.handed_in_by == seats[2].person


def test_who_left_the_group_reads_but_does_not_hand_in(capstone, cohort, team, seats, mateo):
    dora = factory.make_membership(cohort, factory.make_person("Dora"))
    team.invite(dora, by=factory.make_person(groups=["admins"]))
    made = hand_in(capstone, seats[0])
    factory.make_review(made, mateo)
    team.members.get(membership=dora).leave(by=dora.person)
    made.hand_in(by=seats[1].person, work=factory.make_work(capstone))
    assert made.team.get(person=dora.person).left_at is not None
    assert made in Submission.objects.visible_to(dora.person)
    assert made not in Submission.objects.by(dora.person)
    with pytest.raises(Refused):
        made.withdraw(by=dora.person)


def test_the_mentor_of_any_member_reads_it(capstone, cohort, team, seats, noor):
    mentor = factory.make_membership(cohort, noor, role="mentor")
    factory.make_assignment(seats[1], mentor)
    made = hand_in(capstone, seats[0])
    assert made in Submission.objects.visible_to(noor)
    assert noor.pk in [person.pk for person in made.mentors()[0]]
    assert made.approvable_by(noor)
