"""The set-up in four steps: each saved on its own, nothing lost, and what is missing said before it can open."""

import re

import pytest

from mentorship.cohorts.models import Charter, Cohort
from mentorship.cohorts.models.charter import program_charter
from mentorship.cohorts.readiness import missing
from mentorship.common.errors import Refused
from tests import factory
from tests.guests import make_invitation


@pytest.fixture
def draft(stream):
    return factory.make_cohort(stream=stream, state="draft", about="", seats=4)


def step(client, cohort, number, data=None, **more):
    address = f"/cohorts/{cohort.slug}/set-up/{number}/"
    if data is None:
        return client.get(address)
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).text)[1]
    return client.post(address, {"seen": seen} | data | more)


WHAT = {"name": "Spring", "slug": "spring", "starts_on": "2099-01-05", "ends_on": "2099-05-01"}
WHAT |= {"applications_close_on": "2099-01-04"}
ROOM = {"seats": 12, "timezone": "Asia/Tokyo", "hours_a_week": 8, "promise_days": 3}
PAGE = {"about": "Small and quiet.", "for_whom": "Beginners.", "charter": "## We listen\n\nFirst."}


def test_from_nothing_to_open_in_four_steps(sign_in, ada, stream, mateo):
    client = sign_in(ada)
    made = client.post("/cohorts/new/", WHAT | {"stream": stream.pk, "slug": ""})
    assert made.url == "/cohorts/spring/set-up/2/"
    cohort = Cohort.objects.get()
    assert step(client, cohort, 2, ROOM, go="on").url == "/cohorts/spring/set-up/3/"
    assert step(client, cohort, 3, PAGE, go="on").url == "/cohorts/spring/set-up/4/"
    assert client.post("/cohorts/spring/set-up/4/", {"person": mateo.email, "capacity": 12}).status_code == 302
    cohort.refresh_from_db()
    assert (cohort.seats, cohort.timezone, cohort.hours_a_week, cohort.promise_days) == (12, "Asia/Tokyo", 8, 3)
    assert (cohort.about, cohort.for_whom, Charter.of(cohort).text) == (
        "Small and quiet.",
        "Beginners.",
        PAGE["charter"],
    )
    assert cohort.memberships.get().promise_days == 3
    page = step(client, cohort, 4).text
    assert "Needed" not in page
    assert "Open for applications" in page
    client.post("/cohorts/spring/open/")
    cohort.refresh_from_db()
    assert cohort.state == "open"


def test_a_draft_stays_out_of_sight(client, draft):
    assert client.get(f"/cohorts/{draft.slug}/").status_code == 404


def test_a_second_cohort_of_the_same_name_gets_an_address_of_its_own(sign_in, ada, stream):
    for address in ("spring", "spring-2"):
        made = sign_in(ada).post("/cohorts/new/", WHAT | {"stream": stream.pk, "slug": ""})
        assert made.url == f"/cohorts/{address}/set-up/2/"


@pytest.mark.parametrize(("go", "number"), [("on", 3), ("stay", 2), ("back", 1), ("", 2), ("nonsense", 2)])
def test_saving_goes_on_stays_or_goes_back(sign_in, ada, draft, go, number):
    assert step(sign_in(ada), draft, 2, ROOM, go=go).url == f"/cohorts/{draft.slug}/set-up/{number}/"
    assert Cohort.objects.get(pk=draft.pk).seats == 12


@pytest.mark.parametrize(
    ("number", "data", "sentence"),
    [
        (2, ROOM | {"timezone": "Mars/Olympus"}, "Select a valid choice."),
        (2, ROOM | {"seats": "0"}, "greater than or equal to 1"),
        (2, ROOM | {"promise_days": "22"}, "less than or equal to 21"),
        (3, PAGE | {"about": " "}, "Say in two or three sentences"),
        (3, PAGE | {"charter": ""}, "This field is required."),
    ],
)
def test_a_wrong_step_says_why_and_keeps_what_was_typed(sign_in, ada, draft, number, data, sentence):
    answer = step(sign_in(ada), draft, number, data)
    assert answer.status_code == 422
    assert sentence in answer.text
    for name, value in data.items():
        assert answer.context["form"][name].value() == str(value)
    assert Cohort.objects.get(pk=draft.pk).seats == 4
    assert Charter.of(draft) is None


def test_two_admins_at_one_step_and_at_two(sign_in, ada, draft):
    client = sign_in(ada)
    seen = re.search(r'name="seen" value="(\w+)"', step(client, draft, 2).text)[1]
    step(client, draft, 3, PAGE)  # another step disturbs nobody
    assert client.post(f"/cohorts/{draft.slug}/set-up/2/", ROOM | {"seen": seen, "seats": 9}).status_code == 302
    answer = client.post(f"/cohorts/{draft.slug}/set-up/2/", ROOM | {"seen": seen})
    assert answer.status_code == 409
    assert re.search("What stands there now.*<dt>Seats</dt><dd>9</dd>", answer.text, re.DOTALL)


def test_there_are_four_steps(sign_in, ada, draft):
    assert [step(sign_in(ada), draft, n).status_code for n in range(6)] == [404, 200, 200, 200, 200, 404]


def test_what_is_missing_is_said_with_the_way_there(sign_in, ada, draft):
    page = step(sign_in(ada), draft, 1).text
    for text in ("The public page says nothing", "Nobody mentors yet", "not laid over the weeks", "No meeting"):
        assert text in page
    assert f"/cohorts/{draft.slug}/set-up/3/" in page
    assert "It can open as soon as" in page


def test_mentors_and_those_invited_are_counted_against_the_seats(ada, draft, mateo):
    texts = lambda: " ".join(one.text for one in missing(draft))  # noqa: E731
    draft.add_mentor(person=mateo, capacity=1, by=ada)
    assert "take 1 mentees; there are 4 seats" in texts()
    make_invitation(draft, ada, role="mentor", capacity=3)
    assert "mentees; there are" not in texts()


def test_nothing_opens_without_a_page(ada, draft):
    with pytest.raises(Refused) as refusal:
        draft.open(by=ada)
    assert refusal.value.code == "no_about"
    assert Charter.of(draft) is None
    Cohort.objects.filter(pk=draft.pk).update(about="Small and quiet.")
    draft.open(by=ada)
    assert Charter.of(draft).text == program_charter()


def test_the_set_up_of_a_draft_is_its_steps_and_of_others_one_page(sign_in, ada, draft, cohort):
    assert sign_in(ada).get(f"/cohorts/{draft.slug}/edit/").url == f"/cohorts/{draft.slug}/set-up/1/"
    assert sign_in(ada).get(f"/cohorts/{cohort.slug}/edit/").status_code == 200
    assert step(sign_in(ada), cohort, 2).status_code == 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"person": "nobody@example.org", "capacity": 3}, "Nobody here has this address"),
        ({"person": "mateo-rojas", "capacity": 99}, "less than or equal to 50"),
    ],
)
def test_a_mentor_who_cannot_be_added(sign_in, ada, draft, mateo, data, sentence):
    answer = sign_in(ada).post(f"/cohorts/{draft.slug}/set-up/4/", data)
    assert answer.status_code == 422
    assert sentence in answer.text
