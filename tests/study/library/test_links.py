"""Links are looked at once a week, one at a time on each server, and broken only after three failures."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.common.links import ALIVE, DEAD, UNSURE, Looked
from mentorship.study.library import looking
from mentorship.study.library.models import LinkCheck, LinkHost
from tests.cohorts.test_at_once import at_once
from tests.study.library.shelf import make_resource

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_first_looks_are_spread_over_the_week():
    now = timezone.now()
    links = LinkCheck.keep([f"https://host-{number}.test/" for number in range(60)], now)
    days = {(link.due_at - now).days for link in links.values()}
    assert days == set(range(7))
    again = LinkCheck.keep(links, now + DAY)
    assert {link.due_at for link in again.values()} == {link.due_at for link in links.values()}


def test_three_failures_in_a_row_make_it_broken(sign_in):
    row, at = make_resource(), timezone.now()
    for number, wait in enumerate((1, 2, 7), 1):
        row.link.saw(Looked(DEAD, "Gone."), at=at)
        assert (row.link.failures, row.link.is_broken) == (number, number == 3)
        assert row.link.due_at == at + wait * DAY
        at = row.link.due_at
    assert "Link broken" in sign_in(None).get("/study/library/").content.decode()
    assert "Gone." in sign_in(None).get(row.get_absolute_url()).content.decode()
    row.link.saw(Looked(ALIVE), at=at)
    assert (row.link.failures, row.link.alive_at) == (0, at)
    assert "Link broken" not in sign_in(None).get("/study/library/").content.decode()


def test_a_door_closed_to_programs_is_no_failure_and_is_left_in_peace():
    link, at = make_resource().link, timezone.now()
    link.saw(Looked(UNSURE, "Closed.", wait=9 * DAY, closed=True), at=at)
    assert (link.failures, link.due_at) == (0, at + 9 * DAY)


def test_one_at_a_time_on_each_server_and_all_after_an_outage():
    """Loopback is no address that is looked at: each look ends at once, and is a failure."""
    later = timezone.now() + 30 * DAY
    LinkCheck.keep([f"http://127.0.0.1/{number}" for number in range(3)])
    LinkCheck.keep(["http://127.0.0.2/"])
    assert looking.look_around(at=later) == 2
    assert looking.look_around(at=later) == 0
    assert looking.look_around(at=later + looking.PAUSE) == 1
    assert looking.look_around(at=later + 2 * looking.PAUSE) == 1
    assert set(LinkCheck.objects.values_list("failures", flat=True)) == {1}


def test_what_nothing_shows_is_not_looked_at():
    LinkCheck.keep(["http://127.0.0.1/"])
    LinkCheck.objects.update(wanted=False)
    assert looking.look_around(at=timezone.now() + 30 * DAY) == 0


def test_who_died_while_looking_loses_the_server():
    later = timezone.now() + 30 * DAY
    LinkCheck.keep(["http://127.0.0.1/"])
    assert looking.claim(later) is not None
    assert looking.claim(later) is None
    assert looking.claim(later + looking.LEASE) is not None


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_look_at_one_link():
    LinkCheck.keep([f"http://127.0.0.{number}/" for number in range(1, 4)])
    later, claimed = timezone.now() + 30 * DAY, []
    assert at_once([lambda: claimed.append(looking.claim(later))] * 6) == [None] * 6
    links = [one[1].pk for one in claimed if one]
    assert len(links) == len(set(links)) <= 3
    assert LinkHost.objects.filter(free_at__gt=later).count() == len(links)
