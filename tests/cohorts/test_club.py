"""The reading club of a group: its papers, the next one, and of each reading only what its reader shows."""

import pytest
from django.db import IntegrityError, transaction

from mentorship.cohorts.models import ClubPaper
from mentorship.study.papers.identity import identify
from tests.cohorts.test_at_once import at_once
from tests.factory import make_cohort, make_membership, make_pair, make_person, make_reading


@pytest.fixture
def pair(cohort, amara, bela):
    made = make_pair(cohort, amara, bela)
    made.join(by=bela)
    return made


def test_a_paper_is_put_there_chosen_and_talked_about(sign_in, pair, amara, bela, olga):
    base, reading = f"{pair.get_absolute_url()}papers/", make_reading(amara, title="Attention")
    client = sign_in(amara)
    client.post(base, {"reading": reading.pk})
    sign_in(bela).post(base, {"paper": "https://arxiv.org/pdf/1706.03762"})  # the same one
    sign_in(bela).post(base, {"paper": "https://example.org/a.pdf", "title": "Another"})
    first, second = pair.papers.all()
    for row in (first, second):
        client.post(f"{base}{row.pk}/choose/")
    client.post(f"{base}{second.pk}/read/")
    assert [row.state for row in pair.papers.all()] == ["waiting", "read"]
    client.post(f"{base}{first.pk}/read/")  # was not the next one
    client.post(f"{base}{second.pk}/remove/")  # Béla's
    assert pair.papers.get(pk=first.pk).state == "waiting"
    assert pair.papers.count() == 2
    page = sign_in(bela).get(base).content.decode()
    assert page.index("Attention") < page.index("Another")
    assert sign_in(olga).get(base).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"paper": "nonsense"}, "Give an arXiv number"),
        ({}, "Choose one of your list"),
        ({"paper": "https://example.org/a.pdf"}, "say what the paper is called"),
        ({"reading": "999999"}, "valid choice"),
    ],
)
def test_bad_input_is_said(sign_in, pair, amara, sent, said):
    answer = sign_in(amara).post(f"{pair.get_absolute_url()}papers/", sent)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_only_what_somebody_shows_is_seen(sign_in, pair, amara, bela):
    reading = make_reading(amara)
    reading.move("first_pass")
    reading.note_pass(1, ticked=[], summary="No recurrence at all.", version=0)
    base, client, other = f"{pair.get_absolute_url()}papers/", sign_in(amara), sign_in(bela)
    client.post(base, {"reading": reading.pk})
    row = ClubPaper.objects.get()
    for said, sees in (("nothing", (0, 0)), ("pass", (1, 0)), ("summaries", (1, 1)), ("nothing", (0, 0))):
        client.post(f"{base}{row.pk}/share/", {"shares": said})
        page = other.get(base).content.decode()
        assert ("First pass" in page, "No recurrence" in page) == sees, said
    seen = client.put(f"/api/v1/groups/{pair.pk}/papers/{row.pk}/share/", {"shares": "pass"},
                      content_type="application/json").json()  # fmt: skip
    assert (seen[0]["mine"], seen[0]["people"][0]["summaries"]) == ("pass", [])


def test_the_api_has_the_same(sign_in, pair, amara, olga):
    base, client, post = f"/api/v1/groups/{pair.pk}/papers/", sign_in(amara), {"content_type": "application/json"}
    made = client.post(base, {"paper": "1706.03762", "title": "Attention"}, **post)
    row = made.json()[0]
    assert (made.status_code, row["title"], row["state"]) == (201, "Attention", "waiting")
    assert client.post(base, {"paper": "nonsense"}, **post).status_code == 400
    assert client.post(f"{base}{row['id']}/read/").status_code == 409
    assert client.post(f"{base}{row['id']}/choose/").json()[0]["state"] == "next"
    assert sign_in(olga).get(base).status_code == 404
    assert client.delete(f"{base}{row['id']}/").status_code == 204


@pytest.mark.parametrize("many", [1, 12])
def test_a_page_costs_the_same_however_many(sign_in, pair, amara, many, django_assert_max_num_queries):
    base, client, place = f"{pair.get_absolute_url()}papers/", sign_in(amara), pair.joined().first()
    for number in range(many):
        client.post(base, {"reading": make_reading(amara, f"1706.{number + 1:05}").pk})
    for row in pair.papers.all():
        row.share(place, summaries=True)
    with django_assert_max_num_queries(12):
        client.get(base)


@pytest.mark.django_db(transaction=True)
def test_one_is_next_whoever_chooses_at_once():
    amara, bela, cohort = make_person(), make_person(), make_cohort()
    for person in (amara, bela):
        make_membership(cohort, person)
    pair = make_pair(cohort, amara, bela)
    pair.join(by=bela)
    rows = [
        ClubPaper.put(pair, by=amara, identity=identify(key), url=f"https://arxiv.org/abs/{key}")
        for key in ("1706.03762", "1512.03385", "1412.6980")
    ]
    assert (
        at_once(
            [lambda r=r: ClubPaper.objects.select_related("group__cohort").get(pk=r.pk).choose(by=bela) for r in rows]
        )
        == [None] * 3
    )
    assert ClubPaper.objects.filter(state="next").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ClubPaper.objects.update(state="next")
