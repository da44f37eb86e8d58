"""A post becomes a pull request: once, whatever breaks on the way."""

from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import timezone

from blog.crossposting.destination import Stands
from blog.crossposting.work import WAITS, edited, sweep, work_on
from blog.models import CrossPost, JekyllTarget, Post
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests.blog.crossposting.conftest import edit
from tests.blog.crossposting.servers import START, commit, files_at, history

FILE = "_posts/{:%Y-%m-%d}-why.md"
LATER = timedelta(days=1)


def work(row, **options):
    done = work_on(row.pk, **options)
    row.refresh_from_db()
    return done


def tell_kinds(person):
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_branch_with_one_commit_and_a_pull_request(queued, site, hub, post, amara, emre):
    assert work(queued)
    (made, start) = history(site, "post/why")
    assert made.author == b"Amara Okafor <amara-okafor@users.noreply.127.0.0.1>"
    assert made.committer.startswith(b"ML Mentorship <")
    assert made.parents == [start.id]
    files = files_at(site, "post/why")
    path = FILE.format(post.published_at)
    assert set(files) == {*START, path}
    assert b"Let $$x$$ be \\{\\{ y \\}\\}." in files[path]
    (pull,) = hub.pulls
    assert (pull["title"], pull["base"]) == ("Post: Why", "master")
    assert "**Why** by Amara Okafor, edited by Emre Demir." in pull["body"]
    assert "page.author" in pull["body"]
    assert (queued.state, queued.number, queued.url) == ("open", 1, pull["html_url"])
    assert (queued.sent_version, queued.head, queued.work, queued.sealed) == (1, made.id.decode(), "", "")
    assert tell_kinds(amara) == tell_kinds(emre) == ["cross_post_open"]
    assert list(Event.objects.filter(subject_type="blog.crosspost").values_list("verb", flat=True)) == [
        "queued",
        "opened",
    ]
    assert JekyllTarget.objects.get().facts["posts"].keys() == {"_posts/2017-06-26-pytorch_starter.md"}


def test_the_same_over_a_file_address(queued, site, configured):
    configured.CROSSPOST_JEKYLL_URL = f"file://{site.path}"
    work(queued)
    assert (queued.state, len(history(site, "post/why"))) == ("open", 2)


def test_nothing_is_done_twice(queued, site, hub):
    assert work(queued)
    assert not work(queued)
    assert len(hub.pulls) == 1


@pytest.mark.parametrize("lost", ["POST", "GET"])
def test_after_an_answer_that_was_lost_what_is_there_is_found(queued, site, hub, lost):
    hub.lose_answer_of = {lost}
    work(queued)
    assert queued.state == "queued"
    assert "could not be asked" in queued.reason
    work(queued, at=timezone.now() + LATER)
    assert (queued.state, len(hub.pulls), len(history(site, "post/why"))) == ("open", 1, 2)


def test_after_a_worker_that_was_lost_what_is_there_is_found(queued, site, hub):
    hub.faults = [(500, {}, {})]
    work(queued)
    CrossPost.objects.filter(pk=queued.pk).update(head="", files={}, branch="")  # it had no time to write it down
    work(queued, at=timezone.now() + LATER)
    assert (queued.state, len(history(site, "post/why"))) == ("open", 2)


def test_who_has_the_lease_is_alone_until_it_ends(queued, hub):
    now = timezone.now()
    claimed = CrossPost.claim_one(queued.pk, now, timedelta(minutes=3))
    assert claimed is not None
    assert not work(queued, at=now + timedelta(minutes=2))
    assert work(queued, at=now + timedelta(minutes=4))
    claimed.fail(claimed.claim, "Too late.")  # it wakes up, and has lost it
    queued.refresh_from_db()
    assert queued.state == "open"


