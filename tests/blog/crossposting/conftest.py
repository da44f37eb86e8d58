import itertools

import pytest

from blog.models import CrossPost, Post
from tests.blog.crossposting.servers import START, GitHubLike, GitServer, commit
from tests.factory import make_post

numbers = itertools.count(1)


@pytest.fixture(scope="module")
def git_server(tmp_path_factory):
    server = GitServer(tmp_path_factory.mktemp("git"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def hub_server():
    server = GitHubLike()
    yield server
    server.stop()


@pytest.fixture
def hub(hub_server):
    """GitHub, empty."""
    fresh = vars(GitHubLike.__new__(GitHubLike))
    hub_server.__dict__.update(fresh, pulls=[], reviews={}, faults=[], calls=[], forks={}, lose_answer_of=set())
    return hub_server


@pytest.fixture
def site(git_server):
    """The blog's repository: bare, with one commit."""
    name = f"/ml/blog-{next(numbers)}.git"
    repo = git_server.make(name)
    git_server.token, git_server.asked[:] = "", []
    commit(repo, START)
    repo.name = name
    return repo


@pytest.fixture
def configured(site, hub, git_server, settings):
    settings.CROSSPOST_JEKYLL_URL = git_server.url(site.name)
    settings.CROSSPOST_GITHUB_REPOSITORY = hub.repository
    settings.CROSSPOST_GITHUB_API = f"http://{hub.host}"
    settings.CROSSPOST_GITHUB_TOKEN = "ghp_program"
    settings.FETCH_TRUSTED = [git_server.host, hub.host]
    return settings


@pytest.fixture
def post(amara, emre):
    return make_post(amara, state="published", title="Why", slug="why", category="data_science", editor=emre,
                     body="Let $x$ be {{ y }}.")  # fmt: skip


@pytest.fixture
def queued(configured, post, emre):
    return CrossPost.queue(post, by=emre, destination="jekyll", way="program")


def edit(post, body="Another text."):
    Post.objects.filter(pk=post.pk).update(body=body, version=post.version + 1)
    post.refresh_from_db()
