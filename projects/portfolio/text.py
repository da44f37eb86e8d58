"""What is done to the words of a portfolio before they are stored: counted, made into safe HTML and an address."""

import re
from collections.abc import Iterable

from django.utils.text import slugify

from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import render_markdown

# Seventy words are read in twenty seconds, at the 220 a minute that the blog reckons with. Twenty is what a recruiter
# gives one project (see `tables.yaml` for the source).
SUMMARY_WORDS = 70
LONGEST_SLUG = 60
LONGEST_WRITE_UP = 20_000


def count_words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def render(text: str, *, heading_level: int, most: int) -> str:
    """Safe HTML for Markdown; Refused with a sentence if it is too long or cannot be shown."""
    if len(text) > most:
        raise Refused(f"This is longer than {most:,} characters.", code="too_long")
    if "\x00" in text:
        raise Refused("This holds a character that cannot be stored (NUL).", code="nul")
    if not text.strip():
        return ""
    try:
        return render_markdown(text, heading_level=heading_level)
    except RenderError as error:
        raise Refused(error.message, code="cannot_be_shown") from error


def slug_from(title: str) -> str:
    """The address that a title asks for; 'project' if nothing of it can stand in an address."""
    return re.sub("[-_]+", "-", slugify(title))[:LONGEST_SLUG].strip("-") or "project"


def free_slug(title: str, taken: set[str]) -> str:
    """An address near `title` that is not among `taken`."""
    base, number = slug_from(title), 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base[: LONGEST_SLUG - 4].rstrip('-')}-{number}"
    return slug
