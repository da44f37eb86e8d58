"""`make screenshots`: what a visitor and each of the demo people see, in both themes and at both widths."""

import os
import shutil
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from mentorship.home.demo.cast import CAST, PASSWORD

SIZES = {360: 740, 1280: 900}
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class Command(BaseCommand):
    help = "Picture home and every page of the navigation, for each role, of the demo that `make run` serves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = os.environ.get("PORT") or "8000"
        parser.add_argument("--at", default=f"http://127.0.0.1:{port}", help="where `make run` serves")
        parser.add_argument("--into", type=Path, default=settings.DATA_DIR / "screenshots")

    def handle(self, *args: Any, **options: Any) -> None:
        from playwright.sync_api import sync_playwright

        at, into = options["at"], options["into"]
        try:
            urllib.request.urlopen(f"{at}/live", timeout=5).close()  # noqa: S310 - an address of the developer's own
        except (urllib.error.URLError, OSError):
            raise CommandError(f"Nothing answers at {at}: start `make run` in another terminal first.") from None
        path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
        if path is None:
            raise CommandError("No Chromium is installed: `make chromium` says how to get one.")
        into.mkdir(parents=True, exist_ok=True)
        people = {"visitor": ""} | {role.what: role.email for role in CAST if role.what}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            taken = sum(picture(browser, at, into, name, email) for name, email in people.items())
            browser.close()
        self.stdout.write(f"{taken} pictures in {into}")


def picture(browser: Any, at: str, into: Path, name: str, email: str) -> int:
    """All pictures of one person, who signs in once; gives their number."""
    context = browser.new_context(base_url=at, viewport={"width": 1280, "height": SIZES[1280]})
    page = context.new_page()
    if email:
        page.goto("/accounts/login/")
        page.fill("[name=login]", email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/home/**")
    page.goto("/home/" if email else "/")
    found = page.eval_on_selector_all("header nav a[href^='/']", "links => links.map(a => a.getAttribute('href'))")
    taken = 0
    for address in dict.fromkeys(["/home/" if email else "/", *found]):
        label = address.strip("/").replace("/", "-") or "landing"
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.goto(address)
                page.screenshot(path=into / f"{name}-{label}-{width}-{scheme}.png", full_page=True)
                taken += 1
    context.close()
    return taken