def test_it_is_tried_again_with_patience_and_then_given_up(queued, hub, amara, emre):
    hub.faults = [(502, {}, {})] * 20
    at = timezone.now()
    for wait in WAITS:
        assert work(queued, at=at)
        assert queued.state == "queued"
        assert wait <= (queued.due_at - at).total_seconds() <= 1.3 * wait
        at = queued.due_at
    work(queued, at=at)
    assert (queued.state, queued.work) == ("failed", "")
    assert "502" in queued.reason
    assert tell_kinds(amara) == ["cross_post_failed"]
    hub.faults = []
    queued.retry(by=emre)
    work(queued)
    assert (queued.state, queued.reason) == ("open", "")


@pytest.mark.parametrize(
    ("fault", "state", "words"),
    [
        ((401, {}, {"message": "Bad credentials"}), "failed", "does not accept the token"),
        ((403, {}, {"message": "Resource not accessible by integration"}), "failed", "Resource not accessible"),
        ((404, {}, {"message": "Not Found"}), "failed", "finds no such repository"),
        ((422, {}, {"message": "Validation Failed", "errors": [{"message": "No commits"}]}), "failed", "No commits"),
        ((409, {}, {}), "queued", "409"),
        ((503, {}, {}), "queued", "503"),
        ((403, {"Retry-After": "120"}, {"message": "secondary rate limit"}), "queued", "too many requests"),
        ((429, {}, {}), "queued", "too many requests"),
        ((403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}, {}), "queued", "too many requests"),
        ((None, {}, None), "queued", "could not be"),
        ((201, {}, "no pull request"), "queued", "could not be read"),
    ],
)  # fmt: skip
def test_what_github_may_answer(queued, hub, fault, state, words):
    hub.faults = [(200, {}, []), fault]
    work(queued)
    assert (queued.state, words in queued.reason) == (state, True), queued.reason


def test_a_limit_is_waited_for_as_long_as_github_says(queued, hub):
    hub.faults = [(403, {"Retry-After": "1800"}, {})]
    at = timezone.now()
    work(queued, at=at)
    assert 1800 <= (queued.due_at - at).total_seconds() <= 2200


def test_a_pull_request_that_exists_already_is_taken(queued, hub):
    hub.faults = [(200, {}, [])]  # it was opened between the look and the call
    hub.pulls = [{"number": 5, "state": "open", "merged_at": None, "html_url": "https://github.com/ml/blog/pull/5",
                  "head": {"ref": "post/why", "user": {"login": "ml"}}, "body": ""}]  # fmt: skip
    hub.list_or_open("POST", {}, {"head": "post/why", "title": "", "body": "", "base": "master"})
    work(queued)
    assert (queued.state, queued.number) == ("open", 5)


def test_an_edit_is_a_second_commit_of_the_same_pull_request(queued, site, hub, post, emre):
    work(queued)
    edit(post)
    assert CrossPost.queue(post, by=emre, destination="jekyll", way="program") == queued
    work(queued)
    assert (queued.state, queued.sent_version, len(hub.pulls)) == ("open", 2, 1)
    made = history(site, "post/why")
    assert len(made) == 3
    assert b"Another text." in files_at(site, "post/why")[FILE.format(post.published_at)]
    assert b"Update post" in made[0].message


def test_an_edit_after_merging_is_a_new_pull_request(queued, site, hub, post, emre):
    work(queued)
    site.refs[b"refs/heads/master"] = site.refs[b"refs/heads/post/why"]
    hub.pulls[0].update(state="closed", merged_at="2026-01-01T00:00:00Z")
    edit(post)
    row = CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    work(row)
    assert (row.pk, row.state) == (queued.pk, "merged")  # while it was to be brought up to date
    row = CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    work(row)
    assert (row.turn, row.branch, row.number, row.state) == (2, "post/why-2", 2, "open")
    assert len(history(site, "post/why-2")) == 3


def test_what_is_there_already_as_it_is_needs_no_pull_request(queued, site, hub, post, amara):
    work(queued)
    site.refs[b"refs/heads/master"] = site.refs[b"refs/heads/post/why"]
    queued.stand(Stands("merged"))
    Post.objects.filter(pk=post.pk).update(version=2)
    row = CrossPost.queue(post, by=None, destination="jekyll", way="program")
    work(row)
    assert (row.state, row.number, row.sent_version, len(hub.pulls)) == ("merged", None, 2, 1)
    assert tell_kinds(amara) == ["cross_post_open", "cross_post_merged"]


