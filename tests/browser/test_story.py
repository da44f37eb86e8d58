"""The main story, lived in Chromium by six people on the real parts: web, worker, Redis, Postgres and a mail server.

Priya applies, is accepted and given a mentor, ticks an item of the real curriculum, hands in Project 1, is asked for a
change, hands in a second round, is accepted; a gap that she noted becomes a post, edited by two at once, published and
merged into the program's Jekyll blog by a pull request; a visitor reads it. axe looks at every page on the way, and in
the end everyone was told of what concerned them, once.
"""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from mentorship.cohorts.models import Cohort
from mentorship.home.demo.notebook import make_notebook
from mentorship.notifications.models import Notification
from mentorship.people.models import User
from tests import factory
from tests.browser import story_writing as writing
from tests.browser.conftest import check_look, open_panel
from tests.browser.story_writing import hub as hub
from tests.worker import until

ADDRESS, PASSWORD = "priya@example.org", "a long walk by the sea"


@pytest.fixture
def stage(transactional_db, mailbox, start_worker, settings, tmp_path, live_server, hub):
    """The real curriculum, an admin, a mentor and an editor, one open cohort, and a worker that works."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.BASE_URL = live_server.url
    call_command("migrate", verbosity=0)
    call_command("load_curriculum", verbosity=0)
    ada = factory.make_person("Ada Lindqvist", groups=["admins"])
    factory.make_person("Mateo Rojas")
    factory.make_person("Emre Demir", groups=["editors"])
    today = timezone.localdate()
    cohort = Cohort.draft(
        by=ada, stream=factory.Stream.objects.get(key="starting-out"), name="Starting out, story", slug="story",
        starts_on=today - timedelta(days=1), ends_on=today + timedelta(weeks=16), seats=3,
        applications_close_on=today + timedelta(days=7), timezone="Europe/Berlin", hours_a_week=10,
        about="Evenings, together.",
    )  # fmt: skip
    cohort.open(by=ada)
    start_worker(
        EMAIL_URL=f"smtp://127.0.0.1:{mailbox.port}", BASE_URL=live_server.url,
        FETCH_TRUSTED=",".join(hub.trusted), **hub.settings,
    )  # fmt: skip
    return mailbox


def mailed(mailbox, address: str, subject: str) -> str:
    """The text of the one mail to `address` whose subject holds `subject`, once it is there."""

    def find():
        return [m for m in mailbox.messages if address in str(m["To"]) and subject in str(m["Subject"])]

    (message,) = until(find)
    return message.get_body(("plain",)).get_content()


def test_the_story(stage, hub, open_page):
    priya = open_page(timezone_id="Asia/Kolkata")
    ada, mateo, emre = (
        open_page(User.objects.get(name=name)) for name in ("Ada Lindqvist", "Mateo Rojas", "Emre Demir")
    )
    visitor = open_page(size="phone", scheme="dark")

    join(priya, stage)
    apply(priya)
    accept(ada)
    mailed(stage, ADDRESS, "Starting out, story")
    give_mentor(ada)
    tick(priya)
    hand_in(priya)
    ask_for_a_change(mateo)
    hand_in_again(priya)
    accept_work(mateo)
    writing.note_a_gap(priya)
    writing.write(priya)
    writing.suggest(emre)
    writing.accept(priya)
    writing.publish(emre)
    writing.send_on(emre, hub)
    writing.read(visitor)
    everyone_was_told_once(stage)


def join(page, mailbox):
    page.goto("/")
    check_look(page)
    page.goto("/accounts/signup/")
    check_look(page)
    page.fill("input[name=name]", "Priya Raman")
    page.fill("input[name=email]", ADDRESS)
    page.fill("input[name=password1]", PASSWORD)
    page.click("text=Make my account")
    link = re.search(r"http://\S+/accounts/confirm-email/\S+", mailed(mailbox, ADDRESS, "Confirm"))
    page.goto(link[0])
    check_look(page)
    page.click("main button[type=submit]")
    page.goto("/home/")
    page.get_by_text("You are in no cohort yet").wait_for()
    check_look(page)
    assert User.objects.get(email=ADDRESS).timezone in ("Asia/Kolkata", "Asia/Calcutta")


def apply(page):
    page.goto("/cohorts/")
    check_look(page)
    page.click("text=Starting out, story")
    check_look(page)
    page.click("main >> text=/^Apply/")
    check_look(page)
    for name in ("motivation", "background", "goal"):
        page.fill(f"textarea[name={name}]", f"My {name}, in a sentence that says enough to decide on.")
    page.fill("input[name=hours_a_week]", "10")
    page.get_by_label("I have read the charter and keep to it").check()
    page.click("text=Send the application")
    page.get_by_role("heading", name="Waiting for a decision").wait_for()
    check_look(page)


def accept(page):
    page.goto("/home/")
    check_look(page)
    page.goto("/cohorts/story/applications/")
    check_look(page)
    page.click("text=Priya Raman")
    check_look(page)
    page.click("button:has-text('Accept')")
    page.goto("/cohorts/story/edit/")
    check_look(page)
    page.click("button:has-text('Start')")


def give_mentor(page):
    page.goto("/cohorts/story/assignments/")
    check_look(page)
    form = page.locator("form[action$='/mentors/add/']")
    form.locator("input[name=person], input[name=who], input[type=text], input[type=email]").first.fill("mateo-rojas")
    form.locator("input[name=capacity]").fill("2")
    form.locator("button").click()
    page.wait_for_load_state()
    page.locator("input[name=mentees]").first.check()
    page.locator("input[name=mentor]").first.check()
    page.click("text=Assign the chosen")
    page.get_by_role("heading", name="Who works with whom").wait_for()
    check_look(page)


def tick(page):
    page.goto("/home/")
    page.get_by_text("Next in Stream 1").wait_for()
    page.goto("/streams/starting-out/")
    check_look(page)
    assert page.locator("#stream-progress strong").inner_text().startswith("0 of")
    page.locator(
        "form[action*='/items/setup.github/'] button, button[formaction*='/items/setup.github/']"
    ).first.click()
    page.locator("#stream-progress strong", has_text=re.compile(r"^1 of")).wait_for()


def answers(page):
    for box in page.locator("textarea[name^='answer_']").all():
        box.fill("Because the error said so, and I can show where.")


def hand_in(page):
    page.goto("/projects/project-1/")
    check_look(page)
    page.goto("/projects/project-1/hand-in/")
    page.fill("input[name=title]", "Bike rentals by the hour")
    page.fill("input[name=repository_url]", "https://github.com/example/bike-rentals")
    page.fill("textarea[name=write_up]", "A forest, $p<0.01$.")
    answers(page)
    page.set_input_files(
        "input[type=file]", {"name": "bikes.ipynb", "mimeType": "application/json", "buffer": make_notebook()}
    )
    check_look(page)
    page.locator("main button.primary", has_text="Hand in").click()

    page.get_by_role("heading", name="Bike rentals by the hour").wait_for()
    check_look(page)


def ask_for_a_change(page):
    page.goto("/home/")
    page.get_by_text("Bike rentals by the hour").wait_for()
    check_look(page)
    page.goto("/queue/")
    check_look(page)
    page.locator("button[formaction$='/claim/']").click()
    page.wait_for_url(re.compile(r"/review/$"))
    page.get_by_role("heading", name="Bike rentals by the hour").first.wait_for()  # the notebook's own, rendered
    check_look(page)
    page.locator("input[name$='-blocking']").first.check()
    page.locator("textarea[name^='comment-']").first.fill("Split by time, not by chance.")
    open_panel(page, "Verdict")
    page.fill("textarea[name=summary]", "Clearly told. One thing has to change.")
    page.check("input[name=verdict][value=changes_requested]")
    page.click("text=Preview, then publish")
    page.get_by_role("heading", name="What Priya Raman will see").wait_for()
    check_look(page)
    page.click("button:has-text('Publish')")
    page.wait_for_url(re.compile(r"/submissions/\d+/|/queue/"))


def hand_in_again(page):
    page.goto("/home/")
    page.get_by_text("Answer the review of").wait_for()
    check_look(page)
    page.click("text=Read the review")
    page.get_by_text("Split by time, not by chance.").first.wait_for()
    check_look(page)
    page.click("text=Hand in round 2")
    page.locator("[name^='addressed_']").fill("Now by month; the error rose by a fifth.")
    answers(page)
    check_look(page)
    page.locator("main button.primary", has_text="Hand in").click()
    page.get_by_text("Round 2").first.wait_for()


def accept_work(page):
    page.goto("/queue/")
    page.locator("button[formaction$='/claim/']").click()
    page.wait_for_url(re.compile(r"/review/$"))
    page.get_by_text("Now by month; the error rose by a fifth.").first.wait_for()
    open_panel(page, "Changes")
    page.locator("input[name^='decision-'][value=accepted]").check()
    open_panel(page, "Verdict")
    page.fill("textarea[name=summary]", "I believe it now.")
    page.check("input[name=verdict][value=accepted]")
    page.click("text=Preview, then publish")
    page.wait_for_url(re.compile("/preview/$"))
    page.get_by_role("button", name="Publish", exact=True).first.click()
    page.wait_for_url(re.compile(r"/submissions/\d+/|/queue/"))


def everyone_was_told_once(mailbox):
    until(lambda: not Notification.objects.filter(email="queued").exists())
    told = Counter((str(m["To"]), str(m["Message-ID"])) for m in mailbox.messages)
    assert max(told.values()) == 1
    kinds = Notification.objects.filter(in_app=True).values_list("person__name", "kind", "subject", "threshold")
    assert len(kinds) == len(set(kinds))
    by_person = {name: {kind for who, kind, _, _ in kinds if who == name} for name in {k[0] for k in kinds}}
    assert len(by_person["Priya Raman"]) >= 5, by_person
    assert by_person["Mateo Rojas"], by_person
    assert by_person["Emre Demir"], by_person
    subjects = Counter(mailbox.subjects_to(ADDRESS))
    assert len(subjects) >= 6, subjects
