"""The pages around sending a post on, and the same by the API."""

import io
import zipfile

import pytest

from blog.crossposting.destination import Stands
from blog.models import CrossPost, Post
from mentorship.people import tokens
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import make_person, make_post


@pytest.fixture
def post(amara, emre):
    return make_post(
        amara, state="published", title="Why <b>", slug="why", body="A [link](/blog/x/) and $x$.", editor=emre
    )


@pytest.fixture
def site_named(settings):
    settings.CROSSPOST_JEKYLL_URL = "https://github.com/ml/blog.git"
    settings.CROSSPOST_GITHUB_REPOSITORY = "ml/blog"


def page(client, post, part=""):
    answer = client.get(f"/blog/{post.pk}/{part or 'cross-post/'}")
    return answer.content.decode()


def send(client, post, **fields):
    return client.post(f"/blog/{post.pk}/cross-post/", {"destination": "jekyll", "way": "program"} | fields)


def test_the_dry_run_shows_the_file_as_it_will_be(sign_in, emre, post, django_assert_max_num_queries):
    client = sign_in(emre)
    with django_assert_max_num_queries(12):
        found = page(client, post)
    assert f"_posts/{post.published_at:%Y-%m-%d}-why.md" in found
    assert (
        "title: &#x27;Why &amp;lt;b&amp;gt;&#x27;" in found
    )  # escaped in the file, and the file is escaped on the page
    assert "canonical_url: http://127.0.0.1:8000/blog/why/" in found
    assert "<code>/why/</code>" not in found  # the target's way of addresses is not known yet


