"""The desk's own scripts: the toolbar, images by paste and drop, and words that outlive a closed connection."""

import base64

import pytest
from playwright.sync_api import expect

from blog.models import Figure, Post
from blog.writing import Text, begin, revise
from tests.browser.conftest import check_looks
from tests.common.rendering.notebooks import picture

GIVE = """([kind, name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const held = new DataTransfer();
  held.items.add(new File([bytes], name, { type }));
  const options = { bubbles: true, cancelable: true };
  const area = document.getElementById("id_body");
  if (kind === "paste") area.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: held }));
  else area.dispatchEvent(new DragEvent("drop", { ...options, dataTransfer: held }));
}"""


@pytest.fixture
def draft(transactional_db, amara):
    return begin(by=amara, text=Text("Why", body="one two"))


def give(page, kind, name, raw):
    page.evaluate(GIVE, [kind, name, "image/png", base64.b64encode(raw).decode()])


def test_the_toolbar_writes_and_undo_takes_it_back(open_page, draft, amara):
    page = open_page(amara)
    page.goto(draft.desk_url)
    area = page.get_by_label("Text", exact=True)
    area.evaluate("e => e.setSelectionRange(4, 7)")
    area.focus()
    page.keyboard.press("Control+b")
    expect(area).to_have_value("one **two**")
    page.keyboard.press("Control+b")
    expect(area).to_have_value("one two")
    page.get_by_role("button", name="Task list").click()
    expect(area).to_have_value("- [ ] one two")
    page.keyboard.press("Control+z")
    expect(area).to_have_value("one two")
    area.evaluate("e => e.setSelectionRange(7, 7)")
    page.get_by_role("button", name="Code with its language").click()
    expect(area).to_have_value("one two\n\n```python\ncode\n```\n")
    page.get_by_role("button", name="Footnote").click()
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    assert "[^1]: Note" in Post.objects.get().body


def test_an_image_is_pasted_described_and_shown(open_page, draft, amara):
    page = open_page(amara)
    page.goto(draft.desk_url)
    area = page.get_by_label("Text", exact=True)
    area.evaluate("e => e.setSelectionRange(7, 7)")
    give(page, "paste", "plot.png", picture())
    page.get_by_label("What does it show?").fill("A plot")
    page.get_by_label("What does it show?").press("Enter")
    expect(page.locator("#preview img")).to_have_attribute("alt", "A plot")
    expect(area).to_have_value(f"one two\n\n{Figure.objects.get().markdown}")
    give(page, "drop", "none.png", b"no image")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("#figure-error")).to_contain_text("not a PNG")
    expect(area).to_have_value(f"one two\n\n{Figure.objects.get().markdown}\n\n")


def test_words_outlive_a_closed_connection(open_page, draft, amara):
    page = open_page(amara, forgive=True)
    page.goto(draft.desk_url)
    page.context.set_offline(True)
    page.get_by_label("Text", exact=True).fill("Typed on a train.")
    page.wait_for_function("localStorage.length > 0")
    page.goto("about:blank")
    page.context.set_offline(False)
    assert Post.objects.get().body == "one two"
    page.goto(draft.desk_url)
    expect(page.get_by_label("Text", exact=True)).to_have_value("Typed on a train.")
    expect(page.locator("#save-state")).to_contain_text("Saved at")
    assert Post.objects.get().body == "Typed on a train."


def test_the_desk_and_its_revisions_are_clean(open_page, draft, amara):
    Figure.objects.store(post=draft, file=picture(300, 200), alt="A plot", by=amara)
    check_looks(open_page, draft.desk_url, amara)
    revise(draft, by=amara, version=1, text=Text("Why", body="one three"))
    check_looks(open_page, f"/blog/{draft.pk}/revisions/?from=1&to=2", amara)
