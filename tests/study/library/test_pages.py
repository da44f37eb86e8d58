"""The library's pages: open to read, filtered, one's own list and stars."""

import pytest

from mentorship.common.errors import Refused
from mentorship.study.library.models import ListEntry, Rating, Resource
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import make_membership, make_person
from tests.study.library.shelf import make_resource, make_roadmap

pytestmark = pytest.mark.django_db
HERE = "/study/library/"


def test_anybody_reads_it_and_finds_by_words_and_choices(client):
    trees = make_resource(title="Growing trees", about="Forests by hand")
    nets = make_resource(title="Nets", topic="deep-learning", kind="video", level=3, cost="paid")
    source = nets.sources.get()

    def titles(query: str) -> set[str]:
        page = client.get(f"{HERE}?{query}")
        assert page.status_code == 200
        return {row["title"] for row in page.context["rows"]}

    assert titles("") == {"Growing trees", "Nets"}
    assert titles("q=tree") == titles("q=forests&topic=classical") == {"Growing trees"}
    for query in ("topic=deep-learning", "kind=video", "level=3", "cost=paid", f"source={source.key}", "q=nets"):
        assert titles(query) == {"Nets"}
    assert titles("q=%27%22%3A*&sort=match") == titles("q=nothing") == set()
    assert list(Resource.objects.matching("forest")) == [trees]


def test_a_choice_that_is_none_is_said(client):
    page = client.get(f"{HERE}?topic=astrology&q=x\x00")
    assert page.status_code == 400
    assert "astrology is not one of the available choices" in page.content.decode()


def test_sorted_by_rating_and_by_title(client, mateo, cohort):
    for title, stars in (("B", 5), ("C", 3), ("A", 0)):
        Rating.give(make_resource(title=title), by=mateo, stars=stars)
    assert [row["title"] for row in client.get(f"{HERE}?sort=rating").context["rows"]] == ["B", "C", "A"]
    assert [row["title"] for row in client.get(f"{HERE}?sort=title").context["rows"]] == ["A", "B", "C"]


def test_queries_do_not_grow(sign_in, amara, cohort, django_assert_max_num_queries):
    rows = [make_resource() for _ in range(3)]
    make_roadmap(*rows).follow(by=amara)
    client = sign_in(amara)
    for path in ("", "mine/", "roadmaps/", f"resources/{rows[0].key}/"):
        for row in rows:
            ListEntry.put(row, by=amara)
        with django_assert_max_num_queries(12):
            assert client.get(f"{HERE}{path}").status_code == 200


def test_on_ones_list_and_off_it(sign_in, amara, bela):
    row, client = make_resource(), sign_in(amara)
    base = row.get_absolute_url()
    client.post(f"{base}keep/", {"state": "to_read"})
    client.post(f"{base}keep/", {"state": "reading"})
    assert ListEntry.objects.get().state == "reading"
    assert row.title in client.get(f"{HERE}mine/?state=reading").content.decode()
    assert row.title not in client.get(f"{HERE}mine/?state=done").content.decode()
    assert row.title not in sign_in(bela).get(f"{HERE}mine/").content.decode()
    client.post(f"{base}keep/", {"state": "eaten"})
    client.post(f"{base}keep/", {"off": "1"})
    assert not ListEntry.objects.exists()


def test_rated_once_each_changed_and_taken_back(sign_in, amara, bela, olga, cohort):
    row = make_resource()
    base = row.get_absolute_url()
    sign_in(amara).post(f"{base}rate/", {"stars": "5"})
    sign_in(amara).post(f"{base}rate/", {"stars": "4"})
    sign_in(bela).post(f"{base}rate/", {"stars": "3"})
    assert "3.5 of 5, 2 ratings" in sign_in(None).get(base).content.decode()
    sign_in(bela).post(f"{base}rate/", {"stars": "0"})
    for person, stars in ((olga, "1"), (amara, "6"), (amara, "x")):
        sign_in(person).post(f"{base}rate/", {"stars": stars})
    row.refresh_from_db()
    assert (row.rating_sum, row.rating_count) == (4, 1)


@pytest.mark.django_db(transaction=True)
def test_ratings_at_once_are_all_counted():
    from tests.factory import make_cohort

    row, cohort = make_resource(), make_cohort()
    people = [make_person() for _ in range(3)]
    for person in people:
        make_membership(cohort, person)
    calls = [lambda person=person: Rating.give(row, by=person, stars=4) for person in people * 2]
    assert codes(at_once(calls)) == ["done"] * 6
    row.refresh_from_db()
    assert (row.rating_sum, row.rating_count, Rating.objects.count()) == (12, 3, 3)


def test_a_resource_that_left_the_library_is_kept_and_not_rated(sign_in, amara, cohort):
    row = make_resource()
    ListEntry.put(row, by=amara)
    Resource.objects.update(retired_at="2026-01-01T00:00Z")
    assert "has left the library" in sign_in(amara).get(row.get_absolute_url()).content.decode()
    with pytest.raises(Refused) as refusal:
        Rating.give(row, by=amara, stars=3)
    assert refusal.value.code == "not_listed"
