"""What who reviews learns of the mentee: counts and sums, the last meeting, private notes; nobody else does."""

import pytest

from projects.mentee import hours
from tests import factory


@pytest.fixture
def address(waiting, mateo):
    waiting.claim(by=mateo)
    return f"/rounds/{waiting.pk}/review/"


@pytest.fixture
def studied(cohort, seat, stream, amara, bela, mateo, project):
    """An item done, hours on the project and elsewhere, two meetings with minutes and one called off, a note."""
    stream.items.filter(counts=True).first().mark(by=amara, state="done")
    factory.make_study_entry(amara, minutes=90, item=project.item, note="Secret diary")
    factory.make_study_entry(amara, minutes=60)
    factory.make_study_entry(bela, minutes=600)
    for days, title in ((20, "First session"), (6, "Second session")):
        notes = {"notes": "x", "notes_html": f"<p>Actions of {title}</p>"}
        factory.make_meeting(cohort, title=title, starts_at=factory.days_ago(days), **notes)
    factory.make_meeting(
        cohort, title="Off", starts_at=factory.days_ago(1), cancelled_at=factory.days_ago(2), notes="x"
    )
    factory.make_mentor_note(seat, mateo)


def test_the_workspace_tells_of_the_mentee(sign_in, mateo, address, studied):
    page = sign_in(mateo).get(address).text
    assert "1 of" in page
    assert "1.5 hours logged" in page
    assert "2.5 hours logged" in page
    assert "Actions of Second session" in page
    assert "Actions of First session" not in page
    assert "<em>recall</em>" in page
    assert "Secret diary" not in page


def test_so_does_the_api_to_who_may_review(sign_in, mateo, amara, noor, waiting, address, studied):
    url = f"/api/v1/rounds/{waiting.pk}/mentee/"
    found = sign_in(mateo).get(url).json()
    assert (found["done"], found["project_minutes"], found["recent_minutes"]) == (1, 90, 150)
    assert found["meeting"]["title"] == "Second session"
    for stranger in (amara, noor):
        assert sign_in(stranger).get(url).status_code == 404


def test_the_mentee_reads_nothing_of_it(sign_in, amara, waiting, address, studied):
    for page in (waiting.get_absolute_url(), waiting.submission.get_absolute_url()):
        assert "recall" not in sign_in(amara).get(page).text


def test_earlier_rounds_and_what_changed_since(sign_in, submission, mateo):
    factory.make_review(submission, mateo)
    request = submission.change_requests.get()
    work = factory.make_work(submission.project, addressed={request.pk: "So."})
    second = submission.hand_in(by=submission.author, work=work)
    second.claim(by=mateo)
    page = sign_in(mateo).get(f"/rounds/{second.pk}/review/").text
    assert f"/rounds/{second.pk}/difference/1/" in page
    assert "Changes requested" in page
    assert "A good start." in page


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "nothing"), (10, "10 minutes"), (60, "1 hour"), (150, "2.5 hours"), (601, "10 hours")]
)
def test_hours_are_said_in_halves(minutes, said):
    assert hours(minutes) == said
