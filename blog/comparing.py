"""What changed between two saved texts of a post."""

from typing import Any

from blog.models import Post, Revision
from mentorship.common.errors import Refused
from mentorship.common.rendering.difference import compare_texts
from mentorship.common.rendering.errors import RenderError

PARTS = ("title", "summary", "body")


def two_of(post: Post, old: str, new: str) -> tuple[Revision, Revision] | None:
    """The revisions with these version numbers as they were typed, the earlier first; None if they are no two."""
    asked = {int(one) for one in (old, new) if one.isascii() and one.isdigit() and len(one) < 10}
    found = list(post.revisions.filter(version__in=asked).select_related("saved_by").order_by("version"))
    return (found[0], found[1]) if len(found) == 2 else None


def compare(old: Revision, new: Revision) -> dict[str, list[dict[str, Any]]]:
    """The rows of each part that is not equal: title, summary, body. Refused when they cannot be compared."""
    try:
        return compare_texts({part: (getattr(old, part), getattr(new, part)) for part in PARTS})
    except RenderError as error:
        raise Refused(error.message, code="cannot_compare") from None
