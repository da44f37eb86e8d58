"""Agenda and minutes written together: nobody's words are lost, and closing sends them out once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.cohorts.merging import merged
from mentorship.cohorts.models import Meeting, MeetingRevision
from mentorship.cohorts.models.revision import TextChanged
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from tests import factory

NOW = timezone.now()
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def meeting(cohort, mentee):
    """An hour ago, led by Amara."""
    return factory.make_meeting(cohort, coordinator=mentee, starts_at=NOW - timedelta(hours=1))


@pytest.fixture
def address(meeting):
    return meeting.get_absolute_url()


def seen(page):
    return re.search(r'name="seen" value="(\d+)"', page.text).group(1)


def test_members_write_them_and_read_them_and_nobody_else(sign_in, amara, bela, noor, other_cohort, address):
    text = "## Said\n\n- Béla: *baseline*\n\n<script>alert(1)</script>"
    assert sign_in(amara).post(address + "notes/", {"notes": text, "seen": "0"}).status_code == 302
    page = sign_in(bela).get(address).text
    assert "<em>baseline</em>" in page
    assert "<script>alert" not in page
    assert sign_in(bela).post(address + "notes/", {"notes": text + "\n\nMore.", "seen": "1"}).status_code == 302
    assert "More." in Meeting.objects.get().notes
    assert sign_in(noor).get(address + "notes/").status_code == 404
    assert sign_in(noor).post(address + "notes/", {"notes": "x", "seen": "2"}).status_code == 404


def test_saved_as_one_types_and_the_same_words_again_are_no_change(sign_in, amara, address):
    client = sign_in(amara)
    for _ in range(2):
        answer = client.post(address + "agenda/", {"agenda": "Baselines", "seen": "0"}, **HTMX)
        assert answer.status_code == 200
        assert seen(answer) == "1"
        assert "Saved by you" in answer.text
    assert MeetingRevision.objects.count() == 1


def test_two_windows_never_overwrite_each_other(sign_in, amara, bela, address):
    sign_in(amara).post(address + "notes/", {"notes": "Amara's line.", "seen": "0"})
    answer = sign_in(bela).post(address + "notes/", {"notes": "Béla's line.", "seen": "0"}, **HTMX)
    assert answer.status_code == 409
    assert "Amara&#x27;s line." in answer.text
    assert Meeting.objects.get().notes == "Amara's line."
    page = sign_in(bela).post(address + "notes/", {"notes": "Béla's line.", "seen": "0", "merge": "1"})
    both = "Amara&#x27;s line.\nBéla&#x27;s line."
    assert both in page.text
    assert Meeting.objects.get().notes == "Amara's line."
    sent = {"notes": "Amara's line.\nBéla's line.", "seen": seen(page)}
    assert sign_in(bela).post(address + "notes/", sent).status_code == 302
    assert MeetingRevision.objects.count() == 2


def test_keeping_only_ones_own_is_meant_and_the_others_words_stay_in_the_history(sign_in, amara, bela, address):
    sign_in(amara).post(address + "notes/", {"notes": "Amara's.", "seen": "0"})
    sign_in(bela).post(address + "notes/", {"notes": "Béla's.", "seen": "0", "overwrite": "1"})
    assert Meeting.objects.get().notes == "Béla's."
    page = sign_in(amara).get(address + "notes/history/").text
    assert "Amara&#x27;s." in page
    assert "Béla Kovács" in page


def test_one_sitting_is_one_revision(amara, bela, meeting):
    for minute, text in enumerate(["a", "ab", "abc"]):
        meeting.write("notes", text, by=amara, version=minute, at=NOW + timedelta(minutes=minute))
    meeting.write("notes", "abc!", by=bela, version=3, at=NOW + timedelta(minutes=4))
    meeting.write("notes", "abc!?", by=bela, version=4, at=NOW + timedelta(hours=1))
    assert [(r.by, r.text) for r in MeetingRevision.objects.all()] == [(bela, "abc!?"), (bela, "abc!"), (amara, "abc")]


def test_what_is_refused(amara, olga, meeting):
    with pytest.raises(Refused, match="Only members"):
        meeting.write("notes", "x", by=olga, version=0)
    with pytest.raises(Refused, match="20,000 characters"):
        meeting.write("notes", "x" * 20_001, by=amara, version=0)
    meeting.write("notes", "a\0b", by=amara, version=0)
    with pytest.raises(TextChanged):
        meeting.write("notes", "c", by=amara, version=0)
    assert Meeting.objects.get().notes == "ab"


def test_too_long_comes_back_with_what_was_typed(sign_in, amara, address):
    answer = sign_in(amara).post(address + "notes/", {"notes": "long " * 5000, "seen": "0"})
    assert answer.status_code == 422
    assert "long long" in answer.text


def test_closing_sends_them_to_the_group_and_the_admins_once(sign_in, amara, bela, mateo, ada, meeting, address):
    client = sign_in(amara)
    assert b"Nothing is written yet" in client.post(address + "close/", follow=True).content
    meeting.write("notes", "Said.", by=bela, version=0)
    assert "Close the minutes" in client.get(address).text
    assert "Close the minutes" not in sign_in(bela).get(address).text
    assert sign_in(bela).post(address + "close/").status_code == 404
    client.post(address + "close/")
    told = Notification.objects.filter(kind="minutes_out")
    assert {row.person for row in told} == {bela, mateo, ada}
    answer = sign_in(bela).post(address + "notes/", {"notes": "Changed.", "seen": "1"})
    assert answer.status_code == 409
    assert "Changed." in answer.text
    sign_in(ada).post(address + "reopen/")
    client.post(address + "notes/", {"notes": "Mended.", "seen": "1"})
    client.post(address + "close/")
    assert (Meeting.objects.get().notes, told.count()) == ("Mended.", 3)


def test_a_meeting_to_come_or_called_off_is_not_closed(amara, ada, cohort, mentee):
    meeting = factory.make_meeting(cohort, coordinator=mentee)
    meeting.write("notes", "Early.", by=amara, version=0)
    with pytest.raises(Refused, match="has not begun"):
        meeting.close(by=amara)
    meeting.cancel(by=ada)
    with pytest.raises(Refused, match="called off"):
        meeting.close(by=amara)


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("a\nb", "a\nb", "a\nb"),
        ("a\nb\nmine", "a\ntheirs\nb", "a\ntheirs\nb\nmine"),
        ("x\na", "y\na", "y\nx\na"),
        ("", "only", "only\n"),
        ("\u0000\n" * 3, "z", "z\n\u0000\n\u0000\n\u0000\n"),
    ],
)
def test_put_together_no_line_is_lost(mine, theirs, both):
    result = merged(mine, theirs)
    assert result == both
    for line in (*mine.split("\n"), *theirs.split("\n")):
        assert line in result.split("\n")
