"""Posts as lists show them: values prepared here, so that the templates' loops stay lean."""

from datetime import datetime
from typing import Any

from django.db.models import Case, When
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from blog.models import Post
from blog.text import minutes_to_read
from mentorship.common.times import time_html

WORKED_ON = ("id", "title", "state", "words", "updated_at", "in_editing_since", "ready_at", "published_at")
LISTED = (
    "slug",
    "title",
    "teaser",
    "words",
    "published_at",
    "category",
    "tags",
    "author__name",
    "author__handle",
    "co_writers",
)


def day_html(moment: datetime) -> str:
    """'20 Nov 2026' in the reader's zone."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b %Y}"


def listed(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the columns LISTED, made ready to print: addresses and dates."""
    root, by = reverse("blog:index"), reverse("blog:author", args=["x"])[: -len("x/")]
    return [
        {
            "url": f"{root}{row['slug']}/",
            "title": row["title"],
            "teaser": row["teaser"],
            "minutes": minutes_to_read(row["words"]),
            "iso": row["published_at"].isoformat(),
            "day": day_html(row["published_at"]),
            "category": row["category"].replace("_", " "),
            "category_url": f"{root}in/{row['category']}/",
            "tags": [(tag, f"{root}tagged/{tag}/") for tag in row["tags"]],
            "by": linked(authors_of(row), by),
        }
        for row in found
    ]


def authors_of(row: dict[str, Any]) -> list[dict[str, str]]:
    """Name and handle of everybody whose name stands on the post, its author first."""
    return [{"name": row["author__name"], "handle": row["author__handle"]}, *(row["co_writers"] or ())]


def linked(authors: list[dict[str, str]], root: str) -> SafeString:
    """The names as links to what each of them wrote: 'A, B and C'."""
    links = [format_html('<a href="{}{}/">{}</a>', root, one["handle"], one["name"]) for one in authors]
    return SafeString(" and ".join(filter(None, (", ".join(links[:-1]), links[-1]))))


def of_writer(person: Any) -> Any:
    """What `person` writes, alone or with others, by state and then newest change."""
    rank = Case(*(When(state=state, then=number) for number, state in enumerate(Post.State.values)))
    return (
        Post.objects.of_writer(person)
        .order_by(rank, "-updated_at", "-id")
        .values(
            "id",
            "title",
            "state",
            "words",
            "updated_at",
            "in_editing_since",
            "ready_at",
            "published_at",
            "editor__name",
        )
    )


def on_the_board(person: Any) -> Any:
    """The columns that the board of `person` needs: an editor's, or a mentor's with what their mentees wrote."""
    return (
        Post.objects.edited_by(person)
        .unclaimed_first()
        .values(
            *WORKED_ON,
            *("author__name", "editor_id", "editor__name", "by_mentor"),
        )
    )


def desk_rows(found: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Rows of one's own posts or of the editors' board, each with where it is worked on and what it waits for."""
    edit = reverse("blog:edit", args=[0]).replace("0/edit/", "{}/edit/")
    names = dict(Post.State.choices)
    return [
        row
        | {
            "url": edit.format(row["id"]),
            "label": names[row["state"]],
            "time": time_html(_moment(row), now),
            "days": (now - row["in_editing_since"]).days if row["in_editing_since"] else 0,
        }
        for row in found
    ]


def _moment(row: dict[str, Any]) -> datetime:
    if row["state"] == "published":
        return row["published_at"]
    return row["in_editing_since"] or row["ready_at"] or row["updated_at"]
