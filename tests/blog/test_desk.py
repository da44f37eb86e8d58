"""The desk: forms with and without htmx, and nothing typed is lost."""

import pytest

from blog.models import Post
from blog.writing import Text, begin, revise
from tests.factory import make_post

HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(amara):
    return make_post(amara, title="Why", body="Old text.")


def save(client, post, htmx=False, **fields):
    data = {"title": "Why", "body": "New text.", "version": post.version} | fields
    return client.post(post.desk_url, data, headers=HTMX if htmx else {})


def test_saved_without_javascript(sign_in, amara, draft):
    answer = save(sign_in(amara), draft, save=1)
    assert (answer.status_code, answer.url) == (302, draft.desk_url)
    assert "New text." in sign_in(amara).get(draft.desk_url).content.decode()


def test_saved_while_typing(sign_in, amara, draft):
    answer = save(sign_in(amara), draft, htmx=True)
    assert answer.status_code == 200
    assert 'name="version" id="id_version" value="2" hx-swap-oob="true"' in answer.content.decode()
    assert draft.revisions.get().by_itself


@pytest.mark.parametrize(
    "fields",
    [
        {"title": " \u202e "},
        {"title": "x" * 141},
        {"summary": "x" * 301},
        {"canonical_url": "ftp://x.org"},
        {"slug": "Not An Address"},
        {"slug": "feed"},
        {"body": "ö" * 150_000},
    ],
)
def test_what_is_refused_is_kept(sign_in, amara, draft, fields):
    typed = {"body": "Typed for hours."} | fields
    answer = save(sign_in(amara), draft, save=1, **typed)
    assert answer.status_code == 422
    assert typed["body"][:100] in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.body == "Old text."


@pytest.mark.parametrize("htmx", [False, True])
def test_five_megabytes_are_refused_in_words(sign_in, amara, draft, htmx):
    answer = save(sign_in(amara), draft, htmx=htmx, save=1, body="x" * 5_000_000)
    assert answer.status_code == 413
    assert "too large" in answer.content.decode().lower()


def test_an_address_of_another_post_is_said_at_its_field(sign_in, amara, draft):
    make_post(amara, slug="taken")
    answer = save(sign_in(amara), draft, save=1, slug="taken")
    assert answer.status_code == 422
    assert "Another page has this address" in answer.content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_the_loser_sees_both_texts_and_may_then_save(sign_in, amara, emre, draft, htmx):
    Post.objects.filter(pk=draft.pk).update(state="in_editing", editor=emre)
    save(sign_in(emre), draft, save=1, body="The editor's text.")
    answer = save(sign_in(amara), draft, htmx=htmx, save=1, body="The author's text.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The editor&#x27;s text." in page
    assert "The author&#x27;s text." in page
    assert "Emre Demir saved the text below" in page
    assert ("HX-Retarget" in answer) == htmx
    draft.refresh_from_db()
    assert f'id="id_version" value="{draft.version}"' in page
    assert save(sign_in(amara), draft, save=1, body="Both.").status_code == 302


def test_while_typing_the_loser_reads_one_line(sign_in, amara, draft):
    save(sign_in(amara), draft, save=1, body="From another tab.")
    answer = save(sign_in(amara), draft, htmx=True)
    assert answer.status_code == 409
    assert "Press Save to compare" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_what_was_typed_when_the_post_was_published_meanwhile_is_kept(sign_in, amara, emre, draft):
    Post.objects.filter(pk=draft.pk).update(state="in_editing")
    Post.objects.get(pk=draft.pk).publish(by=emre)
    answer = save(sign_in(amara), draft, save=1, body="A last word.")
    assert answer.status_code == 409
    assert "A last word." in answer.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "٣"])
def test_a_version_that_is_none_is_an_old_one(sign_in, amara, draft, version):
    assert save(sign_in(amara), draft, save=1, version=version).status_code == 409


def test_the_preview_stores_nothing(sign_in, amara, draft):
    client = sign_in(amara)
    page = save(client, draft, preview=1, body="Now *so*.")
    assert page.status_code == 200
    assert "Now <em>so</em>." in page.content.decode()
    assert "<em>so</em>" in client.post("/blog/preview/", {"body": "*so*"}, headers=HTMX).content.decode()
    assert "longer than 200 KB" in client.post("/blog/preview/", {"body": "ö" * 150_000}).content.decode()
    draft.refresh_from_db()
    assert draft.body == "Old text."


def test_words_for_the_other_side_are_kept_when_refused(sign_in, amara, emre, draft):
    Post.objects.filter(pk=draft.pk).update(state="in_editing")
    editor = sign_in(emre)
    for verb in ("comment", "give-back"):
        answer = editor.post(f"/blog/{draft.pk}/{verb}/", {"text": "w" * 10_001})
        assert answer.status_code == 422
        assert "w" * 10_001 in answer.content.decode()
    Post.objects.get(pk=draft.pk).publish(by=emre)
    answer = editor.post(f"/blog/{draft.pk}/give-back/", {"text": "Too late."})
    assert answer.status_code == 409
    assert "Too late." in answer.content.decode()


