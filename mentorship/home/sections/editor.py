"""What an editor or a mentor sees first: posts that wait to be edited."""

from datetime import datetime
from typing import Any

from blog.models import Post
from mentorship.common.times import time_html
from mentorship.people.models import User

SHOWN = 8


def editor_section(person: User, at: datetime, *, mentors: bool = False) -> list[dict[str, Any]] | None:
    """Posts in editing, those that nobody took first; for who `mentors`, those of their mentees, if there are any.

    None for everyone else.
    """
    if not (person.is_editor or mentors):
        return None
    rows = (
        Post.objects.edited_by(person)
        .in_editing()
        .order_by("editor_id", "in_editing_since")
        .values("pk", "title", "author__name", "editor", "editor__name", "in_editing_since")
    )
    found = [
        {
            "title": row["title"],
            "url": f"/blog/{row['pk']}/edit/",
            "author": row["author__name"],
            "editor": "you" if row["editor"] == person.pk else row["editor__name"] or "",
            "since": time_html(row["in_editing_since"], at),
        }
        for row in rows[:50]
    ]
    if not (found or person.is_editor):
        return None
    return sorted(found, key=lambda row: bool(row["editor"]))[:SHOWN]
