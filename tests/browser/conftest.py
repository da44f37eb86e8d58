"""A headless Chromium, and what every page has to hold: nothing for axe to find, nothing to scroll sideways."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpResponse

from mentorship.common.staticfiles import ENTRY, in_one_piece
from tests.worker import until

# Playwright's sync API runs an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = "/usr/bin/chromium"
SIZES = {"phone": (360, 740), "desktop": (1280, 900)}
LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in SIZES]
CONTRAST = {"resultTypes": ["violations"], "preload": False, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Colours fade into those of another theme: wait for the fading to begin, then until it has ended.
SETTLED = """async () => {
  const frame = () => new Promise((done) => setTimeout(done, 20));
  await frame();
  const fading = () => document.getAnimations().some((one) => one instanceof CSSTransition);
  for (let i = 0; i < 100 && fading(); i++) await frame();
}"""
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # it would fetch the stylesheets again, and follow their imports from the page's address
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def chromium() -> str:
    """The system's Chromium without a window, or with one, or Chrome; '' where there is none."""
    chromiums = ("chromium-headless-shell", CHROMIUM, "chromium", "chromium-browser")
    names = (*chromiums, "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), "")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    path = chromium()
    if not path:
        pytest.fail("No Chromium is installed: `make test` says how to get one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def _stylesheet_in_one_piece():
    """The live server sends the stylesheet as production does; each new context would ask for forty files."""
    text = in_one_piece(lambda name: Path(finders.find(name)).read_text())
    serve = StaticFilesHandler.serve

    def quick(handler, request):
        if request.path.endswith(ENTRY):
            return HttpResponse(text, content_type="text/css")
        return serve(handler, request)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(StaticFilesHandler, "serve", quick)
        yield


@pytest.fixture
def open_page(browser, live_server):
    """`open_page(person=None, scheme="light", size="desktop", **context)` gives a page, signed in as `person`.

    Addresses are relative to the live server. What a page logs as an error, a breach of the content policy among
    it, fails the test at its end, unless the test says `forgive=True` because it breaks something.
    A page that is closed sends its last words: the server has answered them before the tables are emptied.
    """
    contexts, errors = [], []

    def open_page(person=None, scheme="light", size="desktop", forgive=False, **options):
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        contexts.append(context)
        if person is not None:
            context.add_cookies([session_cookie(person, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        if not forgive:
            page.on("console", lambda said: errors.append(f"{page.url}: {said.text}") if broken(said) else None)
            page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    until(lambda: not [one for one in threading.enumerate() if "process_request_thread" in one.name])
    assert not errors, "\n".join(errors)


@pytest.fixture
def page(open_page):
    """A visitor's page, light, on a desktop."""
    return open_page()


def broken(said) -> bool:
    """Whether a console message tells of a fault. An answer of 4xx is logged too, and mostly what a test wants."""
    return said.type == "error" and "Failed to load resource" not in said.text


def session_cookie(person, address: str) -> dict[str, str]:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": address,
    }


def check_axe(page, options=OPTIONS) -> None:
    """Fails with what axe finds on the page as it stands, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    lines = [
        f"{v['id']}: {v['help']}\n" + "\n".join(f"    {n['html'][:160]}\n    {n['failureSummary']}" for n in v["nodes"])
        for v in found
    ]
    assert not lines, f"{page.url}, {page.viewport_size['width']} px:\n" + "\n".join(lines)


def check_width(page) -> None:
    """Fails where the page scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{page.url} is {width} px wide"


def check_look(page) -> None:
    """What holds for every page, in the theme and at the size it is open in."""
    check_axe(page)
    check_width(page)


def check_looks(open_page, address: str, person=None) -> None:
    """Opens `address` as `person` and checks it in both themes, on a phone and on a desktop."""
    page = open_page(person)
    answer = page.goto(address)
    assert answer.status < 500, f"{address} answered {answer.status}"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(SETTLED)
            # What a theme can break is contrast; the rest is the same in both.
            check_axe(page, OPTIONS if scheme == "light" else CONTRAST)
            check_width(page)
    page.context.close()


def open_panel(page, name: str) -> None:
    """Turns the workspace of a review to one of its parts: Questions, Changes, Verdict, Mentee, Rounds."""
    page.locator(".panel-tabs").get_by_role("link", name=name).click()
