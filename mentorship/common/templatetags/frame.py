"""Pieces of pages that stand there again and again: written once, then taken from memory."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# The first parts of addresses that the header has a link to; all others look the same in it.
SECTIONS = frozenset(["home", "streams", "cohorts", "projects", "queue", "study", "blog", "faq", "search"])
TOKEN = "the-csrf-token-of-this-request"  # noqa: S105


@dataclass(frozen=True)
class Reader:
    """What the header shows of who is signed in. Everything it depends on is here, so that it is a key too."""

    name: str
    email: str
    handle: str
    is_editor: bool
    is_admin: bool
    is_mentor: bool
    unread: int
    is_authenticated: bool = True


@lru_cache(maxsize=4096)
def written(reader: Reader | None, section: str) -> str:
    roles = {"mentor": reader is not None and reader.is_mentor}
    context = {"user": reader, "unread": reader.unread if reader else 0, "roles": roles}
    return render_to_string("_header.html", context | {"section": section, "csrf_token": TOKEN})


@register.simple_tag(takes_context=True)
def header(context: dict[str, Any]) -> SafeString:
    """`{% header %}`: the template _header.html for `user`, `unread`, `roles` and `section` of the context."""
    user, section = context.get("user"), context.get("section", "")
    reader = None
    if user is not None and user.is_authenticated:
        unread, mentor = (_value(context.get("unread")), _value((context.get("roles") or {}).get("mentor")))
        reader = Reader(
            user.name, user.email, user.handle, user.is_editor, user.is_admin, bool(mentor), min(unread or 0, 100)
        )
    write = written.__wrapped__ if settings.DEBUG else written
    text = write(reader, section if section in SECTIONS else "")
    # The rest is escaped already; the token is the one thing that belongs to this request alone.
    return mark_safe(text.replace(TOKEN, escape(str(context.get("csrf_token", "")))))  # noqa: S308


@register.simple_tag
def piece(template: str, **given: Any) -> SafeString:
    """`{% piece "_footer.html" keys=keys %}`: a template that is made of nothing but what is given, all of it hashable.

    Nothing is given that a stranger types, or memory fills with it; and no tuple that holds marked-up text.
    """
    # With types: a text that is safe equals the same text that has to be escaped.
    known = tuple([(name, type(value), value) for name, value in given.items()])
    return (_piece.__wrapped__ if settings.DEBUG else _piece)(template, known)


@lru_cache(maxsize=1024)
def _piece(template: str, given: tuple[tuple[str, type, Any], ...]) -> SafeString:
    return render_to_string(template, {name: value for name, _type, value in given})


def _value(found: Any) -> Any:
    return found() if callable(found) else found
