"""The board: one's own posts by state with their moves, the pitch, and a cohort's way to its first posts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.board import board_of
from blog.goal import goal_of
from blog.goals import goals_of
from blog.ideas import seen
from blog.models import Coauthor, Post
from blog.posts import posts_published_by
from blog.reminders import due
from tests.factory import make_coauthor, make_post


def columns(person):
    return {
        column.state: [(row["title"], [label for _, label in row["moves"]]) for row in column.rows]
        for column in board_of(person, timezone.now())
    }


def test_each_state_has_its_column_and_its_moves(amara, bela, cohort, emre):
    make_post(amara, title="I", state="idea")
    make_post(amara, title="D", words=3)
    make_post(amara, title="Empty", words=0)
    make_post(amara, title="E", state="in_editing")
    make_post(amara, title="R", state="ready", editor=emre)
    make_post(amara, title="P", state="published")
    make_coauthor(make_post(bela, title="Together", words=3), amara)
    assert columns(amara) == {
        "idea": [("I", ["Begin to write"])],
        "draft": [("Together", []), ("Empty", []), ("D", ["Ask for editing"])],
        "in_editing": [("E", [])],
        "ready": [("R", ["Edit again"])],
        "scheduled": [],
        "published": [("P", [])],
    }


@pytest.mark.parametrize("many", [1, 8])
def test_the_page_costs_the_same_with_many_posts(sign_in, amara, bela, cohort, many, django_assert_max_num_queries):
    for number in range(many):
        make_post(amara, state="idea", title=f"Idea {number}")
        make_coauthor(make_post(bela), amara)
        Coauthor.ask(make_post(bela), by=bela, handle=amara.handle)
    client = sign_in(amara)
    client.get("/blog/mine/")  # the session notes once that it is used
    with django_assert_max_num_queries(12):
        page = client.get("/blog/board/").content.decode()
    assert "Béla Kovács asks you to be co-author" in page
    assert "weeks left" in page


def test_an_idea_by_hand_with_its_pitch(sign_in, amara):
    client = sign_in(amara)
    form = client.get("/blog/ideas/new/").content.decode()
    assert "For whom is it?" in form
    assert client.post("/blog/ideas/new/", {"title": " ", "tried": "Kept"}).status_code == 422
    client.post("/blog/ideas/new/", {"title": "Why trees?", "for_whom": "Beginners"})
    post = Post.objects.get()
    assert (post.state, post.origin, "Beginners" in post.pitch) == ("idea", "hand", True)
    address = f"/blog/{post.pk}/pitch/"
    sent = {"for_whom": "Everyone", "saw": seen(post.pitch)}
    assert client.post(address, sent).url == post.desk_url
    lost = client.post(address, {"for_whom": "Nobody", "saw": seen(post.pitch)})
    assert (lost.status_code, "Everyone" in lost.content.decode(), "Nobody" in lost.content.decode()) == (
        409,
        True,
        True,
    )
    assert "Everyone" in client.get(post.desk_url).content.decode()


def test_the_api_has_the_same_pitch(sign_in, amara):
    client = sign_in(amara)
    made = client.post(
        "/api/v1/pitches/", {"title": "Why?", "tried": "A forest"}, content_type="application/json"
    ).json()
    assert (made["state"], made["answers"]["tried"]) == ("idea", "A forest")
    address = f"/api/v1/pitches/{made['id']}/"
    sent = {"missing": "A picture", "saw": made["seen"]}
    found = client.patch(address, sent, content_type="application/json").json()
    assert (found["answers"]["tried"], found["answers"]["missing"]) == ("A forest", "A picture")
    assert client.patch(address, sent | {"missing": "x"}, content_type="application/json").status_code == 409


def test_a_post_counts_for_each_of_its_authors(amara, bela, cohort, emre, ada):
    """Goal, reminders and pages of a co-author go by the posts that they agreed to write."""
    seat = cohort.memberships.get(person=bela)
    late = timezone.now() + timedelta(days=70)
    post = make_post(amara)
    Coauthor.ask(post, by=amara, handle=bela.handle)
    assert goal_of(seat).state == "not_started"
    post.coauthors.get().agree(by=bela)
    assert (goal_of(seat).state, goal_of(seat).post) == ("drafting", post)
    assert bela in [row.person for row in due(late)]
    post.ask_for_editing(by=amara)
    assert bela not in [row.person for row in due(late)]
    post.publish(by=emre)
    assert goal_of(seat).state == "done"
    assert [row.goal.state for row in goals_of(cohort, timezone.now())] == ["done", "done"]
    assert list(posts_published_by(bela)) == [post]


def test_ideas_alone_do_not_count_as_started(amara, cohort):
    make_post(amara, state="idea")
    assert goal_of(cohort.memberships.get(person=amara)).state == "not_started"
    assert amara in [row.person for row in due(timezone.now() + timedelta(days=70))]


def test_a_cohort_s_way_is_read_by_its_mentors_editors_and_admins(sign_in, amara, bela, mateo, noor, emre, ada, cohort):
    make_post(amara, title="Secret so far")
    make_post(bela, title="Out now", state="published")
    address = f"/blog/board/{cohort.slug}/"
    for person in (mateo, emre, ada):
        page = sign_in(person).get(address).content.decode()
        assert page.index("Amara Okafor") < page.index("Béla Kovács")  # by name, whoever was first
        assert "Out now" in page
        assert "Secret so far" not in page
        assert sign_in(person).get(f"/api/v1/writing/{cohort.slug}/").json()["mentees"][1]["title"] == "Out now"
    for person in (amara, noor):
        assert sign_in(person).get(address).status_code == 404
    assert sign_in(amara).get("/api/v1/goal/").json()["state"] == "drafting"


def test_the_way_of_a_cohort_takes_three_queries(cohort, amara, bela, django_assert_num_queries):
    for _ in range(3):
        make_post(bela, state="idea")
        make_coauthor(make_post(bela), amara)
    with django_assert_num_queries(3):
        goals_of(cohort, timezone.now())
