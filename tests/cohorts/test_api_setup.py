"""Set-up by the API: from a draft to the archive, and a new cohort from an earlier one; the verbs of the pages."""

from datetime import timedelta

import pytest

from mentorship.cohorts.models import Charter, Cohort
from tests import factory

DATES = {"starts_on": "2099-01-05", "ends_on": "2099-05-01", "applications_close_on": "2099-01-04"}


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        client = sign_in(person)
        more = {} if method == "get" else {"content_type": "application/json"}
        response = getattr(client, method)(f"/api/v1/{path}", data, **more)
        return response.status_code, response.json()

    return call


def test_from_a_draft_to_the_archive(call, ada, olga, stream, mateo):
    what = {"name": "Spring", "stream": stream.key, **DATES}
    assert call(olga, "post", "cohorts/", what)[0] == 404
    status, made = call(ada, "post", "cohorts/", what)
    assert (status, made["slug"], made["timezone"], made["state"]) == (201, "spring", "Europe/Stockholm", "draft")
    assert [one["code"] for one in made["missing"] if one["must"]] == ["no_about"]
    assert call(ada, "post", "cohorts/spring/open/")[1]["code"] == "no_about"
    changed = call(ada, "patch", "cohorts/spring/", {"about": "Small and quiet.", "seats": 3})[1]
    assert (changed["seats"], [one for one in changed["missing"] if one["must"]]) == (3, [])
    assert call(ada, "post", "cohorts/spring/mentors/", {"person": mateo.handle, "capacity": 3})[1]["capacity"] == 3
    assert call(ada, "post", "cohorts/spring/mentors/", {"person": mateo.handle})[1]["code"] == "already_mentor"
    assert list(call(ada, "post", "cohorts/spring/mentors/", {"person": "nobody"})[1]) == ["person"]
    for verb, state in (("open", "open"), ("start", "running"), ("finish", "finished"), ("archive", "archived")):
        assert call(ada, "post", f"cohorts/spring/{verb}/")[1]["state"] == state
    assert call(ada, "post", "cohorts/spring/start/")[1]["code"] == "illegal_state"


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"timezone": "Mars/Olympus"}, 400, "timezone"),
        ({"slug": "new"}, 400, "slug"),
        ({"stream": "no-such"}, 400, "stream"),
        ({"seats": 0}, 400, "seats"),
        ({"ends_on": "2098-01-01"}, 409, "code"),
        ({"ends_on": "9999-12-31"}, 409, "code"),
    ],
)
def test_a_wrong_draft_is_not_made(call, ada, stream, change, status, said):
    answer, body = call(ada, "post", "cohorts/", {"name": "Spring", "stream": stream.key, **DATES} | change)
    assert (answer, said in body) == (status, True)
    assert not Cohort.objects.exists()


def test_a_change_that_began_from_other_values_is_refused(call, ada, cohort, other_cohort):
    address = f"cohorts/{cohort.slug}/"
    seen = call(ada, "get", f"{address}set-up/")[1]["seen"]
    assert call(ada, "patch", address, {"seats": 12, "seen": seen})[1]["seats"] == 12
    assert call(ada, "patch", address, {"seats": 13, "seen": seen})[1]["code"] == "changed_meanwhile"
    assert call(ada, "patch", address, {"seats": 1})[1]["code"] == "seats_taken"
    assert call(ada, "patch", address, {"slug": other_cohort.slug})[1]["code"] == "slug_taken"


def test_a_charter_is_written(call, ada, mateo, cohort):
    address = f"charters/{cohort.slug}/write/"
    assert call(mateo, "post", address, {"text": "We listen."})[0] == 404
    assert call(ada, "post", address, {"text": "We listen."})[1]["version"] == 1
    assert call(ada, "post", address, {"text": ""})[0] == 400
    assert Charter.of(cohort).text == "We listen."


def test_a_clone_is_looked_at_and_made(call, ada, mateo, cohort):
    factory.make_meeting(cohort, title="First")
    address, seat = f"cohorts/{cohort.slug}/clone/", cohort.memberships.mentors().get()
    day = str(cohort.starts_on + timedelta(weeks=52))
    plan = {"name": "Next", "first_day": day, "mentors": [seat.pk]}
    assert call(mateo, "get", address)[0] == 404
    seen = call(ada, "get", address, plan)[1]
    titles = {part["title"]: [line["what"] for line in part["lines"]] for part in seen["parts"]}
    assert (titles["Meetings"], titles["Mentors"]) == (["First"], [mateo.name])
    assert [one["id"] for one in seen["mentors_to_take"]] == [seat.pk]
    assert not Cohort.objects.filter(name="Next").exists()
    status, made = call(ada, "post", address, plan)
    assert (status, made["slug"], made["state"], made["starts_on"]) == (201, "next", "draft", day)
    assert Cohort.objects.get(slug="next").memberships.get().person == mateo
    assert call(ada, "post", address, plan | {"slug": "next"})[1]["code"] == "slug_taken"
    assert list(call(ada, "post", address, {"mentors": [1]})[1]) == ["mentors"]
    assert list(call(ada, "post", address, {"first_day": "9999-12-31"})[1]) == ["first_day"]
