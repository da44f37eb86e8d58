"""Who did what in a team: stated by each, confirmed by the others, approved by the mentor; then acceptance counts."""

import pytest

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from projects.models import Submission
from streams.models import Progress
from tests import factory


@pytest.fixture
def work(cohort, amara, bela):
    """Amara, Béla and a third have handed in."""
    return factory.make_team_work(cohort, amara, bela)


def part_of(work, person):
    return work.team.get(person=person)


def state_all(work):
    for part in work.team.all():
        part.state_contribution(f"What {part.person} did.", by=part.person)
    return list(work.team.order_by("pk"))


def confirm_all(work):
    parts = state_all(work)
    for part in parts:
        for other in parts:
            if other != part:
                part.confirm(by=other.person)
    return list(work.team.order_by("pk"))


def accept(work, mentor):
    factory.make_review(work, mentor, factory.accepting(work))


def done(person, work):
    return Progress.objects.filter(person=person, item=work.project.item, state="done").exists()


def refused(call, code):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.code == code


def test_each_states_their_own_part_and_the_others_are_told(work, amara, bela, olga):
    part = part_of(work, amara)
    part.state_contribution("I collected the *data*.", by=amara)
    assert "<em>data</em>" in part.contribution_html
    assert Notification.objects.filter(kind="part_stated").exclude(person=amara).count() == 2
    refused(lambda: part.state_contribution("Nothing.", by=bela), "not_yours")
    refused(lambda: part.state_contribution(" ", by=amara), "nothing_stated")


def test_the_others_confirm_and_nobody_confirms_themselves(work, amara, bela, mateo):
    part = part_of(work, amara)
    refused(lambda: part.confirm(by=bela), "not_stated")
    part.state_contribution("The data.", by=amara)
    part.confirm(by=bela)
    part.confirm(by=bela)
    assert [str(member) for member in part.missing()] == [str(work.team.order_by("pk")[2].person)]
    refused(lambda: part.confirm(by=amara), "own_part")
    refused(lambda: part.confirm(by=mateo), "not_a_member")


def test_what_one_sees_differently_is_said_with_a_reason(work, amara, bela):
    part = part_of(work, amara)
    part.state_contribution("Everything.", by=amara)
    refused(lambda: part.confirm(by=bela, agrees=False), "no_note")
    part.confirm(by=bela, agrees=False, note="The model was mine.")
    assert Notification.objects.get(kind="part_objected").person == amara
    assert bela in [member.person for member in part.missing()]


def test_stated_anew_it_is_confirmed_anew(work, amara, bela):
    part = part_of(work, amara)
    part.state_contribution("The data.", by=amara)
    refused(lambda: part.confirm(by=bela, seen="Something older."), "changed_meanwhile")
    part.confirm(by=bela, seen="The data.")
    part.state_contribution("The data and the model.", by=amara)
    assert not part.confirmations.exists()


def test_only_a_mentor_approves_and_with_a_reason_where_somebody_is_silent(work, amara, bela, mateo, noor, ada):
    part = part_of(work, amara)
    refused(lambda: part.approve(by=mateo), "not_stated")
    part.state_contribution("The data.", by=amara)
    for person in (amara, bela, noor, ada):
        refused(lambda person=person: part.approve(by=person), "not_a_mentor")
    refused(lambda: part.approve(by=mateo), "not_confirmed")
    part.approve(by=mateo, why="I saw the commits.")
    assert part.approved_why == "I saw the commits."
    refused(lambda: part.approve(by=mateo), "approved_already")


def test_acceptance_counts_for_everybody_whose_part_is_approved(work, amara, bela, mateo):
    parts = confirm_all(work)
    parts[0].approve(by=mateo)
    parts[1].approve(by=mateo)
    accept(work, mateo)
    third = parts[2].person
    assert [done(person, work) for person in (amara, bela, third)] == [True, True, False]
    assert work in Submission.objects.accepted_of(bela)
    assert work not in Submission.objects.accepted_of(third)
    parts[2].approve(by=mateo)
    assert done(third, work)
    assert work in Submission.objects.accepted_of(third)


def test_the_author_alone_gets_nothing_without_an_approved_part(work, amara, mateo):
    accept(work, mateo)
    assert not done(amara, work)
    assert work not in Submission.objects.accepted_of(amara)


def test_what_counted_stands(work, amara, mateo):
    part = part_of(work, amara)
    part.state_contribution("The data.", by=amara)
    part.approve(by=mateo, why="Seen.")
    accept(work, mateo)
    refused(lambda: part.state_contribution("Everything.", by=amara), "credited")


def test_the_mentor_is_told_once_the_team_agrees(work, mateo):
    confirm_all(work)
    assert Notification.objects.filter(kind="parts_ready", person=mateo).count() == 1
    assert all(not part.missing() for part in work.team.all())


def test_an_acceptance_that_is_taken_back_counts_for_nobody_until_it_is_given_again(work, amara, bela, mateo):
    parts = confirm_all(work)
    parts[0].approve(by=mateo)
    parts[1].approve(by=mateo)
    accept(work, mateo)
    review = work.rounds.get().reviews.get()
    review.take_back(by=mateo)
    assert [done(person, work) for person in (amara, bela)] == [False, False]
    review.publish(by=mateo)
    assert [done(person, work) for person in (amara, bela)] == [True, True]
