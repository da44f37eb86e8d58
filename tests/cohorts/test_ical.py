"""What calendar programs read, read back by the icalendar library."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from mentorship.cohorts.calendar_sources import entry_of
from mentorship.cohorts.ical import Entry, Mail, feed, invitation
from mentorship.cohorts.models import Meeting
from mentorship.cohorts.vtimezone import changes, vtimezone
from tests import factory

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
MAIL = Mail(("Starting out", "hello@example.org"), ("Amara Okafor", "amara@example.org"))


def entry(at=NOW, zone="Europe/Berlin", **fields):
    said = {"key": "meeting-1", "title": "Session", "minutes": 90, "changed_at": NOW}
    return Entry(starts_at=at, zone=ZoneInfo(zone), **said | fields)


def read(*entries):
    text = feed(entries, "ML Mentorship")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"")
    return Calendar.from_ical(text)


@pytest.mark.parametrize(
    ("zone", "first", "hour", "back"),
    [
        ("Europe/Berlin", datetime(2027, 3, 8), 18, "20270328T020000"),  # noqa: DTZ001
        ("America/New_York", datetime(2027, 2, 22), 18, "20270314T020000"),  # noqa: DTZ001
        ("Europe/Berlin", datetime(2027, 10, 11), 18, "20271031T030000"),  # noqa: DTZ001
        ("America/New_York", datetime(2027, 10, 18), 18, "20271107T020000"),  # noqa: DTZ001
    ],
)
def test_a_weekly_series_keeps_its_hour_over_a_change_of_the_clocks(zone, first, hour, back):
    there = ZoneInfo(zone)
    local = [first.replace(hour=hour) + timedelta(weeks=week) for week in range(6)]
    made = read(*[entry(day.replace(tzinfo=there).astimezone(UTC), zone, key=f"m-{day:%d%m}") for day in local])
    assert [event.decoded("dtstart").replace(tzinfo=None) for event in made.walk("VEVENT")] == local
    assert {event["dtstart"].params["TZID"] for event in made.walk("VEVENT")} == {zone}
    offsets = {event.decoded("dtstart").utcoffset() for event in made.walk("VEVENT")}
    assert len(offsets) == 2
    # The zone as the file itself defines it agrees with ours, without any knowledge of its name.
    (block,) = made.walk("VTIMEZONE")
    assert back in [f"{change.local:%Y%m%dT%H%M%S}" for change in changes(zone, 2027, 2027)]
    told = block.to_tz(lookup_tzid=False)
    for day in local:
        assert day.replace(tzinfo=told).utcoffset() == day.replace(tzinfo=there).utcoffset()


def test_zones_are_rules_where_there_are_rules():
    assert vtimezone(ZoneInfo("Europe/Berlin"), 2027, 2028).to_ical().count(b"BYDAY=-1SU") == 2
    eastern = vtimezone(ZoneInfo("America/New_York"), 2027, 2028).to_ical()
    assert b"RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in eastern
    assert b"DTSTART:20260308T020000" in eastern
    assert b"RRULE" not in vtimezone(ZoneInfo("Asia/Kolkata"), 2027, 2028).to_ical()


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "America/Santiago", "Asia/Jerusalem", "Africa/Cairo"])
def test_a_zone_that_outlook_cannot_read_is_not_named_at_all(zone):
    """It takes one STANDARD and one DAYLIGHT, each with a rule, and no dates: [MS-STANOICAL] 2.2.47 and 2.2.106."""
    assert vtimezone(ZoneInfo(zone), 2027, 2028) is None
    made = read(entry(zone=zone))
    assert not made.walk("VTIMEZONE")
    assert made.walk("VEVENT")[0]["dtstart"].to_ical() == b"20270104T090000Z"


@pytest.mark.parametrize("zone", ["Europe/Dublin", "Australia/Lord_Howe", "Asia/Kolkata", "America/New_York"])
def test_a_zone_that_is_named_says_each_half_of_the_year_in_one_rule(zone):
    days = [datetime(2027, month, 15, 18, tzinfo=ZoneInfo(zone)) for month in (1, 4, 7, 10)]
    made = read(*[entry(day.astimezone(UTC), zone, key=f"m-{day.month}") for day in days])
    (block,) = made.walk("VTIMEZONE")
    assert len(block.walk("STANDARD")) == 1
    assert all(part["tzoffsetto"].td > part["tzoffsetfrom"].td for part in block.walk("DAYLIGHT"))
    assert all("RRULE" in part for part in block.subcomponents) or not block.walk("DAYLIGHT")
    assert all("DTSTART" in part and "TZNAME" in part for part in block.subcomponents)
    told = block.to_tz(lookup_tzid=False)
    assert [day.replace(tzinfo=told).utcoffset() for day in days] == [day.utcoffset() for day in days]


# RFC 5546, 3.2.1 (PUBLISH), 3.2.2 (REQUEST) and 3.2.5 (CANCEL). What Google and Apple update by is the same: a UID that
# stays, a SEQUENCE that rises, DTSTAMP and LAST-MODIFIED of the change. No entry is for a whole day: none needs a DATE.
ALWAYS = {"uid", "sequence", "dtstamp", "last-modified", "dtstart", "dtend", "summary", "status", "transp"}


def properties(event):
    return {name.lower() for name in event} - {"description", "location", "url"}


def test_what_each_method_has_to_say():
    made = read(entry())
    assert (str(made["method"]), str(made["version"]), str(made["calscale"])) == ("PUBLISH", "2.0", "GREGORIAN")
    assert properties(made.walk("VEVENT")[0]) == ALWAYS
    for cancelled, expected, status in ((False, "REQUEST", "CONFIRMED"), (True, "CANCEL", "CANCELLED")):
        method, content = invitation(entry(cancelled=cancelled, sequence=3), MAIL, NOW + timedelta(hours=1))
        made = Calendar.from_ical(content)
        (event,) = made.walk("VEVENT")
        assert method == str(made["method"]) == expected
        assert properties(event) == ALWAYS | {"organizer", "attendee"}
        assert (str(event["status"]), event["sequence"]) == (status, 3)
        assert event["dtstamp"].to_ical() == b"20270104T100000Z"  # when this was sent
        assert event["last-modified"].to_ical() == b"20270104T090000Z"


def test_the_text_itself():
    about = "Äöü, 🎉; \\ " * 30 + "\nsecond"
    text = feed([entry(title="Ü" * 200, about=about)], "ML Mentorship")
    assert text.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith(b"END:VCALENDAR\r\n")
    lines = text.split(b"\r\n")
    assert max(map(len, lines)) == 75  # octets; and no letter is cut in two
    assert all(line.decode() is not None for line in lines)
    unfolded = text.replace(b"\r\n ", b"").decode()
    assert "DESCRIPTION:Äöü\\, 🎉\\; \\\\ Äöü" in unfolded
    assert "\\nsecond\r\n" in unfolded


def test_what_is_due_takes_a_minute_and_nobody_s_time():
    (event,) = read(entry(minutes=0, key="due-1")).walk("VEVENT")
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=1)
    assert str(event["transp"]) == "TRANSPARENT"


def test_an_hour_that_comes_twice_is_never_meant_wrong():
    first = read(entry(datetime(2027, 10, 31, 0, 30, tzinfo=UTC))).walk("VEVENT")[0]
    second = read(entry(datetime(2027, 10, 31, 1, 30, tzinfo=UTC))).walk("VEVENT")[0]
    assert first["dtstart"].to_ical() == b"20271031T023000"
    assert second["dtstart"].to_ical() == b"20271031T013000Z"


ZONES = ["UTC", "Asia/Kathmandu", "Africa/Casablanca", "America/Santiago", "Australia/Lord_Howe"]


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_says_the_same_moment(zone):
    event = read(entry(zone=zone)).walk("VEVENT")[0]
    assert event.decoded("dtstart").astimezone(UTC) == NOW
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)


@pytest.mark.parametrize(
    "title",
    [
        "Session\r\nBEGIN:VEVENT\r\nUID:evil", "A\nATTENDEE:mailto:x@example.org",
        "Commas, semicolons; and \\n backslashes",
        "Überraschung 🎉 " * 12, 'Quotes " and : colons', "Bell\x07 and \x00 nothing",
    ],
)  # fmt: skip
def test_a_hostile_title_is_only_a_title(title):
    made = read(entry(title=title, about=title, place=title))
    (event,) = made.walk("VEVENT")
    expected = " ".join(title.replace("\x07", "").replace("\x00", "").split())
    assert str(event["summary"]) == str(event["location"]) == expected
    assert str(event["uid"]).startswith("meeting-1@")
    assert "attendee" not in event
    _method, content = invitation(entry(), Mail((title, "a@example.org"), (title, "b@example.org")), NOW)
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1


def test_a_moved_meeting_keeps_its_uid_and_raises_its_sequence(cohort, ada):
    meeting = factory.make_meeting(cohort)
    seen = []
    for step in ("as it is", "moved", "cancelled"):
        if step == "moved":
            meeting.edit(by=ada, starts_at=meeting.starts_at + timedelta(hours=1))
        elif step == "cancelled":
            meeting.cancel(by=ada)
        method, content = invitation(entry_of(Meeting.objects.get()), MAIL, NOW)
        event = Calendar.from_ical(content).walk("VEVENT")[0]
        seen.append((method, str(event["uid"]), event["sequence"], str(event["status"])))
    uid = seen[0][1]
    assert seen == [
        ("REQUEST", uid, 0, "CONFIRMED"), ("REQUEST", uid, 1, "CONFIRMED"), ("CANCEL", uid, 2, "CANCELLED"),
    ]  # fmt: skip


def test_who_leads_stands_in_the_entry_and_is_counted(cohort, mentee):
    meeting = factory.make_meeting(cohort)
    Meeting.objects.update(coordinator=mentee)
    entry = entry_of(Meeting.objects.get())
    assert (entry.sequence, "Led by Amara Okafor." in entry.about) == (1, True)
    assert entry.changed_at > meeting.changed_at


def test_the_database_counts_whoever_moves_a_meeting(cohort):
    meeting = factory.make_meeting(cohort)
    before = meeting.changed_at
    Meeting.objects.update(notes="Minutes do not move a meeting.")
    meeting.refresh_from_db()
    assert meeting.sequence == 0
    Meeting.objects.update(starts_at=meeting.starts_at + timedelta(days=1), sequence=0)
    meeting.refresh_from_db()
    assert meeting.sequence == 1
    assert meeting.changed_at > before
