"""A mentor who is away and asks for cover: what waits is offered to the others at once, and theirs alone."""

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Away
from mentorship.notifications.models import Notification
from projects.escalation import escalate
from projects.models import Round
from tests import factory


@pytest.fixture
def waiting(cohort, amara):
    return factory.make_submission(cohort.memberships.get(person=amara), at=factory.days_ago(1)).rounds.get()


@pytest.fixture
def ines(cohort):
    return factory.make_membership(cohort, factory.make_person("Inês Sousa"), role="mentor").person


@pytest.mark.parametrize(("cover", "offered"), [(True, True), (False, False)])
def test_rounds_that_wait_are_offered_when_cover_is_asked_for(waiting, mateo, ines, cover, offered):
    Away.objects.filter(pk=factory.make_away(mateo, 0, 5).pk).update(cover=cover)
    escalate(at=timezone.now())
    assert (Round.objects.get(pk=waiting.pk).offered_at is not None) is offered
    told = Notification.objects.filter(person=ines, kind="round_offered")
    assert [row.body.partition(".")[0] for row in told] == ["Mateo Rojas is away and asks for cover"] * offered
    escalate(at=timezone.now())
    assert told.count() == offered


def test_before_and_after_the_days_away_nothing_is_offered(waiting, mateo, ines):
    for first, last in ((-4, -1), (1, 3)):
        Away.objects.filter(pk=factory.make_away(mateo, first, last).pk).update(cover=True)
    escalate(at=timezone.now())
    assert Round.objects.get(pk=waiting.pk).offered_at is None


def test_it_is_asked_for_on_the_page(sign_in, mateo, cohort):
    today = timezone.localdate(timezone.now(), mateo.zone)
    client = sign_in(mateo)
    client.post("/cohorts/availability/away/", {"first_day": today, "last_day": today, "cover": "on"})
    assert Away.objects.get().cover
    assert "the others are asked to help" in client.get("/cohorts/availability/").text
