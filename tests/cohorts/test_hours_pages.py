"""The pages of hours and talks: what each sees, what is refused at its field, how many queries."""

import itertools
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.cohorts.models import Booking, InterviewFeedback, Slot, Talk
from tests import factory


def address(cohort, name="hours", *args):
    return reverse(f"cohorts:{name}", args=[cohort.slug, *args])


def host(cohort, person):
    return cohort.memberships.get(person=person)


def day_in(weeks: int) -> str:
    return f"{timezone.localdate() + timedelta(weeks=weeks):%Y-%m-%d}"


OFFER = {"kind": "interview", "interview_round": "design", "side": "asks", "clock": "18:00", "minutes": 45, "weeks": 3}


def test_offered_each_week_at_the_same_time_of_ones_own_clocks(sign_in, cohort, mateo):
    answer = sign_in(mateo).post(address(cohort, "offer"), OFFER | {"day": day_in(1)})
    assert answer.status_code == 302
    local = [row.starts_at.astimezone(mateo.zone) for row in Slot.objects.order_by("starts_at")]
    assert [f"{moment:%H:%M}" for moment in local] == ["18:00"] * 3
    assert {(b.date() - a.date()).days for a, b in itertools.pairwise(local)} == {7}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"minutes": "5"}, "greater than or equal to 15"),
        ({"interview_round": ""}, "Choose what the interview is about"),
        ({"day": "2026-02-30"}, "Enter a valid date"),
        ({"weeks": "99"}, "less than or equal to 12"),
        ({"kind": "party"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(sign_in, cohort, mateo, wrong, says):
    data = OFFER | {"day": day_in(1), "note": "Bring paper."} | wrong
    answer = sign_in(mateo).post(address(cohort, "offer"), data)
    text = answer.content.decode()
    assert (answer.status_code, says in text, "Bring paper." in text) == (422, True, True)
    assert not Slot.objects.exists()


def test_a_time_that_the_clocks_skip_is_asked_about(sign_in, cohort, mateo):
    mateo.timezone = "Europe/Berlin"
    mateo.save(update_fields=["timezone"])
    answer = sign_in(mateo).post(address(cohort, "offer"), OFFER | {"day": "2027-03-28", "clock": "02:30", "weeks": 1})
    assert answer.status_code == 422
    assert "id_clock_error" in answer.content.decode()


def test_a_promised_time_is_refused_as_a_conflict(sign_in, cohort, mateo):
    client, data = sign_in(mateo), OFFER | {"day": day_in(1), "weeks": 1}
    assert client.post(address(cohort, "offer"), data).status_code == 302
    answer = client.post(address(cohort, "offer"), data)
    assert (answer.status_code, "promised this time" in answer.content.decode()) == (409, True)


def test_who_has_booked_it_is_for_the_two_of_them(sign_in, cohort, mateo, amara, bela, ada):
    row = factory.make_slot(host(cohort, mateo), place="https://call.example/1")
    page = address(cohort, "slot", row.pk)
    assert "call.example" not in sign_in(amara).get(page).content.decode()
    assert sign_in(amara).post(address(cohort, "book", row.pk), {"topic": "Graphs"}).status_code == 302
    for person in (amara, mateo):
        text = sign_in(person).get(page).content.decode()
        assert "call.example" in text
        assert "Graphs" in text
    assert sign_in(bela).get(page).status_code == 404
    assert "Graphs" not in sign_in(ada).get(page).content.decode()
    assert sign_in(bela).post(address(cohort, "call_off", row.pk)).status_code == 404
    assert sign_in(mateo).post(address(cohort, "call_off", row.pk), {"reason": "Ill."}).status_code == 302
    assert Booking.objects.get().reason == "Ill."


def test_how_it_went_is_said_on_the_page(sign_in, cohort, mateo, amara):
    booking = factory.make_slot(host(cohort, mateo)).book(by=amara)
    page, say = address(cohort, "slot", booking.slot.pk), address(cohort, "say", booking.slot.pk)
    texts = {"went_well": "Clear.", "next_time": "Slower."}
    assert sign_in(amara).post(say, texts).status_code == 422
    start = timezone.now() - timedelta(hours=2)
    Slot.objects.update(starts_at=start, ends_at=start + timedelta(minutes=45))
    data = texts | {f"level_{key}": 3 for key in ("clear", "room", "useful")}
    assert sign_in(amara).post(say, data | {"level_clear": 7}).status_code == 422
    assert sign_in(amara).post(say, data).status_code == 302
    assert sign_in(amara).post(say, data).status_code == 409
    assert InterviewFeedback.objects.get().levels == {"clear": 3, "room": 3, "useful": 3}
    assert "Slower." in sign_in(amara).get(page).content.decode()
    assert "Slower." not in sign_in(mateo).get(page).content.decode()


def test_queries_do_not_grow_with_hours_or_talks(sign_in, cohort, mateo, amara, ada, django_assert_max_num_queries):
    for days in range(2, 5):
        factory.make_slot(host(cohort, mateo), days).book(by=amara)
    for days in range(5, 25):
        factory.make_slot(host(cohort, mateo), days)
    factory.make_slot(host(cohort, amara), 26)
    for number in range(8):
        factory.make_talk(ada, visibility="public", days=number + 1)
    client = sign_in(amara)
    with django_assert_max_num_queries(12):
        text = client.get(address(cohort)).content.decode()
    assert text.count("data-row") == 24
    with django_assert_max_num_queries(6):
        assert client.get("/talks/").content.decode().count("data-row") == 8


def test_a_talk_is_planned_changed_and_refused_at_its_field(sign_in, ada):
    client = sign_in(ada)
    data = {
        "title": "Drift in production", "speaker_name": "Grace Hopper", "speaker_about": "Admiral", "about": "How.",
        "speaker_email": "grace@example.org", "day": day_in(2), "clock": "18:30", "minutes": 60,
        "timezone": "Europe/Berlin", "visibility": "public", "limit": "", "place": "", "slug": "",
    }  # fmt: skip
    answer = client.post("/talks/new/", data | {"slug": "new", "speaker_email": "grace"})
    text = answer.content.decode()
    assert (answer.status_code, "taken by a page of ours" in text, "valid email" in text) == (422, True, True)
    assert client.post("/talks/new/", data)["Location"] == "/talks/drift-in-production/"
    assert client.post("/talks/new/", data).status_code == 422
    seen = client.get("/talks/drift-in-production/edit/").context["form"]["seen"].value()
    changed = data | {"slug": "drift-in-production", "limit": "40", "seen": seen}
    assert client.post("/talks/drift-in-production/edit/", changed).status_code == 302
    old = client.post("/talks/drift-in-production/edit/", changed | {"limit": "50"})
    assert (old.status_code, Talk.objects.get().limit) == (409, 40)


def test_the_link_to_join_is_for_who_has_a_seat(client, sign_in, ada, amara, bela):
    talk, _secret = factory.make_talk(ada, visibility="public", limit=1, place="https://call.example/talk")
    page = talk.get_absolute_url()
    sign_in(amara).post(f"{page}sign-up/")
    sign_in(bela).post(f"{page}sign-up/")
    seen = [
        ("call.example" in browser.get(page).content.decode()) for browser in (client, sign_in(amara), sign_in(bela))
    ]
    assert seen == [False, True, False]
    assert "number 1 on the waiting list" in sign_in(bela).get(page).content.decode()


def test_the_speaker_needs_no_account_and_reading_changes_nothing(client, ada):
    _talk, secret = factory.make_talk(ada, announced=False)
    page = reverse("talks:speaker", args=[secret])
    assert (client.get(page).status_code, Talk.objects.get().answer) == (200, "")
    assert client.post(page, {}).status_code == 422
    assert "We are glad" in client.post(page, {"answer": "yes", "note": "Gladly."}).content.decode()
    for answer in (client.get(page), client.post(page, {"answer": "no"}), client.get(page[:-4] + "abc/")):
        assert (answer.status_code, "no longer open" in answer.content.decode()) == (404, True)


def test_what_is_written_about_a_talk_is_inert(client, ada):
    talk, _secret = factory.make_talk(ada, visibility="public", about="<script>alert(1)</script> <img onerror=x>")
    text = client.get(talk.get_absolute_url()).content.decode()
    assert "<script>alert" not in text
    assert "onerror=x>" not in text
