import pytest

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from projects.models import Submission
from streams.models import Progress
from tests import factory


def hand_in(project, seat, by=None, key="", **fields):
    return project.hand_in(by=by or seat.person, membership=seat, work=factory.make_work(project, **fields), key=key)


def test_a_first_round_waits_for_the_mentor(project, seat, amara):
    submission = hand_in(project, seat, title="Rent in Lagos")
    round = submission.rounds.get()
    assert (submission.state, submission.title, submission.rounds_count) == ("awaiting_mentor", "Rent in Lagos", 1)
    assert submission.awaiting_mentor_since == round.handed_in_at
    assert (round.number, round.state, round.answers.count()) == (1, "waiting", 2)
    assert "<em>I</em>" in round.answers.first().html
    assert Event.objects.get(verb="handed_in").actor == amara


def test_the_item_is_in_progress_from_then_on(project, seat, amara):
    hand_in(project, seat)
    assert Progress.objects.get(person=amara, item=project.item).state == "in_progress"


def test_their_own_mentor_is_told_by_mail(project, seat, mateo, ines):
    hand_in(project, seat)
    told = Notification.objects.get(kind="handed_in")
    assert (told.person, told.email, told.title) == (mateo, "queued", "Amara Okafor handed in Project 1, round 1")


def test_without_a_mentor_of_their_own_those_of_the_cohort_read_it_in_the_app(project, cohort, bela, mateo, ines):
    hand_in(project, cohort.memberships.get(person=bela))
    told = Notification.objects.filter(kind="handed_in")
    assert {row.person for row in told} == {mateo, ines}
    assert {row.email for row in told} == {"none"}


def test_a_project_is_handed_in_once(project, seat):
    hand_in(project, seat)
    with pytest.raises(Refused, match="already"):
        hand_in(project, seat)
    assert Submission.objects.count() == 1


def test_withdrawn_work_can_be_handed_in_anew(project, seat):
    hand_in(project, seat).withdraw(by=seat.person)
    assert hand_in(project, seat).state == "awaiting_mentor"


@pytest.mark.parametrize("state", ["draft", "open", "finished", "archived"])
def test_only_a_running_cohort_takes_work(project, stream, amara, state):
    elsewhen = factory.make_membership(factory.make_cohort(stream=stream, state=state), amara)
    with pytest.raises(Refused):
        hand_in(project, elsewhen)


def test_who_left_hands_in_nothing(project, seat):
    seat.leave(by=seat.person)
    with pytest.raises(Refused):
        hand_in(project, seat)


def test_nobody_hands_in_for_another(project, seat, bela):
    with pytest.raises(Refused):
        hand_in(project, seat, by=bela)


def test_a_mentor_has_no_seat_to_hand_in_from(project, cohort, mateo):
    with pytest.raises(Refused):
        hand_in(project, cohort.memberships.get(person=mateo))


def test_another_streams_project_is_not_for_this_cohort(seat):
    elsewhere = factory.make_stream().items.get(kind="project").project
    with pytest.raises(Refused):
        hand_in(elsewhere, seat)


def test_the_same_key_has_one_effect(project, seat):
    first, second = hand_in(project, seat, key="k"), hand_in(project, seat, key="k")
    assert first == second
    assert (Submission.objects.count(), Event.objects.filter(verb="handed_in").count()) == (1, 1)


def test_the_same_key_with_other_work_is_refused(project, seat):
    hand_in(project, seat, key="k")
    with pytest.raises(Refused) as refusal:
        hand_in(project, seat, key="k", title="Another")
    assert refusal.value.code == "key_reused"


def test_one_persons_key_is_not_anothers(project, seat, cohort, bela):
    hand_in(project, seat, key="k")
    hand_in(project, cohort.memberships.get(person=bela), key="k")
    assert Submission.objects.count() == 2


def test_who_is_told_is_active_and_still_there(cohort, submission, mateo, bela, ines, olga):
    assert submission.mentors() == ([mateo], True)
    others = factory.make_submission(cohort.memberships.get(person=bela))
    factory.make_membership(cohort, bela, role="mentor")  # not of their own work
    away, gone = factory.make_person("Away"), factory.make_person("Gone")
    factory.make_membership(cohort, away, role="mentor").leave(by=olga)
    factory.make_membership(cohort, gone, role="mentor")
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    people, own = others.mentors()
    assert (set(people), own) == ({mateo, ines}, False)
    mateo.is_active = False
    mateo.save(update_fields=["is_active"])
    assert (set(submission.mentors()[0]), submission.mentors()[1]) == ({ines, bela}, False)


def test_what_was_accepted_once_stays_done(project, seat, amara):
    project.item.mark(by=amara, state="done", cause="accepted")
    hand_in(project, seat)
    assert Progress.objects.get(person=amara, item=project.item).state == "done"
