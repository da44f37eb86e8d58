"""Members of one team in the same moment: one hand-in, one draft, one word each."""

import pytest

from projects.models import SharedDraft, Submission, TeamMember
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team():
    stream = factory.make_stream()
    cohort = factory.make_cohort(stream=stream)
    seats = [factory.make_membership(cohort, factory.make_person()) for _ in range(3)]
    return factory.make_team_project(stream), seats, factory.make_group(cohort, seats)


def test_three_members_hand_in_at_once_and_one_does(team):
    project, seats, _group = team
    calls = [
        lambda seat=seat: project.hand_in(by=seat.person, membership=seat, work=factory.make_work(project))
        for seat in seats
    ]
    assert codes(at_once(calls)) == ["already_handed_in"] * 2 + ["done"]
    assert Submission.objects.get().rounds.count() == 1
    assert TeamMember.objects.count() == 3


def test_of_three_who_save_at_once_one_wins_and_two_are_told(team):
    project, seats, group = team
    calls = [
        lambda seat=seat: SharedDraft.of(group, project.pk).save_for_team(
            by=seat.person, content={"title": seat.person.name}, version=0
        )
        for seat in seats
    ]
    assert codes(at_once(calls)) == ["changed_meanwhile"] * 2 + ["done"]
    assert SharedDraft.objects.get().version == 1


def test_handing_in_and_saving_at_once_loses_no_word(team):
    project, seats, group = team
    SharedDraft.of(group, project.pk).save_for_team(by=seats[0].person, content={"title": "A"}, version=0)
    work = factory.make_work(project)
    results = at_once([
        lambda: project.hand_in(by=seats[0].person, membership=seats[0], work=work, version=1),
        lambda: SharedDraft.of(group, project.pk).save_for_team(
            by=seats[1].person, content={"title": "B"}, version=1
        ),
    ])  # fmt: skip
    assert codes(results) == ["changed_meanwhile", "done"]
