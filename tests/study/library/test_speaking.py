"""What members write beside resources and suggest for the library, and what its keepers do about it."""

import pytest

from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.study.library.models import Annotation, Resource
from tests.cohorts.test_at_once import at_once, codes
from tests.study.library.shelf import make_resource

pytestmark = pytest.mark.django_db
SAID = {"kind": "book", "topic": "data", "level": 1, "cost": "free", "about": "It helped."}


def told(person, kind: str) -> int:
    return Notification.objects.filter(person=person, kind=kind).count()


def test_members_read_each_other_and_nobody_else_does(sign_in, amara, bela, olga, cohort):
    row = make_resource()
    base = row.get_absolute_url()
    sign_in(amara).post(f"{base}annotate/", {"text": "Begin with **chapter 3**."})
    assert "<strong>chapter 3</strong>" in sign_in(bela).get(base).content.decode()
    for other in (olga, None):
        assert "chapter 3" not in sign_in(other).get(base).content.decode()
    assert sign_in(olga).post(f"{base}annotate/", {"text": "Buy here"}).status_code == 404


def test_empty_or_too_long_is_said_at_the_field(sign_in, amara, cohort):
    base = make_resource().get_absolute_url()
    for text in (" ", "x" * 5_001):
        answer = sign_in(amara).post(f"{base}annotate/", {"text": text})
        assert answer.status_code == 422
        assert answer.context["form"].errors["text"]
    assert not Annotation.objects.exists()


def test_two_windows_never_overwrite_each_other(sign_in, amara, cohort):
    note, client = Annotation.write(make_resource(), by=amara, text="First"), sign_in(amara)
    here = f"/study/library/annotations/{note.pk}/"
    assert client.post(here, {"text": "Second", "version": 1}).status_code == 302
    answer = client.post(here, {"text": "Mine", "version": 1})
    assert (answer.status_code, "Second" in answer.content.decode()) == (409, True)
    client.post(f"{here}remove/")
    assert not Annotation.objects.exists()


def test_reported_hidden_with_a_reason_and_shown_again(sign_in, amara, bela, ada, cohort):
    row = make_resource()
    note = Annotation.write(row, by=amara, text="Buy here")
    here, base = f"/study/library/annotations/{note.pk}/", row.get_absolute_url()
    for _ in range(2):
        sign_in(bela).post(f"{here}report/")
    assert told(ada, "annotation_reported") == 1
    assert "Buy here" in sign_in(ada).get("/study/library/reported/").content.decode()
    assert sign_in(ada).post(f"{here}hide/", {"reason": " "}).status_code == 422
    sign_in(ada).post(f"{here}hide/", {"reason": "An advertisement"})
    assert told(amara, "annotation_hidden") == 1
    assert "Buy here" not in sign_in(bela).get(base).content.decode()
    assert "An advertisement" in sign_in(amara).get(base).content.decode()
    sign_in(ada).post(f"{here}show/")
    assert "Buy here" in sign_in(bela).get(base).content.decode()


def test_suggested_accepted_and_then_for_all(sign_in, amara, ada, cohort):
    answer = sign_in(amara).post("/study/library/suggest/", SAID | {"url": "https://new.test/a", "title": "New"})
    base = answer.url
    assert sign_in(None).get(base).status_code == 404
    assert told(ada, "resource_suggested") == 1
    sign_in(ada).post(f"{base}accept/")
    row = Resource.objects.get()
    assert (row.state, row.link.url, told(amara, "resource_decided")) == ("listed", "https://new.test/a", 1)
    assert "New" in sign_in(None).get("/study/library/").content.decode()
    with pytest.raises(Refused) as refusal:
        row.refuse(by=ada, reason="No")
    assert refusal.value.code == "decided"


def test_refused_it_says_why_and_can_be_suggested_again(sign_in, amara, ada, cohort):
    row = Resource.suggest(by=amara, url="https://new.test/a", title="New", **SAID)
    base = row.get_absolute_url()
    assert sign_in(ada).post(f"{base}refuse/", {"reason": ""}).status_code == 422
    sign_in(ada).post(f"{base}refuse/", {"reason": "An advertisement"})
    assert "An advertisement" in sign_in(amara).get(base).content.decode()
    Resource.suggest(by=amara, url="https://new.test/a", title="New", **SAID)


@pytest.mark.parametrize("url", ["http://www.known.test/book/?utm_source=x#2", "https://was.test/book"])
def test_what_is_there_under_another_spelling_is_not_suggested(sign_in, amara, cohort, url):
    make_resource(url="https://known.test/book", was=["was.test/book"], title="Known")
    answer = sign_in(amara).post("/study/library/suggest/", SAID | {"url": url, "title": "Again"})
    assert answer.status_code == 409
    assert "in the library already: Known" in answer.content.decode()
    assert 'value="Again"' in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_address_suggested_by_many_at_once_waits_once(amara, bela, mateo, cohort):
    calls = [
        lambda by=by: Resource.suggest(by=by, url="https://new.test/a", title="New", **SAID)
        for by in (amara, bela, mateo) * 2
    ]
    assert codes(at_once(calls)) == ["done"] + ["waiting"] * 5
    assert Resource.objects.count() == 1
