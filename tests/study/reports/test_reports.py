"""'This link is broken', 'this is unclear': said once, settled for all who said it, each told once."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.models import Listing
from mentorship.common.errors import Refused
from mentorship.home.beside_item import beside
from mentorship.notifications.models import Notification
from mentorship.study.models import ItemReport
from tests import factory
from tests.cohorts.test_at_once import at_once, codes


@pytest.fixture
def item(stream):
    return stream.items.get(key__endswith="intro")


def refused(verb, **said):
    with pytest.raises(Refused) as refusal:
        verb(**said)
    return refusal.value.code


def told(person):
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_admins_are_told_of_the_first_one_and_who_said_it_of_its_end(amara, bela, ada, item):
    first = ItemReport.make(by=amara, item=item, kind="broken")
    ItemReport.make(by=bela, item=item, kind="broken", text="404")
    assert told(ada) == ["item_reported"]
    ItemReport.make(by=amara, item=item, kind="unclear", text="Which fold?")
    assert told(ada) == ["item_reported"] * 2
    assert first.settle(by=ada, answer="Mended.") == 2
    assert (told(amara), told(bela)) == (["item_report_settled"], ["item_report_settled"])
    assert (first.state, ItemReport.objects.open().get().kind) == ("settled", "unclear")
    assert refused(first.settle, by=ada) == "settled"
    ItemReport.make(by=amara, item=item, kind="broken")


def test_what_is_refused(amara, item):
    row = ItemReport.make(by=amara, item=item, kind="broken")
    assert refused(ItemReport.make, by=amara, item=item, kind="broken") == "reported_already"
    assert refused(ItemReport.make, by=amara, item=item, kind="unclear") == "text_missing"
    assert refused(row.settle, by=amara) == "not_yours"
    for wrong in ({"kind": "ugly"}, {"kind": "broken"}, {"kind": "unclear", "state": "settled"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ItemReport.objects.create(item=item, person=amara, **wrong)


def test_from_an_items_page_to_the_admins_page(sign_in, amara, bela, ada, item):
    client, page = sign_in(amara), item.get_absolute_url()
    item.url = "https://example.org/"
    item.save()
    assert "This link is broken" in client.get(page).text
    assert client.post("/study/reports/make/", {"item": item.key, "kind": "broken", "next": page}).url == page
    assert "You said: this link is broken" in client.get(page).text
    assert client.post("/study/reports/make/", {"item": item.key, "kind": "no", "next": page}).url == page
    assert ItemReport.objects.count() == 1
    row = ItemReport.objects.get()
    assert "Amara Okafor" in sign_in(ada).get("/study/reports/").text
    assert item.title in client.get("/study/reports/").text
    assert item.title not in sign_in(bela).get("/study/reports/").text
    assert client.post(f"/study/reports/{row.pk}/settle/").status_code == 404
    sign_in(ada).post(f"/study/reports/{row.pk}/settle/", {"answer": "Mended."})
    assert "Mended." in client.get("/study/reports/?state=settled").text


def test_in_the_api(sign_in, amara, bela, ada, item):
    client, json = sign_in(amara), "application/json"
    said = {"item": item.key, "kind": "unclear", "text": "Which fold?"}
    made = client.post("/api/v1/item-reports/", said, content_type=json)
    assert (made.status_code, made.json()["state"]) == (201, "open")
    assert client.post("/api/v1/item-reports/", said, content_type=json).json()["code"] == "reported_already"
    address = f"/api/v1/item-reports/{made.json()['id']}/"
    assert [sign_in(who).get(address).status_code for who in (amara, bela, ada)] == [200, 404, 200]
    assert client.post(f"{address}settle/").status_code == 404
    assert sign_in(ada).post(f"{address}settle/", {"answer": "So."}, content_type=json).json()["state"] == "settled"
    assert client.get("/api/v1/item-reports/?state=open").json()["results"] == []


def test_an_item_shows_ones_own_time_and_fellows_who_want_to_be_found(sign_in, amara, bela, noor, cohort, item):
    factory.make_study_entry(amara, item=item, minutes=75)
    factory.make_study_entry(bela, item=item)
    for person in (amara, bela, noor):
        item.mark(by=person, state="in_progress")
    assert (beside(item, amara).time, beside(item, amara).fellows) == ("1 h 15 min", [])
    seat = cohort.memberships.get(person=bela)
    Listing.show(seat, by=bela, listed=True)
    assert [fellow["name"] for fellow in beside(item, amara).fellows] == ["Béla Kovács"]
    page = sign_in(amara).get(item.get_absolute_url()).text
    assert "1 h 15 min" in page
    assert "Béla Kovács" in page
    assert beside(item, noor).fellows == []
    item.mark(by=bela, state="done")
    assert beside(item, amara).fellows == []


@pytest.mark.django_db(transaction=True)
def test_settled_twice_at_once_each_is_told_once():
    ada, person = factory.make_person(groups=["admins"]), factory.make_person()
    item = factory.make_stream().items.first()
    assert codes(at_once([lambda: ItemReport.make(by=person, item=item, kind="broken")] * 3)) == [
        "done", "reported_already", "reported_already",
    ]  # fmt: skip
    copies = [ItemReport.objects.get() for _ in range(3)]
    found = at_once([lambda copy=copy: copy.settle(by=ada) for copy in copies])
    assert codes(found) == ["done", "settled", "settled"]
    assert told(person) == ["item_report_settled"]
