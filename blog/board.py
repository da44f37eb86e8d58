"""One's own posts on a board: a column for each state, and the moves that their verbs allow."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from blog.models import Post
from mentorship.common.times import time_html

SHOWN = 12  # a column; the rest is in the list of all of one's posts
READ = 300
# What an empty column is for.
HINTS = {
    "idea": "What you may write about one day.",
    "draft": "What you are writing.",
    "in_editing": "What somebody reads with you.",
    "ready": "What lacks nothing any more.",
    "scheduled": "What publishes itself on its day.",
    "published": "What everyone can read.",
}
MOVES = {"start": "Begin to write", "ask_for_editing": "Ask for editing", "reopen": "Edit again"}


@dataclass
class Column:
    state: str
    label: str
    hint: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0


def board_of(person: Any, at: datetime) -> list[Column]:
    """What `person` writes, the latest change first in each column; two queries, however many posts."""
    columns = {state: Column(state, label, HINTS[state]) for state, label in Post.State.choices}
    heavy = ("body", "body_html", "front_matter", "pitch")
    posts = Post.objects.of_writer(person).with_authors().select_related("editor").defer(*heavy)
    for post in posts.order_by("-updated_at", "-id")[:READ]:
        column = columns[post.state]
        column.count += 1
        if column.count <= SHOWN:
            column.rows.append(card(post, person, at))
    return list(columns.values())


def card(post: Post, person: Any, at: datetime) -> dict[str, Any]:
    """A post as its column shows it."""
    others = [one.name for one in post.authors() if one.pk != person.pk]
    moment = post.published_at if post.state == "published" else post.scheduled_for or post.updated_at
    return {
        "url": post.get_absolute_url() if post.state == "published" else post.desk_url,
        "title": post.title,
        "words": post.words,
        "time": time_html(moment, at) if moment else "",
        "origin": post.get_origin_display() if post.origin != Post.Origin.HAND else "",
        "with": " and ".join(others),
        "editor": post.editor.name if post.editor and post.state != "published" else "",
        "moves": list(moves_of(post, post.verbs_of(person))),
    }


def moves_of(post: Post, verbs: frozenset[str]) -> Iterable[tuple[str, str]]:
    """Address and label of what takes the post to another column; asking for editing needs a text."""
    for verb, label in MOVES.items():
        if verb in verbs and (verb != "ask_for_editing" or post.words):
            yield f"/blog/{post.pk}/{verb.replace('_', '-')}/", label
