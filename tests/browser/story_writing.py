"""The story's second half: a gap in a note becomes a post, edited by two at once, and a merged pull request."""

import hashlib
import hmac
import json
import re

import pytest
from playwright.sync_api import expect

from blog.models import CrossPost, Post
from tests.blog.crossposting.servers import START, GitHubLike, GitServer, commit, files_at
from tests.browser.conftest import check_look
from tests.worker import until

TITLE = "How my forest cheated"
POST = "I split by chance, and teh forest cheated: $p < 0.01$.\n\n```python\nprint('by time')\n```\n"
SECRET = "shared with GitHub"


class Hub:
    """GitHub as its documented API describes it, and the bare repository of the program's Jekyll blog."""

    def __init__(self, folder):
        self.git, self.api = GitServer(folder), GitHubLike()
        self.repo = self.git.make("/ml/blog.git")
        commit(self.repo, START)
        self.settings = {
            "CROSSPOST_JEKYLL_URL": self.git.url("/ml/blog.git"),
            "CROSSPOST_GITHUB_REPOSITORY": self.api.repository,
            "CROSSPOST_GITHUB_API": f"http://{self.api.host}",
            "CROSSPOST_GITHUB_TOKEN": "ghp_program",
        }
        self.trusted = [self.git.host, self.api.host]

    def merge(self, page, number):
        """Somebody merges the pull request; GitHub says so to the program, signed."""
        said = {"action": "closed", "repository": {"full_name": self.api.repository}}
        body = json.dumps(said | {"pull_request": {"number": number, "merged": True}})
        signature = "sha256=" + hmac.new(SECRET.encode(), body.encode(), hashlib.sha256).hexdigest()
        answer = page.request.post(
            "/blog/cross-posts/webhook/",
            data=body,
            headers={
                "Content-Type": "application/json", "X-Hub-Signature-256": signature,
                "X-GitHub-Event": "pull_request", "X-GitHub-Delivery": "story",
            },
        )  # fmt: skip
        assert answer.status == 204


@pytest.fixture
def hub(tmp_path, settings):
    hub = Hub(tmp_path)
    for name, value in hub.settings.items():
        setattr(settings, name, value)
    settings.FETCH_TRUSTED, settings.CROSSPOST_WEBHOOK_SECRETS = hub.trusted, [SECRET]
    yield hub
    hub.git.stop()
    hub.api.stop()


def note_a_gap(page):
    """On the item of the project: what she looked up and found no good explanation for."""
    page.goto("/streams/starting-out/items/project-1/")
    page.get_by_text("Done").first.wait_for()
    check_look(page)
    notes = page.locator("#notes")
    notes.locator("textarea").fill("Why a random split flatters a forest on data that moves in time.")
    notes.locator("input[type=checkbox][name=is_gap]").check()
    notes.get_by_role("button", name="Note it").click()
    page.get_by_role("button", name=re.compile("^Make it a blog idea")).click()
    page.wait_for_url(re.compile(r"/blog/"))


def write(page):
    """From the idea on the board to a text that asks for editing."""
    page.goto("/blog/board/")
    check_look(page)
    page.locator(".board a.title").first.click()
    page.get_by_role("button", name="Begin to write").click()
    page.get_by_text("It is a draft now.").wait_for()
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=body]", POST)
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("#save-state", has_text="Saved").wait_for()
    page.wait_for_load_state("networkidle")
    check_look(page)
    page.locator("form[action$='/ask-for-editing/'] button").click()
    page.get_by_text("In editing").first.wait_for()


def suggest(page):
    """The editor takes it and marks a slip."""
    page.goto("/blog/editing/")
    check_look(page)
    page.click(f"text={TITLE}")
    page.locator("form[action$='/take/'] button").click()
    page.wait_for_load_state()
    start = POST.index("teh")
    page.locator("#id_body").evaluate(f"text => {{ text.focus(); text.setSelectionRange({start}, {start + 3}) }}")
    page.get_by_role("button", name="Suggest", exact=True).click()
    page.get_by_label("What should stand there").fill("the")
    page.get_by_role("button", name="Suggest this change").click()
    expect(page.locator(".passage ins")).to_contain_text("the")


def accept(page):
    """The author writes on, and takes the suggestion; neither loses anything to the other."""
    page.reload()
    check_look(page)
    text = page.locator("#id_body")
    text.press("Control+End")
    text.press_sequentially("\nSplit by time.")
    page.get_by_role("button", name="Accept the suggestion").click()
    expect(text).to_have_value(POST.replace("teh", "the") + "\nSplit by time.")
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    assert Post.objects.get().body.strip() == POST.replace("teh", "the") + "\nSplit by time."


def publish(page):
    """Ready, then published."""
    page.reload()
    page.locator("form[action$='/mark-ready/'] button").click()
    page.get_by_text("It is ready").wait_for()
    check_look(page)
    page.locator("form[action$='/publish/'] button").click()
    page.wait_for_load_state()
    page.get_by_role("heading", name=TITLE).wait_for()


def send_on(page, hub):
    """A pull request on the program's Jekyll blog, once; then it is merged."""
    post = Post.objects.get()
    page.goto(post.desk_url)
    page.get_by_role("link", name="Send it on").click()
    check_look(page)
    assert "layout: article" in page.locator("details.dry-run").first.inner_text()
    page.get_by_role("button", name="Open the pull request").click()
    row = until(lambda: CrossPost.objects.filter(state="open").first())
    assert len(hub.api.pulls) == 1
    (path,) = [name for name in files_at(hub.repo, row.branch) if name.endswith(f"-{post.slug}.md")]
    assert b"$$p < 0.01$$" in files_at(hub.repo, row.branch)[path]
    page.reload()
    page.get_by_text("Open", exact=True).first.wait_for()
    check_look(page)
    hub.merge(page, row.number)
    page.goto(post.desk_url)
    page.get_by_text("Merged", exact=True).first.wait_for()
    check_look(page)


def read(page):
    page.goto("/blog/")
    check_look(page)
    page.click(f"text={TITLE}")
    page.locator("math").first.wait_for()
    assert page.locator("pre .nb, pre .k, pre .s1").count() >= 1  # highlighted by classes
    check_look(page)
