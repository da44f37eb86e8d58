"""iCalendar (RFC 5545, 5546): what stands in somebody's calendar, as the text that every calendar program reads.

A program knows an entry by its UID, which never changes, and takes what has the higher SEQUENCE. What is called off
stays, as cancelled: an entry that only disappears stays for ever in a calendar that it was put into by mail.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from mentorship.cohorts.vtimezone import vtimezone

PRODUCT = "-//ML Mentorship//Calendar//EN"
REFRESH = "PT1H"
Zones = dict[str, Timezone]


@dataclass(frozen=True)
class Entry:
    """One thing in a person's calendar. `key` is 'meeting-12': it names the thing for ever.

    `sequence` rises with each change that who has it in their calendar must see; `changed_at` is when that was.
    Without `minutes` it is a moment, as something due: it takes the minute that every program can show, for the
    end has to be later than the start (RFC 5545, 3.8.2.2). `url` is a path of this site.
    """

    key: str
    title: str
    starts_at: datetime
    zone: ZoneInfo
    changed_at: datetime
    minutes: int = 0
    sequence: int = 0
    cancelled: bool = False
    about: str = ""
    place: str = ""
    url: str = ""

    @property
    def uid(self) -> str:
        return f"{self.key}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}"


@dataclass(frozen=True)
class Mail:
    """From whom and to whom an entry goes by mail: pairs of name and address."""

    organizer: tuple[str, str]
    attendee: tuple[str, str]


def feed(entries: Iterable[Entry], name: str) -> bytes:
    """A calendar to subscribe to. The same entries give the same bytes."""
    made = start("PUBLISH", name)
    made.add("x-published-ttl", REFRESH)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    entries = list(entries)
    zones = zones_of(entries)
    return filled(made, zones, [event(entry, entry.changed_at, zones) for entry in entries])


def invitation(entry: Entry, mail: Mail, at: datetime) -> tuple[str, bytes]:
    """The method and the file that go with a mail about `entry`: a request, or that it is called off."""
    method = "CANCEL" if entry.cancelled else "REQUEST"
    zones = zones_of([entry])
    part = event(entry, at, zones)
    part.add("organizer", address(*mail.organizer))
    attendee = address(*mail.attendee)
    attendee.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE", "CUTYPE": "INDIVIDUAL"}
    part.add("attendee", attendee)
    return method, filled(start(method), zones, [part])


def start(method: str, name: str = "") -> Calendar:
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)
    return made


def zones_of(entries: list[Entry]) -> Zones:
    """The zones on whose clocks `entries` are written, by name: those that every program understands."""
    years: dict[str, list[int]] = {}
    for entry in entries:
        if by_clock(entry.starts_at, entry.zone):
            years.setdefault(entry.zone.key, []).append(entry.starts_at.astimezone(entry.zone).year)
    blocks = {key: vtimezone(ZoneInfo(key), min(years[key]), max(years[key]) + 1) for key in sorted(years)}
    return {key: block for key, block in blocks.items() if block}


def filled(made: Calendar, zones: Zones, parts: list[Event]) -> bytes:
    """`made` with the zones that its entries name, then the entries."""
    for part in (*zones.values(), *parts):
        made.add_component(part)
    return made.to_ical()


def event(entry: Entry, stamp: datetime, zones: Zones) -> Event:
    part = Event()
    part.add("uid", entry.uid)
    part.add("sequence", entry.sequence)
    part.add("dtstamp", stamp.astimezone(UTC))
    part.add("last-modified", entry.changed_at.astimezone(UTC))
    ends_at = entry.starts_at + timedelta(minutes=max(entry.minutes, 1))
    part.add("dtstart", moment(entry.starts_at, entry.zone, zones))
    part.add("dtend", moment(ends_at, entry.zone, zones))
    part.add("summary", line(entry.title))
    part.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    part.add("transp", "OPAQUE" if entry.minutes and not entry.cancelled else "TRANSPARENT")
    if entry.place:
        part.add("location", line(entry.place))
    link = f"{settings.BASE_URL}{entry.url}" if entry.url else ""
    about = "\n\n".join(text for text in (plain(entry.about).strip(), link) if text)
    if about:
        part.add("description", about)
    if link:
        part.add("url", link)
    return part


def moment(at: datetime, zone: ZoneInfo, zones: Zones) -> datetime:
    """On the clocks of `zone` if it is of `zones`; in UTC also where the text would not say which of two is meant."""
    return at.astimezone(zone if zone.key in zones and by_clock(at, zone) else UTC)


def by_clock(at: datetime, zone: ZoneInfo) -> bool:
    """Whether `at` is written as the clocks of `zone` show it: not where they show it for the second time."""
    return zone.key != "UTC" and not at.astimezone(zone).fold


def address(name: str, email: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{email}")
    made.params["CN"] = vText(line(name).replace('"', "'"))
    return made


def plain(text: str) -> str:
    """Without the control characters that the format forbids; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))


def line(text: str) -> str:
    return " ".join(plain(text).split())
