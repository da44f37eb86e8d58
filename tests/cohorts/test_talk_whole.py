"""A guest talk from plan to recording, by page and by API; and what becomes of it when the speaker changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.models import Talk
from mentorship.cohorts.reminders_hours import remind_of_talks
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory
from tests.cohorts.test_talks import refused, told

SOON = timezone.now().replace(microsecond=0) + timedelta(days=5)
PLAN = {
    "title": "Drift", "slug": "drift", "about": "What *works*.", "speaker_name": "Grace Hopper",
    "speaker_email": "grace@example.org", "starts_at": SOON.isoformat(), "timezone": "Europe/Berlin", "limit": 1,
    "ends_at": (SOON + timedelta(hours=1)).isoformat(), "visibility": "program", "place": "https://call.example/1",
}  # fmt: skip


@pytest.fixture
def call(sign_in):
    def call(person, method, path, data=None):
        more = {} if method == "get" else {"content_type": "application/json"}
        response = getattr(sign_in(person), method)(f"/api/v1/talks/{path}", data, **more)
        return response.status_code, response.json() if response.content else None

    return call


def letters(address="grace@example.org"):
    rows = Notification.objects.filter(person=None, address=address).order_by("pk")
    return list(rows.values_list("title", flat=True))


def moved(talk, by, days=9, **more):
    start = timezone.now() + timedelta(days=days)
    Talk.objects.get(pk=talk.pk).edit(by=by, starts_at=start, ends_at=start + timedelta(hours=1), **more)


def test_from_plan_to_recording(call, client, ada, amara, bela, olga, cohort):
    assert call(amara, "post", "", PLAN)[0] == 404
    assert call(ada, "post", "", PLAN)[0] == 201
    assert call(amara, "get", "drift/")[0] == call(amara, "get", "drift/plan/")[0] == 404
    assert call(ada, "post", "drift/invite/")[1]["invited_at"]
    secret = Notification.objects.get(kind="talk_invitation").body.split("/talks/speaker/")[1].split("/")[0]
    assert client.post(f"/talks/speaker/{secret}/", {"answer": "yes", "note": "With slides."}).status_code == 200
    assert call(ada, "get", "drift/plan/")[1]["answer_note"] == "With slides."
    assert call(ada, "post", "drift/announce/")[1]["announced_at"]
    # Who is of the program sees it, nobody else; who has the seat has the link.
    assert call(olga, "get", "drift/")[0] == call(None, "get", "drift/")[0] == 404
    assert call(olga, "post", "drift/sign-up/")[0] == call(olga, "post", "drift/leave/")[0] == 404
    assert call(amara, "post", "drift/sign-up/")[1] == {"seated": True, "place": 0}
    assert call(bela, "post", "drift/sign-up/")[1] == {"seated": False, "place": 1}
    assert call(ada, "get", "drift/plan/")[1]["waiting"] == 1
    seen = [call(person, "get", "drift/")[1] for person in (amara, bela, ada)]
    assert [(one["seated"], bool(one["link"])) for one in seen] == [(True, True), (False, False), (None, True)]
    assert call(amara, "post", "drift/leave/")[0] == 204
    assert [row["seated"] for row in call(bela, "get", "")[1]["results"]] == [True]
    # Afterwards the recording, where the talk can be read.
    link = {"recording": "https://videos.example/1"}
    assert call(ada, "post", "drift/record/", link)[1]["code"] == "not_begun"
    Talk.objects.update(starts_at=SOON - timedelta(days=7), ends_at=SOON - timedelta(days=7, minutes=-60))
    assert call(ada, "post", "drift/record/", {"recording": "no"})[0] == 400
    assert call(ada, "post", "drift/record/", link)[1]["recording"] == link["recording"]
    assert (told(bela)[-1], told(amara)[-1]) == ("talk_recorded", "talk_seat")
    assert call(amara, "get", "drift/")[1]["recording"] == link["recording"]
    assert call(amara, "post", "drift/sign-up/")[1]["code"] == "over"
    assert client.get("/talks/drift/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"slug": "speaker"}, 400, "slug"),
        ({"timezone": "Nowhere"}, 400, "timezone"),
        ({"limit": 0}, 400, "limit"),
        ({"speaker_email": "grace"}, 400, "speaker_email"),
        ({"ends_at": PLAN["starts_at"]}, 409, "minutes"),
        ({"starts_at": "2001-01-01T10:00:00Z", "ends_at": "2001-01-01T11:00:00Z"}, 409, "day"),
        ({"starts_at": "2999-12-31T22:00:00Z", "ends_at": "2999-12-31T23:00:00Z"}, 409, "day"),
        ({"starts_at": "9999-12-31T23:00:00-23:00"}, 400, "starts_at"),
    ],
)
def test_a_wrong_plan_is_not_made(call, ada, wrong, status, said):
    answer, body = call(ada, "post", "", PLAN | wrong)
    assert (answer, body.get("code", next(iter(body)))) == (status, said)
    assert not Talk.objects.exists()


@pytest.mark.parametrize("wrong", [{"day": "9999-12-31", "clock": "23:30"}, {"timezone": "Nowhere"}])
def test_a_day_or_a_zone_that_is_none_is_said_on_the_page(sign_in, ada, wrong):
    data = {
        "title": "T", "speaker_name": "x", "about": "x", "day": "2030-01-01", "clock": "18:00", "minutes": "180",
        "timezone": "UTC", "visibility": "public",
    }  # fmt: skip
    assert sign_in(ada).post("/talks/new/", data | wrong).status_code == 422
    assert not Talk.objects.exists()


def test_a_change_that_began_from_other_values_is_refused(call, ada):
    seen = call(ada, "post", "", PLAN)[1]["seen"]
    assert call(ada, "patch", "drift/", {"limit": 40, "slug": "drift", "seen": seen})[1]["limit"] == 40
    assert call(ada, "patch", "drift/", {"limit": 50, "seen": seen})[1]["code"] == "changed_meanwhile"


def test_another_speaker_is_asked_anew_and_the_first_letter_is_void(ada):
    talk, secret = factory.make_talk(ada, announced=False)
    Talk.reply(secret=secret, yes=False)
    Talk.objects.get().edit(by=ada, speaker_name="Alan Turing", speaker_email="alan@example.org")
    talk.refresh_from_db()
    assert (talk.answer, talk.invited_at) == ("", None)
    talk.invite(by=ada)
    assert letters("alan@example.org") == [f"Would you speak to us about “{talk.title}”?"]
    second, other = factory.make_talk(ada, announced=False)
    Talk.objects.get(pk=second.pk).edit(by=ada, speaker_email="alan@example.org")
    assert refused(lambda: Talk.reply(secret=other, yes=True)) == "void"


def test_the_speaker_hears_of_another_time_and_that_it_is_off(ada):
    talk, secret = factory.make_talk(ada)
    Talk.reply(secret=secret, yes=True)
    moved(talk, ada)
    Talk.objects.get().cancel(by=ada, reason="A strike.")
    assert letters()[1:] == [f"“{talk.title}” has another time", f"“{talk.title}” is called off"]
    assert "A strike." in Notification.objects.filter(address="grace@example.org").latest("pk").body


def test_a_speaker_who_said_no_or_was_not_asked_hears_nothing(ada):
    talk, secret = factory.make_talk(ada, announced=False)
    Talk.reply(secret=secret, yes=False)
    moved(talk, ada)
    Talk.objects.get().cancel(by=ada)
    assert len(letters()) == 1


def test_a_talk_is_moved_to_times_that_are_to_come_and_not_after_it_was(ada):
    talk, _secret = factory.make_talk(ada)
    assert refused(lambda: moved(talk, ada, days=-1)) == "day"
    assert refused(lambda: moved(talk, ada, days=800)) == "day"
    over = timezone.now() - timedelta(days=2)
    Talk.objects.update(starts_at=over, ends_at=over + timedelta(hours=1))
    assert refused(lambda: moved(talk, ada)) == "over"
    Talk.objects.get().edit(by=ada, about="What was said.")


def test_a_talk_that_was_moved_is_reminded_of_anew(ada, amara):
    talk, _secret = factory.make_talk(ada)
    talk.sign_up(by=amara)
    assert remind_of_talks(at=talk.starts_at - timedelta(hours=2)) == 1
    moved(talk, ada, days=20)
    talk.refresh_from_db()
    assert remind_of_talks(at=talk.starts_at - timedelta(hours=2)) == 1
    assert told(amara).count("talk_soon") == 2


def test_a_seat_outlives_that_a_talk_becomes_the_program_s(ada, olga):
    talk, _secret = factory.make_talk(ada, visibility="public")
    talk.sign_up(by=olga)
    Talk.objects.get().edit(by=ada, visibility="program")
    assert Talk.objects.visible_to(olga).exists()
    talk.leave(by=olga)
    with pytest.raises(Refused):
        talk.leave(by=olga)
