"""The forecast against a cohort's schedule, and the plan that catches up: proposed, taken with one click, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.common.errors import Refused
from mentorship.home.forecasting import catch_up, forecast_of
from mentorship.study.models import PlanSlot
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

NOW = timezone.now()


@pytest.fixture
def studied(amara, cohort):
    """Amara has logged an hour a day for four weeks; the project is due in a fortnight."""
    for days in range(29):
        factory.make_study_entry(amara, day=timezone.localdate(NOW, amara.zone) - timedelta(days=days), minutes=60)
    factory.make_due(cohort)
    return amara


def test_against_the_schedule(studied, cohort, stream, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        found = forecast_of(studied, NOW)
    (course,) = found.courses
    assert (found.pace.likely, course.cohort, course.minutes) == (420, cohort, 360)
    assert [row.due.title for row in course.dues] == [stream.items.get(kind="project").title, f"{cohort} ends"]
    assert course.dues[0].minutes == 360
    assert all(row.days_after < 0 for row in course.dues)
    assert 170 <= found.needed <= 200


def test_who_follows_a_stream_alone_has_no_schedule(olga, stream):
    assert forecast_of(olga, NOW).courses == []
    stream.items.get(key__endswith="intro").mark(by=olga, state="in_progress")
    (course,) = forecast_of(olga, NOW).courses
    assert (course.cohort, course.dues, course.needed, course.minutes) == (None, [], 0, 300)


def test_catching_up_is_what_was_seen_and_then_enough(studied):
    proposal = forecast_of(studied, NOW).proposal
    assert proposal.enough
    with pytest.raises(Refused) as refusal:
        catch_up(by=studied, seen="another", at=NOW)
    assert refusal.value.code == "proposal_changed"
    assert len(catch_up(by=studied, seen=proposal.digest, at=NOW)) == len(proposal.slots)
    with pytest.raises(Refused) as refusal:
        catch_up(by=studied, seen=proposal.digest, at=NOW)
    assert refusal.value.code == "nothing_missing"


def test_on_its_page(sign_in, studied, bela, olga):
    client = sign_in(studied)
    page = client.get("/study/forecast/").text
    for words in ("about <strong>7 h</strong> a week", "on course", "Put them into my plan"):
        assert words in page
    assert client.post("/study/forecast/catch-up/", {"seen": "x"}).url == "/study/forecast/"
    seen = forecast_of(studied, NOW).proposal.digest
    assert client.post("/study/forecast/catch-up/", {"seen": seen}).url == "/study/plan/"
    assert "That is enough." in client.get("/study/forecast/").text
    assert "Two weeks of your log are needed" in sign_in(bela).get("/study/forecast/").text
    assert "Nothing to forecast yet" in sign_in(olga).get("/study/forecast/").text


def test_in_the_api(sign_in, studied):
    client = sign_in(studied)
    found = client.get("/api/v1/forecast/").json()
    assert (found["pace"]["likely"], found["courses"][0]["minutes_left"]) == (420, 360)
    seen = {"seen": found["catch_up"]["seen"]}
    assert client.post("/api/v1/forecast/catch-up/", {"seen": "x"}, content_type="application/json").status_code == 409
    made = client.post("/api/v1/forecast/catch-up/", seen, content_type="application/json")
    assert (made.status_code, len(made.json())) == (201, len(found["catch_up"]["slots"]))


@pytest.mark.django_db(transaction=True)
def test_taken_in_two_tabs_it_is_taken_once():
    cohort, person = factory.make_cohort(), factory.make_person()
    factory.make_membership(cohort, person)
    factory.make_due(cohort)
    seen = forecast_of(person, NOW).proposal
    found = codes(at_once([lambda: catch_up(by=person, seen=seen.digest, at=NOW)] * 3))
    assert found == ["done"] + ["nothing_missing"] * 2
    assert PlanSlot.objects.count() == len(seen.slots)
