"""Mentors recommend to their mentees and to the cohorts they mentor in; each is told once."""

import pytest

from mentorship.notifications.models import Notification
from mentorship.study.library.models import Recommendation
from tests.study.library.shelf import make_resource

pytestmark = pytest.mark.django_db


def told(person) -> int:
    return Notification.objects.filter(person=person, kind="resource_recommended").count()


def test_to_a_mentee_told_once(sign_in, amara, bela, mateo, cohort):
    row = make_resource()
    here, client = f"{row.get_absolute_url()}recommend/", sign_in(mateo)
    for _ in range(2):
        client.post(here, {"people": [amara.handle], "note": "Chapter 2"})
    assert (told(amara), Recommendation.objects.count()) == (1, 1)
    assert "Chapter 2" in sign_in(amara).get("/study/library/mine/").content.decode()
    assert client.post(here, {"people": [bela.handle]}).status_code == 422  # nobody mentors him yet
    assert client.post(here, {}).status_code == 422


def test_to_a_cohort_tells_who_was_not_told(sign_in, amara, bela, mateo, noor, cohort, other_cohort):
    row = make_resource()
    here = f"{row.get_absolute_url()}recommend/"
    sign_in(mateo).post(here, {"people": [amara.handle]})
    sign_in(mateo).post(here, {"cohort": cohort.slug})
    assert (told(amara), told(bela)) == (1, 1)
    assert sign_in(noor).post(here, {"cohort": cohort.slug}).status_code == 422


def test_mentees_recommend_nothing(sign_in, amara, bela, cohort):
    row = make_resource()
    assert sign_in(amara).post(f"{row.get_absolute_url()}recommend/", {"people": [bela.handle]}).status_code == 404
    sent = {"resource": row.key, "people": [bela.handle]}
    assert sign_in(amara).post("/api/v1/recommendations/", sent, content_type="application/json").status_code == 404
