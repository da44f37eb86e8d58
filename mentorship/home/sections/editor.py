"""What an editor sees first: posts that wait to be edited."""

from datetime import datetime
from typing import Any

from blog.models import Post
from mentorship.common.times import time_html
from mentorship.people.models import User

SHOWN = 8


def editor_section(person: User, at: datetime) -> list[dict[str, Any]] | None:
    """Posts in editing, those that nobody took first; None for who is no editor."""
    if not person.is_editor:
        return None
    rows = (
        Post.objects.in_editing()
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
    return sorted(found, key=lambda row: bool(row["editor"]))[:SHOWN]
