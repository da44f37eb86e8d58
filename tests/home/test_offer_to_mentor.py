"""A graduate offers to mentor the stream below: by page and API, once, and admins are told."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.models import Outcome
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory


@pytest.fixture
def outcome(amara, ada):
    """Of a stream that has one below it."""
    cohort = factory.make_cohort(stream=factory.make_stream(number=2))
    return factory.make_outcome(factory.make_membership(cohort, amara), ada)


def test_offered_once_however_often_and_taken_back(outcome, amara, ada):
    for _ in range(2):
        outcome.offer(by=amara)
    assert Notification.objects.filter(person=ada, kind="offered_to_mentor").count() == 1
    assert Outcome.objects.get().offered_at
    outcome.offer(by=amara, offers=False)
    assert Outcome.objects.get().offered_at is None


def test_only_by_the_graduate_and_only_where_there_is_a_stream_below(outcome, bela, ada):
    with pytest.raises(Refused):
        outcome.offer(by=bela)
    lowest = factory.make_cohort(stream=factory.make_stream(number=1))
    own = factory.make_outcome(factory.make_membership(lowest, bela), ada)
    with pytest.raises(Refused) as refused:
        own.offer(by=bela)
    assert refused.value.code == "no_stream_below"
    wrong = {"result": "unfinished", "code": None, "exception": "", "offered_at": own.decided_at}
    with pytest.raises(IntegrityError, match="outcome_graduates_offer"), transaction.atomic():
        Outcome.objects.filter(pk=own.pk).update(**wrong)


def test_by_page_and_by_api(outcome, amara, bela, sign_in):
    factory.make_stream(number=1)
    client, address = sign_in(amara), outcome.get_absolute_url()
    assert "Offer to mentor" in client.get(address).text
    assert client.post(f"{address}offer/").status_code == 302
    assert "You offered to mentor" in client.get(address).text
    api = f"/api/v1{address}offer/"
    assert client.post(api, {"offers": False}, content_type="application/json").status_code == 204
    assert Outcome.objects.get().offered_at is None
    assert sign_in(bela).post(api).status_code == 404