def test_an_editor_sends_it_and_sees_where_it_stands(sign_in, emre, post, site_named):
    client = sign_in(emre)
    assert send(client, post).status_code == 302
    row = CrossPost.objects.get()
    assert (row.state, row.work, row.asked_by) == ("queued", "send", emre)
    for address in (f"/blog/{post.pk}/cross-post/", post.desk_url, "/blog/cross-posts/"):
        assert "Queued" in client.get(address).content.decode()
    assert send(client, post).status_code == 409
    client.post(f"/blog/cross-posts/{row.pk}/withdraw/")
    row.refresh_from_db()
    assert (row.state, row.work) == ("closed", "")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"way": "account"}, "That way does not lead there."),
        ({"destination": "hashnode", "way": "account", "secret": "sekret"}, "Say which blog"),
        ({"destination": "hashnode", "way": "account", "secret": "sekret", "publication": "a b"}, "Write it as"),
        ({"destination": "devto", "way": "account", "secret": "sekret y"}, "A token has"),
        ({"destination": "devto", "way": "account"}, "Paste the token"),
        ({"destination": "medium"}, ""),
    ],
)
def test_what_is_refused_is_said_at_its_place_and_no_token_comes_back(sign_in, amara, post, site_named, fields, words):
    answer = send(sign_in(amara), post, **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "sekret" not in answer.content.decode()
    assert not CrossPost.objects.exists()


def test_a_token_is_shown_nowhere(sign_in, amara, ada, post):
    send(sign_in(amara), post, destination="devto", way="account", secret="dev-secret")
    row = CrossPost.objects.get()
    assert row.sealed
    assert "dev-secret" not in row.sealed
    places = [f"/blog/{post.pk}/cross-post/", f"/api/v1/cross-posts/{row.pk}/"]
    places = [(amara, place) for place in places] + [(ada, f"/django-admin/blog/crosspost/{row.pk}/change/")]
    for person, address in places:
        answer = sign_in(person).get(address)
        assert answer.status_code == 200
        assert "dev-secret" not in answer.content.decode()
        assert row.sealed not in answer.content.decode()


def test_a_pull_request_opened_by_hand(sign_in, amara, bela, post, site_named):
    client = sign_in(amara)
    for typed in (
        "",
        "https://github.com/ml/blog/issues/3",
        "javascript:alert(1)",
        "https://github.com/evil/blog/pull/3",
    ):
        assert client.post(f"/blog/{post.pk}/cross-post/link/", {"url": typed}).status_code == 422
    assert (
        client.post(f"/blog/{post.pk}/cross-post/link/", {"url": "https://github.com/ML/blog/pull/3/files"}).status_code
        == 302
    )
    row = CrossPost.objects.get()
    assert (row.state, row.number, row.way) == ("open", 3, "hand")
    other = make_post(bela, state="published")
    answer = sign_in(bela).post(f"/blog/{other.pk}/cross-post/link/", {"url": "https://github.com/ml/blog/pull/3"})
    assert (answer.status_code, "Another post has this" in answer.content.decode()) == (409, True)


def test_taken_along_with_whole_addresses(sign_in, amara, post):
    client = sign_in(amara)
    found = page(client, post, "take-along/markdown/")
    assert "[link](http://127.0.0.1:8000/blog/x/)" in found
    answer = client.get(f"/blog/{post.pk}/take-along/html/?download")
    assert answer["Content-Disposition"] == 'attachment; filename="why.html"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"<title>Why &lt;b&gt;</title>" in answer.content
    files = zipfile.ZipFile(io.BytesIO(client.get(f"/blog/{post.pk}/take-along/jekyll/").content)).namelist()
    assert files == [f"_posts/{post.published_at:%Y-%m-%d}-why.md"]
    assert client.get(f"/blog/{post.pk}/take-along/exe/").status_code == 404


def test_the_button_knows_where_it_stands(sign_in, emre, post, site_named):
    client, words = sign_in(emre), "Open the pull request"
    assert words in page(client, post)
    row = CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    assert "It is on its way there." in page(client, post)
    row.stand(Stands("merged", url="https://github.com/ml/blog/pull/1", number=1, version=1))
    assert "It is there as it stands here." in page(client, post)
    assert words not in page(client, post)
    Post.objects.filter(pk=post.pk).update(version=2)
    assert "Send the change" in page(client, post)


def test_a_draft_has_a_dry_run_and_no_way_out(sign_in, amara, site_named):
    draft = make_post(amara, title="Soon", slug="soon")
    client = sign_in(amara)
    assert "-soon.md" in page(client, draft)
    assert "Open the pull request" not in page(client, draft)
    assert send(client, draft).status_code == 409


def test_the_list_asks_no_more_for_more_rows(sign_in, emre, amara, django_assert_max_num_queries):
    for number in range(30):
        post = make_post(amara, state="published")
        url = f"https://github.com/ml/blog/pull/{number + 1}"
        CrossPost.opened_by_hand(post, by=amara, url=url, number=number + 1)
    client = sign_in(emre)
    with django_assert_max_num_queries(8):
        found = client.get("/blog/cross-posts/?state=open").content.decode()
    assert found.count("data-row") == 30
    assert client.get("/blog/cross-posts/?state=merged").content.decode().count("data-row") == 0


def api(client, person, method, address, **data):
    headers = {"Authorization": f"Token {tokens.issue(person=person, name='x')[1]}"}
    call = getattr(client, method)
    return call(f"/api/v1/cross-posts/{address}", data, headers=headers, content_type="application/json")


def test_the_api_does_the_same(client, emre, post, site_named):
    answer = api(client, emre, "post", "", post=post.pk, destination="jekyll", way="program")
    assert (answer.status_code, answer.json()["verbs"]) == (201, ["withdraw"])
    again = api(client, emre, "post", "", post=post.pk, destination="jekyll", way="program")
    assert (again.status_code, again.json()["code"]) == (409, "already_queued")
    seen = api(client, emre, "get", "dry-run/", post=post.pk).json()
    assert seen["files"][0]["path"].startswith("_posts/")
    pk = answer.json()["id"]
    assert api(client, emre, "post", f"{pk}/withdraw/").json()["state"] == "closed"
    assert api(client, emre, "post", f"{pk}/retry/").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_sent_by_six_at_once_it_is_sent_once(settings):
    settings.CROSSPOST_JEKYLL_URL = "https://github.com/ml/blog.git"
    editors = [make_person(groups=["editors"]) for _ in range(6)]
    post = make_post(make_person("Amara Okafor"), state="published")
    calls = [
        lambda who=who: CrossPost.queue(Post.objects.get(pk=post.pk), by=who, destination="jekyll", way="program")
        for who in editors
    ]
    assert codes(at_once(calls)) == ["already_queued"] * 5 + ["done"]
