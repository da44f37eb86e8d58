"""Partners by the API: the week of each by their own consent, goals, and one nudge a day."""

import pytest

from mentorship.cohorts.models import Nudge
from tests import factory


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        response = getattr(sign_in(person), method)(f"/api/v1/{path}", data, content_type="application/json")
        return response.status_code, response.json() if response.content else None

    return call


@pytest.fixture
def address(cohort, amara, bela):
    pair = factory.make_pair(cohort, amara, bela)
    pair.join(by=bela)
    return f"groups/{pair.pk}/"


def test_the_week_of_each_by_their_own_consent(call, amara, bela, mateo, ada, address):
    assert call(bela, "put", f"{address}goal/", {"text": "Chapter 5"})[1]["goal"] == "Chapter 5"
    assert call(bela, "put", f"{address}goal/", {"text": "x" * 201})[0] == 400
    seen = call(amara, "get", f"{address}week/")[1]
    assert (seen["partner"], seen["theirs"], len(seen["mine"]["days"])) == (bela.name, None, 7)
    assert call(bela, "post", f"{address}share-week/", {"shares": True})[1] == {"shares": True}
    assert call(amara, "get", f"{address}week/")[1]["theirs"]["goal"] == "Chapter 5"
    assert call(bela, "post", f"{address}share-week/", {"shares": False})[1] == {"shares": False}
    assert call(amara, "get", f"{address}week/")[1]["theirs"] is None
    assert [call(who, "get", f"{address}week/")[0] for who in (mateo, ada)] == [404, 404]


def test_one_nudge_a_day(call, amara, bela, mateo, address):
    assert list(call(amara, "post", f"{address}nudge/", {"words": 9})[1]) == ["words"]
    assert call(mateo, "post", f"{address}nudge/", {"words": 1})[0] == 404
    assert call(amara, "post", f"{address}nudge/", {"words": 1})[0] == 204
    assert call(amara, "get", f"{address}week/")[1]["nudged"]
    assert call(amara, "post", f"{address}nudge/", {"words": 2})[1]["code"] == "today_already"
    assert Nudge.objects.get().receiver == bela
