"""From what people note and finish to the posts they make of it, on pages of apps that know nothing of posts."""

from typing import Any

from django import template

from blog.ideas import begun_from
from mentorship.common import clock
from mentorship.home.ideas import offers_of, offers_of_submission
from mentorship.study.notes.forms import NoteForm
from mentorship.study.notes.rows import notes_on
from projects.models import Submission
from streams.models import Item

register = template.Library()


@register.simple_tag(takes_context=True)
def begun(context: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """Put into each of `rows`, by its `source`, the post that its reader began from it. Prints nothing."""
    posts = begun_from([row["source"] for row in rows], context["user"])
    for row in rows:
        if post := posts.get(row["source"]):
            row |= {"post_url": post.desk_url, "post_state": post.get_state_display().lower()}
    return ""


@register.inclusion_tag("study/notes/_item_notes.html", takes_context=True)
def notes_of(context: dict[str, Any], item: Item) -> dict[str, Any]:
    """The reader's notes on `item`, with a form for another one."""
    rows = notes_on(item, context["user"], clock.now())
    begun(context, rows)
    return {
        "rows": rows,
        "form": NoteForm(item=item),
        "next": f"{context['request'].path}#notes",
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("home/_ideas.html", takes_context=True)
def could_become_posts(context: dict[str, Any]) -> dict[str, Any]:
    """On the reader's board: what could become a post, and did not yet."""
    offers = [offer for offer in offers_of(context["user"]) if offer.post is None]
    return {"offers": offers, "csrf_token": context["csrf_token"]}


@register.inclusion_tag("home/_idea_buttons.html", takes_context=True)
def ideas_of(context: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """On work of the reader's: a button for each post that it could become."""
    return {"offers": offers_of_submission(submission, context["user"]), "csrf_token": context["csrf_token"]}
