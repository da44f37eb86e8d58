"""What is done to the words of a post before they are stored: cleaned, counted, made into HTML and an address."""

import re
from collections.abc import Iterable, Mapping

from django.utils.text import slugify

from mentorship.common.errors import Refused
from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import excerpt, render_markdown

# Addresses under /blog/ that are pages of their own.
RESERVED_SLUGS = frozenset(
    [
        "feed",
        "by",
        "mine",
        "new",
        "editing",
        "preview",
        "board",
        "in",
        "tagged",
        "search",
        "series",
        "figures",
        "import",
        "comments",
        "follow",
        "cross-posts",
        "coauthors",
        "ideas",
    ]
)
LONGEST_SLUG = 80
WORDS_A_MINUTE = 220
MOST_TAGS = 8

# What XML (the feed) cannot hold, and what PostgreSQL refuses; tabs and line ends stay.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Marks that turn the direction of what follows them, so that a title could rewrite the line it stands in.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_line(text: str) -> str:
    """`text` as one line: no control or direction marks, single spaces."""
    return " ".join(TURNING.sub("", UNPRINTABLE.sub("", text)).split())


def clean_body(text: str) -> str:
    """`text` with Unix line ends and without what cannot be shown."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they stand in an address: lower case, hyphens, each once, in their order, eight at most."""
    plain = (re.sub("[-_]+", "-", slugify(tag))[:40].strip("-") for tag in tags)
    return tuple(dict.fromkeys(tag for tag in plain if tag))[:MOST_TAGS]


def clean_category(category: str) -> str:
    """A category as it stands in an address; the program's Jekyll blog writes them with underscores."""
    return re.sub("[^a-z0-9]+", "_", category.lower()).strip("_")[:40].strip("_")


def render(text: str, figures: Mapping[str, tuple[int, int]] | None = None) -> str:
    """Safe HTML for Markdown; Refused with the renderer's own sentence if it cannot be shown.

    `figures`: width and height of the figures that it may show, by address (`post.shown_figures()`).
    """
    try:
        return render_markdown(text, images=figures)
    except RenderError as error:
        raise Refused(error.message, code="cannot_be_shown") from None


def count_words(text: str) -> int:
    return len(text.split())


def minutes_to_read(words: int) -> int:
    """Whole minutes, at least one."""
    return max(1, -(-words // WORDS_A_MINUTE))


def summary_of(summary: str, body: str) -> str:
    """The author's summary, or the beginning of the text, in 300 characters at most."""
    found = summary or clean_line(excerpt(body, words=30))
    return found if len(found) <= 300 else found[:299] + "…"


def slug_from(title: str) -> str:
    """The address that a title asks for; 'post' if nothing of it can stand in an address."""
    slug = re.sub("[-_]+", "-", slugify(title))[:LONGEST_SLUG].strip("-")
    if not slug:
        return "post"
    return f"{slug}-post" if slug in RESERVED_SLUGS else slug


def slug_number(slug: str, number: int) -> str:
    """`slug`, or for a number above 1 `slug-number`, never longer than an address may be."""
    if number < 2:
        return slug
    end = f"-{number}"
    return slug[: LONGEST_SLUG - len(end)].rstrip("-") + end
