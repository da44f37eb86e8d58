"""One address revoked by several at once, and while a new one is made: each ends once, and one at most is open."""

import pytest

from mentorship.cohorts.models import Feed
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests import factory
from tests.cohorts.test_at_once import at_once, codes

pytestmark = pytest.mark.django_db(transaction=True)


def test_revoked_by_four_and_made_anew_at_once():
    ada, amara = factory.make_person(groups=["admins"]), factory.make_person()
    row, _secret = Feed.make(by=amara)
    copies = [Feed.objects.get(pk=row.pk) for _ in range(4)]
    ends = [lambda copy=copy: copy.end(by=ada) for copy in copies]
    said = codes(at_once([*ends, lambda: Feed.make(by=amara)]))
    # The new one replaces what nobody has revoked yet; either way the old one ended once.
    assert said in (["done"] * 2 + ["revoked_already"] * 3, ["done"] + ["revoked_already"] * 4)
    ended = said.count("done") - 1
    assert Event.objects.filter(verb="revoke_feed").count() == ended
    assert Notification.objects.filter(kind="feed_revoked").count() == ended
    assert Feed.objects.open().count() == 1
