"""Hours logged on a project against its budget; the cohort's median only where five make one."""

import pytest

from projects.hours import Burn, burn
from tests import factory


@pytest.fixture
def project(stream):
    return stream.items.get(kind="project").project


def log(person, project, minutes, **fields):
    return factory.make_study_entry(person, minutes=minutes, item=project.item, **fields)


def test_only_what_was_logged_on_its_item_counts(project, cohort, amara, bela, stream):
    log(amara, project, 90)
    log(amara, project, 60)
    log(bela, project, 600)
    factory.make_study_entry(amara, minutes=200)
    found = burn(project, [amara.pk], cohort.pk)
    assert found.logged == 2.5
    assert (found.low, found.high) == (40, 60)
    assert found.said == "2.5 hours logged, the budget is 40 to 60."


def test_the_median_is_shown_from_five_on(project, cohort, amara):
    others = [factory.make_membership(cohort, factory.make_person()).person for _ in range(4)]
    for number, person in enumerate(others, 1):
        log(person, project, 60 * number)
    assert burn(project, [amara.pk], cohort.pk).median is None
    log(amara, project, 300)
    assert burn(project, [amara.pk], cohort.pk).median == 3
    outsider = factory.make_person()
    log(outsider, project, 1200)
    assert burn(project, [amara.pk], cohort.pk).median == 3


def test_a_teams_hours_are_those_of_all_its_members(cohort, amara, bela):
    work = factory.make_team_work(cohort, amara, bela)
    log(amara, work.project, 120)
    log(bela, work.project, 60)
    people = [member.person_id for member in work.team.all()]
    found = burn(work.project, people, cohort.pk)
    assert found.logged == 3
    assert "for the whole team" in found.said


def test_the_picture_says_itself_in_words():
    shown = Burn(logged=50, low=40, high=60, median=45.5, team=False)
    assert 'aria-label="50 hours logged, the budget is 40 to 60, the cohort&#x27;s median is 45.5."' in shown.picture
    assert "bar good" in shown.picture
    assert "bar warn" in Burn(70, 40, 60, None, team=False).picture
    assert Burn(70, 0, 0, None, team=False).picture == ""
    assert 'width="0.0"' in Burn(0, 40, 60, None, team=False).picture


def test_it_stands_on_the_projects_page_for_who_does_it(sign_in, project, cohort, amara, olga):
    log(amara, project, 90)
    page = sign_in(amara).get(project.get_absolute_url()).content.decode()
    assert "1.5 hours logged" in page
    assert "hours logged" not in sign_in(olga).get(project.get_absolute_url()).content.decode()


def test_it_stands_on_the_submission(sign_in, project, cohort, amara, mateo):
    log(amara, project, 90)
    work = factory.make_submission(cohort.memberships.get(person=amara), project)
    for person in (amara, mateo):
        assert "1.5 hours logged" in sign_in(person).get(work.get_absolute_url()).content.decode()