def test_edits_are_sent_on_by_themselves_once_it_is_quiet(queued, post):
    work(queued)
    now = timezone.now()
    edit(post)
    Post.objects.filter(pk=post.pk).update(updated_at=now)
    assert edited(now) == []
    assert edited(now + timedelta(minutes=11)) == [queued]
    sweep(at=now + timedelta(minutes=11))
    queued.refresh_from_db()
    assert (queued.state, queued.work) == ("queued", "send")
    assert edited(now + timedelta(minutes=12)) == []


def test_what_somebody_did_on_the_branch_is_not_overwritten(queued, site, hub, post, emre):
    work(queued)
    path = FILE.format(post.published_at)
    theirs = commit(site, START | {path: "theirs"}, "refs/heads/post/why")
    edit(post)
    CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    work(queued)
    assert queued.state == "failed"
    assert "Somebody changed the files" in queued.reason
    assert site.refs[b"refs/heads/post/why"].decode() == theirs
    queued.withdraw(by=emre)
    work(queued)
    assert hub.pulls[0]["state"] == "closed"
    again = CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    work(again)
    assert (again.state, again.branch) == ("open", "post/why-2")


def test_commits_of_others_beside_our_files_stay_below_ours(queued, site, post, emre):
    work(queued)
    ours = {path: data.decode() for path, data in files_at(site, "post/why").items()}
    theirs = commit(site, ours | {"_data/authors.yml": "a"}, "refs/heads/post/why")
    edit(post)
    CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    work(queued)
    assert queued.state == "open"
    assert history(site, "post/why")[0].parents == [theirs.encode()]


def test_a_branch_of_somebody_else_is_left_alone(queued, site):
    theirs = commit(site, {"x": "y"}, "refs/heads/post/why")
    work(queued)
    assert queued.state == "failed"
    assert "not from here" in queued.reason
    assert site.refs[b"refs/heads/post/why"].decode() == theirs


@pytest.mark.parametrize(
    ("there", "words"),
    [
        ({"_posts/2019-01-01-why.md": "---\ncategories: Data_Science\n---\n"}, "2019-01-01-why.md has the address"),
        ({"_posts/2019-01-01-x.md": "---\npermalink: /data_science/why\n---\n"}, "2019-01-01-x.md has the address"),
        ({"why.md": "---\npermalink: /data_science/why/\n---\n"}, "The page why.md"),
    ],
)
def test_an_address_that_is_taken_is_found_before_anything_is_pushed(queued, site, there, words):
    commit(site, START | there)
    work(queued)
    assert queued.state == "failed"
    assert words in queued.reason
    assert b"refs/heads/post/why" not in site.refs


def test_the_file_of_another_post_is_not_overwritten(queued, site, post):
    commit(site, START | {FILE.format(post.published_at): "---\ncanonical_url: https://other.example/\n---\n"})
    work(queued)
    assert "of another post" in queued.reason


def test_a_link_where_a_folder_belongs_is_not_followed(queued, site):
    commit(site, {"_config.yml": "", "_posts": "../elsewhere"})
    work(queued)
    assert "where a folder is needed" in queued.reason


def test_a_repository_that_is_gone_or_closed_to_us_is_said(queued, configured, git_server):
    git_server.token = "secret"
    configured.CROSSPOST_GITHUB_TOKEN = ""
    work(queued)
    assert "The token may not do this" in queued.reason
    git_server.token = ""
    configured.CROSSPOST_JEKYLL_URL = git_server.url("/gone.git")
    CrossPost.objects.filter(pk=queued.pk).update(state="queued", work="send", due_at=timezone.now())
    work(queued)
    assert "was not found" in queued.reason