def test_a_comment_answers_in_place(sign_in, amara, emre, draft):
    Post.objects.filter(pk=draft.pk).update(state="in_editing")
    answer = sign_in(emre).post(f"/blog/{draft.pk}/comment/", {"text": "Why *so*?"}, headers=HTMX)
    assert "<em>so</em>" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_given_back_the_editor_is_at_the_board_again(sign_in, emre, amara, draft):
    Post.objects.filter(pk=draft.pk).update(state="in_editing")
    answer = sign_in(emre).post(f"/blog/{draft.pk}/give-back/", {"text": "Show an example."})
    assert answer.url == "/blog/editing/"


def test_a_draft_is_discarded_a_published_post_is_not(sign_in, amara, emre, draft):
    client, published = sign_in(amara), make_post(amara, state="published")
    client.post(f"/blog/{draft.pk}/discard/")
    client.post(f"/blog/{published.pk}/discard/")
    published.unpublish(by=emre, reason="Wrong.")
    client.post(f"/blog/{published.pk}/discard/")
    assert list(Post.objects.all()) == [published]


def test_the_board_shows_unclaimed_posts_first(sign_in, amara, bela, emre, django_assert_max_num_queries):
    make_post(amara, title="Taken one", state="in_editing", editor=emre)
    for number in range(20):
        make_post(bela, title=f"Free {number}", state="in_editing")
    editor = sign_in(emre)
    with django_assert_max_num_queries(8):
        page = editor.get("/blog/editing/").content.decode()
    assert page.index("Free 0") < page.index("Free 19") < page.index("Taken one")


def test_a_desk_costs_few_queries(sign_in, amara, emre, draft, django_assert_max_num_queries):
    Post.objects.filter(pk=draft.pk).update(state="in_editing", editor=emre)
    for number in range(10):
        Post.objects.get(pk=draft.pk).comment(by=emre, text=f"Point {number}")
    client = sign_in(amara)
    with django_assert_max_num_queries(8):
        client.get(draft.desk_url)


def test_others_find_neither_desk_nor_board(sign_in, amara, bela, draft):
    Post.objects.filter(pk=draft.pk).update(state="in_editing")
    for address in (draft.desk_url, "/blog/editing/"):
        assert sign_in(bela).get(address).status_code == 404


@pytest.fixture
def begun(amara):
    """A draft with its first revision, and a second one saved in another tab."""
    post = begin(by=amara, text=Text("Why", body="One line.\n\nTwo lines.\n"))
    revise(post, by=amara, version=1, text=Text("Why so", body="One line.\n\nTwo lines, theirs.\n"))
    return post


@pytest.mark.parametrize("htmx", [False, True])
def test_what_does_not_clash_is_saved_together_with_a_button(sign_in, amara, begun, htmx):
    client, typed = sign_in(amara), {"title": "Why", "body": "One line, mine.\n\nTwo lines.\n"}
    offered = client.post(begun.desk_url, typed | {"version": 1, "save": 1}).content.decode()
    assert "One line, mine.\n\nTwo lines, theirs.\n" in offered
    assert "Save both together" in offered
    sent = typed | {"version": 2, "base": 1, "save": "merged"}
    answer = client.post(begun.desk_url, sent, headers=HTMX if htmx else {})
    assert answer.status_code == (200 if htmx else 302)
    begun.refresh_from_db()
    assert (begun.title, begun.body) == ("Why so", "One line, mine.\n\nTwo lines, theirs.\n")


def test_what_clashes_is_saved_as_chosen(sign_in, amara, begun):
    client, typed = sign_in(amara), {"title": "Why not", "body": "One line.\n\nTwo lines, mine.\n"}
    sent = typed | {"version": 2, "base": 1, "save": "merged"}
    unanswered = client.post(begun.desk_url, sent | {"text-1": "both"})
    assert unanswered.status_code == 422
    assert "Choose for each place" in unanswered.content.decode()
    assert client.post(begun.desk_url, sent | {"text-1": "both", "title": "Why not"}).status_code == 422
    assert client.post(begun.desk_url, sent | {"text-1": "both", "choose-title": "mine"}).status_code == 302
    begun.refresh_from_db()
    assert (begun.title, begun.body) == ("Why not", "One line.\n\nTwo lines, theirs.\nTwo lines, mine.\n")


def test_a_third_save_meanwhile_is_shown_again(sign_in, amara, begun):
    revise(begun, by=amara, version=2, text=Text("Third", body="Third."))
    sent = {"title": "Why", "body": "One line, mine.\n", "version": 2, "base": 1, "save": "merged"}
    answer = sign_in(amara).post(begun.desk_url, sent | {"text-1": "mine", "choose-title": "mine"})
    assert answer.status_code == 409
    assert "Third." in answer.content.decode()


def test_the_api_offers_what_holds_both(sign_in, amara, begun):
    sent = {"body": "One line, mine.\n\nTwo lines.\n", "title": "Why", "version": 1}
    answer = sign_in(amara).patch(f"/api/v1/my-posts/{begun.pk}/", sent, content_type="application/json")
    assert answer.status_code == 409
    assert answer.json()["merge"]["clashes"] == []
    assert answer.json()["merge"]["text"]["body"] == "One line, mine.\n\nTwo lines, theirs.\n"
