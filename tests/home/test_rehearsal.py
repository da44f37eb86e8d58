"""A cohort's reminders run ahead: shown as they would go out, told to nobody, kept nowhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Cohort
from mentorship.common.errors import Refused
from mentorship.home.rehearsal import LONGEST, rehearse
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory

TODAY = timezone.now().date()


def in_days(days):
    return TODAY + timedelta(days=days)


def test_silence_is_told_ahead_and_to_nobody(ada, cohort, amara, bela, mateo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        told = rehearse(cohort, in_days(10))
    assert {"Amara Okafor", "Béla Kovács", "Mateo Rojas"} <= {one.person for one in told}
    first = next(one for one in told if one.person == "Amara Okafor")
    assert first.text.startswith("Hello Amara,")
    assert first.day > TODAY
    assert not callbacks
    assert not Notification.objects.exists()


def test_twice_is_the_same(cohort):
    assert rehearse(cohort, in_days(10)) == rehearse(cohort, in_days(10))


def test_a_draft_is_taken_as_running_from_its_first_day(ada, stream, olga):
    draft = factory.make_cohort(
        stream=stream, state="draft", starts_on=in_days(3), ends_on=in_days(90), applications_close_on=in_days(2)
    )
    factory.make_membership(draft, olga)
    told = rehearse(draft, in_days(14))
    assert any(one.person == "Olga Ivanova" and one.day > in_days(3) for one in told)
    assert Cohort.objects.get(pk=draft.pk).state == "draft"


def test_other_cohorts_are_left_out(ada, cohort, other_cohort, olga):
    factory.make_membership(other_cohort, olga)
    assert "Olga Ivanova" not in {one.person for one in rehearse(cohort, in_days(10))}


@pytest.mark.parametrize("days", [-1, 0, LONGEST + 2])
def test_only_the_coming_weeks(cohort, days):
    with pytest.raises(Refused, match="within the next"):
        rehearse(cohort, in_days(days))


def test_the_page(sign_in, ada, cohort, mateo):
    client, address = sign_in(ada), f"/rehearsal/{cohort.slug}/"
    assert "Run ahead" in client.get(address).content.decode()
    answer = client.post(address, {"until": in_days(10).isoformat()})
    assert "would go out" in answer.content.decode()
    assert "Hello Amara," in answer.content.decode()
    assert Event.objects.get(verb="rehearsed").cohort_id == cohort.pk
    for wrong in ("", "2026-02-30", "9999-12-31", in_days(-3).isoformat()):
        assert client.post(address, {"until": wrong}).status_code == 422
    assert sign_in(mateo).get(address).status_code == 404
    assert f'href="{address}"' in client.get(f"/cohorts/{cohort.slug}/edit/").content.decode()