def test_a_post_taken_off_the_blog_meanwhile_is_not_sent(queued, post, emre, hub):
    post.unpublish(by=emre, reason="Wrong.")
    work(queued)
    assert queued.state == "failed"
    assert hub.calls == []


def test_from_the_authors_own_fork_with_their_token(configured, site, hub, git_server, post, amara):
    fork = git_server.make("/amara-gh/blog.git")
    commit(fork, START)
    hub.forks["amara-gh"] = {"full_name": "amara-gh/blog", "clone_url": git_server.url("/amara-gh/blog.git")}
    row = CrossPost.queue(post, by=amara, destination="jekyll", way="fork", secret="ghp_amara", with_address=True)
    assert "ghp_amara" not in row.sealed
    work(row)
    assert (row.state, row.sealed) == ("open", "")
    assert b"refs/heads/post/why" not in site.refs
    (made, *_) = history(fork, "post/why") if site.path == fork.path else [fork[fork.refs[b"refs/heads/post/why"]]]
    assert made.author == f"Amara Okafor <{amara.email}>".encode()
    assert hub.pulls[0]["head"] == {"ref": "post/why", "user": {"login": "amara-gh"}}
    assert {who for _, path, who in hub.calls} == {"Bearer ghp_amara"}
    assert "ghp_amara" not in str(list(Event.objects.values())) + str(list(Notification.objects.values()))


def test_a_fork_elsewhere_is_not_told_the_token(configured, hub, post, amara):
    hub.forks["amara-gh"] = {"full_name": "amara-gh/blog", "clone_url": "http://evil.example/blog.git"}
    row = CrossPost.queue(post, by=amara, destination="jekyll", way="fork", secret="ghp_amara")
    work(row)
    assert "another server" in row.reason


def test_as_a_github_app(queued, configured, hub):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    configured.CROSSPOST_GITHUB_APP_ID, configured.CROSSPOST_GITHUB_APP_INSTALLATION = "9", "42"
    configured.CROSSPOST_GITHUB_APP_KEY = pem
    work(queued)
    assert queued.state == "open"
    _, _, signed = hub.calls[0]
    claims = jwt.decode(signed.removeprefix("Bearer "), key.public_key(), algorithms=["RS256"])
    assert claims["iss"] == "9"
    assert {who for _, _, who in hub.calls[1:]} == {"Bearer ghs_installation"}


def test_what_was_opened_by_hand_is_not_sent_by_the_program(configured, post, amara, emre):
    row = CrossPost.opened_by_hand(post, by=amara, url="https://github.com/ml/blog/pull/1", number=1)
    edit(post)
    with pytest.raises(Refused) as refusal:
        CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    assert refusal.value.code == "other_way"
    row.withdraw(by=amara)
    assert CrossPost.queue(post, by=emre, destination="jekyll", way="program").turn == 2


@pytest.mark.parametrize(
    ("who", "way", "secret", "code"),
    [
        ("bela", "program", "", "cannot_queue"),
        ("emre", "fork", "ghp_x", "not_yours"),
        ("amara", "fork", "", "token_missing"),
    ],
)
def test_who_may_send_what(configured, post, request, who, way, secret, code):
    with pytest.raises(Refused) as refusal:
        CrossPost.queue(post, by=request.getfixturevalue(who), destination="jekyll", way=way, secret=secret)
    assert refusal.value.code == code


def test_a_post_is_on_its_way_once(queued, post, amara, emre):
    with pytest.raises(Refused) as refusal:
        CrossPost.queue(post, by=amara, destination="jekyll", way="program")
    assert refusal.value.code == "already_queued"
    work(queued)
    with pytest.raises(Refused) as refusal:
        CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    assert refusal.value.code == "nothing_changed"


def test_a_draft_is_not_sent(configured, post, emre):
    post.unpublish(by=emre, reason="Wrong.")
    with pytest.raises(Refused) as refusal:
        CrossPost.queue(post, by=emre, destination="jekyll", way="program")
    assert refusal.value.code == "not_published"
