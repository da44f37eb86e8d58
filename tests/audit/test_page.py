"""The audit is searched by person, verb, subject, cohort and time, and read a page at a time, by keys."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from mentorship.home.audit import reading
from mentorship.home.audit.reading import Wanted, find, key_of
from mentorship.people import events
from mentorship.people.models import Event
from tests import factory

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def history(ada, emre, olga, cohort):
    """Three things that Ada did, one that Emre did, one that the program did."""
    events.record(actor=ada, verb="made_admin", subject=olga, at=NOON)
    events.record(actor=ada, verb="start", subject=cohort, at=NOON + timedelta(days=1))
    events.record(actor=ada, verb="edit", subject=cohort, detail={"seats": ["9", "12"]}, at=NOON + timedelta(days=2))
    events.record(actor=emre, verb="changed_profile", subject=emre, at=NOON + timedelta(days=3))
    events.record(actor=None, verb="finish", subject=cohort, at=NOON + timedelta(days=4))


def whats(answer):
    return [row["what"] for row in answer.context["rows"]]


def test_sentences_newest_first(sign_in, ada, history):
    answer = sign_in(ada).get("/audit/")
    assert whats(answer) == [
        "finished the cohort", "changed the profile", "changed the set-up of the cohort", "started the cohort",
        "made Olga Ivanova an admin",
    ]  # fmt: skip
    assert answer.context["rows"][0]["actor"] == "The program"
    assert "seats: 9 → 12" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("person=ada-lindqvist", 3), ("person=ADA-lindqvist@example.org", 3), ("person=olga-ivanova&part=to", 1),
        ("person=olga-ivanova&part=did", 0), ("person=olga-ivanova", 1), ("verb=edit", 1),
        ("subject=cohorts.cohort", 3), ("since=2026-03-04", 3), ("until=2026-03-03", 2),
        ("since=2026-03-03&until=2026-03-03", 1),
        ("person=ada-lindqvist&verb=start", 1),
    ],
)  # fmt: skip
def test_each_way_of_searching(sign_in, ada, history, query, found):
    assert len(sign_in(ada).get(f"/audit/?{query}").context["rows"]) == found


def test_by_cohort_and_by_number(sign_in, ada, cohort, history):
    client = sign_in(ada)
    assert len(client.get(f"/audit/?cohort={cohort.slug}").context["rows"]) == 3
    assert len(client.get(f"/audit/?subject=cohorts.cohort&number={cohort.pk}").context["rows"]) == 3
    assert "Nothing found" in client.get("/audit/?subject=blog.post").content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("person=nobody-here", "person"), ("verb=%00", "verb"), ("verb=what", "verb"), ("cohort=none", "cohort"),
        ("number=3", "number"), ("since=2026-02-30", "since"), ("since=2026-03-04&until=2026-03-01", "until"),
        ("since=0001-01-01", "since"), ("number=99999999999999999999&subject=blog.post", "number"),
    ],
)  # fmt: skip
def test_bad_searches_are_said_at_the_field(sign_in, ada, history, query, field):
    answer = sign_in(ada).get(f"/audit/?{query}")
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    "key", ["", "x", "20260302T120000000000.", "20260302T120000000000.9" + "9" * 30, "\0.1", "².³"]
)
def test_a_key_that_is_none_is_the_newest_page(sign_in, ada, history, key):
    assert len(sign_in(ada).get("/audit/", {"before": key, "after": key}).context["rows"]) == 5


def test_pages_by_keys_lose_and_repeat_nothing(ada, olga, emre):
    for number in range(25):
        actor, subject = (ada, olga) if number % 2 else (emre, ada)
        events.record(actor=actor, verb="read", subject=subject, at=NOON + timedelta(seconds=number // 3))
    every = [event.pk for event in Event.objects.order_by("-at", "-pk")]
    for wanted in (Wanted(), Wanted(person=ada)):
        seen, before, firsts = [], "", []
        while True:
            found = find(wanted, before, size=4)
            seen += [row.pk for row in found.rows]
            firsts.append(found)
            before = found.older
            if not before:
                break
        assert seen == every
        back = find(wanted, after=key_of(firsts[2].rows[0]), size=4)
        assert [row.pk for row in back.rows] == [row.pk for row in firsts[1].rows]
        assert not find(wanted, after=key_of(firsts[1].rows[0]), size=4).newer


@pytest.mark.parametrize("wanted", ["Wanted()", "Wanted(person=ada)", "Wanted(verb='edit')", "Wanted(cohort=1)"])
def test_each_search_walks_an_index(ada, wanted):
    rows = eval(wanted).rows()  # noqa: S307 - one of four of ours
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        for one in rows:
            plan = one.filter(reading.Q(at__lte=NOON)).order_by("-at", "-pk")[:51].explain()
            assert "Seq Scan on people_event" not in plan


def test_the_page_costs_the_same_however_much_there_is(sign_in, ada, cohort, django_assert_max_num_queries):
    for _ in range(60):
        events.record(actor=ada, verb="edit", subject=cohort)
    client = sign_in(ada)
    client.get("/audit/")
    with django_assert_max_num_queries(7):
        assert len(client.get("/audit/").context["rows"]) == 50


def test_the_file_holds_the_search_and_no_formula(sign_in, ada, olga, history):
    factory.make_person("=HYPERLINK(1)", handle="hyper")
    events.record(actor=ada, verb="edit", subject=olga, detail={"a": "=1"})
    answer = sign_in(ada).post("/audit/export/?verb=edit")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row["verb"] for row in rows] == ["edit", "edit"]
    assert rows[0]["detail"] == '{"a": "=1"}'
    assert Event.objects.get(verb="exported_audit").detail == {"search": "?verb=edit"}


def test_only_admins_and_only_by_post(sign_in, ada, emre, mateo):
    for person in (emre, mateo):
        client = sign_in(person)
        assert client.get("/audit/").status_code == client.post("/audit/export/").status_code == 404
        assert "/audit/" not in client.get("/home/").content.decode()
    assert sign_in(ada).get("/audit/export/").status_code == 405
    assert 'href="/audit/"' in sign_in(ada).get("/home/").content.decode()


def test_the_api_tells_admins_the_same(sign_in, ada, olga, history):
    answer = sign_in(ada).get("/api/v1/events/?actor=ada-lindqvist&verb=edit").json()
    assert [row["what"] for row in answer["results"]] == ["changed the set-up of the cohort"]
    assert sign_in(olga).get("/api/v1/events/").status_code == 404
    assert sign_in(ada).get("/api/v1/events/?cohort=abc").json()["results"] == []
