"""Practice by keyboard, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

from mentorship.common import clock
from mentorship.study.models import Attempt
from mentorship.study.questions.queue import today_of
from tests.browser.conftest import check_look
from tests.study.questions.make import make_card

pytestmark = pytest.mark.django_db(transaction=True)


def test_revealed_rated_and_taken_back_by_keys(open_page, amara):
    first, second = (make_card(amara) for _ in range(2))
    assert today_of(amara, clock.now()).card == first
    page = open_page(amara, size="phone")
    page.goto("/study/practice/")
    question = page.locator("#practice-question")
    expect(question).to_contain_text(first.question.text)
    page.fill("#practice-text", "Typed 1 and 2")
    assert not Attempt.objects.exists()  # digits in the answer rate nothing
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Good in 10 min")).to_be_visible()
    check_look(page)
    page.keyboard.press("3")
    expect(question).to_contain_text(second.question.text)
    page.keyboard.press("u")
    expect(question).to_contain_text(first.question.text)
    attempt = Attempt.objects.get()
    assert (attempt.text, attempt.undone_at is not None) == ("Typed 1 and 2", True)
