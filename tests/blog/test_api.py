import pytest

from blog.models import Post
from tests.factory import make_post

JSON = "application/json"


def send(client, method, address, **data):
    return getattr(client, method)(f"/api/v1{address}", data, content_type=JSON)


@pytest.fixture
def author(sign_in, amara):
    return sign_in(amara)


def test_a_post_goes_its_way_through_the_api(author, sign_in, amara, emre):
    editor = sign_in(emre)
    post = send(author, "post", "/my-posts/", title="Why", body="Because $x$.").json()
    assert (post["state"], post["slug"], post["version"]) == ("draft", "why", 1)
    assert post["verbs"] == ["ask_for_editing", "discard", "revise"]
    own, board = f"/my-posts/{post['id']}/", f"/editing/{post['id']}/"
    assert send(author, "patch", own, version=1, summary="Short.").json()["body"] == "Because $x$."
    assert send(editor, "get", board).status_code == 404
    assert send(author, "post", f"{own}ask-for-editing/").json()["state"] == "in_editing"
    assert [row["id"] for row in send(editor, "get", "/editing/").json()["results"]] == [post["id"]]
    assert send(editor, "post", f"{board}take/").json()["editor"]["handle"] == emre.handle
    assert send(editor, "post", f"{board}comments/", text="Why *so*?").status_code == 201
    assert send(author, "get", f"{own}comments/").json()[0]["html"].strip() == "<p>Why <em>so</em>?</p>"
    assert send(editor, "post", f"{board}publish/").json()["state"] == "published"
    read = sign_in().get("/api/v1/posts/why/").json()
    assert (read["author"]["handle"], read["summary"]) == (amara.handle, "Short.")
    assert "<math" in read["body_html"]
    assert send(editor, "post", f"{board}unpublish/", text="Wrong figure.").json()["state"] == "draft"
    assert sign_in().get("/api/v1/posts/why/").status_code == 410


def test_the_loser_gets_409_with_the_text_that_is_there(author, amara):
    post = make_post(amara, title="Why", body="Newest.", version=3)
    answer = send(author, "patch", f"/my-posts/{post.pk}/", version=2, body="Mine.")
    assert answer.status_code == 409
    assert answer.json()["code"] == "changed_meanwhile"
    assert (answer.json()["current"]["body"], answer.json()["current"]["version"]) == ("Newest.", 3)


def test_only_what_is_listed_can_be_written(author, amara, bela):
    post = make_post(amara)
    before = Post.objects.values().get()
    names = {"state": "published", "author": bela.pk, "editor": amara.pk, "words": 9, "body_html": "<b>", "id": 1}
    assert send(author, "patch", f"/my-posts/{post.pk}/", **names, version=1).status_code == 200
    after = Post.objects.values().get()
    assert {name for name in after if after[name] != before[name]} <= {"version", "body_html", "teaser", "words",
                                                                       "updated_at"}  # fmt: skip
    assert after["body_html"] != "<b>"


def test_a_chosen_address_stays_when_other_fields_change(author, amara):
    post = make_post(amara, title="Why", slug="because")
    assert send(author, "patch", f"/my-posts/{post.pk}/", version=1, title="Why not").json()["slug"] == "because"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"title": "\u202e"}, 400),
        ({"title": "a\x00b"}, 400),
        ({"title": "Why", "canonical_url": "javascript:alert(1)"}, 400),
        ({"title": "Why", "canonical_url": "ftp://x.org/"}, 400),
        ({"title": "Why", "slug": "Not one"}, 400),
        ({"title": "Why", "slug": "feed"}, 409),
        ({"title": "Why", "slug": "taken"}, 409),
        ({"title": "Why", "body": "ö" * 150_000}, 409),
        ({"title": "Why", "key": "no uuid"}, 400),
        ({"title": ["Why"]}, 400),
    ],
)
def test_what_is_refused(author, amara, data, status):
    make_post(amara, slug="taken")
    assert send(author, "post", "/my-posts/", **data).status_code == status
    assert Post.objects.count() == 1


def test_others_posts_are_not_there(sign_in, amara, bela, emre):
    post = make_post(amara, state="in_editing")
    stranger = sign_in(bela)
    for address in (f"/my-posts/{post.pk}/", f"/editing/{post.pk}/", "/editing/", f"/posts/{post.slug}/"):
        assert send(stranger, "get", address).status_code == 404
    assert send(stranger, "get", "/my-posts/").json()["count"] == 0


def test_published_posts_by_author_a_page_at_a_time(client, amara, bela, django_assert_max_num_queries):
    for number in range(30):
        make_post(amara if number % 3 else bela, state="published")
    with django_assert_max_num_queries(2):
        found = client.get("/api/v1/posts/", {"author": bela.handle, "page_size": 100}).json()
    assert found["count"] == 10
    assert {row["author"]["handle"] for row in found["results"]} == {bela.handle}
    assert "body_html" not in found["results"][0]
    assert client.get("/api/v1/posts/", {"author": "\x00'"}).json()["count"] == 0


def test_discarding(author, amara):
    draft, published = make_post(amara), make_post(amara, state="published")
    assert send(author, "delete", f"/my-posts/{draft.pk}/").status_code == 204
    assert send(author, "delete", f"/my-posts/{published.pk}/").status_code == 409


def test_posts_are_found_by_category_tag_and_words(client, amara):
    make_post(amara, title="Trees", state="published", category="woods", tags=["leaves"], slug="trees")
    make_post(amara, title="Rivers", state="published")

    def slugs(**asked):
        return [row["slug"] for row in client.get("/api/v1/posts/", asked).json()["results"]]

    assert slugs(category="woods") == slugs(tag="leaves") == slugs(q="tree") == ["trees"]
    assert slugs(q="tree -leaves") == slugs(tag="x") == []


def test_a_moved_post_leads_on_and_one_taken_off_is_gone(sign_in, client, amara, emre):
    post, other = make_post(amara, slug="why", state="published"), make_post(amara, state="published")
    editing = sign_in(emre)
    assert editing.post(f"/api/v1/editing/{post.pk}/move/", {"slug": "Nö"}).status_code == 400
    assert editing.post(f"/api/v1/editing/{post.pk}/move/", {"slug": "feed"}).status_code == 409
    assert editing.post(f"/api/v1/editing/{post.pk}/move/", {"slug": "because"}).json()["slug"] == "because"
    moved = client.get("/api/v1/posts/why/")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/posts/because/")
    other.unpublish(by=emre, reason="Wrong.")
    assert client.get(f"/api/v1/posts/{other.slug}/").status_code == 410
    assert editing.post(f"/api/v1/editing/{post.pk}/feature/").json()["featured_at"]
    assert editing.post(f"/api/v1/editing/{post.pk}/unfeature/").json()["featured_at"] is None


def test_a_series_by_the_api(sign_in, client, amara, bela):
    post, draft = make_post(amara, state="published"), make_post(amara)
    own = sign_in(amara)
    made = own.post("/api/v1/series/", {"title": "Trees", "posts": [draft.pk, post.pk]}, "application/json")
    assert made.status_code == 201
    assert [part["id"] for part in made.json()["posts"]] == [draft.pk, post.pk]
    assert [part["id"] for part in client.get("/api/v1/series/trees/").json()["posts"]] == [post.pk]
    change = {"title": "Forests", "posts": [post.pk]}
    assert sign_in(bela).put("/api/v1/series/trees/", change, "application/json").status_code == 409
    assert own.put("/api/v1/series/trees/", change, "application/json").json()["title"] == "Forests"
    assert own.delete("/api/v1/series/trees/").status_code == 204
