"""The waiting list: its order, moved by hand, and moving up by itself when a seat frees."""

import pytest

from mentorship.cohorts import waitlist
from mentorship.cohorts.models import Application, Cohort
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def line(ada, amara, bela, olga, open_cohort):
    """Three in line: Amara, Béla, Olga; both seats are taken."""
    rows = [
        factory.make_application(open_cohort, person, submitted_at=factory.days_ago(9 - number))
        for number, person in enumerate((amara, bela, olga))
    ]
    for row in rows:
        row.waitlist(by=ada)
    for _ in range(2):
        factory.make_membership(open_cohort, factory.make_person())
    Notification.objects.all().delete()
    return rows


def names(cohort):
    return [row.person.name.split()[0] for row in cohort.applications.waitlist()]


@pytest.mark.parametrize(
    ("who", "to", "after"),
    [
        (2, 1, "Olga Amara Béla"), (2, 2, "Amara Olga Béla"), (0, 2, "Béla Amara Olga"), (0, 3, "Béla Olga Amara"),
        (1, 99, "Amara Olga Béla"), (1, -5, "Béla Amara Olga"), (1, 2, "Amara Béla Olga"),
    ],
)  # fmt: skip
def test_an_admin_moves_somebody(ada, open_cohort, line, who, to, after):
    place = waitlist.move(line[who], to=to, by=ada)
    assert names(open_cohort) == after.split()
    assert Application.objects.get(pk=line[who].pk).place() == place


def test_it_keeps_working_where_moments_are_the_same(ada, open_cohort, line):
    Application.objects.update(submitted_at=factory.days_ago(3))
    for _ in range(3):
        waitlist.move(open_cohort.applications.waitlist().last(), to=1, by=ada)
    assert names(open_cohort) == ["Amara", "Béla", "Olga"]
    waitlist.move(line[2], to=2, by=ada)
    assert names(open_cohort) == ["Amara", "Olga", "Béla"]


def test_with_the_buttons_of_the_list(sign_in, ada, olga, open_cohort, line):
    client, page = sign_in(ada), f"/cohorts/{open_cohort.slug}/applications/?state=waitlisted"
    assert "Move Olga Ivanova up" in client.get(page).text
    answer = client.post(f"{line[2].get_absolute_url()}move/", {"to": "2"})
    assert answer.url == f"{page}&page=1#application-{line[2].pk}"
    assert "number 2 in line" in sign_in(olga).get(f"/cohorts/{open_cohort.slug}/application/").text
    client.post(f"{line[2].get_absolute_url()}move/", {"to": "soon"})
    assert names(open_cohort) == ["Amara", "Olga", "Béla"]


def test_who_is_not_in_line_is_not_moved(ada, open_cohort, line):
    line[0].decline(by=ada)
    with pytest.raises(Refused) as refusal:
        waitlist.move(line[0], to=1, by=ada)
    assert refusal.value.code == "not_waiting"


def test_a_seat_that_frees_goes_to_the_first_in_line_who_is_told_once(ada, amara, open_cohort, line):
    Cohort.objects.update(waitlist_moves_up=True)
    waitlist.move(line[0], to=1, by=ada)
    leaver = open_cohort.memberships.first()
    leaver.leave(by=leaver.person)
    assert names(open_cohort) == ["Béla", "Olga"]
    row = Application.objects.get(pk=line[0].pk)
    assert (row.state, row.decided_by) == ("accepted", None)
    assert Cohort.objects.get(pk=open_cohort.pk).seats_taken == 2
    told = Notification.objects.get(person=amara)
    assert (told.kind, "first on the waiting list" in told.body) == ("application_accepted", True)
    assert Notification.objects.get(person=ada).title.endswith("Amara Okafor moves up")


def test_without_it_in_the_set_up_nobody_moves(open_cohort, line):
    leaver = open_cohort.memberships.first()
    leaver.leave(by=leaver.person)
    assert len(names(open_cohort)) == 3


def test_an_accepted_one_gives_the_seat_back(sign_in, ada, amara, bela, open_cohort, line):
    Cohort.objects.update(waitlist_moves_up=True, seats=3)
    line[0].accept(by=ada)
    client, page = sign_in(amara), f"/cohorts/{open_cohort.slug}/application/"
    assert "Give the seat back" in client.get(page).text
    seat = open_cohort.memberships.get(person=amara)
    assert client.post(f"/cohorts/{open_cohort.slug}/members/{seat.pk}/leave/").status_code == 302
    assert "You took it back" in client.get(page).text
    assert names(open_cohort) == ["Olga"]
    assert "You have a seat" in sign_in(bela).get(page).text


def test_more_seats_and_the_switch_move_the_list_up(sign_in, ada, open_cohort, line):
    fresh = Cohort.objects.get(pk=open_cohort.pk)
    fresh.edit(by=ada, seats=3)
    assert len(names(open_cohort)) == 3
    fresh.edit(by=ada, waitlist_moves_up=True)
    assert names(open_cohort) == ["Béla", "Olga"]
    fresh.edit(by=ada, seats=9)
    assert names(open_cohort) == []
    assert Cohort.objects.get(pk=open_cohort.pk).seats_taken == fresh.seats_taken == 5


def test_who_cannot_take_it_is_passed_over(amara, bela, open_cohort, line):
    Cohort.objects.update(waitlist_moves_up=True, seats=9)
    factory.make_membership(Cohort.objects.get(pk=open_cohort.pk), amara)
    bela.is_active = False
    bela.save()
    waitlist.move_up(open_cohort.pk)
    assert names(open_cohort) == ["Amara", "Béla"]
