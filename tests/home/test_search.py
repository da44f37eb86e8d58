"""Search: everything that one may see, nothing else, whatever is typed."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from blog.models import Coauthor
from mentorship.cohorts.models import CohortQuestion
from mentorship.home.search.finding import LABELS, find
from mentorship.study.models import Note
from tests import factory
from tests.access.world import make_world

WORD = "zebra"  # stands in no row but those that a test puts it into


def keys(person, asked=WORD):
    return {(hit.kind, hit.url) for hit in find(person, asked).hits}


@pytest.fixture
def spread(db):
    """The world of the access table with one word in every row that search reads."""
    world = make_world()
    with connection.cursor() as cursor:
        for table, column in (
            ("streams_item", "title"), ("projects_project", "title"), ("projects_submission", "title"),
            ("cohorts_cohort", "name"), ("people_user", "name"), ("study_note", "text"), ("blog_post", "title"),
            ("cohorts_cohortquestion", "title"), ("study_reading", "title"), ("study_resource", "title"),
        ):  # fmt: skip
            # Two of them together: what has one word is found by it, wherever it stands.
            cursor.execute(f"UPDATE {table} SET {column} = '{WORD} ' || left({column}, 80)")  # noqa: S608
    return world


def test_what_is_found_can_be_opened(spread, sign_in):
    closed, opened = {}, 0
    for role, person in spread.people.items():
        client, person = sign_in(person), person or AnonymousUser()
        urls = {url for kind in find(person, WORD).groups for _, url in found_alone(person, kind[0])}
        assert urls, role
        for url in urls:
            opened += 1
            if (status := client.get(url).status_code) != 200:
                closed[role, url] = status
    assert closed == {}
    assert opened > 100


def found_alone(person, kind):
    return {(hit.kind, hit.url) for hit in find(person, WORD, kind).hits}


def test_each_finds_their_own_and_what_is_everybodys(spread):
    mentee, outsider, admin = (spread.people[role] for role in ("mentee", "outsider", "admin"))
    kinds = {kind for kind, _ in keys(mentee)}
    assert kinds == set(LABELS) - {"interviews", "shared"}
    assert {kind for kind, _ in keys(outsider)} == {
        "items", "projects", "posts", "resources", "cohorts", "people"
    }  # fmt: skip
    assert ("notes", f"/study/notes/{spread.note.pk}/") in keys(mentee)
    assert "notes" not in {kind for kind, _ in keys(admin)}
    assert find(spread.people["other_mentor"], WORD, "notes").hits == []


def test_work_is_found_by_what_was_written_to_it_and_questions_by_their_answers(cohort, amara, mateo, bela):
    mentee = cohort.memberships.get(person=amara)
    work = factory.make_submission(mentee, write_up="Of okapis and tapirs")
    assert keys(amara, "tapir") == {("submissions", work.get_absolute_url())} == keys(mateo, "tapir")
    assert keys(bela, "tapir") == set()
    question = CohortQuestion.ask(cohort, by=amara, title="Which model?", text="For tables.")
    question.answer(by=bela, text="An axolotl, of course.")
    assert keys(bela, "axolotl") == {("questions", question.get_absolute_url())}


def test_what_is_shared_is_found_by_who_may_read_it(cohort, amara, bela, mateo, olga):
    note = Note.write(by=amara, text="On wombats")
    assert keys(bela, "wombat") == keys(mateo, "wombat") == set()
    note.share("cohort")
    assert keys(bela, "wombat") == {("shared", f"/study/notes/shared/{note.pk}/")}
    assert keys(olga, "wombat") == set()
    assert {kind for kind, _ in keys(amara, "wombat")} == {"notes"}


def test_people_are_found_by_the_first_letters_of_their_names(amara, bela, olga):
    assert keys(olga, "ama oka") == {("people", f"/people/{amara.handle}/")}
    assert keys(olga, "Bél") == {("people", f"/people/{bela.handle}/")}
    amara.visibility = "private"
    amara.save()
    assert keys(olga, "amara") == set()
    assert keys(amara, "amara") != set()


def test_what_is_written_is_shown_and_never_run(sign_in, amara):
    Note.write(by=amara, text="<script>alert(1)</script> about narwhals < whales & \x02tusks\x03")
    page = sign_in(amara).get("/search/", {"q": "narwhal"}).text
    assert "<script>alert" not in page
    assert "<mark>narwhals</mark> &lt; whales &amp;" in page


def test_a_draft_with_another_is_found_by_both(amara, bela, olga, cohort):
    post = factory.make_post(amara, title="Of quokkas")
    Coauthor.ask(post, by=amara, handle=bela.handle).agree(by=bela)
    assert keys(amara, "quokka") == keys(bela, "quokka") == {("drafts", f"/blog/{post.pk}/edit/")}
    assert keys(olga, "quokka") == set()


BAD = ["", "   ", "the of and", "& | ! ( ) : * <->", "'", '"', "\\", "a" * 10_000, "x\x00y", "\x00", "-", "%", "𝕏 🦓"]


@pytest.mark.parametrize("asked", BAD)
def test_whatever_is_typed_has_an_answer(amara, sign_in, asked):
    client = sign_in(amara)
    page = client.get("/search/", {"q": asked})
    assert page.status_code == 200
    assert client.get("/api/v1/search/", {"q": asked.replace("\x00", "")}).status_code == 200
    if asked == "the of and":
        assert "Too common to look for" in page.text
    if len(asked) > 200:
        assert "first 200 characters" in page.text


def test_the_api_finds_the_same(amara, cohort, sign_in):
    note = Note.write(by=amara, text="On pangolins")
    client = sign_in(amara)
    found = client.get("/api/v1/search/", {"q": "pangolin"}).json()["hits"]
    assert [(row["kind"], row["url"], row["passage"]) for row in found] == [
        ("notes", note.get_absolute_url(), "On pangolins")
    ]
    assert client.get("/api/v1/search/", {"q": "pangolin", "kind": "people"}).json()["hits"] == []
    assert client.get("/api/v1/search/", {"q": "x", "kind": "secrets"}).status_code == 400


def test_a_page_asks_little_however_much_there_is(spread, sign_in, django_assert_max_num_queries):
    for _ in range(20):
        Note.write(by=spread.people["mentor"], text=f"A {WORD} more")
    client = sign_in(spread.people["mentor"])
    client.get("/search/")  # a session notes its first visit
    with django_assert_max_num_queries(6):
        page = client.get("/search/", {"q": WORD})
    assert "More in notes" in page.text
    assert len(client.get("/search/", {"q": WORD, "kind": "notes"}).context["result"].hits) == 20
