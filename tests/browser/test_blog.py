"""The blog in a browser: every page clean, the desk saves while one types, and all of it works without script."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Post
from blog.writing import Text, begin
from tests.browser.conftest import check_looks
from tests.factory import make_membership, make_post

BODY = """Each point goes to its nearest centre.

$$L = \\sum_{i=1}^{n} \\min_j \\lVert x_i - c_j \\rVert^2$$

```python
centre = points[nearest == j].mean(0)  # a long line of code that a phone has to fold somewhere, whatever it does
```

| step | loss |
|---|---:|
| assign | falls |

- [x] It stops[^1]

[^1]: At some place.
"""


@pytest.fixture
def written(transactional_db, amara, bela, emre, ada):
    """A draft, a post in editing with a comment, one that nobody has, and a published one."""
    draft, edited, free, out = (begin(by=amara, text=Text(f"Why {n}", "A summary.", BODY)) for n in range(4))
    for post in (edited, free, out):
        post.ask_for_editing(by=amara)
    edited.take(by=emre)
    edited.comment(by=emre, text="Say *why* it stops.")
    out.publish(by=emre)
    return {"draft": draft, "edited": edited, "free": free, "out": out}


def test_the_public_pages_are_clean(open_page, written, amara):
    for address in ("/blog/", f"/blog/by/{amara.handle}/", written["out"].get_absolute_url()):
        check_looks(open_page, address)


def test_the_authors_pages_are_clean(open_page, written, amara, stream):
    from tests.factory import make_cohort

    make_membership(make_cohort(stream=stream), amara)
    for address in ("/blog/mine/", "/blog/new/", written["draft"].desk_url, written["edited"].get_absolute_url()):
        check_looks(open_page, address, amara)


def test_the_editors_pages_are_clean(open_page, written, emre):
    for address in ("/blog/editing/", written["edited"].desk_url, written["free"].desk_url, written["out"].desk_url):
        check_looks(open_page, address, emre)


def test_empty_pages_are_clean(open_page, transactional_db, emre):
    for address in ("/blog/", "/blog/mine/", "/blog/editing/"):
        check_looks(open_page, address, emre)


def test_what_one_types_is_saved_and_shown(open_page, written, amara):
    post = written["draft"]
    page = open_page(amara)
    page.goto(post.desk_url)
    text = page.get_by_label("Text", exact=True)
    text.fill("Now with *stars* and $x^2$.")
    expect(page.locator("#preview em")).to_have_text("stars")
    expect(page.locator("#preview math")).to_be_visible()
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    page.get_by_label("Title").fill("A better title")
    expect(page.locator("#address")).to_have_text("/blog/a-better-title/")
    post.refresh_from_db()
    assert (post.body, post.title, post.version) == ("Now with *stars* and $x^2$.", "A better title", 3)
    page.goto("/blog/mine/")  # leaves without being asked, for all is saved
    expect(page.get_by_role("link", name="A better title")).to_be_visible()


def test_two_tabs_never_overwrite_each_other(open_page, written, amara):
    post = written["draft"]
    first, second = open_page(amara), open_page(amara)
    for tab in (first, second):
        tab.goto(post.desk_url)
    first.get_by_label("Text", exact=True).fill("From the first tab.")
    expect(first.locator("#save-state")).to_contain_text("Saved at")
    second.get_by_label("Text", exact=True).fill("From the second tab.")
    expect(second.locator("#save-state")).to_contain_text("Press Save to compare")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_label("The text that is saved")).to_have_value(re.compile("From the first tab."))
    expect(second.get_by_label("Text", exact=True)).to_have_value("From the second tab.")
    second.get_by_role("button", name="Save my text").click()
    expect(second.locator("#save-state")).to_contain_text("Saved at")
    post.refresh_from_db()
    assert post.body == "From the second tab."


def test_a_published_text_is_not_saved_while_one_types(open_page, written, emre):
    post = written["out"]
    page = open_page(emre)
    page.goto(post.desk_url)
    page.get_by_label("Text", exact=True).fill("Half a sen")
    expect(page.locator("#preview")).to_have_text("Half a sen")
    page.wait_for_timeout(1500)  # longer than typing waits before it saves a draft
    post.refresh_from_db()
    assert post.body != "Half a sen"
    page.get_by_role("button", name="Save and show at once").click()
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    assert Post.objects.get(pk=post.pk).body == "Half a sen"


def test_a_comment_stands_there_at_once(open_page, written, amara):
    page = open_page(amara)
    page.goto(written["edited"].desk_url)
    page.get_by_label("Comment", exact=True).fill("Because it *falls*.")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#thread em").last).to_have_text("falls")
    expect(page.get_by_label("Comment", exact=True)).to_have_value("")


def test_the_whole_way_without_script(open_page, transactional_db, amara, emre):
    author, editor = (open_page(person, java_script_enabled=False) for person in (amara, emre))
    author.goto("/blog/new/")
    author.get_by_label("Working title").fill("Why it stops")
    author.get_by_role("button", name="Start writing").click()
    author.get_by_label("Text", exact=True).fill("It *falls*.")
    author.get_by_role("button", name="Refresh").click()
    expect(author.locator("#preview em")).to_have_text("falls")
    author.get_by_role("button", name="Save", exact=True).click()
    author.get_by_role("button", name="Ask for editing").click()
    expect(author.get_by_text("The editors were told")).to_be_visible()
    editor.goto("/blog/editing/")
    editor.get_by_role("button", name="Take it: Why it stops").click()
    editor.get_by_label("Comment", exact=True).fill("How far?")
    editor.get_by_role("button", name="Give back with this comment").click()
    expect(editor.get_by_text("Nothing waits for an editor")).to_be_visible()
    author.reload()
    expect(author.get_by_text("How far?")).to_be_visible()
    author.get_by_role("button", name="Ask for editing").click()
    expect(author.get_by_text("The editors were told")).to_be_visible()
    editor.goto(Post.objects.get().desk_url)
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_role("heading", name="Why it stops")).to_be_visible()
    expect(editor).to_have_url(re.compile("/blog/why-it-stops/$"))


def test_hostile_text_stays_still_in_the_preview(open_page, written, amara):
    page = open_page(amara)
    page.goto(written["draft"].desk_url)
    page.get_by_label("Text", exact=True).fill(
        "<img src=x onerror=alert(1)><b hx-get='/' hx-trigger=load>x</b><script>1</script>end"
    )
    expect(page.locator("#preview")).to_contain_text("end")
    assert page.locator("#preview").evaluate("e => e.querySelectorAll('img, script, [hx-get], [onerror]').length") == 0


def test_a_long_title_breaks(open_page, transactional_db, amara):
    post = make_post(amara, title="W" * 140, teaser="x" * 300, state="published")
    for address in ("/blog/", post.get_absolute_url()):
        check_looks(open_page, address)
