"""Tags and filters that every template may use."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentorship.common import times

register = template.Library()


@register.simple_tag
def time(moment: datetime | None) -> SafeString:
    """`{% time round.handed_in_at %}`: relative, exact on hover, in the reader's zone."""
    return times.time_html(moment)


@register.filter
def exact(moment: datetime | None) -> str:
    return times.exact(moment) if moment else ""


@register.filter
def initials(name: str) -> str:
    """'Amara Okafor' gives 'AO': the first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """An icon of our own set, as a reference into one cached file; decorative unless it has a label."""
    address = f"{static('icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent: str) -> str:
    """'Firefox on Linux' for what a browser says of itself; what is not known stays as it is, shortened."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser or system:
        return " on ".join(part for part in (browser or "A browser", system) if part)
    return user_agent[:60] or "An unknown device"


@register.filter
def short_address(address: str) -> str:
    """'example.org/me' for 'https://example.org/me/'."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")
