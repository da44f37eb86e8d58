"""What a mentor does in the browser, for the stories that need a review on their way."""

import re

from tests.browser.conftest import open_panel


def take(page, tab="mine"):
    """Claim the first round of a tab of the queue; its workspace opens."""
    page.goto(f"/queue/?tab={tab}")
    page.get_by_role("button", name="Claim").first.click()
    page.wait_for_url(re.compile("/review/$"))


def publish(page, verdict, summary, reader="Amara Okafor"):
    """Verdict, summary, preview, and the button: what comes of it is the caller's to see."""
    open_panel(page, "Verdict")
    page.get_by_label("Summary").fill(summary)
    page.get_by_label(verdict).check()
    page.get_by_role("button", name="Preview, then publish").click()
    page.get_by_text(f"What {reader} will see").wait_for()
    page.get_by_role("button", name="Publish").click()
